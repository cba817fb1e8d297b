import assert from 'node:assert/strict';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Links } from '../../../../src/domain/links/join.ts';
import { minute } from '../../../../src/domain/base/time.ts';
import { batchKey } from '../../../../src/domain/releases/batchKey.ts';
import { rolloutKey } from '../../../../src/domain/releases/rollout.ts';
import { stuckBatches } from '../../../../src/domain/releases/stuck.ts';
import { firstOf, stuckDocument } from '../../../../src/views/releases/stuckDocument.ts';
import { stuckNotice } from '../../../../src/views/releases/stuckWords.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { proposal } from '../../../support/feeds/linkRecords.ts';
import { at, batch, rollout, target, taskComment, wednesday as now } from '../../../support/feeds/rolloutBuilder.ts';

const from = { now, timeZone: 'UTC' };
const state = 'waiting_for_election';
const waiting = target('aaaaa', {
  state,
  comment: taskComment(12, 'wait_until_proposal_is_accepted.0', 'Deferred'),
  url: 'https://airflow.example.org/dags/x/grid?task_id=1',
});
const of = rollout({ batches: [batch(12, at(2, 13), { actualStart: at(2, 12), state, targets: [waiting] })] });
const stays = { 'batch-12/aaaaa': { state, since: now - 50 * minute, began: true } };
const stuck = stuckBatches([of], new Map([[rolloutKey(of), { rollout: rolloutKey(of), stays }]]), now);
const usual = { low: 6 * minute, median: 9 * minute, high: 14 * minute, count: 12 };
// Only what the document asks of them.
const links = {
  openProposal: () => proposal(138_000n),
  alertsAt: () => [alert('a1', { message: '<b>stalled</b>' })],
} as unknown as Links;
const around = {
  from,
  airflowUrl: 'https://airflow.example.org',
  links,
  estimates: () => ({ batches: {}, all: undefined, tasks: { [state]: usual } }),
  tallyOf: () => '40 % yes',
};

