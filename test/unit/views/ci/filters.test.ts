import assert from 'node:assert/strict';
import type { CiGrouping } from '../../../../src/domain/ci/groupings.ts';
import type { PullRequest } from '../../../../src/domain/ci/pullRequest.ts';
import type { WorkflowRun } from '../../../../src/domain/ci/workflowRun.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Store, type StateChange } from '../../../../src/engine/read/store.ts';
import { pullRequestsKey } from '../../../../src/feeds/ci/pullRequests.ts';
import { workflowRunsKey } from '../../../../src/feeds/ci/workflowRuns.ts';
import { activeCiFilter } from '../../../../src/views/ci/filters.ts';
import { ciView } from '../../../../src/views/ci/view.ts';
import type { ChosenFilter } from '../../../../src/views/kit/filter.ts';
import type { Row, ViewModel } from '../../../../src/views/kit/row.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { pullRequest } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { workflowRun } from '../../../support/feeds/workflowRunBuilder.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const from = { now: wednesday, timeZone: 'UTC' };
const watched = { githubApi: 'https://api.github.com', repository: 'dfinity/dre' };
const times = { createdAt: wednesday, startedAt: wednesday, updatedAt: wednesday };

function run(id: number, more: Partial<WorkflowRun>): WorkflowRun {
  return workflowRun(id, wednesday, more);
}

const checks = { state: 'failing', workflows: ['Build'], looked: ['Build'] } as const;
const pulls = [
  pullRequest(1, { title: 'Bump jsdom', author: 'dependabot[bot]', origin: 'dependencies', ...times, checks }),
  pullRequest(2, { title: 'Fix the report', author: 'Noor', origin: 'person', ...times }),
  pullRequest(3, { title: 'Notes', author: 'sa-github-api', origin: 'release', reviewers: ['noor'], ...times }),
];
const runs = [run(11, { state: 'failure', actor: 'noor' }), run(12, { actor: 'github-actions[bot]' })];

interface Case {
  readonly chosen?: ChosenFilter | undefined;
  readonly login?: string;
  readonly grouping?: CiGrouping;
  readonly pullState?: StateChange<PullRequest, Failure>;
  readonly runState?: StateChange<WorkflowRun, Failure>;
}

function view({ chosen, login, grouping = 'none', pullState, runState }: Case): ViewModel {
  const store = new Store<Failure>(rethrow);
  store.update(pullRequestsKey, { status: 'fresh', asOf: wednesday, records: pulls, ...pullState });
  store.update(workflowRunsKey, { status: 'fresh', asOf: wednesday, records: runs, ...runState });
  const filter = chosen && activeCiFilter(chosen, [{ name: 'Failed', query: 'failed' }], login);
  const [pullRequests, workflowRuns] = [store.state(pullRequestsKey), store.state(workflowRunsKey)];
  return ciView(pullRequests, workflowRuns, from, watched, undefined, { grouping, filter });
}

function plain(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({ ...row, tokens: [], children: row.children && plain(row.children) }));
}

const shown = (given: Case): readonly string[] => renderRows(plain(view(given).rows)).split('\n');

describe('a filter of the CI view', () => {
  it('is one for pull requests and runs, and says above both how much of them is shown', () => {
    const given: Case = { chosen: { kind: 'saved', name: 'Failed' } };
    assert.deepEqual(shown(given), [
      '$(filter-filled) Filter: Failed  2 of 5',
      'Workflow runs  1, 1 failed',
      '  $(error) Workflow 11  failed · now',
      'Pull requests  1, 1 failed',
      '  $(error) #1 jsdom  failed · now',
    ]);
    const [row] = view(given).rows;
    assert.equal(row?.hover?.[1], 'Shows 1 of 3 pull requests and 1 of 2 workflow runs');
    assert.equal(row.command, 'drDre.ci.filter');
  });

  it('finds what needs approval by that and by what its row says of it', () => {
    const waiting = workflowRun(13, wednesday, { state: 'waiting' });
    const found = (text: string): boolean =>
      shown({ chosen: { kind: 'text', text }, runState: { records: [waiting] } }).some((row) => /to approve/.test(row));
    assert.deepEqual(['needs approval', 'to approve', 'passed'].map(found), [true, true, false]);
  });

  it('shows what one opened, reviews or started, by the login of GitHub in whatever case', () => {
    assert.deepEqual(shown({ chosen: { kind: 'mine' }, login: 'noor' }), [
      '$(filter-filled) Filter: Mine  3 of 5',
      'Workflow runs  1, 1 failed',
      '  $(error) Workflow 11  failed · now',
      'Pull requests  2',
      '  $(pass) #2 Fix the report  passed · now · Noor',
      '  $(pass) #3 Notes  passed · now',
    ]);
  });

  it('unfolds what people work on, which is folded without a filter', () => {
    const group = (chosen?: ChosenFilter): Row | undefined =>
      view({ grouping: 'origin', login: 'noor', chosen })
        .rows.flatMap(({ children = [] }) => children)
        .find(({ label }) => label === 'By people');
    const [whole, filtered] = [group(), group({ kind: 'mine' })];
    assert.deepEqual([whole?.expanded, filtered?.expanded], [false, true]);
    assert.notEqual(filtered?.id, whole?.id, 'VS Code keeps how a person folded the group of before');
  });

  it('hides nothing while the login is not known, and says so', () => {
    const lines = shown({ chosen: { kind: 'mine' } });
    assert.equal(
      lines[0],
      "$(warning) Filter: Mine  Can't tell who is signed in to GitHub. Run “Dr. DRE: Sign In to GitHub…”.",
    );
    assert.equal(lines.length, 1 + 1 + pulls.length + 1 + runs.length);
  });

  it('is shown wherever it hides all of a part, with the way to show all', () => {
    assert.deepEqual(shown({ chosen: { kind: 'text', text: 'no such words' } }), [
      '$(filter-filled) Filter: no such words  0 of 5',
      'Pull requests  0',
      '  The filter hides all pull requests (3).',
      'Workflow runs  0',
      '  The filter hides all workflow runs (2).',
      '$(clear-all) Show all rows',
    ]);
    const failure: Failure = { kind: 'unreachable', service: 'github', operation: 'list' };
    for (const state of [
      { status: 'neverLoaded', asOf: undefined, records: [] },
      { status: 'failing', failure, records: [] },
    ] as const) {
      const lines = shown({ chosen: { kind: 'text', text: 'x' }, pullState: state, runState: state });
      assert.match(lines[0] ?? '', /Filter: x/);
    }
  });
});

describe('groups of the CI view', () => {
  it('are by how pull requests and runs stand, what needs a person first', () => {
    assert.deepEqual(shown({ grouping: 'status' }), [
      'Workflow runs  2, 1 failed',
      '  Failed  1',
      '    $(error) Workflow 11  failed · now',
      '  Passed  1',
      '    $(pass) Workflow 12  passed · now',
      'Pull requests  3, 1 failed',
      '  Failed  1',
      '    $(error) #1 jsdom  failed · now',
      '  Passed  2',
      '    $(pass) #2 Fix the report  passed · now · Noor',
      '    $(pass) #3 Notes  passed · now',
    ]);
  });
});
