import assert from 'node:assert/strict';
import type { Failure } from '../../../../../src/domain/base/failure.ts';
import { hour, minute } from '../../../../../src/domain/base/time.ts';
import type { Rollout } from '../../../../../src/domain/releases/rollout.ts';
import type { Lane } from '../../../../../src/domain/releases/timeline/lanes.ts';
import { Store } from '../../../../../src/engine/read/store.ts';
import { rolloutsKey } from '../../../../../src/feeds/releases/keys.ts';
import { rethrow } from '../../../../support/engine/engine.ts';
import { FakeClock } from '../../../../support/engine/fakeClock.ts';
import { batch, guestOs, rollout } from '../../../../support/feeds/rolloutBuilder.ts';
import { useVscodeDouble } from '../../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { TimelineLanes } = await import('../../../../../src/ui/releases/timeline/lanes.ts');

describe('the lanes that a page is given', () => {
  const clock = new FakeClock();
  const now = clock.now();
  const store = new Store<Failure>(rethrow);
  const times = { flush: async () => undefined, lines: async () => [] };
  const lanes = new TimelineLanes({ store, clock, times });
  const shown: Rollout = { ...guestOs(), dispatchedAt: now };
  const still: Rollout = { ...guestOs(), name: 'still', dispatchedAt: now - hour };
  const late = rollout({
    name: 'late',
    dispatchedAt: now - 2 * hour,
    batches: [batch(1, now - hour, { actualStart: now - hour }), batch(2, now - hour)],
  });
  const list = (...others: readonly Rollout[]): void =>
    store.update(rolloutsKey, { status: 'fresh', asOf: now, records: [shown, ...others] });
  const next = (): readonly Lane[] | undefined => lanes.next(shown)?.lanes;
  const named = (some: readonly Lane[] | undefined, name: string): Lane | undefined =>
    some?.find((lane) => lane.name === name);

  it('are made anew only where a rollout, or the time, makes another one of them', async () => {
    list(still, late);
    const first = next();
    assert.equal(first?.length, 2);
    assert.equal(next(), undefined);

    list({ ...still, url: 'https://airflow.example/other' }, late);
    assert.equal(next(), undefined, 'a lane does not show it');

    list({ ...still, state: 'failed' }, late);
    const second = next();
    assert.equal(named(second, 'still')?.heading?.state, 'failed');
    assert.equal(named(second, 'late'), named(first, 'late'), 'the lane of a rollout that did not change');

    await clock.advance(5 * minute);
    const third = next();
    assert.notDeepEqual(named(third, 'late'), named(second, 'late'), 'it is predicted anew');
    assert.equal(next(), undefined);

    lanes.reset();
    assert.deepEqual(next(), third);
  });
});
