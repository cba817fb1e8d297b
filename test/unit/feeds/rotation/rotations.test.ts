import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { fail, ok } from '../../../../src/domain/base/result.ts';
import { hour, minute, second } from '../../../../src/domain/base/time.ts';
import type { Rotation } from '../../../../src/domain/rotation/rotation.ts';
import { Feed } from '../../../../src/engine/read/feed.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { failureRules } from '../../../../src/feeds/failureRules.ts';
import { rotationsFeed } from '../../../../src/feeds/rotation/rotations.ts';
import { rotationsKey } from '../../../../src/feeds/rotation/keys.ts';
import type { Ops } from '../../../../src/sources/atlassian/ops/client.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { dana, eli, ops as opsSchedule, pagerOf } from '../../../support/feeds/rotationBuilder.ts';

const names = { alerts: 'DRE Alerts', ops: 'DRE Ops Rotation' };

function setUp() {
  const clock = new FakeClock();
  const store = new Store<Failure>(rethrow);
  const world = new Map<string, Rotation>([
    [names.alerts, pagerOf()],
    [names.ops, opsSchedule],
  ]);
  const client: Pick<Ops, 'rotation'> = {
    rotation: (name) => {
      const found = world.get(name);
      const missing: Failure = { kind: 'notFound', service: 'ops', operation: 'read schedule' };
      return Promise.resolve(found === undefined ? fail(missing) : ok(found));
    },
  };
  const definition = rotationsFeed(
    () => Promise.resolve(client as Ops),
    () => names,
    { store, clock },
  );
  return { clock, store, world, definition };
}

describe('the schedules off shift, of which a read takes one', () => {
  it('are as of when the service said them, also after a read whose answer was dropped', async () => {
    const { clock, store, world, definition } = setUp();
    const take = async (sparing: boolean, isTaken = true): Promise<void> => {
      const read = await definition.fetch(new AbortController().signal, sparing, true);
      assert.ok(read.kind === 'records');
      if (isTaken) store.update(rotationsKey, { status: 'fresh', records: read.records, asOf: read.asOf });
    };
    await take(false);
    const begin = clock.now();
    await clock.advance(90 * minute);
    // Another window took the lead during this read: its answer was not taken in.
    world.set(names.alerts, { ...pagerOf(), current: [eli] });
    await take(true, false);
    await clock.advance(90 * minute);
    await take(true);
    assert.equal(store.state(rotationsKey).asOf, begin);
    await clock.advance(90 * minute);
    await take(true);
    assert.equal(store.state(rotationsKey).asOf, begin + 3 * hour);
  });
});

describe('a schedule that is suddenly not found', () => {
  function started() {
    const parts = setUp();
    const { clock, store, definition } = parts;
    const rules = failureRules(() => 'ops');
    const feed = new Feed(definition, { store, clock, log: memoryLog(), random: () => 0.5, rules });
    feed.attend('active');
    feed.start();
    const onCall = (): readonly string[] =>
      [...store.state(rotationsKey).records.values()].flatMap(({ current }) =>
        current.map((person) => person.accountId),
      );
    return { ...parts, feed, onCall };
  }

  it('stays as it was with its age, and is current again after a short failure of the service', async () => {
    const { clock, store, world, feed, onCall } = started();
    await clock.advance(second);
    const { asOf = 0 } = store.state(rotationsKey);
    const before = new Map(world);
    world.clear();
    await clock.advance(5 * minute);
    await feed.refresh();
    await clock.advance(20 * second);
    assert.deepEqual(onCall(), [dana.accountId, dana.accountId]);
    assert.equal(store.state(rotationsKey).asOf, asOf);
    for (const [name, rotation] of before) world.set(name, rotation);
    await clock.advance(minute);
    assert.deepEqual(onCall(), [dana.accountId, dana.accountId]);
    assert.ok((store.state(rotationsKey).asOf ?? 0) > asOf);
    feed.dispose();
  });

  it('is gone when a read a minute later says the same', async () => {
    const { clock, store, world, feed, onCall } = started();
    await clock.advance(second);
    world.delete(names.alerts);
    await feed.refresh();
    await feed.refresh();
    assert.equal(onCall().length, 2);
    await clock.advance(70 * second);
    assert.deepEqual(onCall(), [dana.accountId]);
    assert.equal(store.state(rotationsKey).completeness.kind, 'partial');
    feed.dispose();
  });
});
