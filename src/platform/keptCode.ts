import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Log } from '../engine/base/log.ts';
import { nextTurn } from '../engine/base/slices.ts';
import { replaceFile } from '../engine/disk/nodeDisk.ts';
import { headerBytes, keptName, type CompiledCode, type LoadedCode } from './compiledCode.ts';

/** What is kept of a file of code. */
interface Kept {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Why it was compiled. */
  readonly reason: string;
}

/**
 * Takes what V8 has compiled until now of files that were loaded; with a name, of the file of this name. Resolves with what
 * writes it down for the next start. Neither rejects: failures are logged.
 */
export async function keepCode(
  code: Pick<CompiledCode, 'kept' | 'takeLoaded' | 'takeFailures'>,
  log: Log,
  only?: string,
): Promise<() => Promise<void>> {
  for (const cause of code.takeFailures()) log.warn('start', 'what V8 compiled could not be used', cause);
  const found: Kept[] = [];
  for (const each of code.takeLoaded(only)) {
    const { name, compiledBecause: reason } = each;
    if (reason === undefined) {
      log.debug('start', `${name}: loaded as it was compiled in an earlier start`);
      continue;
    }
    // Each takes a few milliseconds.
    await nextTurn();
    found.push({ name, bytes: bytesOf(each), reason });
  }
  return async () => {
    for (const { name, bytes, reason } of found) {
      try {
        await replaceFile(join(code.kept, keptName(name)), bytes);
        log.info('start', `${name}: compiled, ${reason}; ${bytes.length} bytes are kept for the next start`);
      } catch (cause) {
        log.warn('start', `${name}: what was compiled could not be kept for the next start`, cause);
      }
    }
  };
}

function bytesOf({ checksum, compiled }: LoadedCode): Buffer {
  const data = compiled();
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(checksum, 0);
  header.writeUInt32LE(crc32(data), 4);
  return Buffer.concat([header, data]);
}
