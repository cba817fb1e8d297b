import type { Sparing } from './allowance.ts';
import type { Clock, Disposable } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { ReadCourse, type Plan } from './readCourse.ts';
import type { Attention, Pace, Reason } from './schedule.ts';
import { complete, type Completeness, type FeedKey, type FeedStatus, type StateChange, type Store } from './store.ts';

/** What one read brought. */
export type Fetched<R, F> =
  | {
      readonly kind: 'records';
      readonly records: readonly R[];
      readonly completeness?: Completeness;
      readonly skipped?: number;
      /** In how many pages the service gave them; 1 when absent. What takes many is read more seldom. */
      readonly pages?: number;
      /** Reads with equal versions brought equal records: the second one counts as `unchanged`. */
      readonly version?: string;
      /** Of when the oldest part is, epoch milliseconds, where not all was read now. */
      readonly asOf?: number | undefined;
      /** The service allows the next read no sooner (`x-poll-interval`), milliseconds. */
      readonly pollAfterMs?: number | undefined;
    }
  /** The service says that nothing changed (304). */
  | { readonly kind: 'unchanged' }
  /** The service has nothing yet, and says so: it is asked again soon, and then less and less often. */
  | { readonly kind: 'notYet' }
  | { readonly kind: 'failed'; readonly failure: F };

/** What is known of a feed, and how many records are missing in it as they could not be read. */
export interface Known<R> {
  readonly records: readonly R[];
  readonly skipped: number;
}

/** One thing kept up to date. */
export interface FeedDefinition<R, F> {
  readonly key: FeedKey<R>;
  /**
   * Reads it. Never rejects for what a service may do; is aborted when nobody wants the answer any more. `sparing`:
   * nobody looks, and a read that could need more requests than `requests` (and one for each further page) is to do with
   * less.
   */
  readonly fetch: (signal: AbortSignal, sparing: boolean) => Promise<Fetched<R, F>>;
  readonly pace: Pace;
  /** How many requests a sparing read of one page needs; 1 when absent. */
  readonly requests?: number;
  /** Good records older than this are not called fresh any more. */
  readonly staleAfterMs: number;
}

/** What a failure means for going on. The last three wait for a person and are not tried again by themselves. */
export type Verdict = 'retry' | 'notSignedIn' | 'notPermitted' | 'notConfigured';

/** How the engine reads failures, which are of a type that it does not know. */
export interface FailureRules<F> {
  readonly verdict: (failure: F) => Verdict;
  readonly retryAfterMs: (failure: F) => number | undefined;
  /** For a fetch that threw, which is a bug. */
  readonly unexpected: (cause: unknown, feed: string) => F;
  /** One line for the log. */
  readonly describe: (failure: F) => string;
}

/**
 * What a window may ask of the one that reads: to read now, to read several times after a write, or to begin anew with
 * other credentials.
 */
export type Wish = 'refresh' | 'burst' | 'renew';

/** Who reads, when several windows share the reading. */
export interface Reader {
  /** Whether this window may read now; asked before each read. */
  mayRead(): Promise<boolean>;
  /** Asks the window that reads. Resolves when it has; with false when it could not be asked. */
  ask(feed: string, wish: Wish): Promise<boolean>;
}

export interface FeedContext<F> {
  readonly store: Store<F>;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 to 1. */
  readonly random: () => number;
  readonly rules: FailureRules<F>;
  /** Absent when this window reads alone. */
  readonly reader?: Reader;
  /** What may be asked while nobody looks; everything when absent. */
  readonly sparing?: Sparing;
}

const nothing = {
  status: 'neverLoaded',
  asOf: undefined,
  completeness: complete,
  skipped: 0,
  failure: undefined,
  failures: 0,
} as const;

/** What only a person can mend. */
const needsPerson: ReadonlySet<FeedStatus> = new Set(['notSignedIn', 'notPermitted', 'notConfigured']);

