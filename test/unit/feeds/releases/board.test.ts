import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { minute } from '../../../../src/domain/base/time.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { applyDelta, endsNow, setEngines, settled, takeBoard } from '../../../../src/feeds/releases/board.ts';
import { enginesOf, rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import { rolloutKey, type Rollout } from '../../../../src/domain/releases/rollout.ts';
import { rethrow } from '../../../support/engine/engine.ts';
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

  it('and of the engines give the same, also where all rollouts of a kind go and come back', () => {
    const kinds = ['rollout_ic_os_to_mainnet_subnets', 'rollout_ic_os_to_mainnet_nodes'] as const;
    const engineStates = fc.constantFrom('active', 'paused', 'broken', 'inactive' as const);
    const moments = fc.array(
      fc.tuple(fc.array(fc.option(fc.constantFrom(...states), { nil: undefined }), { minLength: 6, maxLength: 6 }),
        engineStates, engineStates),
      { minLength: 1, maxLength: 12 },
    ); // prettier-ignore
    fc.assert(
      fc.property(moments, (history) => {
        const [read, streamed] = [new Store<Failure>(rethrow), new Store<Failure>(rethrow)];
        const take = (store: Store<Failure>, records: readonly Rollout[], now: number): void =>
          store.update(rolloutsKey, { status: 'fresh', asOf: now, records });
        let before: readonly Rollout[] | undefined;
        for (const [index, [listed, ...engineWords]] of history.entries()) {
          const now = at(6, 0) + index * minute;
          const rollouts = listed.flatMap((state, place): readonly Rollout[] => {
            const kind = kinds[place % 2] ?? kinds[0];
            return state === undefined ? [] : [rollout({ kind, name: `r${place}`, state, dispatchedAt: at(5 - place, 0) })];
          }); // prettier-ignore
          const engines = kinds.map((kind, place) => ({ kind, state: engineWords[place] ?? 'active' }));
          take(read, takeBoard(read, { rollouts, engines, unreadable: [] }, now), now);
          if (before === undefined) {
            take(streamed, takeBoard(streamed, { rollouts, engines, unreadable: [] }, now), now);
          } else {
            const sent = new Map(before.map((each) => [rolloutKey(each), each.state]));
            const keys = new Set(rollouts.map(rolloutKey));
            const updated = rollouts.filter((each) => sent.get(rolloutKey(each)) !== each.state);
            const deleted = before.filter((each) => !keys.has(rolloutKey(each)));
            const known = { records: [...streamed.served(rolloutsKey).values()], skipped: 0 };
            take(streamed, applyDelta(known, { type: 'delta', updated, deleted, unreadable: [] }, now).records, now);
            setEngines(streamed, engines, now);
            take(streamed, settled([...streamed.served(rolloutsKey).values()], engines), now);
          }
          before = rollouts;
          assert.deepEqual([...streamed.served(rolloutsKey).values()], [...read.served(rolloutsKey).values()]);
          assert.deepEqual(enginesOf(streamed), enginesOf(read));
        }
      }),
    );
  });

  it('say once that the last batch has ended, as no event reports the end of the run itself', () => {
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
