import assert from 'node:assert/strict';
import { day, minute, week } from '../../../../../src/domain/base/time.ts';
import { rolloutKey } from '../../../../../src/domain/releases/rollout.ts';
import { comparisons, RunsReader, runsOf } from '../../../../../src/domain/releases/timeline/comparison.ts';
import { isHostMessage } from '../../../../../src/domain/releases/timeline/hostMessages.ts';
import { rolloutAt } from '../../../../../src/domain/releases/timeline/past.ts';
import type { RolloutRecord } from '../../../../../src/domain/releases/timeline/record.ts';
import type { TimesLine } from '../../../../../src/domain/releases/times/lines.ts';
import { at, guestOs } from '../../../../support/feeds/rolloutBuilder.ts';

const rollout = rolloutKey(guestOs());
const record: RolloutRecord = {
  rollout,
  steps: [
    {
      at: at(-1, 18, 4),
      states: [
        ['waiting', ['batch-1', 'batch-1/io67a']],
        ['pending', ['batch-2']],
      ],
    },
    { at: at(0, 9, 5), states: [['proposing', ['batch-1', 'batch-1/io67a']]] },
    {
      at: at(0, 9, 20),
      states: [
        ['error', ['batch-1/io67a']],
        ['new_word', ['batch-1']],
      ],
    },
  ],
  gaps: [],
  fromStart: true,
  until: at(2, 13),
};

describe('a rollout as it was', () => {
  it('has the states of then, and nothing that happened later', () => {
    const past = rolloutAt(guestOs(), record, 1);
    const [first, second, third] = past?.rollout.batches ?? [];
    assert.equal(past?.at, at(0, 9, 5));
    assert.equal(past.rollout.state, 'upgrading_subnets');
    assert.deepEqual([first?.state, first?.actualStart, first?.end], ['proposing', at(0, 9) + 3_000, undefined]);
    assert.deepEqual([first?.targets[0]?.state, first?.targets[1]?.state], ['proposing', 'unknown']);
    assert.deepEqual([second?.state, second?.actualStart], ['pending', undefined]);
    assert.equal(third?.state, 'unknown', 'it is not recorded');
    assert.deepEqual(past.times.stays['batch-1'], { state: 'proposing', since: at(0, 9, 5), began: true });
  });

  it('is in the state that its batches make, with words that are new to us', () => {
    assert.equal(rolloutAt(guestOs(), record, 0)?.rollout.state, 'waiting');
    const { rollout: past } = rolloutAt(guestOs(), record, 2) ?? assert.fail();
    assert.equal(past.state, 'problem');
    assert.deepEqual([past.batches[0]?.state, past.batches[0]?.unknownState], ['unknown', 'new_word']);
    assert.equal(rolloutAt(guestOs(), record, 3), undefined);
  });
});

describe('comparing rollouts', () => {
  it('sets the same weekdays beside each other', () => {
    const before = runsOf(guestOs()).map((run) => ({
      ...run,
      start: run.start - week - 10 * minute,
      end: run.end === null ? null : run.end - week,
    }));
    const compared = comparisons(guestOs(), { name: 'last', runs: before });
    const first = compared.get('batch-1');
    assert.deepEqual([first?.later, first?.longer, first?.isOver], [10 * minute, -10 * minute, true]);
    assert.equal(compared.get('batch-12')?.isOver, false);
    assert.equal(compared.has('batch-13'), false, 'it had not begun');
  });

  it('lets both begin at once where they ran on other days', () => {
    const runs = [{ row: 'batch-1', start: at(0, 9) - week - 3 * day, end: null }];
    assert.equal(comparisons(guestOs(), { name: 'other', runs }).get('batch-1')?.start, at(0, 9));
    assert.equal(comparisons(guestOs(), { name: 'none', runs: [] }).size, 0);
  });

  it('reads from the record when batches ran, as far as that was seen', () => {
    const line = (minutes: number, states: Readonly<Record<string, string>>, whole = false): TimesLine => ({
      kind: 'states',
      at: minutes * minute,
      rollout: 'kind/old',
      whole,
      isNew: whole,
      states: new Map(Object.entries(states)),
    });
    const reader = new RunsReader();
    reader.take([
      line(0, { 'batch-1': 'waiting', 'batch-2': 'pending' }, true),
      line(5, { 'batch-1': 'proposing', 'batch-1/abcde': 'proposing' }),
      line(10, { 'batch-1': 'waiting_for_election' }),
      line(15, { 'batch-1': 'complete', 'batch-2': 'proposing' }),
      line(90, { 'batch-2': 'complete' }),
    ]);
    assert.deepEqual(reader.runs().get('kind/old'), [
      { row: 'batch-1', start: 5 * minute, end: 15 * minute },
      { row: 'batch-2', start: 15 * minute, end: null },
    ]);
  });

  it('is a message that the page takes, and no other', () => {
    const compared = { name: 'week', runs: [{ row: 'batch-1', start: 1, end: null }] };
    assert.ok(isHostMessage({ type: 'runs', rollout, compared }));
    for (const runs of [[{ row: 'batch-1', start: 2, end: 1 }], [{ row: 7, start: 1, end: null }], 7]) {
      assert.equal(isHostMessage({ type: 'runs', rollout, compared: { name: 'week', runs } }), false);
    }
  });
});
