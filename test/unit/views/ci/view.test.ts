import assert from 'node:assert/strict';
import type { Failure, FailureKind } from '../../../../src/domain/base/failure.ts';
import type { PullRequest } from '../../../../src/domain/ci/pullRequest.ts';
import type { WorkflowRun } from '../../../../src/domain/ci/workflowRun.ts';
import { Store, type FeedState } from '../../../../src/engine/read/store.ts';
import { pullRequestsKey } from '../../../../src/feeds/ci/pullRequests.ts';
import { workflowRunsKey } from '../../../../src/feeds/ci/workflowRuns.ts';
import { ciView, type CiChoice } from '../../../../src/views/ci/view.ts';
import { githubWebUrl, repositoryPage } from '../../../../src/views/kit/githubPages.ts';
import type { ViewModel } from '../../../../src/views/kit/row.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { narrowText } from '../../../support/ui/narrowRows.ts';
import { workflowRun } from '../../../support/feeds/workflowRunBuilder.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const from = { now, timeZone: 'UTC' };
const watched = { githubApi: 'https://api.github.com/', repository: 'dfinity/dre' };
const minutes = (count: number): number => now - count * 60_000;

function pull(number: number, more: Partial<PullRequest>): PullRequest {
  return {
    number,
    title: `title ${number}`,
    author: 'dependabot[bot]',
    origin: 'dependencies',
    branch: 'b',
    draft: false,
    autoMerge: false,
    labels: [],
    reviewers: [],
    createdAt: minutes(900),
    updatedAt: minutes(90),
    checks: { state: 'passing', workflows: ['Build and test'], looked: ['Build and test'] },
    ...more,
  };
}

function run(id: number, more: Partial<WorkflowRun>): WorkflowRun {
  const usual = { workflow: 'Build and test', title: 'docs: x', updatedAt: minutes(10) };
  return workflowRun(id, minutes(20), { ...usual, ...more });
}

const pulls = [
  pull(2035, {}),
  pull(2038, {
    author: 'pr-automation-bot-public[bot]',
    title: 'chore: Update dependencies',
    checks: { state: 'failing', workflows: ['Build and test'], looked: ['Build and test'] },
    reviewers: ['DRE'],
  }),
  pull(2041, {
    author: 'sa-github-api',
    origin: 'release',
    checks: { state: 'running', workflows: ['Build and test'], looked: ['Build and test'] },
  }),
  pull(2029, {
    author: 'noor',
    origin: 'person',
    draft: true,
    checks: { state: 'unknown', workflows: [], looked: [] },
  }),
];
const runs = [
  run(2, { state: 'running' }),
  run(1, { state: 'failure', createdAt: minutes(200), startedAt: minutes(200), attempt: 2 }),
  run(3, { workflow: 'Update dependencies', title: 'Update dependencies', event: 'schedule', state: 'unknown' }),
];

type Change<R> = Partial<FeedState<R, Failure>>;

function view(
  pullRecords: readonly PullRequest[],
  runRecords: readonly WorkflowRun[],
  pullState: Change<PullRequest> = {},
  runState: Change<WorkflowRun> = {},
  choice: CiChoice = {},
): ViewModel {
  const store = new Store<Failure>(rethrow);
  store.update(pullRequestsKey, { status: 'fresh', asOf: now, ...pullState, records: pullRecords });
  store.update(workflowRunsKey, { status: 'fresh', asOf: now, ...runState, records: runRecords });
  return ciView(store.state(pullRequestsKey), store.state(workflowRunsKey), from, watched, undefined, choice);
}

const failure = (kind: FailureKind): Failure => ({ kind, service: 'github', operation: 'list pull requests' });

