import type { Clock, Disposable } from '../base/clock.ts';
import { Lifetime } from '../base/lifetime.ts';
import type { Log } from '../base/log.ts';
import { Sequence } from '../base/sequence.ts';
import { minute, second } from '../base/units.ts';
import type { Disk } from '../disk/disk.ts';
import { objectFromJson } from '../disk/json.ts';
import { attentive, type Attention } from '../read/schedule.ts';

/** The attention that a window pays to each feed, by the feed's name; none to a feed that is absent. */
export type AttentionByFeed = Readonly<Partial<Record<string, Attention>>>;

/** A window says again what it pays attention to, at this pace. */
const sayMs = 15 * second;
/** What was said longer ago, or in the future, does not count: that window is gone, or a clock was set. */
const validMs = 45 * second;
/** Files of windows that have been gone for so long are taken away. */
const goneMs = 10 * minute;

/** The attention of each window, in a file of its own, so that the one that reads can read for the most attentive. */
export class Presence implements Disposable {
  readonly #disk: Disk;
  readonly #clock: Clock;
  readonly #file: string;
  readonly #lifetime = new Lifetime();
  readonly #timer;
  #own: AttentionByFeed = {};
  #said: string | undefined;
  #others: readonly AttentionByFeed[] = [];
  readonly #writing: Sequence;

  /** `window`: a name of this window that no other has. */
  constructor(disk: Disk, clock: Clock, log: Log, window: string) {
    this.#disk = disk;
    this.#clock = clock;
    this.#file = `window-${window}.json`;
    this.#timer = this.#lifetime.timer(clock);
    // The pace of this window is not known to the others then; the lease reports the disk.
    this.#writing = new Sequence((cause) =>
      log.debug('windows', 'the attention of this window could not be written for the others', cause),
    );
  }

  /** Says what this window pays attention to, now and again and again. */
  say(attention: AttentionByFeed): void {
    if (this.#lifetime.isOver) return;
    this.#own = attention;
    if (JSON.stringify(attention) !== this.#said) this.#write();
  }

  /** The attention of the most attentive window. */
  attention(feed: string): Attention {
    return [this.#own, ...this.#others].reduce<Attention>((most, each) => attentive(most, each[feed]), 'quiet');
  }

  /** Whether any window pays attention to a feed at all. */
  isWanted(feed: string): boolean {
    return [this.#own, ...this.#others].some((each) => each[feed] !== undefined);
  }

  /** Reads what the other windows say. Returns whether it differs from the last time. */
  async read(): Promise<boolean> {
    const found: AttentionByFeed[] = [];
    for (const name of await this.#disk.list()) {
      if (!isPresence(name) || name === this.#file) continue;
      const said = parse(await this.#disk.read(name));
      const age = Math.abs(this.#clock.now() - (said?.at ?? 0));
      if (said !== undefined && age < validMs) found.push(said.attention);
      else if (age > goneMs) await this.#disk.remove(name);
    }
    const before = JSON.stringify(this.#others);
    this.#others = found;
    return JSON.stringify(found) !== before;
  }

  /** Takes this window's file away. */
  async leave(): Promise<void> {
    this.dispose();
    await this.#writing.flush();
    await this.#disk.remove(this.#file);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #write(): void {
    const own = JSON.stringify(this.#own);
    this.#said = own;
    this.#timer.set(sayMs, () => this.#write());
    this.#writing.run(() => this.#disk.write(this.#file, `{"at":${this.#clock.now()},"looks":${own}}`, 'passing'));
  }
}

/** Whether a file says what a window pays attention to. */
export function isPresence(name: string): boolean {
  return /^window-[\w-]+\.json$/.test(name);
}

interface SavedPresence {
  readonly at: number;
  readonly attention: AttentionByFeed;
}

/** A damaged one is left out: its window says it again soon. */
function parse(text: string | undefined): SavedPresence | undefined {
  return objectFromJson(text, ({ at, looks }) => {
    if (typeof at !== 'number' || typeof looks !== 'object' || looks === null) return undefined;
    const known = Object.entries(looks).filter((entry): entry is [string, Attention] => isAttention(entry[1]));
    return { at, attention: Object.fromEntries(known) };
  });
}

function isAttention(value: unknown): value is Attention {
  return value === 'active' || value === 'idle' || value === 'quiet';
}
