import type { Clock, Disposable } from '../base/clock.ts';
import { Lifetime } from '../base/lifetime.ts';
import { second } from '../base/units.ts';
import type { Disk } from '../disk/disk.ts';

const beatMs = 10 * second;
/** A session whose file is the same after this time has ended. Measured by waiting, as clocks are set and laptops sleep. */
const watchMs = 25 * second;

/**
 * Shows other windows that this session is running, for as long as it has something that they must not take over: a file
 * that it rewrites again and again (a heartbeat).
 */
export class Pulse implements Disposable {
  readonly #disk: Disk;
  readonly #clock: Clock;
  readonly #session: string;
  readonly #onError: (cause: unknown) => void;
  #beats = 0;
  #shown = false;
  #unreadable = 0;
  readonly #lifetime = new Lifetime();
  readonly #timer;
  /** Beats and their end reach the disk in their order. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(disk: Disk, clock: Clock, session: string, onError: (cause: unknown) => void) {
    this.#disk = disk;
    this.#clock = clock;
    this.#session = session;
    this.#onError = onError;
    this.#timer = this.#lifetime.timer(clock);
  }

  /** Resolves once others can see it. Rejects when the disk refuses. */
  start(): Promise<unknown> {
    if (this.#lifetime.isOver) return Promise.resolve();
    if (!this.#timer.isSet) this.#plan();
    return this.#shown ? this.#last : this.#beat();
  }

  stop(): void {
    this.#timer.cancel();
    this.#shown = false;
    this.#last = this.#last.catch(ignore).then(() => this.#disk.remove(pulseFile(this.#session)));
    this.#last.catch(this.#onError);
  }

  /** This session ends, and does not begin again: others may take over at once. */
  dispose(): void {
    this.stop();
    this.#lifetime.dispose();
  }

  /** Which of these sessions have ended: without such a file, or with one that stays the same. */
  async gone(sessions: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const before = await this.#read(sessions);
    const unsure = [...sessions].filter((session) => before.get(session) !== undefined);
    if (unsure.length > 0) await new Promise<void>((resolve) => void this.#clock.after(watchMs, resolve));
    const after = await this.#read(new Set(unsure));
    return new Set([...sessions].filter((session) => before.get(session) === after.get(session)));
  }

  /** Removes the file of a session that has ended. */
  async remove(session: string): Promise<void> {
    await this.#disk.remove(pulseFile(session)).catch(this.#onError);
  }

  #plan(): void {
    this.#timer.set(beatMs, () => {
      this.#plan();
      this.#beat().catch(this.#onError);
    });
  }

  #beat(): Promise<unknown> {
    this.#shown = true;
    const beat = this.#last
      .catch(ignore)
      .then(() => this.#disk.write(pulseFile(this.#session), `${++this.#beats}`))
      .catch((cause: unknown) => {
        this.#shown = false;
        throw cause;
      });
    this.#last = beat;
    return beat;
  }

  async #read(sessions: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const session of sessions) {
      // A file that cannot be read is not known to stay the same.
      const text = await this.#disk.read(pulseFile(session)).catch(() => `unreadable ${++this.#unreadable}`);
      if (text !== undefined) found.set(session, text);
    }
    return found;
  }
}

function pulseFile(session: string): string {
  return `${session}.alive`;
}

/** An earlier refusal was logged when it happened. */
function ignore(): void {
  return;
}
