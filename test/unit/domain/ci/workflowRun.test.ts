import assert from 'node:assert/strict';
import { originOf } from '../../../../src/domain/ci/pullRequest.ts';
import { checksOf, latestRuns, type WorkflowRun } from '../../../../src/domain/ci/workflowRun.ts';

function run(id: number, file: string, state: WorkflowRun['state']): WorkflowRun {
  return {
    id,
    workflow: file,
    file,
    state,
    title: '',
    branch: 'main',
    commit: 'a',
    event: 'push',
    attempt: 1,
    createdAt: id,
    startedAt: id,
    updatedAt: id,
  };
}

describe('workflow runs', () => {
  it('keeps for each workflow the latest, and the latest that is over', () => {
    const runs = [run(1, 'a', 'failure'), run(4, 'a', 'running'), run(3, 'a', 'success'), run(2, 'b', 'failure')];
    assert.deepEqual(
      latestRuns(runs).map((each) => each.id),
      [4, 3, 2],
    );
  });

  it('sums up the checks of a commit: a failure outweighs what runs, and the latest run of a workflow counts', () => {
    const state = (...runs: WorkflowRun[]): string => checksOf(runs).state;
    assert.equal(state(), 'unknown');
    assert.equal(state(run(1, 'a', 'success'), run(2, 'b', 'skipped')), 'passing');
    assert.equal(state(run(1, 'a', 'success'), run(2, 'b', 'running')), 'running');
    assert.equal(state(run(1, 'a', 'failure'), run(2, 'b', 'running')), 'failing');
    assert.equal(state(run(1, 'a', 'failure'), run(2, 'a', 'success')), 'passing');
    assert.equal(state(run(1, 'a', 'success'), run(2, 'b', 'unknown')), 'unknown');
  });
});

describe('pull requests', () => {
  it('are distinguished by who opens them and from which branch', () => {
    assert.equal(originOf('dependabot[bot]', 'dependabot/cargo/x'), 'dependencies');
    assert.equal(originOf('pr-automation-bot-public[bot]', 'bot-update-deps'), 'dependencies');
    assert.equal(originOf('pr-automation-bot-public[bot]', 'bot-release-v0.7.9'), 'release');
    assert.equal(originOf('sa-github-api', 'replica-release-notes-x'), 'release');
    assert.equal(originOf('dana', 'bot-update-deps'), 'person');
  });
});
