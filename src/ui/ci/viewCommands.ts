import type { Failure } from '../../domain/base/failure.ts';
import type { CiGrouping } from '../../domain/ci/groupings.ts';
import type { Store } from '../../engine/read/store.ts';
import type { GitHubLogin } from '../../feeds/ci/login.ts';
import { pullRequestsKey } from '../../feeds/ci/pullRequests.ts';
import { workflowRunsKey } from '../../feeds/ci/workflowRuns.ts';
import { ciFiltering } from '../../views/ci/filters.ts';
import type { Handlers } from '../kit/commands.ts';
import { filterCommands, wordFiltersOf } from '../kit/filterCommands.ts';
import type { Host } from '../kit/host.ts';
import type { ViewOptions } from '../kit/viewOptions.ts';

export interface CiViewParts extends Pick<Host, 'drafts' | 'settings'> {
  readonly store: Store<Failure>;
  readonly gitHubLogin: Pick<GitHubLogin, 'current'>;
  readonly ciOptions: ViewOptions<CiGrouping>;
}

const groupingLabels: Record<CiGrouping, string> = {
  origin: 'Origin',
  status: 'Status',
  none: 'No groups',
};

/** The commands that choose groups and filter of the CI view. */
export function ciViewCommands(parts: CiViewParts): Handlers {
  const { store, settings, gitHubLogin, ciOptions } = parts;
  return filterCommands(parts, {
    view: 'drDre.ci',
    name: 'CI',
    options: ciOptions,
    groupings: groupingLabels,
    ...wordFiltersOf(
      'row',
      () => [...store.state(pullRequestsKey).records.values(), ...store.state(workflowRunsKey).records.values()],
      () => ciFiltering(settings.current.ciFilters, gitHubLogin.current),
    ),
  });
}
