import type { Disposable } from '../base/clock.ts';
import { Lifetime } from '../base/lifetime.ts';
import type { FeedContext, FeedDefinition, Fetched } from './definition.ts';
import type { ReadCourse } from './readCourse.ts';
import { doubtMs } from './schedule.ts';
import { complete, type StateChange } from './store.ts';

/** A new feed's state, apart from its records. */
const nothing = {
  status: 'neverLoaded',
  asOf: undefined,
  completeness: complete,
  skipped: 0,
  failure: undefined,
  failures: 0,
} as const;

/** From so many records on it is doubted that all of them are gone: fewer may well end at once. */
const several = 3;
/** A second read is accepted this long after the first; it is planned a little later. */
const acceptedAfterMs = 0.75 * doubtMs;

/** Puts what a feed reads into the store: answers, failures, what other windows read, and that all of it grows old. */
export class Intake<R, F> implements Disposable {
  readonly #definition: FeedDefinition<R, F>;
  readonly #context: Pick<FeedContext<F>, 'store' | 'clock' | 'log' | 'rules'>;
  readonly #course: ReadCourse;
  readonly #lifetime = new Lifetime();
  readonly #staleTimer;
  /** The version of the records in the store, as long as they are those that a read of ours brought. */
  #held: { readonly version: string; readonly records: ReadonlyMap<string, R> } | undefined;
  /** An answer whose records are being compared with those that are known. */
  #arrived: { readonly fetched: Fetched<R, F>; readonly asOf: number } | undefined;
  /** Since when the service has said that all records are gone, epoch milliseconds, while that is not accepted yet. */
  #emptySince: number | undefined;
  /** Of when what another window read is that was taken over last. */
  #adoptedAsOf: number | undefined;

  constructor(
    definition: FeedDefinition<R, F>,
    context: Pick<FeedContext<F>, 'store' | 'clock' | 'log' | 'rules'>,
    course: ReadCourse,
  ) {
    this.#definition = definition;
    this.#context = context;
    this.#course = course;
    this.#staleTimer = this.#lifetime.timer(context.clock);
  }

