import type { Failure } from '../../domain/base/failure.ts';
import { githubWebUrl, repositoryPage } from './githubPages.ts';
import type { Links } from '../../domain/links/join.ts';
import type { ChecksState, PullRequest, PullRequestOrigin } from '../../domain/ci/pullRequest.ts';
import type { RunState, WorkflowRun } from '../../domain/ci/workflowRun.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { ago, counted, moment, type Viewpoint } from '../kit/format.ts';
import { eachRow } from '../kit/faults.ts';
import { frame } from '../kit/frame.ts';
import { noGist, recordHover } from '../links/words.ts';
import type { Icon, Row, Situation, ViewModel } from '../kit/row.ts';
import { sectionRow, type Section } from '../kit/section.ts';

/** Which repository is watched, and where: `githubApi` is the address of the API. */
export interface Watched {
  readonly githubApi: string;
  readonly repository: string;
}

const running: Icon = { id: 'play-circle', color: 'charts.blue' };
const failed: Icon = { id: 'error', color: 'problemsErrorIcon.foreground' };
const passed: Icon = { id: 'pass', color: 'charts.green' };

const waitsForPerson: Icon = { id: 'person', color: 'problemsWarningIcon.foreground' };

const checkIcons: Record<ChecksState, Icon> = {
  failing: failed,
  waiting: waitsForPerson,
  cancelled: { id: 'circle-slash', color: 'problemsWarningIcon.foreground' },
  stale: { id: 'history', color: 'problemsWarningIcon.foreground' },
  running,
  passing: passed,
  unknown: { id: 'git-pull-request' },
};

const runIcons: Record<RunState, Icon> = {
  queued: { id: 'watch' },
  running,
  waiting: waitsForPerson,
  success: passed,
  failure: failed,
  cancelled: { id: 'circle-slash' },
  skipped: { id: 'debug-step-over' },
  actionRequired: waitsForPerson,
  stale: { id: 'history', color: 'problemsWarningIcon.foreground' },
  unknown: { id: 'question' },
};

const runWords: Record<RunState, string> = {
  queued: 'queued',
  running: 'running',
  waiting: 'waits for the approval of a deployment',
  success: 'passed',
  failure: 'failed',
  cancelled: 'cancelled',
  skipped: 'skipped',
  actionRequired: 'waits for a person’s approval',
  stale: 'stale, GitHub gave up on it',
  unknown: 'in an unknown state',
};

const originOrder: readonly PullRequestOrigin[] = ['dependencies', 'release', 'person'];
const originLabels: Record<PullRequestOrigin, string> = {
  dependencies: 'Dependency upgrades',
  release: 'Releases',
  person: 'By people',
};

/** The CI view: open pull requests and the latest workflow runs. Each part shows its own trouble. */
export function ciView(
  pulls: FeedState<PullRequest, Failure>,
  runs: FeedState<WorkflowRun, Failure>,
  from: Viewpoint,
  watched: Watched,
  links?: Links,
): ViewModel {
  const pullRecords = [...pulls.records.values()];
  const runRecords = [...runs.records.values()];
  const parts = [
    part(pulls, from, {
      id: 'pulls',
      label: 'Pull requests',
      count: countText(pullRecords.length, pullRecords.filter(isFailing).length),
      noun: 'pull requests',
      empty: 'No open pull requests.',
      rows: originOrder.flatMap((origin) =>
        originRow(origin, pullRecords, (pull) => pullRow(pull, from, watched, links)),
      ),
    }),
    part(runs, from, {
      id: 'runs',
      label: 'Workflow runs',
      count: countText(runRecords.length, runRecords.filter((run) => run.state === 'failure').length),
      noun: 'workflow runs',
      empty: 'No workflow runs on the main branch.',
      rows: eachRow(
        runRecords,
        ({ id }) => `run/${id}`,
        (run) => runRow(run, from, watched),
      ),
    }),
  ];
  const [first, second] = parts;
  const shared = first?.model.situation === second?.model.situation ? first?.model.situation : undefined;
  // One sentence with its ways forward speaks for both parts.
  if (first !== undefined && shared !== undefined && waits.has(shared) && pulls.failure?.kind === runs.failure?.kind) {
    return first.model;
  }
  const older = [pulls, runs].sort((a, b) => (a.asOf ?? 0) - (b.asOf ?? 0))[0] === pulls ? first : second;
  return {
    situation: 'rows',
    rows: parts.map((each) => each.row),
    ...(older?.model.asOf === undefined ? {} : { asOf: older.model.asOf }),
  };
}

const waits: ReadonlySet<Situation> = new Set(['loading', 'failing', 'notSignedIn', 'notPermitted', 'notConfigured']);

/** One part of the view, and what the whole view would be like if there were only that. */
function part(
  state: FeedState<unknown, Failure>,
  from: Viewpoint,
  section: Section,
): { readonly model: ViewModel; readonly row: Row } {
  const count = state.asOf === undefined ? '' : section.count;
  return { model: frame(state, from, section), row: sectionRow(state, from, { ...section, count, expanded: true }) };
}