describe('the CI view', () => {
  it('shows what automation waits for, what people work on, and the latest runs', () => {
    const model = view(pulls, runs);
    assert.equal(
      renderRows(model.rows),
      [
        'Workflow runs  3, 1 failed',
        '  $(error) Build and test  failed · 3h · attempt 2  ;workflowRun;linked;identified;',
        '  $(question) Update depende…  unknown · 20m · …dependencies  ;workflowRun;linked;identified;',
        '  $(play-circle) Build and test  running · 20m  ;workflowRun;linked;identified;',
        'Pull requests  4, 1 failed',
        '  Dependency upgrades  2, 1 failed',
        '    $(error) #2038 Update depen…  failed · 1h · …dependencies  ;pullRequest;linked;identified;',
        '    $(pass) #2035 Title 2035  passed · 1h  ;pullRequest;linked;identified;',
        '  Releases  1',
        '    $(play-circle) #2041 Title 2041  running · 1h  ;pullRequest;linked;identified;',
        '  By people  1',
        '    $(git-pull-request-draft) #2029 Title 2029  draft · 1h · noor  ;pullRequest;linked;identified;',
      ].join('\n'),
    );
    assert.equal(model.rows[1]?.children?.[0]?.children?.[0]?.link, 'https://github.com/dfinity/dre/pull/2038');
    assert.equal(model.rows[0]?.children?.[0]?.link, 'https://github.com/dfinity/dre/actions/runs/1');
    assert.equal(model.asOf, 'as of 13:50');
  });

  it('has no check mark at a draft whose checks pass, and the mark of checks that fail', () => {
    const marks = (['passing', 'failing'] as const).map((state) => {
      const draft = pull(1, { draft: true, checks: { state, workflows: [], looked: [] } });
      return /\$\(([\w-]+)\) #1 /.exec(renderRows(view([draft], []).rows))?.[1];
    });
    assert.deepEqual(marks, ['git-pull-request-draft', 'error']);
  });

  it('has first what needs a person, and runs of the main branch before all pull requests', () => {
    const failing = { state: 'failing' as const, workflows: ['Build and test'], looked: ['Build and test'] };
    const order = (pullRecords: readonly PullRequest[], runRecords: readonly WorkflowRun[]): readonly string[] =>
      view(pullRecords, runRecords).rows.flatMap(({ label, children = [] }) => [
        label,
        ...children.map((child) => `  ${child.children === undefined ? (child.description ?? '') : child.label}`),
      ]);
    const [dependency, release, person] = [
      pull(1, {}),
      pull(2, { origin: 'release', checks: failing }),
      pull(3, { origin: 'person', author: 'noor', checks: failing }),
    ];
    const pullsFirst = ['Pull requests', '  Releases', '  Dependency upgrades', '  By people', 'Workflow runs'];
    assert.deepEqual(order([dependency, release, person], [run(1, {})]), [...pullsFirst, '  passed · 20m']);
    assert.deepEqual(order([dependency], [run(1, { state: 'running' })]).at(-2), 'Workflow runs');
    const states = ['success', 'unknown', 'stale', 'waiting', 'failure'] as const;
    assert.deepEqual(
      order(
        [pull(1, { checks: failing })],
        states.map((state, index) => run(index + 1, { state })),
      ),
      [
        'Workflow runs',
        ...['  failed · 20m', '  to approve · 20m', '  stale · 20m', '  unknown · 20m', '  passed · 20m'],
        'Pull requests',
        '  Dependency upgrades',
      ],
    );
  });

  it('names in a narrow side bar who works on what people work on, where there is room for all of the login', () => {
    const of = (number: number, author: string, title: string, state: 'failing' | 'waiting' | 'passing') =>
      pull(number, { author, title, origin: 'person', checks: { state, workflows: [], looked: [] } });
    const people = [
      of(1, 'noor', 'feat(cli): add a verb that heals subnets with two degraded nodes', 'failing'),
      of(2, 'long-login-of-somebody', 'docs: say how a batch is skipped', 'waiting'),
      of(3, 'sasha', 'fix: msd diff', 'passing'),
    ];
    const [{ children: [group] = [] } = {}] = view(people, []).rows;
    assert.equal(
      narrowText([{ ...(group ?? assert.fail()), expanded: true }], 'DejaVu Sans'),
      [
        'By people  3, 1 failed',
        '  $(error) #1 Add a verb that…  failed · 1h      …',
        '  $(person) #2 Say how a…  to approve · 1h       …',
        '  $(pass) #3 Msd diff  passed · 1h · sasha',
      ].join('\n'),
    );
    assert.ok(group?.children?.[1]?.hover?.includes('By long-login-of-somebody, from b'));
  });

  it('names the pull requests of the release automation by what distinguishes them', () => {
    const label = (title: string): string | undefined =>
      view([pull(7, { title, origin: 'release' })], []).rows[0]?.children?.[0]?.children?.[0]?.label;
    const version = '3f1e2d4b5c6a7988796a5b4c3d2e1f0a9b8c7d6e';
    assert.equal(label(`chore(release): Elect version ${version} as HostOS candidate for rollout`), 'HostOS 3f1e2d4');
    assert.equal(label('chore(release): New release of `dre` version v0.7.2'), 'dre v0.7.2');
  });

  it('shows the trouble of one part beside the good rows of the other', () => {
    const model = view([], runs.slice(0, 1), { status: 'failing', failure: failure('server'), asOf: undefined });
    assert.equal(model.situation, 'rows');
    assert.equal(
      renderRows(model.rows),
      [
        '$(warning) Pull requests  not read yet',
        '  $(warning) Server error 500 from GitHub  Retrying automatically. If this lasts, see its status page.  ;retryable;logged;',
        'Workflow runs  1',
        '  $(play-circle) Build and test  running · 20m  ;workflowRun;linked;identified;',
      ].join('\n'),
    );
  });

  it('keeps old rows, says how old they are, and gives each trouble an id of its own', () => {
    const limited = { status: 'failing' as const, failure: { ...failure('rateLimited'), retryAfterMs: 600_000 } };
    const model = view(pulls, runs, { ...limited, asOf: minutes(30) }, { ...limited, asOf: minutes(40) });
    const [second, first] = model.rows;
    assert.equal(first?.description, '4, 1 failed · as of 13:20 (30 min ago)');
    assert.match(first.children?.[0]?.description ?? '', /in 10 min/);
    assert.notEqual(first.children?.[0]?.id, second?.children?.[0]?.id);
    assert.equal(model.asOf, 'as of 13:10 (40 min ago)');
  });

  it('distinguishes none from loading, refused and not permitted', () => {
    const none = view([], []);
    assert.deepEqual(
      none.rows.map((row) => row.children?.map((child) => child.label)),
      [['No open pull requests.'], ['No workflow runs on the main branch.']],
    );
    const unread = { status: 'neverLoaded' as const, asOf: undefined };
    const refused = { status: 'notSignedIn' as const, failure: failure('unauthorized'), asOf: undefined };
    const forbidden = { status: 'notPermitted' as const, failure: failure('forbidden'), asOf: undefined };
    assert.deepEqual(
      [unread, refused, forbidden].map((state) => view([], [], state, state).situation),
      ['loading', 'notSignedIn', 'notPermitted'],
    );
    const half = view([], runs, refused);
    assert.match(half.rows[1]?.children?.[0]?.label ?? '', /Token rejected/);
  });

  it('says beside its name which runs need a person, and whether that is known', () => {
    const troubled = [
      run(1, { state: 'unknown' }),
      run(2, { state: 'waiting' }),
      run(3, { state: 'failure' }),
      run(4, { state: 'actionRequired' }),
      run(5, { state: 'failure' }),
    ];
    assert.equal(view([], troubled).trouble, '2 runs failed, 2 need approval, 1 unknown');
    assert.equal(view(pulls, [run(1, {}), run(2, { state: 'running' })]).trouble, undefined);
    assert.equal(
      view(pulls, [], { status: 'neverLoaded' }, { status: 'neverLoaded', asOf: undefined }).trouble,
      undefined,
    );
    const [unread, refused] = [
      { status: 'failing' as const, failure: failure('server') },
      { status: 'notSignedIn' as const, failure: failure('unauthorized'), asOf: undefined },
    ];
    assert.equal(
      view(pulls, runs, {}, { ...unread, asOf: minutes(30) }).trouble,
      '1 run failed, 1 unknown, as of 13:20 (30 min ago)',
    );
    assert.equal(view([], [], refused, refused).trouble, 'not read');
    assert.equal(view([], [run(1, {})], {}, { skipped: 1 }).trouble, '1 not read');
  });

  it('says the same beside its name whatever a filter shows', () => {
    const filter = { name: 'none', shows: () => false };
    assert.equal(view(pulls, runs, {}, {}, { filter }).trouble, '1 run failed, 1 unknown');
  });

  it('says when the list is not whole', () => {
    const partial = { kind: 'partial' as const, reason: 'only the 300 updated last are listed' };
    const model = view(pulls, runs, { completeness: partial });
    const last = model.rows[1]?.children?.at(-1)?.label;
    assert.equal(last, 'Not all pull requests: only the 300 updated last are listed.');
  });
});

describe('pages of GitHub', () => {
  it('are where the API is, and never at a name that is none', () => {
    assert.equal(githubWebUrl('https://api.github.com/'), 'https://github.com');
    assert.equal(githubWebUrl('https://git.example.com/api/v3'), 'https://git.example.com');
    assert.equal(
      repositoryPage('https://github.com', 'dfinity/dre', 'pull/1'),
      'https://github.com/dfinity/dre/pull/1',
    );
    assert.equal(repositoryPage('https://github.com', 'https://evil.example', 'pull/1'), undefined);
  });
});