  /**
   * Takes in an answer. Many records are compared in slices first; whatever else comes to this feed meanwhile is newer,
   * and has the answer taken in before it.
   */
  async take(fetched: Fetched<R, F>, asOf: number): Promise<void> {
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
  finish(): void {
    const arrived = this.#arrived;
    this.#arrived = undefined;
    if (arrived !== undefined) this.#takeIn(arrived.fetched, arrived.asOf);
  }

  /** An answer that is still being compared is not taken. */
  drop(): void {
    this.#arrived = undefined;
  }

  /** Takes over the state that another window, or an earlier run, found. */
  adopt(state: StateChange<R, F>): void {
    this.finish();
    const now = this.#context.clock.now();
    // Of a clock that was set back since.
    const isAhead = state.asOf !== undefined && state.asOf > now;
    this.#context.store.update(this.#definition.key, isAhead ? { ...state, asOf: now } : state);
    if (state.failures !== undefined) this.#course.failures = state.failures;
    if (state.asOf !== undefined) this.#adoptedAsOf = Math.min(state.asOf, now);
    this.#watchAge();
  }

  /**
   * Takes records that came without a read: they are as of now, and leave the times of the reads as they are. That all are
   * suddenly gone is doubted until the next read, or until it is said again later.
   */
  push(fetched: Extract<Fetched<R, F>, { kind: 'records' }>): void {
    if (this.#isDoubted(fetched)) return;
    this.#accept(fetched, this.#context.clock.now());
  }

  /** A read failed. The records that are known stay. */
  fail(failure: F): void {
    const { store, rules, log } = this.#context;
    const { key } = this.#definition;
    const verdict = rules.verdict(failure);
    this.#course.pause(rules.retryAfterMs(failure));
    const failures = this.#course.fail();
    // The first failure in a row is a warning; the rest are details.
    log[failures === 1 ? 'warn' : 'debug'](key.name, `could not be read (${failures}): ${rules.describe(failure)}`);
    store.update(key, { status: verdict === 'retry' ? 'failing' : verdict, failure, failures, loading: false });
  }

  /** What is known came with other credentials: the same version need not mean the same records any more. */
  reset(): void {
    this.#held = undefined;
    this.#emptySince = -Infinity;
  }

  /** What is known is of other settings: nothing of it is shown any more. */
  clear(): void {
    this.#context.store.update(this.#definition.key, { ...nothing, records: [] });
  }

  /** The machine slept: good records that grew old meanwhile are called stale. */
  age(): void {
    const { store, clock } = this.#context;
    const { key, staleAfterMs } = this.#definition;
    const { status, asOf } = store.state(key);
    const isOld = asOf !== undefined && clock.now() - asOf >= staleAfterMs;
    if (status === 'fresh' && isOld) store.update(key, { status: 'stale' });
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** Takes in what a read brought. */
  #takeIn(read: Fetched<R, F>, asOf: number): void {
    if (read.kind === 'failed') {
      this.fail(read.failure);
      return;
    }
    this.#course.doubted = this.#isDoubted(read);
    if (this.#course.doubted) this.#context.store.update(this.#definition.key, { loading: false });
    else this.#accept(read, asOf);
    this.#course.doubted ||= read.kind === 'records' && read.doubted === true;
    if (read.kind === 'notYet') this.#course.nothingYet();
    else this.#course.good(read.kind === 'records' ? read : undefined);
  }

  #accept(read: Exclude<Fetched<R, F>, { kind: 'failed' }>, asOf: number): void {
    const { store } = this.#context;
    const { key } = this.#definition;
    if (read.kind === 'notYet' || this.#isOutdated(asOf)) {
      store.update(key, { loading: false });
      return;
    }
    const good = { status: this.#statusOf(asOf), asOf, failure: undefined, failures: 0, loading: false };
    if (read.kind === 'unchanged' || this.#isHeld(read)) {
      this.#course.brought(false);
      store.update(key, good);
    } else {
      const { records, version, completeness = complete, skipped = 0 } = read;
      this.#course.brought(true);
      store.update(key, { ...good, records, completeness, skipped });
      this.#held = version === undefined ? undefined : { version, records: store.state(key).records };
    }
    this.#watchAge();
  }

  /**
   * Whether a list of several records is suddenly empty, as it may be while a service is in trouble: what was known a
   * moment ago stays until a read some time later says the same. After a write of our own it is no surprise.
   */
  #isDoubted(read: Fetched<R, F>): boolean {
    if (read.kind !== 'records') return false;
    const { store, clock, log } = this.#context;
    const { key, staleAfterMs } = this.#definition;
    const now = clock.now();
    const { size } = store.served(key);
    const { asOf } = store.state(key);
    const isRecent = asOf !== undefined && now - asOf < staleAfterMs;
    const isSudden = read.records.length + (read.skipped ?? 0) === 0 && size >= several && isRecent;
    if (isSudden && !this.#course.isAfterWrite && this.#course.burst === 0) {
      if (this.#emptySince === undefined) log.warn(key.name, `all ${size} are suddenly gone, which is read once more`);
      this.#emptySince ??= now;
      if (Math.abs(now - this.#emptySince) < acceptedAfterMs) return true;
    }
    this.#emptySince = undefined;
    return false;
  }

  #statusOf(asOf: number): 'fresh' | 'stale' {
    return this.#context.clock.now() - asOf < this.#definition.staleAfterMs ? 'fresh' : 'stale';
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

  /** Good records become stale by themselves when nothing confirms them. */
  #watchAge(): void {
    const { store, clock } = this.#context;
    const { key, staleAfterMs } = this.#definition;
    // A clock that was set back makes nothing younger than new.
    const age = Math.max(0, clock.now() - (store.state(key).asOf ?? clock.now()));
    this.#staleTimer.set(staleAfterMs - age, () => {
      if (store.state(key).status === 'fresh') store.update(key, { status: 'stale' });
    });
  }
}