function isFailing(pull: PullRequest): boolean {
  return pull.checks.state === 'failing';
}

function countText(all: number, failing: number): string {
  return failing === 0 ? `${all}` : `${all}, ${failing} failing`;
}

function originRow(
  origin: PullRequestOrigin,
  pulls: readonly PullRequest[],
  toRow: (pull: PullRequest) => Row,
): readonly Row[] {
  const own = pulls.filter((pull) => pull.origin === origin);
  if (own.length === 0) return [];
  const description = countText(own.length, own.filter(isFailing).length);
  return [
    {
      id: `pulls/${origin}`,
      label: originLabels[origin],
      description,
      tokens: [],
      spoken: `${originLabels[origin]}: ${description}`,
      children: eachRow(own, ({ number }) => `pull/${number}`, toRow),
      // What people work on is theirs; the on-call engineer drives the rest.
      expanded: origin !== 'person',
    },
  ];
}

function pullRow(pull: PullRequest, from: Viewpoint, watched: Watched, links: Links | undefined): Row {
  const facts = [
    ...(pull.draft ? ['draft'] : []),
    ...checkWords(pull),
    ...(pull.autoMerge ? ['merges by itself'] : []),
    ...(pull.reviewers.length === 0 ? [] : [`review asked of ${pull.reviewers.join(', ')}`]),
    pull.author,
    ago(pull.updatedAt, from),
  ];
  return {
    id: `pull/${pull.number}`,
    label: `#${pull.number} ${pull.title}`,
    description: facts.join(' · '),
    icon:
      pull.draft && pull.checks.state === 'unknown' ? { id: 'git-pull-request-draft' } : checkIcons[pull.checks.state],
    record: { kind: 'pullRequest', key: `${pull.number}` },
    hover: [
      `#${pull.number} ${pull.title}`,
      `By ${pull.author}, from ${pull.branch}`,
      `Opened ${moment(pull.createdAt, from)}, updated ${moment(pull.updatedAt, from)}`,
      ...(pull.labels.length === 0 ? [] : [`Labels: ${pull.labels.join(', ')}`]),
      lookedAt(pull),
      ...recordHover(links?.gistOf({ kind: 'pullRequest', pullRequest: pull }) ?? noGist, from),
    ],
    spoken: `Pull request ${pull.number}, ${pull.title}: ${facts.join(', ')}`,
    ...page('pullRequest', watched, `pull/${pull.number}`),
  };
}

function checkWords({ checks }: PullRequest): readonly string[] {
  const workflows = checks.workflows.join(', ');
  switch (checks.state) {
    case 'failing':
      return [`${workflows} failed`];
    case 'waiting':
      return ['waits for a person’s approval'];
    case 'cancelled':
      return [`${workflows} cancelled`];
    case 'stale':
      return [`${workflows} stale`];
    case 'running':
      return [`${workflows} running`];
    case 'passing':
      return [`${counted(checks.workflows.length, 'workflow')} passed`];
    case 'unknown':
      return checks.workflows.length === 0 ? [] : [`${workflows} in an unknown state`];
  }
}

/** A verdict says what it was made from. */
function lookedAt({ checks: { looked } }: PullRequest): string {
  if (looked.length === 0) return 'Its workflow runs are not among the latest of the repository.';
  return `Looked at: ${looked.join(', ')}. Not at commit statuses or checks of other apps.`;
}

function runRow(run: WorkflowRun, from: Viewpoint, watched: Watched): Row {
  const facts = [
    run.unknownState === undefined ? runWords[run.state] : `in a state that is not known, “${run.unknownState}”`,
    ago(run.startedAt, from),
    ...(run.attempt > 1 ? [`attempt ${run.attempt}`] : []),
    ...(run.event === 'schedule' ? ['scheduled'] : []),
    ...(run.title === '' || run.title === run.workflow ? [] : [run.title]),
  ];
  return {
    id: `run/${run.id}`,
    label: run.workflow,
    description: facts.join(' · '),
    icon: runIcons[run.state],
    record: { kind: 'workflowRun', key: `${run.id}` },
    hover: [
      `${run.workflow} (${run.file})`,
      run.title,
      `Started ${moment(run.startedAt, from)} by ${run.event} on ${run.branch}`,
      `Commit ${run.commit}`,
    ],
    spoken: `${run.workflow}: ${facts.join(', ')}`,
    ...page('workflowRun', watched, `actions/runs/${run.id}`),
  };
}

/** What opening needs: the address is ours, made from a number and a checked name. */
function page(
  kind: 'pullRequest' | 'workflowRun',
  { githubApi, repository }: Watched,
  path: string,
): Pick<Row, 'tokens' | 'link' | 'command'> {
  const link = repositoryPage(githubWebUrl(githubApi), repository, path);
  return link === undefined ? { tokens: [] } : { tokens: [kind, 'linked'], link, command: 'drDre.ci.open' };
}
