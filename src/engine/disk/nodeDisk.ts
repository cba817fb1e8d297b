import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync, watch } from 'node:fs';
import { appendFile, link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Disk } from './disk.ts';
import { Lifetime } from '../base/lifetime.ts';
import { minute } from '../base/units.ts';

/** Larger files are not read at once: the extension host could do nothing else meanwhile. */
const smallFile = 512 * 1024;

/**
 * Reads of the same folder that are synchronous for small files, as loading code is. At the start, when many
 * extensions take turns, each of the dozen turns of a read can take longer than the reading. The folder is listed once:
 * whoever reads later reads the disk.
 */
export function atOnce(folder: string, disk: Disk): Pick<Disk, 'list' | 'read'> {
  let listed: Promise<readonly string[]> | undefined;
  return {
    read(name) {
      const path = join(folder, name);
      return orMissing(
        () => (statSync(path).size > smallFile ? disk.read(name) : readFileSync(path, 'utf8')),
        undefined,
      );
    },
    list: () => (listed ??= orMissing(() => readdirSync(folder), [])),
  };
}

/**
 * Files in one folder of the real disk; the folder is made at the first write. Modes: 0700 and 0600. What writes that a
 * crash interrupted is removed in the background, once, after the first write.
 */
export function nodeDisk(folder: string, now: () => number = Date.now): Disk {
  const path = (name: string): string => join(folder, name);
  let isSwept = false;
  const sweepOnce = (): void => {
    if (isSwept) return;
    isSwept = true;
    void sweep(folder, now());
  };
  const prepare = (): Promise<unknown> => mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    read: (name) => orMissing(() => readFile(path(name), 'utf8'), undefined),
    async write(name, text, keep) {
      await prepare();
      await withTemporary(path(name), partsOf(text), keep !== 'passing', (temporary) => rename(temporary, path(name)));
      sweepOnce();
    },
    async create(name, text) {
      await prepare();
      // A link appears with its text in it, and fails when the name is taken: no reader finds a file half made.
      const made = await withTemporary(path(name), partsOf(text), false, async (temporary) => {
        try {
          await link(temporary, path(name));
          return true;
        } catch (error) {
          if (codeOf(error) === 'EEXIST') return false;
          if (!noLinks.has(codeOf(error))) throw error;
          return createPlainly(path(name), text);
        }
      });
      sweepOnce();
      return made;
    },
    async append(name, text) {
      await prepare();
      await appendFile(path(name), text, { mode: 0o600 });
    },
    rename: (from, to) => rename(path(from), path(to)),
    remove: (name) => rm(path(name), { force: true }),
    list: () => orMissing(() => readdir(folder), []),
    watch(changed) {
      const lifetime = new Lifetime();
      prepare()
        .then(() => {
          if (lifetime.isOver) return;
          const watcher = watch(folder, { persistent: false }, (_event, name) => {
            if (name !== null && !name.endsWith('.tmp')) changed(name);
          });
          // It is a hint only: whoever watches also reads from time to time.
          watcher.on('error', () => watcher.close());
          lifetime.own({ dispose: () => watcher.close() });
        })
        .catch(() => {
          // No folder, no watcher: as above.
        });
      return lifetime;
    },
  };
}

/** Replaces a file of bytes as a whole, as `Disk.write` does with text; a power cut may lose it. Makes its folder. */
export async function replaceFile(path: string, bytes: Uint8Array, now: () => number = Date.now): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await withTemporary(path, [bytes], false, (temporary) => rename(temporary, path));
  await sweep(dirname(path), now());
}

/** What file systems without hard links answer. */
const noLinks = new Set<unknown>(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Writes a temporary file beside the target, and passes its path on; removes it in the end. */
async function withTemporary<T>(
  target: string,
  parts: Iterable<string | Uint8Array>,
  sync: boolean,
  use: (temporary: string) => Promise<T>,
): Promise<T> {
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      for (const part of parts) await file.writeFile(part);
      if (sync) await file.sync();
    } finally {
      await file.close();
    }
    return await use(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** No write takes as long. */
const leftoverMs = 10 * minute;

/** Removes the temporary files of writes that never ended, where the disk allows it. Never rejects. */
async function sweep(folder: string, now: number): Promise<void> {
  try {
    for (const name of await readdir(folder)) {
      if (!/\.[\da-f-]{36}\.tmp$/.test(name)) continue;
      const path = join(folder, name);
      const changed = await orMissing(() => stat(path), undefined);
      if (changed !== undefined && now - changed.mtimeMs > leftoverMs) await rm(path, { force: true });
    }
  } catch {
    // They take up room only: the next window tries again.
  }
}

export interface UnusedFolders {
  /** The name of the folder that is in use now. */
  readonly kept: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** A folder in which nothing was made, changed or removed for so long is unused, milliseconds. */
  readonly unusedMs: number;
}

/** Removes the folders in a folder that nobody uses any more, with all that is in them. Files beside them stay. */
export async function removeUnusedFolders(parent: string, { kept, now, unusedMs }: UnusedFolders): Promise<void> {
  for (const entry of await orMissing(() => readdir(parent, { withFileTypes: true }), [])) {
    if (!entry.isDirectory() || entry.name === kept) continue;
    const folder = join(parent, entry.name);
    if (now - (await lastUse(folder)) > unusedMs) await rm(folder, { recursive: true, force: true });
  }
}

/** When something in a folder was last made, changed or removed, epoch milliseconds; infinite while that is going on. */
async function lastUse(folder: string): Promise<number> {
  const files = (await orMissing(() => readdir(folder), [])).map((name) => join(folder, name));
  const times = [folder, ...files].map((path) =>
    orMissing(async () => (await stat(path)).mtimeMs, Number.POSITIVE_INFINITY),
  );
  return Math.max(...(await Promise.all(times)));
}

/** Characters that are encoded in one go: a millisecond or two. */
const partLength = 500_000;

/** A long text in parts, none of which ends in the middle of a character. */
function* partsOf(text: string): Generator<string> {
  let from = 0;
  do {
    const to = from + partLength;
    const isCut = /[\ud800-\udbff]/.test(text.charAt(to - 1));
    yield text.slice(from, isCut ? to - 1 : to);
    from = isCut ? to - 1 : to;
  } while (from < text.length);
}

async function createPlainly(target: string, text: string): Promise<boolean> {
  try {
    await writeFile(target, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** What is read, or `missing` when there is no such file or folder. */
async function orMissing<T, M>(read: () => T | Promise<T>, missing: M): Promise<T | M> {
  try {
    return await read();
  } catch (error) {
    if (isMissing(error)) return missing;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
