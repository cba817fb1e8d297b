import type { Failure } from '../../domain/base/failure.ts';
import { isProposalId } from '../../domain/base/ids.ts';
import { hour, minute, type Instant } from '../../domain/base/time.ts';
import { finalStatus, type Proposal } from '../../domain/proposals/proposal.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Log } from '../../engine/base/log.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Governance } from '../../sources/governance/client.ts';
import { SpacedReading } from '../kit/spacedReading.ts';
import { decidedProposalsKey } from './decidedKey.ts';
import { namedProposalsKey, type NamedProposal } from './namedKey.ts';
import { proposalsKey } from './proposals.ts';

/** The feeds leave so many of the 120 requests an hour that each service gets at most on shift. */
const limits = { perMinute: 2, perHour: 20 };
/** So many are kept: the ones that were read last. */
const most = 500;
/** One that may still change, or that the canister did not have, is read again after this time. */
const againMs = hour;
/** An execution follows an adoption within minutes. */
const adoptedAgainMs = 5 * minute;
/** After a read that failed, the next one is not tried sooner. */
const afterFailureMs = 5 * minute;

/**
 * Reads the proposals that tickets name and that are not open: one request each, and one that has ended never again. What
 * is known of it is in the store under `namedProposalsKey`, for all windows.
 */
export class NamedProposalsReader {
  readonly #governance: () => Promise<Governance>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #store: Store<Failure>;
  readonly #reading: SpacedReading;
  /** When reads failed, by id: another one is tried first. */
  readonly #failedAt = new Map<string, Instant>();
  /** Those that were listed as open: what was read of them before says nothing once they are not. */
  readonly #wereOpen = new Set<string>();

  constructor(governance: () => Promise<Governance>, store: Store<Failure>, clock: Clock, log: Log) {
    this.#governance = governance;
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#reading = new SpacedReading(clock, limits);
  }

  /** Removes all: the settings lead to another canister. */
  reset(): void {
    this.#reading.reset();
    this.#failedAt.clear();
    this.#wereOpen.clear();
    this.#store.update(namedProposalsKey, { status: 'neverLoaded', asOf: undefined, records: [] });
  }

  /**
   * Reads the first of these that has to be read. Returns after how many milliseconds to call again; undefined when there
   * is nothing to read now.
   */
  readNext(ids: Iterable<string>): Promise<number | undefined> {
    return this.#reading.next(
      this.#next(ids),
      async (asked) => ({ id: asked, read: await (await this.#governance()).getProposal(BigInt(asked)) }),
      ({ id: asked, read }) => {
        const now = this.#clock.now();
        if (!read.ok) {
          this.#failedAt.set(asked, now);
          this.#log.debug('proposals', `proposal ${asked} was not read: ${read.failure.kind}`);
          return afterFailureMs;
        }
        const proposal = read.value === undefined ? undefined : withoutTexts(read.value);
        this.#learn({ id: asked, readAt: now, proposal });
        return 0;
      },
    );
  }

  #next(ids: Iterable<string>): string | undefined {
    const open = this.#store.state(proposalsKey).records;
    const decided = this.#store.state(decidedProposalsKey).records;
    const known = this.#store.state(namedProposalsKey).records;
    const now = this.#clock.now();
    for (const id of ids) {
      if (open.has(id)) this.#wereOpen.add(id);
      const listed = decided.get(id);
      const isListed = open.has(id) || (listed !== undefined && finalStatus(listed) !== undefined);
      if (!isProposalId(id) || isListed || now - (this.#failedAt.get(id) ?? -Infinity) < againMs) continue;
      const read = known.get(id);
      if (read === undefined || this.#wereOpen.has(id)) return id;
      const isFinal = read.proposal !== undefined && finalStatus(read.proposal) !== undefined;
      const waitMs = read.proposal?.status === 'adopted' ? adoptedAgainMs : againMs;
      if (!isFinal && now - read.readAt >= waitMs) return id;
    }
    return undefined;
  }

  #learn(record: NamedProposal): void {
    this.#wereOpen.delete(record.id);
    const others = [...this.#store.state(namedProposalsKey).records.values()].filter(({ id }) => id !== record.id);
    const records = [...others, record].slice(-most);
    this.#store.update(namedProposalsKey, { status: 'fresh', asOf: record.readAt, records });
  }
}

/** It is kept for its state: what is long is read again when somebody opens it. */
function withoutTexts(proposal: Proposal): Proposal {
  return { ...proposal, summary: '', payload: undefined, motionText: undefined };
}
