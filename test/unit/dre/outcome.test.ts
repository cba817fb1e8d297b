import assert from 'node:assert/strict';
import { outcomeOf, watchedProposals, type StatusOf } from '../../../src/dre/outcome.ts';
import type { Run } from '../../../src/domain/operations/run.ts';
import type { ProposalStatus } from '../../../src/domain/proposals/proposal.ts';
import { dreRun, runEnd } from '../../support/operations/runBuilder.ts';

function run(proposals: readonly string[], startedAt = 0): Run {
  const end = runEnd(startedAt + 1, { ending: 'submitted', proposals });
  return dreRun(`r${startedAt}`, startedAt, { dryRun: false, end });
}

const statuses =
  (known: Readonly<Record<string, ProposalStatus>>): StatusOf =>
  (id) =>
    known[id];

describe('the outcome of a run', () => {
  it('is the worst that became of its proposals, and how many share it', () => {
    const outcome = (known: Readonly<Record<string, ProposalStatus>>): unknown => {
      const found = outcomeOf(run(['1', '2', '3']), statuses(known));
      return found === undefined ? undefined : `${found.count} of ${found.of} ${found.status}`;
    };
    assert.equal(outcome({}), '3 of 3 submitted');
    assert.equal(outcome({ 1: 'executed', 2: 'open', 3: 'executed' }), '1 of 3 submitted');
    assert.equal(outcome({ 1: 'executed', 2: 'failed', 3: 'rejected' }), '1 of 3 failed');
    assert.equal(outcome({ 1: 'rejected', 2: 'unspecified', 3: 'rejected' }), '2 of 3 rejected');
    assert.equal(outcome({ 1: 'executed', 2: 'adopted', 3: 'executed' }), '1 of 3 adopted');
    assert.equal(outcome({ 1: 'executed', 2: 'executed', 3: 'executed' }), '3 of 3 executed');
    assert.equal(outcomeOf(run([]), statuses({})), undefined);
  });

  it('is watched until each proposal has ended, those of the newest run first', () => {
    const runs = [run(['1', '2'], 1), run([], 2), run(['9007199254740993', '2'], 3)];
    assert.deepEqual(watchedProposals(runs, statuses({ 1: 'executed' })), ['9007199254740993', '2']);
    assert.deepEqual(watchedProposals(runs, statuses({ 1: 'adopted', 2: 'rejected' })), ['9007199254740993', '1']);
  });
});
