import assert from 'node:assert/strict';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import { rolloutKey, type CellState, type EngineState, type Rollout } from '../../../../src/domain/releases/rollout.ts';
import { stuckBatches } from '../../../../src/domain/releases/stuck.ts';
import { timeline } from '../../../../src/domain/releases/timeline/timeline.ts';
import type { AllTimes } from '../../../../src/domain/releases/times/current.ts';
import { at, batch, rollout, target, taskComment, wednesday as now } from '../../../support/feeds/rolloutBuilder.ts';

/** A rollout whose batch 12 has one subnet in this state, and another one that is complete. */
function inState(state: CellState, comment = '', over: Partial<Rollout> = {}): Rollout {
  const targets = [target('aaaaa', { state, comment }), target('bbbbb', { state: 'complete' })];
  return rollout({ batches: [batch(12, at(2, 13), { actualStart: at(2, 12), state, targets })], ...over });
}

/** The subnet is in its state for so many minutes. */
function forMinutes(of: Rollout, state: CellState, minutes: number, began = true): AllTimes {
  const stays = { 'batch-12/aaaaa': { state, since: now - minutes * minute, began } };
  return new Map([[rolloutKey(of), { rollout: rolloutKey(of), stays }]]);
}

/** Its second batch is in its state for long. */
function forMinutesOf(of: Rollout): AllTimes {
  const stays = { 'batch-2': { state: 'waiting', since: at(2, 13), began: true } } as const;
  return new Map([[rolloutKey(of), { rollout: rolloutKey(of), stays }]]);
}

const reasons = (of: Rollout, times: AllTimes = new Map()): readonly string[] =>
  stuckBatches([of], times, now).map(
    ({ reason, targets }) => `${reason} ${targets.map(({ id }) => id.slice(0, 5)).join()}`,
  );

describe('a batch', () => {
  const retried = taskComment(12, 'wait_for_replica_revision.0', 'UpForRetry');

  for (const [what, state, minutes, comment, reason] of [
    ['waits for votes', 'waiting_for_election', 45, '', 'votes aaaaa'],
    ['waits for adoption', 'waiting_for_adoption', 45, '', 'adoption aaaaa'],
    ['waits for alerts', 'waiting_for_alerts_gone', 60, '', 'alerts aaaaa'],
    ['is retried', 'error', 15, retried, 'error aaaaa'],
  ] as const) {
    it(`that ${what} is stuck after ${minutes} minutes, and not before`, () => {
      const of = inState(state, comment);
      assert.deepEqual(reasons(of, forMinutes(of, state, minutes)), []);
      assert.deepEqual(reasons(of, forMinutes(of, state, minutes + 1)), [reason]);
      assert.deepEqual(reasons(of, forMinutes(of, state, minutes + 1, false)), [reason]);
      // Nothing is said while the record does not say for how long.
      assert.deepEqual(reasons(of), []);
    });
  }

  it('of which a task failed for good is stuck at once, until the run is not watched any more', () => {
    const failed = taskComment(12, 'wait_for_replica_revision.0', 'Failed');
    assert.deepEqual(reasons(inState('error', failed, { state: 'failed' })), ['failed aaaaa']);
    const abandoned = { state: 'failed', lastSchedulingDecision: now - 2 * hour } as const;
    assert.deepEqual(reasons(inState('error', failed, abandoned)), []);
  });

  it('is stuck by what failed for good, not by what is retried beside it, as the timeline says, too', () => {
    const failed = target('aaaaa', { state: 'error', comment: taskComment(12, 'wait_until_no_alerts.0', 'Failed') });
    const again = target('bbbbb', { state: 'error', comment: taskComment(12, 'wait_until_no_alerts.1', 'UpForRetry') });
    const targets = [again, failed];
    const of = rollout({
      state: 'failed',
      batches: [batch(12, at(2, 13), { actualStart: at(2, 12), state: 'error', targets })],
    });
    assert.deepEqual(reasons(of), ['failed aaaaa']);
    assert.deepEqual(
      timeline(of, { now }).troubles.flatMap((trouble) =>
        trouble.kind === 'error' ? [[trouble.retrying, trouble.targets]] : [],
      ),
      [
        [false, ['aaaaa']],
        [true, ['bbbbb']],
      ],
    );
  });

  it('is not stuck by a message to Slack, nor while it is ready, simulated or not listed', () => {
    const slack = inState('error', taskComment(12, 'request_proposal_vote.0', 'UpForRetry'));
    assert.deepEqual(reasons(slack, forMinutes(slack, 'error', 100)), []);
    const ready = inState('waiting_for_alerts_gone', taskComment(12, 'wait_until_no_alerts.0', 'Success'));
    assert.deepEqual(reasons(ready, forMinutes(ready, 'waiting_for_alerts_gone', 100)), []);
    for (const over of [{ simulated: true }, { unlistedSince: now }, { state: 'complete' }] as const) {
      const of = inState('error', retried, over);
      assert.deepEqual(reasons(of, forMinutes(of, 'error', 100)), []);
    }
  });

  it('that should have started is not stuck while its engine does not run, which says so itself', () => {
    const of = rollout({ batches: [batch(1, at(2, 9)), batch(2, at(2, 13), { state: 'waiting' })] });
    const late = (state: EngineState): readonly string[] =>
      stuckBatches([of], forMinutesOf(of), now, [{ kind: of.kind, state }]).map(({ reason }) => reason);
    assert.deepEqual(late('active'), ['start']);
    for (const state of ['paused', 'broken', 'inactive'] as const) assert.deepEqual(late(state), [], state);
    const troubles = (engine: EngineState): readonly string[] =>
      timeline(of, { now, engine }).troubles.map(({ kind }) => kind);
    assert.deepEqual([troubles('active'), troubles('paused')], [['waiting'], []]);
  });

  it('stands after one that needs a person more', () => {
    const votes = inState('waiting_for_election');
    const failed = inState('error', taskComment(12, 'join', 'Failed'), { name: 'rc-other', state: 'failed' });
    const found = stuckBatches([votes, failed], forMinutes(votes, 'waiting_for_election', 90), now);
    assert.deepEqual(
      found.map(({ reason }) => reason),
      ['failed', 'votes'],
    );
  });
});