/** Quick reads after a write of our own. */
const burstReads = 4;
/** After waking the network needs a moment, and not every feed is to ask in the same one. */
const wakeDelay = { leastMs: 1_000, spreadMs: 4_000 };
/** A read due within this is read on waking too. */
const soonMs = 15_000;

/**
 * Keeps one thing up to date: reads it, waits, reads again. Never two reads at once; whoever asks during a read joins it.
 * After a failure the last good records stay.
 */
export class Feed<R, F> implements Disposable {
  readonly #definition: FeedDefinition<R, F>;
  readonly #context: FeedContext<F>;
  #attention: Attention = 'quiet';
  #running: { promise: Promise<void>; abort: AbortController } | undefined;
  #timer: Disposable | undefined;
  #staleTimer: Disposable | undefined;
  #dueAt: number | undefined;
  readonly #course = new ReadCourse();
  #waitsForPerson = false;
  #reason: Reason | undefined;
  /** The version of the records in the store, as long as they are those that a read of ours brought. */
  #held: { readonly version: string; readonly records: ReadonlyMap<string, R> } | undefined;
  /** An answer whose records are being compared with those that are known. */
  #arrived: { readonly fetched: Fetched<R, F>; readonly asOf: number } | undefined;
  /** Of when what another window read is that was taken over last. */
  #adoptedAsOf: number | undefined;
  #started = false;
  #disposed = false;

  constructor(definition: FeedDefinition<R, F>, context: FeedContext<F>) {
    this.#definition = definition;
    this.#context = context;
  }

  get name(): string {
    return this.#definition.key.name;
  }

  get key(): FeedKey<R> {
    return this.#definition.key;
  }

  /** When the next read begins, epoch milliseconds; undefined when none is planned. */
  get dueAt(): number | undefined {
    return this.#dueAt;
  }

  /** Why the next read begins then; undefined when none is planned. */
  get reason(): Reason | undefined {
    return this.#reason;
  }

