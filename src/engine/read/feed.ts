import type { Disposable } from '../base/clock.ts';
import { Lifetime } from '../base/lifetime.ts';
import type { FeedContext, FeedDefinition, FeedRecords, Fetched, Reader, ReadRequest } from './definition.ts';
import { Intake } from './intake.ts';
import { ReadCourse, type PlannedRead } from './readCourse.ts';
import { backoffOf, type Attention, type Reason } from './schedule.ts';
import type { Completeness, FeedKey, FeedStatus, StateChange } from './store.ts';

/** What only a person can mend. */
const needsPerson: ReadonlySet<FeedStatus> = new Set(['notSignedIn', 'notPermitted', 'notConfigured']);

/** Quick reads after a write of our own. */
const burstReads = 4;
/** After waking the network needs a moment, and not every feed is to be read in the same one. */
const wakeDelay = { leastMs: 1_000, spreadMs: 4_000 };
/** A read due within this is read on waking too. */
const soonMs = 15_000;

/**
 * Keeps one thing up to date: reads it, waits, reads again. Never two reads at once; whoever calls during a read joins it.
 * After a failure the last good records stay.
 */
export class Feed<R, F> implements Disposable {
  readonly #definition: FeedDefinition<R, F>;
  readonly #context: FeedContext<F>;
  readonly #course = new ReadCourse();
  readonly #intake: Intake<R, F>;
  readonly #lifetime = new Lifetime();
  readonly #timer;
  #attention: Attention = 'quiet';
  #running: { promise: Promise<void>; abort: AbortController } | undefined;
  #plan: PlannedRead | undefined;
  #started = false;

  constructor(definition: FeedDefinition<R, F>, context: FeedContext<F>) {
    this.#definition = definition;
    this.#context = context;
    this.#intake = this.#lifetime.own(new Intake(definition, context, this.#course));
    this.#timer = this.#lifetime.timer(context.clock);
  }

  get name(): string {
    return this.#definition.key.name;
  }

  get key(): FeedKey<R> {
    return this.#definition.key;
  }

  /** When the next read begins, epoch milliseconds; undefined when none is planned. */
  get dueAt(): number | undefined {
    return this.#plan?.at;
  }

  /** Why the next read begins then; undefined when none is planned. */
  get reason(): Reason | undefined {
    return this.#plan?.reason;
  }

