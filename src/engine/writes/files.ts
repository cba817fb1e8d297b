import type { Clock, Disposable } from '../base/clock.ts';
import type { Disk } from '../disk/disk.ts';
import { describeCause, type Log } from '../base/log.ts';
import { Pulse } from './pulse.ts';
import {
  decodeWrite,
  encodeWrite,
  fileName,
  readFileName,
  type FileName,
  type SavedWrite,
  type Stage,
} from './saved.ts';

/**
 * What came of noting that a write goes on. `taken`: another window has it now. `refused`: the disk says it has not.
 */
export type Moved = 'moved' | 'taken' | 'refused';

/** A write of another session, and how far it has come. */
export interface Claimed {
  readonly write: SavedWrite;
  readonly stage: Stage;
}

export interface WriteFilesParts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
  /** The name of this session. */
  readonly session: string;
  /** Where the settings lead: of other sessions the writes to there are seen and taken over, and no others. */
  readonly scope: () => string;
}

/**
 * Pending writes on disk, one file each. The name says whose it is and how far it has come, so that going on and taking
 * over are one rename each: of two who try, one succeeds. A disk that refuses does not keep a write from being sent; it
 * is then not known after a crash, and the log says so.
 */
export class WriteFiles implements Disposable {
  readonly #disk: Disk;
  readonly #log: Log;
  readonly #session: string;
  readonly #scope: () => string;
  readonly #pulse: Pulse;
  /** The files of this session, by id. */
  readonly #stages = new Map<string, Stage>();
  /** What is done to one file is done in order. */
  readonly #last = new Map<string, Promise<unknown>>();
  #refused = false;

  constructor({ disk, clock, log, session, scope }: WriteFilesParts) {
    this.#disk = disk;
    this.#log = log;
    this.#session = session;
    this.#scope = scope;
    this.#pulse = new Pulse(disk, clock, session, (cause) => this.#complain('its pulse', cause));
  }

