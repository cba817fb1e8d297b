import type { Clock, Disposable } from '../base/clock.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { Lifetime } from '../base/lifetime.ts';
import type { Log } from '../base/log.ts';
import { second } from '../base/units.ts';
import type { Disk } from '../disk/disk.ts';
import { objectFromJson } from '../disk/json.ts';

/**
 * Who leads: this window (`held`), another or nobody yet (`elsewhere`), or it cannot be settled because the disk
 * refuses (`unavailable`).
 */
export type LeaseState = 'held' | 'elsewhere' | 'unavailable';

/** How often a window checks the lease. */
const checkMs = second;
/** The holder renews at every so many checks. */
const renewChecks = 2;
/** How long after the start of a renewal the holder may go on without reading the disk again. */
export const leaseMs = 4 * second;
/** Checks of an unchanged lease before its holder counts as gone: longer than `leaseMs`, counted without a clock. */
const mostUnchangedChecks = 6;
/** So many checks in a row have to fail before a window that does not lead works for itself. */
const enoughRefusals = 3;
/** A lease that is this old when a window first reads it is of an earlier run of VS Code. */
const formerMs = 20 * second;

interface SeenLease {
  readonly text: string | undefined;
  readonly generation: number;
  checks: number;
}

/**
 * One holder among several windows, by files that all of them see. Each holder has a generation, and a file named after
 * it that only the holder writes and that nobody can make twice; the highest generation leads. So whoever takes over
 * from a holder that is gone cannot collide with another, and a holder that slept finds the higher one.
 *
 * A holder is gone when its file stays the same over several checks. They are counted, not timed: a clock that is set
 * and a laptop that sleeps make them neither more nor fewer.
 */
export class Lease implements Disposable {
  readonly #disk: Disk;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #holder: string;
  readonly #changes: Emitter<LeaseState>;
  readonly #lifetime = new Lifetime();
  readonly #timer;
  #state: LeaseState = 'elsewhere';
  /** The generation whose file is ours; it leads only while nobody has a higher one. */
  #mine: number | undefined;
  #beat = 0;
  #renewedAt = 0;
  #checksSinceRenewal = 0;
  /** Checks to wait before leading, as the holder before may still be sure of itself. */
  #hold = 0;
  #seen: SeenLease | undefined;
  #checks = 0;
  #running: Promise<void> | undefined;
  /** Checks in a row that the disk refused. */
  #refusals = 0;
  #isNew = true;

  /** `holder`: a name of this window that no other has. */
  constructor(parts: { readonly disk: Disk; readonly clock: Clock; readonly log: Log; readonly holder: string }) {
    this.#disk = parts.disk;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#holder = parts.holder;
    this.#changes = new Emitter((error) => parts.log.error('windows', 'a listener failed', error));
    this.#timer = this.#lifetime.timer(parts.clock);
  }

  get state(): LeaseState {
    return this.#state;
  }

  /** Of the lease that this window holds, or held last; 0 when it never did. Later holders have higher ones. */
  get generation(): number {
    return this.#mine ?? 0;
  }

  get onDidChange(): Event<LeaseState> {
    return this.#changes.event;
  }

