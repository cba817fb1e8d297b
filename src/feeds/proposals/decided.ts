import type { Failure } from '../../domain/base/failure.ts';
import { day, minute, type Instant } from '../../domain/base/time.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Log } from '../../engine/base/log.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Governance } from '../../sources/governance/client.ts';
import { decidedProposalsKey, endedWithinMs, isOfLately } from './decidedKey.ts';

/** Votes last four days, and up to as many more where the outcome changes late (a wait for quiet). */
const longestVoteMs = 8 * day;
/** Between two reads, for each page that a read takes. */
const paceMs = 10 * minute;

/**
 * Reads the proposals that were executed, have failed or were rejected lately. The canister has no query by when they
 * ended, only by which were made before another: all that can have ended in that time are read, a request for each
 * hundred, at most six an hour.
 */
export class DecidedProposalsReader {
  readonly #governance: () => Promise<Governance>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #store: Store<Failure>;
  #era = 0;
  #reading = false;
  #dueAt: Instant = -Infinity;

  constructor(governance: () => Promise<Governance>, store: Store<Failure>, clock: Clock, log: Log) {
    this.#governance = governance;
    this.#clock = clock;
    this.#log = log;
    this.#store = store;
  }

  /** Removes all: the settings lead to another canister. */
  reset(): void {
    this.#era++;
    this.#dueAt = -Infinity;
    this.#store.update(decidedProposalsKey, {
      status: 'neverLoaded',
      asOf: undefined,
      failure: undefined,
      records: [],
    });
  }

  /** Reads them when it is time to. Returns after how many milliseconds to call again. */
  async readWhenDue(): Promise<number> {
    const now = this.#clock.now();
    // What another window read, or this one before a reload, is as good.
    const asOf = this.#store.state(decidedProposalsKey).asOf ?? -Infinity;
    const waitMs = Math.max(this.#dueAt, asOf + paceMs) - now;
    if (this.#reading || waitMs > 0) return Math.max(waitMs, minute);
    this.#reading = true;
    const era = this.#era;
    try {
      const read = await (await this.#governance()).listDecidedProposals(now - endedWithinMs - longestVoteMs);
      if (era !== this.#era) return paceMs;
      this.#dueAt = this.#clock.now() + paceMs * (read.ok ? Math.max(1, read.value.pages) : 1);
      if (read.ok) {
        const { records, skipped, completeness } = read.value;
        this.#store.update(decidedProposalsKey, {
          status: 'fresh',
          asOf: this.#clock.now(),
          records: records.filter((proposal) => isOfLately(proposal, now)),
          skipped,
          completeness,
          failure: undefined,
        });
      } else {
        this.#log.debug('proposals', `the decided proposals were not read: ${read.failure.kind}`);
        this.#store.update(decidedProposalsKey, { status: 'failing', failure: read.failure });
      }
    } finally {
      this.#reading = false;
    }
    return this.#dueAt - this.#clock.now();
  }
}