  /** Lets the reading begin. Until then another window reads, if any does. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#waitsForPerson = false;
    const { asOf } = this.#context.store.state(this.#definition.key);
    if (this.#course.isAsked) {
      if (this.#running === undefined) this.#plan();
      return;
    }
    if (!this.#spares || asOf === undefined) {
      void this.#readNow();
      return;
    }
    // What was read before this window began to counts: opening one costs nothing while nobody looks.
    this.#course.settle(asOf);
    if (this.#running === undefined) this.#plan();
  }

  /** Another window reads from now on: what is under way is dropped. */
  stop(): void {
    if (!this.#started) return;
    this.#started = false;
    this.#drop();
    this.#stopTimer();
    this.#context.store.update(this.#definition.key, { loading: false });
  }

  /** Takes over the state that another window, or an earlier run, found. */
  adopt(state: StateChange<R, F>): void {
    if (this.#disposed) return;
    this.#takeArrived();
    const now = this.#context.clock.now();
    // Of a clock that was set back since.
    const asOf = state.asOf === undefined || state.asOf <= now ? {} : { asOf: now };
    this.#context.store.update(this.#definition.key, { ...state, ...asOf });
    if (state.failures !== undefined) this.#course.failures = state.failures;
    if (state.asOf !== undefined) this.#adoptedAsOf = Math.min(state.asOf, now);
    this.#watchAge();
    if (state.status !== undefined && !needsPerson.has(state.status)) this.#resume();
  }

  /** Somebody looks more or less closely. A read that is now due earlier is moved forward. */
  attend(attention: Attention): void {
    if (this.#attention === attention) return;
    this.#attention = attention;
    if (this.#started && this.#running === undefined && !this.#waitsForPerson) this.#plan();
  }

  /**
   * Reads now, or joins the read that is under way; where another window reads, asks that one. Resolves when it is done,
   * however it ended.
   */
  refresh(): Promise<void> {
    return this.#elsewhere === undefined ? this.#readNow() : this.#ask(this.#elsewhere, 'refresh');
  }

  /** Who reads in the place of this window, if anybody does. */
  get #elsewhere(): Reader | undefined {
    return this.#started ? undefined : this.#context.reader;
  }

  /** What a person wants is done here when nobody else can be asked. */
  async #ask(reader: Reader, wish: Wish): Promise<void> {
    if (!(await reader.ask(this.name, wish))) await this.#readNow();
  }

  /** Whether nobody looks, so that requests are spared. */
  get #spares(): boolean {
    return this.#context.sparing !== undefined && this.#attention === 'quiet';
  }

  /** The time for a planned read has come. */
  #readAsPlanned(reason: Reason): void {
    const { sparing, clock } = this.#context;
    if (sparing === undefined || !this.#spares || !this.#started || this.#course.burst > 0) {
      void this.refresh();
      return;
    }
    const requests = (this.#definition.requests ?? 1) + this.#course.pages - 1;
    const waitMs = sparing.take(this.name, requests);
    if (waitMs > 0) this.#planAt({ at: clock.now() + waitMs, reason });
    else void this.#readNow(true).finally(() => sparing.settled(this.name, requests));
  }

  #readNow(sparing = false): Promise<void> {
    if (this.#disposed) return Promise.resolve();
    if (this.#running !== undefined) return this.#running.promise;
    this.#waitsForPerson = false;
    this.#stopTimer();
    const abort = new AbortController();
    const promise = this.#read(abort.signal, sparing)
      .catch((cause: unknown) => {
        // What was read cannot be taken in, which is a bug: told like one of the service, and tried again.
        if (!abort.signal.aborted) this.#fail(this.#context.rules.unexpected(cause, this.name));
      })
      .finally(() => {
        if (this.#running?.abort !== abort) return;
        this.#running = undefined;
        if (this.#started && !this.#waitsForPerson) this.#plan();
      });
    this.#running = { promise, abort };
    return promise;
  }

  /**
   * The machine slept or its network changed: a read that failed, is overdue or is due soon comes in a moment, and good
   * records that grew old in the meantime are called stale. What the service asked to wait for is waited for, and a feed
   * that is read seldom (off shift) is not read for this alone.
   */
  wake(): void {
    if (this.#disposed) return;
    this.#takeArrived();
    const { clock, store, random } = this.#context;
    const { key, staleAfterMs } = this.#definition;
    const now = clock.now();
    const { status, asOf } = store.state(key);
    if (status === 'fresh' && asOf !== undefined && now - asOf >= staleAfterMs) store.update(key, { status: 'stale' });
    if (!this.#started || this.#running !== undefined || this.#dueAt === undefined) return;
    if (this.#course.failures === 0 && this.#dueAt - now > soonMs) return;
    // Timers stand still in a sleeping machine: one that is due by the clock may have long to run.
    const soon = now + wakeDelay.leastMs + wakeDelay.spreadMs * random();
    this.#planAt(this.#course.notBeforeAsked(soon, { kind: 'wake' }, now));
  }

  /** After a write of our own: a few quick reads, as lists of services lag behind. */
  burst(): void {
    if (this.#elsewhere !== undefined) {
      void this.#ask(this.#elsewhere, 'burst');
      return;
    }
    this.#course.burst = burstReads;
    if (this.#running === undefined) void this.#readNow();
  }

  /** Credentials or settings changed: what is under way is dropped, and all begins anew. Good records stay. */
  reset(): void {
    if (this.#disposed) return;
    this.#drop();
    this.#course.forget();
    this.#held = undefined;
    if (!this.#started) {
      this.#context.store.update(this.#definition.key, { loading: false });
      return;
    }
    this.#context.store.update(this.#definition.key, { failures: 0 });
    void this.#readNow();
  }

  /** What is known is of other settings: nothing of it is shown any more. */
  forget(): void {
    this.#context.store.update(this.#definition.key, { ...nothing, records: [] });
  }

  /** Takes records that came by themselves (an event stream): all of them, as good as a read. */
  push(records: readonly R[], more: { readonly completeness?: Completeness; readonly skipped?: number } = {}): void {
    if (this.#disposed) return;
    this.#takeArrived();
    this.#takePushed({ kind: 'records', records, ...more });
  }

  /** Takes what came by itself and says only what changed. How complete the records are is as before. */
  amend(change: (known: Known<R>) => Known<R>): void {
    if (this.#disposed) return;
    this.#takeArrived();
    const { key } = this.#definition;
    const { store } = this.#context;
    const { completeness, skipped } = store.state(key);
    const changed = change({ records: [...store.served(key).values()], skipped });
    this.#takePushed({ kind: 'records', completeness, ...changed });
  }

  /** Nobody asked for these: when the next read is due, and what the service asked for, stays as it is. */
  #takePushed(fetched: Fetched<R, F>): void {
    this.#accept(fetched, this.#context.clock.now());
    this.#resume();
  }

  /**
   * Says that the source of pushed records is in trouble: the records stay, marked as failing. While a service wants to be
   * left alone, it is no news that nothing comes from it.
   */
  trouble(failure: F): void {
    if (this.#disposed) return;
    this.#takeArrived();
    const { store, rules, clock } = this.#context;
    const askedMs = rules.retryAfterMs(failure);
    const isAsked = askedMs !== undefined;
    const isTold = store.state(this.#definition.key).failure !== undefined;
    const isNoNews = this.#course.isAsked && !isAsked && isTold;
    if (isAsked) {
      // It may ask for a longer wait than the next read was planned for, and it asks now.
      this.#course.settle(clock.now());
      this.#course.ask(askedMs);
    }
    // A feed that waits for a person goes on waiting for just that.
    if (!this.#waitsForPerson && !isNoNews) this.#fail(failure);
    if (isAsked && this.#timer !== undefined) this.#plan();
  }

  dispose(): void {
    this.#disposed = true;
    this.#drop();
    this.#stopTimer();
    this.#staleTimer?.dispose();
  }

  /** An answer that still comes is not taken. */
  #drop(): void {
    this.#running?.abort.abort();
    this.#running = undefined;
    this.#arrived = undefined;
  }

  async #read(signal: AbortSignal, sparing: boolean): Promise<void> {
    const { store, clock, rules, reader } = this.#context;
    if (this.#started && reader !== undefined) {
      const mayRead = await reader.mayRead();
      if (!mayRead || signal.aborted) return;
    }
    store.update(this.#definition.key, { loading: true });
    const began = clock.now();
    let fetched: Fetched<R, F>;
    try {
      fetched = await this.#definition.fetch(signal, sparing);
    } catch (cause) {
      fetched = { kind: 'failed', failure: rules.unexpected(cause, this.name) };
    }
    if (signal.aborted || this.#disposed) return;
    const ended = clock.now();
    this.#course.settle(ended);
    if (this.#course.burst > 0) this.#course.burst--;
    // The answer may have waited for a machine that slept: it is as good as its question is old.
    const partsAsOf = fetched.kind === 'records' ? (fetched.asOf ?? began) : began;
    await this.#take(fetched, Math.min(partsAsOf, began, ended));
  }

  /**
   * Takes in an answer. Many records are compared in slices first; whatever else comes to this feed meanwhile is newer,
   * and has the answer taken in before it.
   */
  async #take(fetched: Fetched<R, F>, asOf: number): Promise<void> {
    if (fetched.kind !== 'records' || this.#isHeld(fetched)) {
      this.#takeIn(fetched, asOf);
      return;
    }
    const arrived = { fetched, asOf };
    this.#arrived = arrived;
    const records = await this.#context.store.recognize(this.#definition.key, fetched.records);
    if (this.#arrived !== arrived) return;
    this.#arrived = undefined;
    this.#takeIn({ ...fetched, records }, asOf);
  }

  /** Takes in, at once, an answer that is still being compared. */
  #takeArrived(): void {
    const arrived = this.#arrived;
    this.#arrived = undefined;
    if (arrived !== undefined) this.#takeIn(arrived.fetched, arrived.asOf);
  }

  /** Takes in what a read brought. */
  #takeIn(read: Fetched<R, F>, asOf: number): void {
    this.#accept(read, asOf);
    if (read.kind === 'failed') return;
    this.#waitsForPerson = false;
    if (read.kind === 'notYet') this.#course.nothingYet();
    else this.#course.good(read.kind === 'records' ? read : undefined);
  }

  #accept(read: Fetched<R, F>, asOf: number): void {
    const { store, clock } = this.#context;
    const { key } = this.#definition;
    if (read.kind !== 'failed' && this.#isOutdated(asOf)) {
      store.update(key, { loading: false });
      return;
    }
    const fetched = this.#isHeld(read) ? ({ kind: 'unchanged' } as const) : read;
    switch (fetched.kind) {
      case 'failed':
        this.#fail(fetched.failure);
        return;
      case 'notYet':
        store.update(key, { loading: false });
        return;
      case 'unchanged':
        this.#course.brought(false);
        break;
      case 'records':
        this.#course.brought(true);
        break;
    }
    store.update(key, {
      ...(fetched.kind === 'records'
        ? { records: fetched.records, completeness: fetched.completeness ?? complete, skipped: fetched.skipped ?? 0 }
        : {}),
      status: clock.now() - asOf < this.#definition.staleAfterMs ? 'fresh' : 'stale',
      asOf,
      failure: undefined,
      failures: 0,
      loading: false,
    });
    if (fetched.kind === 'records') {
      const { version } = fetched;
      this.#held = version === undefined ? undefined : { version, records: store.state(key).records };
    }
    this.#watchAge();
  }

  /** Whether another window has read since, as happens when this one slept; by a clock that was not set back. */
  #isOutdated(asOf: number): boolean {
    const adopted = this.#adoptedAsOf ?? 0;
    return asOf < adopted && adopted <= this.#context.clock.now();
  }

  /** Whether the store still holds what this read brought: nobody else has written it since. */
  #isHeld(read: Fetched<R, F>): boolean {
    if (read.kind !== 'records' || read.version === undefined || this.#held === undefined) return false;
    const { version, records } = this.#held;
    return read.version === version && records === this.#context.store.state(this.#definition.key).records;
  }

  #fail(failure: F): void {
    const { store, rules, log } = this.#context;
    const { key } = this.#definition;
    const verdict = rules.verdict(failure);
    this.#waitsForPerson = verdict !== 'retry';
    this.#course.ask(rules.retryAfterMs(failure));
    const failures = this.#course.fail();
    // The first of a row is news; the rest would bury it.
    log[failures === 1 ? 'warn' : 'debug'](key.name, `could not be read (${failures}): ${rules.describe(failure)}`);
    store.update(key, { status: verdict === 'retry' ? 'failing' : verdict, failure, failures, loading: false });
  }

  /** Plans the next read, counted from the end of the last one. */
  #plan(): void {
    this.#stopTimer();
    if (this.#disposed) return;
    const { clock, random } = this.#context;
    this.#planAt(this.#course.next(this.#definition.pace, this.#attention, clock.now(), random()));
  }

  /** Good news came by itself: if the reads had to wait for a person, they need not any more. */
  #resume(): void {
    this.#waitsForPerson = false;
    if (this.#started && this.#running === undefined && this.#timer === undefined) this.#plan();
  }

  #planAt({ at, reason }: Plan): void {
    const { clock } = this.#context;
    this.#stopTimer();
    this.#dueAt = at;
    this.#reason = reason;
    this.#timer = clock.after(at - clock.now(), () => this.#readAsPlanned(reason));
  }

  #stopTimer(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#dueAt = undefined;
    this.#reason = undefined;
  }

  /** Good records become stale by themselves when nothing confirms them. */
  #watchAge(): void {
    const { store, clock } = this.#context;
    const { key, staleAfterMs } = this.#definition;
    this.#staleTimer?.dispose();
    // A clock that was set back makes nothing younger than new.
    const age = Math.max(0, clock.now() - (store.state(key).asOf ?? clock.now()));
    this.#staleTimer = clock.after(staleAfterMs - age, () => {
      if (store.state(key).status === 'fresh') store.update(key, { status: 'stale' });
    });
  }
}