  /** Begins to check. Resolves after the first check. */
  async start(): Promise<void> {
    this.#lifetime.own(
      this.#disk.watch((name) => {
        const generation = generationOf(name);
        // The holder's own renewals are no news to it.
        if (generation !== undefined && generation !== this.#mine) void this.#run(() => this.#check(false));
      }),
    );
    await this.#tick();
  }

  /**
   * Whether this window may do a leader's work now. Quick while the lease is sure; otherwise, as after a sleep, the
   * disk is read first. True as well when the disk refuses: then each window works for itself.
   */
  async confirm(): Promise<boolean> {
    if (this.#state === 'held' && !this.#isSure()) await this.#run(() => this.#renew());
    return this.#state !== 'elsewhere';
  }

  /** Gives the lease back, so that the next holder is there at once, and ends. */
  async release(): Promise<void> {
    const mine = this.#state === 'held' ? this.#mine : undefined;
    this.dispose();
    await this.#running;
    this.#settle('elsewhere');
    if (mine === undefined) return;
    try {
      await this.#disk.write(fileOf(mine), JSON.stringify({ holder: this.#holder, released: true }), 'passing');
    } catch (cause) {
      this.#log.debug('windows', 'the lease could not be given back, it runs out', cause);
    }
  }

  /** Ends without giving back, as a crash would. */
  dispose(): void {
    this.#lifetime.dispose();
  }

  async #tick(): Promise<void> {
    this.#checks++;
    this.#checksSinceRenewal++;
    await this.#run(() => {
      if (this.#mine === undefined) return this.#check(true);
      const due = this.#checks % renewChecks === 0 || this.#state !== 'held';
      return due ? this.#renew() : Promise.resolve();
    });
    this.#timer.set(checkMs, () => void this.#tick());
  }

  /** One after the other: a check that is requested during another comes after it. */
  #run(step: () => Promise<void>): Promise<void> {
    const run = (this.#running ?? Promise.resolve()).then(async () => {
      if (this.#lifetime.isOver) return;
      try {
        await step();
        this.#refusals = 0;
      } catch (cause) {
        this.#refuse(cause);
      }
    });
    this.#running = run;
    return run;
  }

  /** Checks whether another holds the lease, and takes it when nobody does. */
  async #check(counts: boolean): Promise<void> {
    if (this.#mine !== undefined) return this.#verify(this.#mine, undefined);
    const generation = await this.#highest();
    const text = generation === 0 ? undefined : await this.#disk.read(fileOf(generation));
    const seen = this.#seen;
    if (seen?.generation !== generation || seen.text !== text) {
      this.#seen = { generation, text, checks: 0 };
      const free = generation === 0 || isReleased(text) || (this.#isNew && this.#isFormer(text));
      this.#isNew = false;
      if (free) await this.#take(generation, text);
      else this.#settle('elsewhere');
      return;
    }
    if (counts) seen.checks++;
    if (seen.checks >= mostUnchangedChecks - 1) await this.#take(generation, text);
  }

  async #take(from: number, observed: string | undefined): Promise<void> {
    const startedAt = this.#clock.now();
    const mine = from + 1;
    if (!(await this.#disk.create(fileOf(mine), this.#text()))) {
      this.#seen = undefined;
      this.#settle('elsewhere');
      return;
    }
    this.#mine = mine;
    // A holder that renewed meanwhile may have missed our file, and is sure of itself for one more lease at most.
    const isRenewed = from > 0 && (await this.#disk.read(fileOf(from))) !== observed;
    this.#hold = isRenewed ? mostUnchangedChecks : 0;
    await this.#verify(mine, startedAt);
    if (this.#mine === mine) await this.#tidy(mine);
  }

  /** Writes first and reads then: whoever takes over between the two is seen. */
  async #renew(): Promise<void> {
    const mine = this.#mine;
    if (mine === undefined) return;
    const startedAt = this.#clock.now();
    this.#beat++;
    try {
      await this.#disk.write(fileOf(mine), this.#text(), 'passing');
    } catch (cause) {
      await this.#verify(mine, undefined);
      if (this.#mine === mine) throw cause;
      return;
    }
    await this.#verify(mine, startedAt);
  }

  /** Leads on when nobody has a higher generation. `renewedAt`: when the renewal that just succeeded began. */
  async #verify(mine: number, renewedAt: number | undefined): Promise<void> {
    const highest = await this.#highest();
    if (highest !== mine) {
      this.#mine = undefined;
      this.#seen = undefined;
      this.#settle('elsewhere');
      await this.#disk.remove(fileOf(mine));
      return;
    }
    if (renewedAt === undefined) return;
    this.#renewedAt = renewedAt;
    this.#checksSinceRenewal = 0;
    if (this.#hold > 0) this.#hold--;
    if (this.#hold === 0) this.#settle('held');
  }

  /** The disk refuses. While the lease is sure that may pass; then every window has to work for itself. */
  #refuse(cause: unknown): void {
    this.#refusals++;
    if (this.#state === 'held' ? this.#isSure() : this.#refusals < enoughRefusals) return;
    if (this.#state !== 'unavailable') {
      this.#log.warn('windows', 'the disk that the windows share refuses, each works for itself', cause);
    }
    this.#settle('unavailable');
  }

  /** By the clock, which shows a sleep, and by the number of checks, which a clock that is set back cannot lessen. */
  #isSure(): boolean {
    const age = this.#clock.now() - this.#renewedAt;
    return age >= 0 && age < leaseMs && this.#checksSinceRenewal < leaseMs / checkMs;
  }

  #isFormer(text: string | undefined): boolean {
    const at = parse(text)?.at;
    return typeof at === 'number' && Math.abs(this.#clock.now() - at) > formerMs;
  }

  async #highest(): Promise<number> {
    const names = await this.#disk.list();
    return Math.max(0, ...names.map((name) => generationOf(name) ?? 0));
  }

  /** Removes the files of former holders. */
  async #tidy(mine: number): Promise<void> {
    for (const name of await this.#disk.list()) {
      const generation = generationOf(name);
      if (generation !== undefined && generation < mine) await this.#disk.remove(name);
    }
  }

  #text(): string {
    return JSON.stringify({ holder: this.#holder, beat: this.#beat, at: this.#clock.now() });
  }

  #settle(state: LeaseState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#changes.fire(state);
  }
}

function fileOf(generation: number): string {
  return `lease-${generation}.json`;
}

function generationOf(name: string): number | undefined {
  const digits = /^lease-(\d{1,15})\.json$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function isReleased(text: string | undefined): boolean {
  return parse(text)?.released === true;
}

/** A damaged one is renewed by nobody, and runs out like any other. */
function parse(text: string | undefined): { readonly at: unknown; readonly released: unknown } | undefined {
  return objectFromJson(text, ({ at, released }) => ({ at, released }));
}
