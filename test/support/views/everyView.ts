import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { Heartbeat } from '../../../src/domain/alerts/heartbeat.ts';
import type { Failure } from '../../../src/domain/base/failure.ts';
import type { PullRequest } from '../../../src/domain/ci/pullRequest.ts';
import type { WorkflowRun } from '../../../src/domain/ci/workflowRun.ts';
import type { FeedState } from '../../../src/engine/read/store.ts';
import { alertsView } from '../../../src/views/alerts/view.ts';
import { ciView } from '../../../src/views/ci/view.ts';
import type { Viewpoint } from '../../../src/views/kit/format.ts';
import type { ViewModel } from '../../../src/views/kit/row.ts';
import { proposalsView } from '../../../src/views/proposals/view.ts';
import { queueView } from '../../../src/views/queue/view.ts';
import { releasesView } from '../../../src/views/releases/view.ts';
import { weekView } from '../../../src/views/rotation/view.ts';
import { freshState } from '../feeds/freshState.ts';
import { alert, proposal, pullRequest, ticket, weekRollout } from '../feeds/linkRecords.ts';
import { wednesday } from '../feeds/rolloutBuilder.ts';
import { dana, eli, rotation, shift } from '../feeds/rotationBuilder.ts';

const inUtc: Viewpoint = { now: wednesday, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';

/** A part of a view that lists records of one kind. */
export interface ListedKind {
  readonly name: string;
  /** A record like those of the service, with an identity of its own for each number. */
  readonly record: (number: number) => object;
  /** What the whole view shows when these are its records, in whatever state the values are. */
  readonly view: (records: readonly object[], from?: Viewpoint) => ViewModel;
}

/** A state that holds these records, each under a key of its own. */
function fresh<R>(records: readonly object[]): FeedState<R, Failure> {
  return freshState(records as readonly R[]);
}

const heartbeat = (number: number): Heartbeat => ({
  name: `heartbeat ${number}`,
  description: 'the backup of the night',
  intervalMs: 600_000,
  status: 'unresponsive',
  alertMessage: `expired ${number}`,
  ownerTeam: '',
});

const run = (number: number): WorkflowRun => ({
  id: number,
  workflow: `workflow ${number}`,
  file: '.github/workflows/main.yaml',
  title: 'Build',
  event: 'push',
  branch: 'main',
  commit: '79c01052b5f7f49d3cf53d04d696cb2893294cd3',
  state: 'failure',
  startedAt: wednesday - 60_000,
  updatedAt: wednesday,
  attempt: 2,
  createdAt: wednesday - 60_000,
});

const watched = { githubApi: 'https://api.github.com', repository: 'dfinity/dre' };

/** All that is listed in the views. */
export const listedKinds: readonly ListedKind[] = [
  {
    name: 'alerts',
    record: (number) => alert(`${number}`, { lastOccurredAt: wednesday, snoozedUntil: wednesday, status: 'snoozed' }),
    view: (records, from = inUtc) => alertsView(fresh(records), from, site),
  },
  {
    name: 'heartbeats',
    record: heartbeat,
    view: (records, from = inUtc) => {
      const raised = records.map((_, index) => alert(`a${index}`, { message: `expired ${index}` }));
      return alertsView(fresh(raised), from, site, { heartbeats: fresh(records) });
    },
  },
  {
    name: 'closed alerts',
    record: (number) => alert(`${number}`, { status: 'closed', closedAt: wednesday }),
    view: (records, from = inUtc) =>
      alertsView(fresh<Alert>([]), from, site, { closed: { state: fresh(records), group: { shown: true, fold: 0 } } }),
  },
  {
    name: 'tickets',
    record: (number) => ticket(`DRE-${number}`),
    view: (records, from = inUtc) => queueView(fresh(records), from, site, 'DRE-350'),
  },
  {
    name: 'proposals',
    record: (number) => proposal(BigInt(number), { deadline: wednesday }),
    view: (records, from = inUtc) => proposalsView(fresh(records), from),
  },
  {
    name: 'rollouts',
    record: (number) => weekRollout({ name: `rollout ${number}` }),
    view: (records, from = inUtc) => releasesView(fresh(records), from, 'https://airflow.example'),
  },
  {
    name: 'schedules',
    record: (number) =>
      rotation({
        id: `s${number}`,
        current: [dana],
        until: wednesday + 3_600_000,
        next: { people: [eli], from: wednesday + 3_600_000 },
        shifts: [shift('2026-08-26T00:00Z', '2026-08-27T00:00Z', [dana], 'override')],
      }),
    view: (records, from = inUtc) =>
      weekView(fresh(records), { accountId: 'dana', name: 'Dana', timeZone: undefined }, from, site),
  },
  {
    name: 'pull requests',
    record: (number) => pullRequest(number),
    view: (records, from = inUtc) => ciView(fresh(records), fresh<WorkflowRun>([]), from, watched),
  },
  {
    name: 'workflow runs',
    record: run,
    view: (records, from = inUtc) => ciView(fresh<PullRequest>([]), fresh(records), from, watched),
  },
];
