import { finalStatus, type FinalStatus, type Proposal } from './proposal.ts';

/** What voting on a proposal and its execution have come to, for those who wait for it. JSON data. */
export interface ProposalOutcome {
  /** In decimal. */
  readonly id: string;
  /** Text from outside; null where it is not known. */
  readonly title: string | null;
  readonly status: 'adopted' | FinalStatus;
  /** Why its execution failed, in the canister's words: data. Null where it did not fail, or that is not known. */
  readonly reason: string | null;
}

/** How far a proposal has come; undefined while it is voted on, and where that is not known. */
export function outcomeOfProposal(proposal: Proposal): ProposalOutcome | undefined {
  const status = proposal.status === 'adopted' ? proposal.status : finalStatus(proposal);
  if (status === undefined) return undefined;
  const { id, title, failureReason } = proposal;
  return {
    id: `${id}`,
    title: title === '' ? null : title,
    status,
    reason: status === 'failed' && failureReason !== undefined && failureReason !== '' ? failureReason : null,
  };
}

/** What is said of it after "Proposal 143574". */
export const outcomeWords: Readonly<Record<ProposalOutcome['status'], string>> = {
  adopted: 'was adopted',
  executed: 'was executed',
  rejected: 'was rejected',
  failed: 'failed',
};
