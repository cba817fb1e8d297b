import type { SavedFilter } from '../../domain/base/savedFilter.ts';
import { isOneOf } from '../../domain/proposals/governance.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import { proposalMatches } from '../../domain/proposals/text.ts';
import type { ActiveFilter, ChosenFilter } from '../kit/filter.ts';
import { activeWordFilter, type WordFiltering } from '../kit/wordFilters.ts';

export const oursName = 'Ours';

/** How the Proposals view is filtered: by words, and by the team's own proposers. */
export function proposalFiltering(
  saved: readonly SavedFilter[],
  proposers: readonly bigint[],
): WordFiltering<Proposal> {
  return {
    matches: proposalMatches,
    saved,
    setting: 'drDre.proposals.filters',
    isMine: (proposal) => isOneOf(proposers, proposal),
    mineName: oursName,
  };
}

/** Makes a chosen filter of the Proposals view ready for use. */
export function activeProposalFilter(
  chosen: ChosenFilter,
  saved: readonly SavedFilter[],
  proposers: readonly bigint[],
): ActiveFilter<Proposal> {
  return activeWordFilter(chosen, proposalFiltering(saved, proposers));
}
