import type { Failure } from '../../domain/base/failure.ts';
import { proposersOf } from '../../domain/proposals/governance.ts';
import type { ProposalGrouping } from '../../domain/proposals/groupings.ts';
import type { Store } from '../../engine/read/store.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { oursName, proposalFiltering } from '../../views/proposals/filters.ts';
import type { Handlers } from '../kit/commands.ts';
import { filterCommands, wordFiltersOf } from '../kit/filterCommands.ts';
import type { Host } from '../kit/host.ts';
import type { ViewOptions } from '../kit/viewOptions.ts';

export interface ProposalsViewParts extends Pick<Host, 'drafts' | 'settings'> {
  readonly store: Store<Failure>;
  readonly proposalsOptions: ViewOptions<ProposalGrouping>;
}

const groupingLabels: Record<ProposalGrouping, string> = {
  deadline: 'Deadline',
  topic: 'Topic',
  proposer: 'Proposer',
};

/** The commands that choose groups and filter of the Proposals view. */
export function proposalsViewCommands(parts: ProposalsViewParts): Handlers {
  const { store, settings, proposalsOptions } = parts;
  return filterCommands(parts, {
    view: 'drDre.proposals',
    name: 'Proposals',
    options: proposalsOptions,
    groupings: groupingLabels,
    ...wordFiltersOf(
      'proposal',
      () => [...store.state(proposalsKey).records.values()],
      () => proposalFiltering(settings.current.proposalFilters, proposersOf(settings.current.proposers)),
      oursName,
    ),
  });
}
