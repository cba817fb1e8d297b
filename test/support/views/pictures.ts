import type { Failure, FailureKind, Service } from '../../../src/domain/base/failure.ts';
import { Store, type FeedState } from '../../../src/engine/read/store.ts';
import { alertsView } from '../../../src/views/alerts/view.ts';
import { ciView } from '../../../src/views/ci/view.ts';
import { proposalsView } from '../../../src/views/proposals/view.ts';
import { queueView } from '../../../src/views/queue/view.ts';
import { releasesView } from '../../../src/views/releases/view.ts';
import type { ViewModel } from '../../../src/views/kit/row.ts';
import { weekView } from '../../../src/views/rotation/view.ts';
import { rethrow } from '../engine/engine.ts';
import { renderRows } from './renderRows.ts';

export const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const from = { now, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';
export const halfAnHourAgo = now - 30 * 60_000;

type Change = Partial<Omit<FeedState<never, Failure>, 'records'>>;

/** A feed without records. */
function state(change: Change): FeedState<never, Failure> {
  const store = new Store<Failure>(rethrow);
  const key = { name: 'test', keyOf: () => '' };
  store.update(key, change);
  return store.state(key);
}

const views: Readonly<Record<string, { readonly service: Service; readonly show: (change: Change) => ViewModel }>> = {
  week: { service: 'ops', show: (change) => weekView(state(change), undefined, from, site) },
  alerts: { service: 'ops', show: (change) => alertsView(state(change), from, site) },
  queue: { service: 'jira', show: (change) => queueView(state(change), from, site, 'DRE-350') },
  proposals: { service: 'governance', show: (change) => proposalsView(state(change), from) },
  releases: { service: 'rollouts', show: (change) => releasesView(state(change), from, site) },
  ci: {
    service: 'github',
    show: (change) =>
      ciView(state(change), state(change), from, { githubApi: 'https://api.github.com', repository: 'dfinity/dre' }),
  },
};

/** All that a person sees and can click in every view without rows, whose feed is in the state of `change`. */
export function pictures(change: (service: Service) => Change): string {
  return Object.entries(views)
    .flatMap(([name, { service, show }]) => {
      const { situation, message, rows } = show(change(service));
      return [`${name}: ${situation}`, ...(message === undefined ? [] : [message]), renderRows(rows)];
    })
    .filter((line) => line !== '')
    .join('\n');
}

/** A feed whose last read failed. */
export function troubled(kind: FailureKind, status: FeedState<never, Failure>['status'], more: Change = {}) {
  return (service: Service): Change => ({ status, failure: { kind, service, operation: 'read' }, ...more });
}

const settings: Partial<Record<Service, string>> = {
  ops: 'drDre.ops.team',
  jira: 'drDre.queue.epic',
  governance: 'drDre.governance.canister',
  rollouts: 'drDre.rollouts.url',
  github: 'drDre.github.repository',
};

/** A feed that failed as what a setting names is not there, as each client says it. */
export function misnamed(kind: FailureKind, status: FeedState<never, Failure>['status']) {
  return (service: Service): Change => {
    const setting = settings[service] ?? '';
    return { status, failure: { kind, service, operation: 'read', setting } };
  };
}
