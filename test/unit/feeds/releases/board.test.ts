import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyDelta, endsNow } from '../../../../src/feeds/releases/board.ts';
import { rolloutKey, type Rollout } from '../../../../src/domain/releases/rollout.ts';
import { at, batch, rollout } from '../../../support/feeds/rolloutBuilder.ts';

describe('changes of the rollouts', () => {
  const states = ['problem', 'upgrading_subnets', 'complete'] as const;
  const names = ['a', 'b', 'c', 'd'];
  /** One state of the dashboard after the other: which of the names it lists, and in what state. */
  const histories = fc.array(
    fc.array(fc.option(fc.constantFrom(...states), { nil: undefined }), { minLength: 4, maxLength: 4 }),
    { minLength: 1, maxLength: 12 },
  );
  const boardOf = (listed: readonly (Rollout['state'] | undefined)[]): readonly Rollout[] =>
    listed.flatMap((state, index) =>
      state === undefined ? [] : [rollout({ name: names[index] ?? '', state, dispatchedAt: at(4 - index, 0) })],
    );

  it('one after the other give what a read of all gives', () => {
    // One that is always listed: that all of a kind are gone is a question of their engine.
    const stays = rollout({ name: 'stays', dispatchedAt: at(5, 0) });
    fc.assert(
      fc.property(histories, (history) => {
        let known = { records: [stays] as readonly Rollout[], skipped: 0 };
        for (const listed of history) {
          const board = [stays, ...boardOf(listed)];
          const before = new Map(known.records.map((each) => [rolloutKey(each), each]));
          const after = new Set(board.map(rolloutKey));
          known = applyDelta(
            known,
            {
              type: 'delta',
              updated: board.filter((each) => before.get(rolloutKey(each))?.state !== each.state).reverse(),
              deleted: [...before.values()].filter((each) => !after.has(rolloutKey(each))),
              unreadable: [],
            },
            at(6, 0),
          );
          assert.deepEqual(known.records, board);
        }
      }),
    );
  });

  it('tell once that the last batch has ended, as the end of the run itself is not told', () => {
    const ended = batch(1, at(0, 9), { actualStart: at(0, 9), end: at(0, 10), state: 'complete' });
    const running = batch(2, at(0, 11), { actualStart: at(0, 11), state: 'waiting_for_adoption' });
    const before = rollout({ batches: [ended, running] });
    const after = rollout({ batches: [ended, { ...running, end: at(0, 12), state: 'complete' }] });
    assert.deepEqual(
      [endsNow(before, after), endsNow(after, after), endsNow(before, before), endsNow(undefined, after)],
      [true, false, false, true],
    );
    assert.equal(endsNow(before, { ...after, state: 'complete' }), false);
  });
});