  /**
   * Lets the reading begin. Until then another window reads, if any does. `continues`: what is known was read by this
   * window, so that its next read has its time.
   */
  start(continues = false): void {
    if (this.#started) return;
    this.#started = true;
    const { asOf } = this.#context.store.state(this.#definition.key);
    if (this.#course.isPaused) {
      this.#planNext();
      return;
    }
    if (asOf === undefined || !(continues || this.#spares)) {
      void this.#readNow();
      return;
    }
    // What was read before counts: off shift, opening a window requests nothing.
    this.#course.settle(asOf);
    this.#planNext();
  }

  /** Another window reads from now on: what is under way is dropped. */
  stop(): void {
    if (!this.#started) return;
    this.#started = false;
    this.#drop();
    this.#unplan();
    this.#context.store.update(this.#definition.key, { loading: false });
  }

  /** Takes over the state that another window, or an earlier run, found. */
  adopt(state: StateChange<R, F>): void {
    if (this.#lifetime.isOver) return;
    this.#intake.adopt(state);
    if (!this.#waitsForSettings) this.#resume();
  }

  /** The attention that is paid to it changed. A read that is now due earlier is moved forward. */
  attend(attention: Attention): void {
    if (this.#attention === attention) return;
    this.#attention = attention;
    if (!this.#waitsForSettings) this.#planNext();
  }

  /**
   * Reads now, or joins the read that is under way; where another window reads, sends it a request. Resolves when it is done,
   * however it ended.
   */
  refresh(): Promise<void> {
    return this.#elsewhere === undefined ? this.#readNow() : this.#request(this.#elsewhere, 'refresh');
  }

  /**
   * The machine slept or its network changed: a read that failed, is overdue or is due soon comes in a moment, and good
   * records that grew old in the meantime are called stale. A pause that the service requires is kept, and a feed
   * that is read seldom (off shift) is not read for this alone.
   */
  wake(): void {
    if (this.#lifetime.isOver) return;
    this.#intake.finish();
    this.#intake.age();
    const { clock, random } = this.#context;
    const now = clock.now();
    if (!this.#started || this.#running !== undefined || this.#plan === undefined) return;
    if (this.#course.failures === 0 && this.#plan.at - now > soonMs) return;
    // Timers do not run while the machine sleeps: one that is due by the clock may still wait for long.
    const soon = now + wakeDelay.leastMs + wakeDelay.spreadMs * random();
    this.#planAt(this.#course.notBeforePause(soon, { kind: 'wake' }, now));
  }

  /**
   * After a write of our own: a few quick reads, as lists of services lag behind. A pause that the service
   * requires is kept. `changed`: the record that was written, for `noteChanged`.
   */
  burst(changed?: string): void {
    if (this.#elsewhere !== undefined) {
      void this.#request(this.#elsewhere, 'burst', changed);
      return;
    }
    const { noteChanged, readsAfterWrite } = this.#definition;
    if (changed !== undefined) noteChanged?.(changed);
    // A read that is under way may have begun before the write.
    const begun = this.#running === undefined ? 0 : 1;
    this.#course.burst = readsAfterWrite === undefined ? burstReads : readsAfterWrite + begun;
    if (this.#course.isPaused && this.#started) this.#planNext();
    else if (this.#running === undefined) void this.#readNow();
  }

  /** Credentials or settings changed: what is under way is dropped, and all begins anew. Good records stay. */
  reset(): void {
    if (this.#lifetime.isOver) return;
    const { store } = this.#context;
    this.#drop();
    this.#course.reset();
    this.#intake.reset();
    store.update(this.#definition.key, this.#started ? { failures: 0 } : { loading: false });
    if (this.#started) void this.#readNow();
  }

  /** What is known is of other settings: nothing of it is shown any more. */
  clear(): void {
    this.#intake.clear();
  }

  /** Takes records that came by themselves (an event stream): all of them, as good as a read. */
  push(records: readonly R[], more: { readonly completeness?: Completeness; readonly skipped?: number } = {}): void {
    if (this.#lifetime.isOver) return;
    this.#intake.finish();
    this.#takePushed({ kind: 'records', records, ...more });
  }

  /** Takes what came by itself and says only what changed. How complete the records are is as before. */
  amend(change: (known: FeedRecords<R>) => FeedRecords<R>): void {
    if (this.#lifetime.isOver) return;
    this.#intake.finish();
    const { store } = this.#context;
    const { key } = this.#definition;
    const { completeness, skipped } = store.state(key);
    const changed = change({ records: [...store.served(key).values()], skipped });
    this.#takePushed({ kind: 'records', completeness, ...changed });
  }

  /**
   * Reports that the source of pushed records is in trouble: the records stay, marked as failing. While a service requires a
   * pause, nothing new is reported.
   */
  trouble(failure: F): void {
    if (this.#lifetime.isOver) return;
    this.#intake.finish();
    const { store, rules, clock } = this.#context;
    const pauseMs = rules.retryAfterMs(failure);
    const needsPause = pauseMs !== undefined;
    const { status, failure: reported } = store.state(this.#definition.key);
    const isNoNews = this.#course.isPaused && !needsPause && reported !== undefined;
    if (needsPause) {
      // The pause may be longer than the next read was planned for, and it begins now.
      this.#course.settle(clock.now());
      this.#course.pause(pauseMs);
    }
    // What a person has to do is said until a read succeeds.
    if (!needsPerson.has(status) && !isNoNews) this.#intake.fail(failure);
    if (needsPause && this.#plan !== undefined) this.#planNext();
  }

  dispose(): void {
    this.#drop();
    this.#plan = undefined;
    this.#lifetime.dispose();
  }

  /** Whether only a change of the settings can help, which resets the feed. */
  get #waitsForSettings(): boolean {
    return this.#context.store.state(this.#definition.key).status === 'notConfigured';
  }

  /** Who reads in the place of this window, if anybody does. */
  get #elsewhere(): Reader | undefined {
    return this.#started ? undefined : this.#context.reader;
  }

  /** Whether no window pays attention, so that requests are spared. */
  get #spares(): boolean {
    return this.#context.sparing !== undefined && this.#attention === 'quiet';
  }

  /** Reads here when no other window can be reached. */
  async #request(reader: Reader, request: ReadRequest, changed?: string): Promise<void> {
    if (await reader.request(changed === undefined ? this.name : `${this.name}/${changed}`, request)) return;
    if (changed !== undefined) this.#definition.noteChanged?.(changed);
    await this.#readNow();
  }

  /** The time for a planned read has come. */
  #readAsPlanned(reason: Reason): void {
    this.#plan = undefined;
    const { sparing, clock } = this.#context;
    if (sparing === undefined || !this.#spares || !this.#started || this.#course.burst > 0) {
      void (this.#elsewhere === undefined ? this.#readNow({ isPlanned: this.#course.burst === 0 }) : this.refresh());
      return;
    }
    const requests = (this.#definition.requests ?? 1) + this.#course.pages - 1;
    const waitMs = sparing.take(this.name, requests);
    if (waitMs > 0) this.#planAt({ at: clock.now() + waitMs, reason });
    else void this.#readNow({ sparing: true, isPlanned: true }).finally(() => sparing.settled(this.name, requests));
  }

  #readNow({ sparing = false, isPlanned = false } = {}): Promise<void> {
    if (this.#lifetime.isOver) return Promise.resolve();
    if (this.#running !== undefined) return this.#running.promise;
    this.#unplan();
    const abort = new AbortController();
    const promise = this.#read(abort.signal, sparing, isPlanned)
      .catch((cause: unknown) => {
        // What was read cannot be taken in, which is a bug: reported as a failure of the service, and tried again.
        if (!abort.signal.aborted) this.#intake.fail(this.#context.rules.unexpected(cause, this.name));
      })
      .finally(() => {
        if (this.#running?.abort !== abort) return;
        this.#running = undefined;
        if (!this.#waitsForSettings) this.#planNext();
      });
    this.#running = { promise, abort };
    return promise;
  }

  async #read(signal: AbortSignal, sparing: boolean, isPlanned: boolean): Promise<void> {
    const { store, clock, rules, reader } = this.#context;
    if (this.#started && reader !== undefined) {
      const mayRead = await reader.mayRead();
      if (!mayRead || signal.aborted) return;
    }
    store.update(this.#definition.key, { loading: true });
    const began = clock.now();
    let fetched: Fetched<R, F>;
    try {
      fetched = await this.#definition.fetch(signal, sparing, isPlanned);
    } catch (cause) {
      fetched = { kind: 'failed', failure: rules.unexpected(cause, this.name) };
    }
    if (signal.aborted || this.#lifetime.isOver) return;
    const ended = clock.now();
    this.#course.settle(ended);
    this.#course.isAfterWrite = this.#course.burst > 0;
    if (this.#course.burst > 0) this.#course.burst--;
    // The answer may have waited for a machine that slept: it is as good as its question is old.
    const partsAsOf = fetched.kind === 'records' ? (fetched.asOf ?? began) : began;
    await this.#intake.take(fetched, Math.min(partsAsOf, began, ended));
  }

  /** These came without a read: when the next one is due, and the pause that the service requires, stay as they are. */
  #takePushed(fetched: Extract<Fetched<R, F>, { kind: 'records' }>): void {
    this.#intake.push(fetched);
    this.#resume();
  }

  /** An answer that still comes is not taken. */
  #drop(): void {
    this.#running?.abort.abort();
    this.#running = undefined;
    this.#intake.drop();
  }

  /** Something came by itself: if no read was planned, one is now. */
  #resume(): void {
    if (this.#plan === undefined) this.#planNext();
  }

  /** Plans the next read, counted from the end of the last one; none while one is under way. */
  #planNext(): void {
    if (this.#lifetime.isOver || !this.#started || this.#running !== undefined) return;
    const { store, clock, random } = this.#context;
    const backoff = backoffOf(store.state(this.#definition.key).status);
    this.#planAt(this.#course.next(this.#definition.pace, this.#attention, clock.now(), random(), backoff));
  }

  #planAt(plan: PlannedRead): void {
    this.#plan = plan;
    this.#timer.set(plan.at - this.#context.clock.now(), () => this.#readAsPlanned(plan.reason));
  }

  #unplan(): void {
    this.#plan = undefined;
    this.#timer.cancel();
  }
}
