import type { Failure } from '../../domain/base/failure.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import { minute, second } from '../../domain/base/time.ts';
import type { FeedDefinition } from '../../engine/read/definition.ts';
import type { FeedKey } from '../../engine/read/store.ts';
import type { Governance } from '../../sources/governance/client.ts';

/** Open NNS proposals by id. */
export const proposalsKey: FeedKey<Proposal> = { name: 'proposals', keyOf: (proposal) => `${proposal.id}` };

/** Reads the open proposals from the governance canister. */
export function proposalsFeed(governance: () => Promise<Governance>): FeedDefinition<Proposal, Failure> {
  return {
    key: proposalsKey,
    pace: { activeMs: 90 * second, idleMs: 5 * minute, quietMs: 60 * minute },
    staleAfterMs: 10 * minute,
    async fetch(signal) {
      const read = await (await governance()).listOpenProposals(signal);
      if (!read.ok) return { kind: 'failed', failure: read.failure };
      return { kind: 'records', ...read.value };
    },
  };
}

/** Whether a record from disk has the form of a proposal. */
export function isStoredProposal(record: unknown): record is Proposal {
  return typeof record === 'object' && record !== null && 'id' in record && typeof record.id === 'bigint';
}
