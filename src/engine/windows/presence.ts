import type { Clock, Disposable } from '../base/clock.ts';
import type { Disk } from '../disk/disk.ts';
import type { Log } from '../base/log.ts';
import { attentive, type Attention } from '../read/schedule.ts';
import { minute, second } from '../base/units.ts';

/** How closely a window looks at each feed; a feed that is absent is not looked at. */
export type Looks = Readonly<Partial<Record<string, Attention>>>;

/** A window says again what it looks at, at this pace. */
const sayMs = 15 * second;
/** What was said longer ago, or in the future, does not count: that window is gone, or a clock was set. */
const validMs = 45 * second;
/** Files of windows that have been gone for so long are taken away. */
const goneMs = 10 * minute;

/** What each window looks at, in a file of its own, so that the one that reads can read for the most attentive. */
export class Presence implements Disposable {
  readonly #disk: Disk;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #file: string;
  #own: Looks = {};
  #said: string | undefined;
  #others: readonly Looks[] = [];
  #timer: Disposable | undefined;
  #writing: Promise<void> = Promise.resolve();
  #disposed = false;

  /** `window`: a name of this window that no other has. */
  constructor(disk: Disk, clock: Clock, log: Log, window: string) {
    this.#disk = disk;
    this.#clock = clock;
    this.#log = log;
    this.#file = `window-${window}.json`;
  }

  /** Says what this window looks at, now and again and again. */
  say(looks: Looks): void {
    if (this.#disposed) return;
    this.#own = looks;
    if (JSON.stringify(looks) !== this.#said) this.#write();
  }

  /** The closest look of any window. */
  attention(feed: string): Attention {
    return [this.#own, ...this.#others].reduce<Attention>((most, looks) => attentive(most, looks[feed]), 'quiet');
  }

  /** Whether any window looks at a feed at all. */
  isLookedAt(feed: string): boolean {
    return [this.#own, ...this.#others].some((looks) => looks[feed] !== undefined);
  }

  /** Reads what the other windows say. Returns whether it differs from the last time. */
  async read(): Promise<boolean> {
    const found: Looks[] = [];
    for (const name of await this.#disk.list()) {
      if (!isPresence(name) || name === this.#file) continue;
      const said = parse(await this.#disk.read(name));
      const age = Math.abs(this.#clock.now() - (said?.at ?? 0));
      if (said !== undefined && age < validMs) found.push(said.looks);
      else if (age > goneMs) await this.#disk.remove(name);
    }
    const before = JSON.stringify(this.#others);
    this.#others = found;
    return JSON.stringify(found) !== before;
  }

  /** Takes this window's file away. */
  async leave(): Promise<void> {
    this.dispose();
    await this.#writing;
    await this.#disk.remove(this.#file);
  }

  dispose(): void {
    this.#disposed = true;
    this.#timer?.dispose();
  }

  #write(): void {
    const looks = JSON.stringify(this.#own);
    this.#said = looks;
    this.#timer?.dispose();
    this.#timer = this.#clock.after(sayMs, () => this.#write());
    this.#writing = this.#writing.then(async () => {
      try {
        await this.#disk.write(this.#file, `{"at":${this.#clock.now()},"looks":${looks}}`, 'passing');
      } catch (cause) {
        // The pace of this window is not known to the others then; the lease tells of the disk.
        this.#log.debug('windows', 'what this window looks at could not be said', cause);
      }
    });
  }
}

/** Whether a file says what a window looks at. */
export function isPresence(name: string): boolean {
  return /^window-[\w-]+\.json$/.test(name);
}

function parse(text: string | undefined): { readonly at: number; readonly looks: Looks } | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null || !('at' in value) || !('looks' in value)) return undefined;
    const { at, looks } = value;
    if (typeof at !== 'number' || typeof looks !== 'object' || looks === null) return undefined;
    const known = Object.entries(looks).filter((entry): entry is [string, Attention] => isAttention(entry[1]));
    return { at, looks: Object.fromEntries(known) };
  } catch {
    // Damaged: its window says it again soon.
    return undefined;
  }
}

function isAttention(value: unknown): value is Attention {
  return value === 'active' || value === 'idle' || value === 'quiet';
}
