import type { Failure } from '../../domain/base/failure.ts';
import { githubWebUrl, repositoryPage } from './githubPages.ts';
import type { Links } from '../../domain/links/join.ts';
import type { ChecksState, PullRequest, PullRequestOrigin } from '../../domain/ci/pullRequest.ts';
import type { RunState, WorkflowRun } from '../../domain/ci/workflowRun.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { age, moment, shortAgo, spokenAgo, type Viewpoint } from '../kit/format.ts';
import { eachRow } from '../kit/faults.ts';
import { frame } from '../kit/frame.ts';
import { noGist, recordHover, sentence } from '../links/words.ts';
import type { Icon, Row, Situation, ViewModel } from '../kit/row.ts';
import { pixelsInGroup, titleBeside } from '../kit/rowWidth.ts';
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

/** As short as is clear; `waiting` for the approval of a deployment, `actionRequired` for that of a run. */
const runWords: Record<RunState, string> = {
  queued: 'queued',
  running: 'running',
  waiting: 'needs approval',
  success: 'passed',
  failure: 'failed',
  cancelled: 'cancelled',
  skipped: 'skipped',
  actionRequired: 'needs approval',
  stale: 'stale',
  unknown: 'unknown',
};

const checkWords: Record<ChecksState, string> = {
  failing: 'failed',
  waiting: 'needs approval',
  cancelled: 'cancelled',
  stale: 'stale',
  running: 'running',
  passing: 'passed',
  unknown: 'unknown',
};

/** What needs a person comes first. */
const checkOrder: readonly ChecksState[] = [
  'failing',
  'waiting',
  'cancelled',
  'stale',
  'unknown',
  'running',
  'passing',
];
const troubledRuns: readonly RunState[] = ['failure', 'actionRequired', 'waiting', 'stale', 'unknown'];

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
        byUrgency(runRecords, ({ state }) => (troubledRuns.includes(state) ? 0 : 1)),
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
      children: eachRow(
        byUrgency(own, ({ checks }) => checkOrder.indexOf(checks.state)),
        ({ number }) => `pull/${number}`,
        toRow,
      ),
      // What people work on is theirs; the on-call engineer drives the rest.
      expanded: origin !== 'person',
    },
  ];
}

/** Those of a lower rank first; the order of before, newest first, holds within a rank. */
function byUrgency<R>(records: readonly R[], rankOf: (record: R) => number): readonly R[] {
  return records.toSorted((one, other) => rankOf(one) - rankOf(other));
}

/** Two levels below the top, in groups without icons. */
const pullPixels = 231;

function pullRow(pull: PullRequest, from: Viewpoint, watched: Watched, links: Links | undefined): Row {
  const { number, title, author, origin, branch, draft, autoMerge, labels, reviewers, checks, createdAt, updatedAt } =
    pull;
  const bump = bumpOf(title);
  const facts = [
    draft ? 'draft' : checkWords[checks.state],
    ...(origin === 'person' ? [author] : bump === undefined ? [] : [bump]),
    age(updatedAt, from),
  ];
  const workflows = checks.workflows.join(', ');
  const verdict = `${draft ? 'Draft, ' : ''}${checkWords[checks.state]}${workflows === '' ? '' : `: ${workflows}`}`;
  return {
    id: `pull/${number}`,
    label: titleBeside(`#${number} ${shortTitle(title)}`, facts, checks.state === 'waiting' ? 1 : 2, pullPixels),
    description: facts.join(' · '),
    icon: draft && checks.state === 'unknown' ? { id: 'git-pull-request-draft' } : checkIcons[checks.state],
    record: { kind: 'pullRequest', key: `${number}` },
    hover: [
      `#${number} ${title}`,
      sentence(verdict),
      ...(autoMerge ? ['Merges automatically when its checks pass'] : []),
      ...(reviewers.length === 0 ? [] : [`Review requested from ${reviewers.join(', ')}`]),
      `By ${author}, from ${branch}`,
      `Updated ${shortAgo(updatedAt, from)}, ${moment(updatedAt, from)}; opened ${moment(createdAt, from)}`,
      ...(labels.length === 0 ? [] : [`Labels: ${labels.join(', ')}`]),
      lookedAt(pull),
      ...recordHover(links?.gistOf({ kind: 'pullRequest', pullRequest: pull }) ?? noGist, from),
    ],
    spoken: `Pull request ${number}, ${title}: ${verdict}, by ${author}, updated ${spokenAgo(updatedAt, from)}`,
    ...page('pullRequest', watched, `pull/${number}`, `${number}`),
  };
}

/** A title without what those of automation share: "chore(deps): bump the", "from 1.2.0 to 2.0.0". */
function shortTitle(title: string): string {
  const plain = title.replace(/^[a-z]+(?:\([^)]{0,40}\))?!?: (?=\S)/, '');
  const bumped = plain.replace(/^bump (?:the )?(?=\S)/i, '');
  return bumped === plain ? sentence(plain) : bumped.replace(/ from \S+ to \S+$/, '');
}

/** How far an upgrade goes, by the versions in its title. */
function bumpOf(title: string): 'major' | 'minor' | 'patch' | undefined {
  const [, from = '', to = ''] = / from v?(\d+(?:\.\d+)*)\S* to v?(\d+(?:\.\d+)*)/.exec(title) ?? [];
  if (from === '' || to === '') return undefined;
  const [before, after] = [from.split('.'), to.split('.')];
  if (before[0] !== after[0]) return 'major';
  return (before[1] ?? '0') === (after[1] ?? '0') ? 'patch' : 'minor';
}

/** A verdict says what it was made from. */
function lookedAt({ checks: { looked } }: PullRequest): string {
  if (looked.length === 0) return 'Its workflow runs are not among the latest of the repository.';
  return `Looked at: ${looked.join(', ')}. Not at commit statuses or checks of other apps.`;
}

function runRow(run: WorkflowRun, from: Viewpoint, watched: Watched): Row {
  const { id, workflow, file, title, event, branch, commit, startedAt, attempt, state, unknownState } = run;
  const word = unknownState === undefined ? runWords[state] : `unknown: “${unknownState}”`;
  const facts = [word, age(startedAt, from), ...(attempt > 1 ? [`attempt ${attempt}`] : [])];
  return {
    id: `run/${id}`,
    label: titleBeside(workflow, facts, 2, pixelsInGroup),
    description: facts.join(' · '),
    icon: runIcons[state],
    record: { kind: 'workflowRun', key: `${id}` },
    hover: [
      workflow,
      sentence(attempt > 1 ? `${word}, attempt ${attempt}` : word),
      ...(title === '' || title === workflow ? [] : [title]),
      `Started ${shortAgo(startedAt, from)}, ${moment(startedAt, from)}, by ${event} on ${branch}`,
      `${file}, commit ${commit}`,
    ],
    spoken: `${workflow}: ${word}, started ${spokenAgo(startedAt, from)}${title === '' ? '' : `, ${title}`}`,
    ...page('workflowRun', watched, `actions/runs/${id}`, `${id}`),
  };
}

/** What opening needs: the address is ours, made from a number and a checked name. */
function page(
  kind: 'pullRequest' | 'workflowRun',
  { githubApi, repository }: Watched,
  path: string,
  copied: string,
): Pick<Row, 'tokens' | 'link' | 'command' | 'copied'> {
  const link = repositoryPage(githubWebUrl(githubApi), repository, path);
  return link === undefined
    ? { tokens: ['identified'], copied }
    : { tokens: [kind, 'linked', 'identified'], copied, link, command: 'drDre.ci.open' };
}
