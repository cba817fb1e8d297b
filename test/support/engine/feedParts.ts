import type { Failure } from '../../../src/domain/base/failure.ts';
import type { FeedKey, FeedState } from '../../../src/engine/read/store.ts';
import { alertsKey, closedAlertsKey, heartbeatsKey } from '../../../src/feeds/alerts/keys.ts';
import { proposalsKey } from '../../../src/feeds/proposals/proposals.ts';
import { pullRequestsKey } from '../../../src/feeds/ci/pullRequests.ts';
import { queueKey } from '../../../src/feeds/queue/queue.ts';
import { releasesKey, rolloutsKey } from '../../../src/feeds/releases/keys.ts';
import { rotationsKey } from '../../../src/feeds/rotation/keys.ts';
import { workflowRunsKey } from '../../../src/feeds/ci/workflowRuns.ts';
import type { ViewModel } from '../../../src/views/kit/row.ts';
import type { ServiceName, Simulator } from '../../simulator/simulator.ts';
import { viewSources, type Headless, type ViewName } from '../vscode/headless.ts';

/** What is kept up to date, each on its own. */
export type FeedName = (typeof feedNames)[number];
export const feedNames = [
  ...(['alerts', 'heartbeats', 'closedAlerts', 'rotations', 'queue'] as const),
  ...(['proposals', 'rollouts', 'releases', 'pullRequests', 'workflowRuns'] as const),
] as const;

interface FeedPart {
  readonly key: Pick<FeedKey<never>, 'name'>;
  readonly view: ViewName;
  /** Its requests and no other feed's, as faults match them. */
  readonly match: string;
  /** The group of rows that it is, where it stands below or beside others. */
  readonly group?: RegExp;
  /** Where it is read, where the view's other records are read elsewhere. */
  readonly source?: ServiceName;
}

const parts: Readonly<Record<FeedName, FeedPart>> = {
  alerts: { key: alertsKey, view: 'alerts', match: '/v1/alerts\\?query=status%3A\\+open' },
  heartbeats: { key: heartbeatsKey, view: 'alerts', match: '/heartbeats', group: /^heartbeats/ },
  closedAlerts: {
    key: closedAlertsKey,
    view: 'alerts',
    match: '/v1/alerts\\?query=status%3A\\+closed',
    group: /^closedGroup\//,
  },
  rotations: { key: rotationsKey, view: 'week', match: '/v1/schedules' },
  queue: { key: queueKey, view: 'queue', match: '/search/jql' },
  proposals: { key: proposalsKey, view: 'proposals', match: '/query$' },
  rollouts: { key: rolloutsKey, view: 'releases', match: '/api/v2/(state|sse)' },
  releases: { key: releasesKey, view: 'releases', match: '/contents/', group: /^versions$/, source: 'github' },
  pullRequests: { key: pullRequestsKey, view: 'ci', match: '/pulls\\?|/actions/runs\\?per_page', group: /^pulls$/ },
  workflowRuns: { key: workflowRunsKey, view: 'ci', match: '/actions/(workflows|runs\\?branch)', group: /^runs$/ },
};

/** The view that shows a feed. */
const viewOf = (name: FeedName): ViewName => parts[name].view;
/** Its requests and no other feed's, as faults match them. */
export const matchOf = (name: FeedName): string => parts[name].match;
/** Where it is read. */
export const sourceOf = (name: FeedName): ServiceName => parts[name].source ?? viewSources[viewOf(name)][0];

/** What a person sees of one feed, wherever it is shown. */
export function pictureOf(dre: Pick<Headless, 'view'>, name: FeedName): ViewModel {
  const { view, group } = parts[name];
  const model = dre.view(view);
  // The sentence above the rows is not part of a group, which shows its state in its own rows.
  if (group !== undefined) return { situation: model.situation, rows: model.rows.filter(({ id }) => group.test(id)) };
  const others = Object.values(parts).flatMap((other) => (other.view === view ? (other.group ?? []) : []));
  return { ...model, rows: model.rows.filter(({ id }) => !others.some((each) => each.test(id))) };
}

/** The state of a feed: whether its records are good, and as of when. */
export function stateOf(
  { store }: Pick<Headless, 'store'>,
  name: FeedName,
): Pick<FeedState<unknown, Failure>, 'status' | 'asOf' | 'loading' | 'skipped' | 'completeness'> {
  const { status, asOf, loading, skipped, completeness } = store.state(parts[name].key as FeedKey<unknown>);
  return { status, asOf, loading, skipped, completeness };
}

/** The keys of a feed's records. */
export function recordsOf({ store }: Pick<Headless, 'store'>, name: FeedName): string[] {
  return [...store.state(parts[name].key as FeedKey<unknown>).records.keys()];
}

/** How often a feed has asked its service since the requests were last reset. */
export function askedBy(simulator: Pick<Simulator, 'requests'>, name: FeedName): number {
  const match = new RegExp(matchOf(name));
  return simulator.requests(sourceOf(name)).filter(({ path }) => match.test(path)).length;
}
