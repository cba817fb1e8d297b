import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Sparing } from './allowance.ts';
import type { Pace } from './schedule.ts';
import type { Completeness, FeedKey, Store } from './store.ts';

// What a feed is made of: what it reads, how its failures are understood, and what it needs around it.

/** What one read brought. */
export type Fetched<R, F> =
  | {
      readonly kind: 'records';
      readonly records: readonly R[];
      readonly completeness?: Completeness;
      readonly skipped?: number;
      /** In how many pages the service gave them; 1 when absent. What takes many is read less often. */
      readonly pages?: number;
      /** Reads with equal versions brought equal records: the second one counts as `unchanged`. */
      readonly version?: string;
      /** Of when the oldest part is, epoch milliseconds, where not all was read now. */
      readonly asOf?: number | undefined;
      /** Some of it was suddenly gone and is here as it was: another read is to confirm that. */
      readonly doubted?: boolean;
      /** The service allows the next read no sooner (`x-poll-interval`), milliseconds. */
      readonly pollAfterMs?: number | undefined;
    }
  /** The service says that nothing changed (304). */
  | { readonly kind: 'unchanged' }
  /** The service has nothing yet, and says so: it is read again soon, and then less and less often. */
  | { readonly kind: 'notYet' }
  | { readonly kind: 'failed'; readonly failure: F };

/** The records of a feed, and how many are missing in it as they could not be read. */
export interface FeedRecords<R> {
  readonly records: readonly R[];
  readonly skipped: number;
}

/** One thing kept up to date. */
export interface FeedDefinition<R, F> {
  readonly key: FeedKey<R>;
  /**
   * Reads it. Never rejects for what a service may do; is aborted when the answer is not needed any more. `sparing`: no
   * window pays attention, and a read that could need more requests than `requests` (and one for each further page) is to
   * do with less. `isPlanned`: it is a read at the feed's own pace, not one after a write or at a person's request.
   */
  readonly fetch: (signal: AbortSignal, sparing: boolean, isPlanned: boolean) => Promise<Fetched<R, F>>;
  readonly pace: Pace;
  /** How many requests a sparing read of one page needs; 1 when absent. */
  readonly requests?: number;
  /** How often it is read after a write of our own, as the list of its service may lag behind; a few times when absent. */
  readonly readsAfterWrite?: number;
  /** A write has changed a record, by what the feed calls it: the next reads are to have the record as it is then. */
  readonly noteChanged?: (record: string) => void;
  /** Good records older than this are not called fresh any more. */
  readonly staleAfterMs: number;
}

/**
 * What a failure means for going on. The last three need a person: the first two of them are tried again less and less
 * often, as they may pass by themselves, and the last one when the settings change.
 */
export type FailureVerdict = 'retry' | 'notSignedIn' | 'notPermitted' | 'notConfigured';

/** How the engine reads failures, whose type is defined outside. */
export interface FailureRules<F> {
  readonly verdict: (failure: F) => FailureVerdict;
  readonly retryAfterMs: (failure: F) => number | undefined;
  /** For a fetch that threw, which is a bug. */
  readonly unexpected: (cause: unknown, feed: string) => F;
  /** One line for the log. */
  readonly describe: (failure: F) => string;
}

/**
 * What a window may request of the one that reads: to read now, to read several times after a write, or to begin anew with
 * other credentials.
 */
export type ReadRequest = 'refresh' | 'burst' | 'renew';

/** Who reads, when several windows share the reading. */
export interface Reader {
  /** Whether this window may read now; checked before each read. */
  mayRead(): Promise<boolean>;
  /** Sends a request to the window that reads. Resolves when it has read; with false when the request could not be sent. */
  request(feed: string, request: ReadRequest): Promise<boolean>;
}

/** What a feed needs around it. */
export interface FeedContext<F> {
  readonly store: Store<F>;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 to 1. */
  readonly random: () => number;
  readonly rules: FailureRules<F>;
  /** Absent when this window reads alone. */
  readonly reader?: Reader | undefined;
  /** What may be requested while no window pays attention; everything when absent. */
  readonly sparing?: Sparing;
}