  /** Keeps a write that waits for its turn. */
  add(write: SavedWrite): Promise<void> {
    return this.#inOrder(write.id, () => {
      this.#stages.set(write.id, 'queued');
      return this.#write(write, 'queued');
    });
  }

  /** Notes that a write has come further. */
  move(id: string, to: Stage): Promise<Moved> {
    return this.#inOrder(id, () => this.#move(id, to));
  }

  /** Writes the content again, where it is: a receipt has come. */
  update(write: SavedWrite): Promise<void> {
    return this.#inOrder(write.id, async () => {
      const stage = this.#stages.get(write.id);
      if (stage !== undefined) await this.#write(write, stage);
    });
  }

  /** Removes a write: it was applied, or a person gave it up. */
  remove(id: string): Promise<void> {
    return this.#inOrder(id, () => this.#remove(id));
  }

  /** What other sessions have on disk, those that are running included. Takes nothing over. */
  async ofOthers(): Promise<readonly Claimed[]> {
    const found: Claimed[] = [];
    for (const file of await this.#foreign()) {
      const write = await this.#read(file);
      if (write?.id === file.id && write.scope === this.#scope()) found.push({ write, stage: file.stage });
    }
    return found.sort((a, b) => a.write.at - b.write.at);
  }

  /** Takes over the writes of sessions that have ended. Waits long enough to see whether one is still running. */
  async claim(): Promise<readonly Claimed[]> {
    const found: FileName[] = [];
    for (const file of await this.#foreign()) {
      const write = await this.#read(file);
      // One that cannot be read is set aside by whoever comes first.
      if (write === undefined || write.scope === this.#scope()) found.push(file);
    }
    const gone = await this.#pulse.gone(new Set(found.map(({ session }) => session)));
    const ids = new Set(found.filter(({ session }) => gone.has(session)).map(({ id }) => id));
    const claimed: Claimed[] = [];
    // Their stage may have changed while the pulse was watched; what is new since then is left out.
    for (const file of ids.size === 0 ? [] : await this.#foreign()) {
      const taken = ids.has(file.id) ? await this.#take(file) : undefined;
      if (taken !== undefined) claimed.push(taken);
    }
    for (const session of gone) await this.#pulse.remove(session);
    return claimed.sort((a, b) => a.write.at - b.write.at);
  }

  /** This session ends: another one may take over what is on disk at once. */
  dispose(): void {
    this.#pulse.dispose();
  }

  #inOrder<T>(id: string, run: () => Promise<T>): Promise<T> {
    const result = (this.#last.get(id) ?? Promise.resolve()).then(run);
    const done: Promise<unknown> = result.then(clear, clear);
    const last = this.#last;
    function clear(): void {
      if (last.get(id) === done) last.delete(id);
    }
    last.set(id, done);
    return result;
  }

  async #move(id: string, to: Stage): Promise<Moved> {
    const from = this.#stages.get(id);
    if (from === undefined || from === to) return 'moved';
    const old = this.#name(id, from);
    try {
      await this.#disk.rename(old, this.#name(id, to));
    } catch (cause) {
      return this.#notMoved(id, from, to, cause);
    }
    this.#stages.set(id, to);
    return 'moved';
  }

  async #remove(id: string): Promise<void> {
    const stage = this.#stages.get(id);
    if (stage === undefined) return;
    this.#stages.delete(id);
    await this.#attempt('a write', () => this.#disk.remove(this.#name(id, stage)));
    if (this.#stages.size === 0) this.#pulse.stop();
  }

  async #notMoved(id: string, from: Stage, to: Stage, cause: unknown): Promise<Moved> {
    const old = this.#name(id, from);
    try {
      if ((await this.#disk.read(old)) === undefined) {
        this.#stages.delete(id);
        return 'taken';
      }
      if (to === 'sent' && from !== 'unconfirmed') {
        // A window that finds it would take it for one that was never sent, and could send it again.
        await this.#disk.remove(old);
        this.#stages.delete(id);
      }
      // All else may stay where it was: whoever finds it reads the service first, and what was typed is in it.
      this.#complain('a write', cause);
      return 'moved';
    } catch (again) {
      this.#complain('a write', again);
      return 'refused';
    }
  }

  async #foreign(): Promise<readonly FileName[]> {
    try {
      const names = await this.#disk.list();
      const files = names.map(readFileName).filter((file) => file !== undefined);
      return files.filter(({ session }) => session !== this.#session);
    } catch (cause) {
      this.#complain('the folder of writes', cause);
      return [];
    }
  }

  /** Undefined when it cannot be read. */
  async #read(file: FileName): Promise<SavedWrite | undefined> {
    const text = await this.#disk.read(fileName(file)).catch(() => undefined);
    return text === undefined ? undefined : decodeWrite(text);
  }

  async #take({ id, session, stage }: FileName): Promise<Claimed | undefined> {
    const mine = this.#name(id, stage);
    try {
      await this.#pulse.start();
      await this.#disk.rename(fileName({ id, session, stage }), mine);
      const write = decodeWrite((await this.#disk.read(mine)) ?? '');
      if (write?.id === id) {
        this.#stages.set(id, stage);
        return { write, stage };
      }
      this.#log.error('writes', `${mine} is damaged or of another version, set aside as ${mine}.bad`);
      await this.#disk.rename(mine, `${mine}.bad`);
    } catch (cause) {
      this.#log.debug('writes', `${id} was not taken over`, cause);
    }
    return undefined;
  }

  async #write(write: SavedWrite, stage: Stage): Promise<void> {
    const kept = await this.#attempt('a write', async () => {
      await this.#pulse.start();
      await this.#disk.write(this.#name(write.id, stage), encodeWrite(write));
    });
    if (kept || stage !== 'queued') return;
    this.#stages.delete(write.id);
    if (this.#stages.size === 0) this.#pulse.stop();
  }

  async #attempt(what: string, run: () => Promise<void>): Promise<boolean> {
    try {
      await run();
      this.#refused = false;
      return true;
    } catch (cause) {
      this.#complain(what, cause);
      return false;
    }
  }

  /** Once is enough: a full disk stays full for a while. */
  #complain(what: string, cause: unknown): void {
    const level = this.#refused ? 'debug' : 'error';
    this.#log[level](
      'writes',
      `${what} could not be kept on disk, and is lost if VS Code crashes now: ${describeCause(cause)}`,
    );
    this.#refused = true;
  }

  #name(id: string, stage: Stage): string {
    return fileName({ id, session: this.#session, stage });
  }
}