describe('the document of stuck batches', () => {
  it('begins with the batch from whose row it is opened', () => {
    const [first] = stuck;
    assert.ok(first !== undefined);
    const other = { ...first, batch: batch(13, at(2, 15)) };
    assert.deepEqual(firstOf([first, other], batchKey(of, other.batch)), [other, first]);
    assert.deepEqual(firstOf([first, other], 'now'), [first, other]);
  });

  it('says what is stuck and since when, its task and log, what is usual, and what comes next', () => {
    const text = serialise(stuckDocument(stuck, around));
    for (const expected of [
      /GuestOS batch 12 is stuck: waits for votes for 50m on subnet aaaaa\./,
      /13:00/,
      /9 min, half of 12 between 6 min and 14 min/,
      /wait\\?_until\\?_proposal\\?_is\\?_accepted\.0 in state Deferred/,
      /\[Open task and log\]\(<?https:\/\/airflow\.example\.org\/dags\/x\/grid/,
      /Vote on the proposals\./,
      /Proposal 138000/,
      /40 % yes/,
      /run `Dr\. DRE: Vote with dre…`/,
      /alert\]/,
    ]) {
      assert.match(text, expected);
    }
    // Text from outside is no HTML.
    assert.match(text, /\\<b>stalled/);
  });

  it('says how long the step usually takes that holds it up, not another one of the batch', () => {
    const comment = taskComment(12, 'wait_until_no_alerts.1', 'Deferred');
    const held = target('bbbbb', { state: 'waiting_for_alerts_gone', comment });
    const least = target('aaaaa', { state: 'waiting_for_adoption' });
    const actualStart = at(2, 12);
    const targets = [least, held];
    const late = rollout({ batches: [batch(12, at(2, 13), { actualStart, state: 'waiting_for_adoption', targets })] });
    const since = now - 70 * minute;
    const times = { 'batch-12/bbbbb': { state: 'waiting_for_alerts_gone', since, began: true } };
    const found = stuckBatches([late], new Map([[rolloutKey(late), { rollout: rolloutKey(late), stays: times }]]), now);
    const other = { low: minute, median: 2 * minute, high: 3 * minute, count: 5 };
    const tasks = { waiting_for_alerts_gone: usual, waiting_for_adoption: other };
    const text = serialise(
      stuckDocument(found, { ...around, estimates: () => ({ batches: {}, all: undefined, tasks }) }),
    );
    assert.match(text, /Waiting for alerts to clear/);
    assert.match(text, /9 min, half of 12/);
  });

  it('says how long the step usually takes whose task fails', () => {
    const comment = taskComment(12, 'wait_for_replica_revision.1', 'Failed');
    const failed = target('bbbbb', { state: 'error', comment, url: waiting.url });
    const of = rollout({
      state: 'failed',
      lastSchedulingDecision: now,
      batches: [batch(12, at(2, 13), { actualStart: at(2, 12), state: 'error', targets: [failed] })],
    });
    const tasks = { waiting_for_adoption: usual };
    const text = serialise(
      stuckDocument(stuckBatches([of], new Map(), now), {
        ...around,
        estimates: () => ({ batches: {}, all: undefined, tasks }),
      }),
    );
    assert.match(text, /9 min, half of 12/);
    // The step stands first and leads to the task, which is named once.
    assert.match(
      text,
      /is stuck: a task failed for good on subnet bbbbb\.\s+### Next step\s+\[Read the log of the task\]\(<?https:[^)]+\), fix why it failed/,
    );
    assert.match(text, /`batch_12\.wait_for_replica_revision\.1 in state Failed`/);
    assert.doesNotMatch(text, /Releases view/);
  });

  it('has the alerts in the order of their urgency', () => {
    const alertsAt = (): readonly Alert[] => [
      alert('a1', { message: 'first', priority: 'P1', status: 'acknowledged' }),
      alert('a2', { message: 'second', priority: 'P2' }),
      alert('a3', { message: 'third', priority: 'P1' }),
    ];
    const text = serialise(stuckDocument(stuck, { ...around, links: { ...links, alertsAt } }));
    assert.deepEqual(text.match(/first|second|third/g), ['third', 'first', 'second']);
  });

  it('has the proposal of a HostOS batch, which waits as a whole', () => {
    const kind = 'rollout_ic_os_to_mainnet_nodes';
    const main = batch(3, at(2, 13), { stage: 'main', actualStart: at(2, 12), state });
    const host = rollout({ kind, state: 'main', batches: [main] });
    const times = { 'main-3': { state, since: now - 50 * minute, began: true } };
    const found = stuckBatches([host], new Map([[rolloutKey(host), { rollout: rolloutKey(host), stays: times }]]), now);
    const text = serialise(stuckDocument(found, around));
    assert.match(text, /HostOS batch main 3 is stuck: waits for votes for 50m\./);
    assert.match(text, /Proposal 138000/);
  });

  it('says how long ago a batch should have started', () => {
    const late = rollout({ batches: [batch(1, now - 20 * minute, { state: 'waiting' })] });
    const stays = { 'batch-1': { state: 'waiting', since: now - 30 * minute, began: true } };
    const found = stuckBatches([late], new Map([[rolloutKey(late), { rollout: rolloutKey(late), stays }]]), now);
    assert.equal(stuckNotice(found, from), 'GuestOS batch 1 is stuck: should have started 20m ago.');
  });

  it('opens no log that is not in Airflow, and does not take what is not known for none', () => {
    const text = serialise(
      stuckDocument(stuck, { ...around, airflowUrl: 'https://other.example.org', links: undefined }),
    );
    assert.doesNotMatch(text, /Open task and log/);
    assert.match(text, /Not known yet\./);
    assert.match(text, /No open proposal for it is known/);
    assert.match(serialise(stuckDocument([], around)), /No batch is known to be stuck\./);
    const notKnown = serialise(stuckDocument(undefined, around));
    assert.match(notKnown, /Can't tell whether a batch is stuck/);
    assert.doesNotMatch(notKnown, /No batch is/);
  });
});

describe('the notification of stuck batches', () => {
  it('names one, and of several the first', () => {
    assert.equal(stuckNotice(stuck, from), 'GuestOS batch 12 is stuck: waits for votes for 50m on subnet aaaaa.');
    assert.match(stuckNotice([...stuck, ...stuck], from), /^2 batches are stuck\. First: GuestOS batch 12/);
  });
});
