import type { Instant } from '../../domain/base/time.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import type { FeedKey } from '../../engine/read/store.ts';

/** What was read of a proposal by its id. */
export interface NamedProposal {
  readonly id: string;
  readonly readAt: Instant;
  /** Without its summary. Undefined where the canister has none of this id. */
  readonly proposal: Proposal | undefined;
}

/**
 * Proposals that tickets name and that are not in the list of open ones, by id. The window that reads the services reads
 * them for all.
 */
export const namedProposalsKey: FeedKey<NamedProposal> = { name: 'namedProposals', keyOf: ({ id }) => id };

/** Whether a record from disk has the form of what was read of a proposal: without `proposal` where there is none. */
export function isStoredNamedProposal(record: unknown): record is NamedProposal {
  return typeof record === 'object' && record !== null && 'id' in record && 'readAt' in record;
}
