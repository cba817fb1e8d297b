import assert from 'node:assert/strict';
import type { Fetched } from '../../../../src/engine/read/definition.ts';
import { Feed } from '../../../../src/engine/read/feed.ts';
import type { Attention } from '../../../../src/engine/read/schedule.ts';
import { Store, type FeedKey } from '../../../../src/engine/read/store.ts';
import { networkFingerprint, WakeWatch, type Waking } from '../../../../src/engine/base/wake.ts';
import { memoryLog, rethrow, wordRules } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';

const minute = 60_000;

describe('waking', () => {
  function setUp(): { clock: FakeClock; wakings: Waking[]; watch: WakeWatch; network: { now: string } } {
    const clock = new FakeClock();
    const network = { now: 'eth0 10.0.0.2' };
    const wakings: Waking[] = [];
    const watch = new WakeWatch(clock, () => network.now, memoryLog());
    watch.onDidWake((waking) => wakings.push(waking));
    return { clock, wakings, watch, network };
  }

  it('is noticed soon after the machine slept, once', async () => {
    const { clock, wakings } = setUp();
    await clock.advance(10 * minute);
    assert.deepEqual(wakings, []);
    clock.jump(8 * 60 * minute);
    await clock.advance(16_000);
    assert.deepEqual(wakings, ['slept']);
    await clock.advance(10 * minute);
    assert.deepEqual(wakings, ['slept']);
  });

  it('is not a busy machine, nor a clock that is set back', async () => {
    const { clock, wakings } = setUp();
    clock.jump(10_000);
    await clock.advance(minute);
    clock.jump(-60 * minute);
    await clock.advance(minute);
    assert.deepEqual(wakings, []);
  });

  it('is a changed network too, and another one when it comes back after a sleep', async () => {
    const { clock, wakings, network } = setUp();
    network.now = '';
    await clock.advance(minute);
    assert.deepEqual(wakings, ['network']);
    clock.jump(60 * minute);
    await clock.advance(16_000);
    network.now = 'wlan0 192.168.0.7';
    await clock.advance(16_000);
    assert.deepEqual(wakings, ['network', 'slept', 'network']);
  });

  it('goes on when the network cannot be read or a listener fails, and ends when it is disposed', async () => {
    const clock = new FakeClock();
    const watch = new WakeWatch(
      clock,
      () => {
        throw new Error('refused');
      },
      memoryLog(),
    );
    let fired = 0;
    watch.onDidWake(() => {
      fired++;
      throw new Error('listener');
    });
    for (let night = 0; night < 2; night++) {
      clock.jump(60 * minute);
      await clock.advance(16_000);
    }
    assert.equal(fired, 2);
    watch.dispose();
    assert.equal(clock.waiting, 0);
  });

  it('reads a network that stays the same as the same', () => {
    assert.equal(networkFingerprint(), networkFingerprint());
  });
});

describe('a feed that wakes', () => {
  const key: FeedKey<{ id: string }> = { name: 'items', keyOf: ({ id }) => id };

  async function setUp(
    attention: Attention,
    answers: readonly string[] = [],
  ): Promise<{
    clock: FakeClock;
    store: Store<string>;
    feed: Feed<{ id: string }, string>;
    reads: () => number;
  }> {
    const clock = new FakeClock();
    const store = new Store<string>(rethrow);
    let reads = 0;
    const feed = new Feed<{ id: string }, string>(
      {
        key,
        pace: { activeMs: minute, idleMs: 5 * minute, quietMs: 60 * minute },
        staleAfterMs: 10 * minute,
        fetch: (): Promise<Fetched<{ id: string }, string>> => {
          const failure = answers[reads++];
          return Promise.resolve(
            failure === undefined ? { kind: 'records', records: [{ id: 'a' }] } : { kind: 'failed', failure },
          );
        },
      },
      { store, clock, log: memoryLog(), random: () => 0.5, rules: wordRules },
    );
    feed.attend(attention);
    feed.start();
    await clock.advance(1_000);
    return { clock, store, feed, reads: () => reads };
  }

  it('reads in a moment what is overdue, and calls old records stale at once', async () => {
    const { clock, store, feed, reads } = await setUp('idle');
    clock.jump(8 * 60 * minute);
    assert.equal(store.state(key).status, 'fresh', 'its timer stood still');
    feed.wake();
    assert.equal(store.state(key).status, 'stale');
    assert.equal(reads(), 1, 'not before the network had a moment');
    await clock.advance(5_000);
    assert.equal(reads(), 2);
    assert.equal(store.state(key).status, 'fresh');
  });

  it('tries again at once what failed', async () => {
    const { clock, feed, reads } = await setUp(
      'quiet',
      Array.from({ length: 12 }, () => 'outage'),
    );
    await clock.advance(20 * minute);
    const before = reads();
    feed.wake();
    await clock.advance(5_000);
    assert.equal(reads(), before + 1);
  });

  it('asks nothing for it off shift, when a read is far off', async () => {
    const { clock, feed, reads } = await setUp('quiet');
    clock.jump(10 * minute);
    for (let change = 0; change < 20; change++) {
      feed.wake();
      await clock.advance(15_000);
    }
    assert.equal(reads(), 1);
  });

  it('does not overtake what the service asked for, nor the settings that only a person can change', async () => {
    for (const failure of ['wait:600000', 'setting']) {
      const { clock, feed, reads } = await setUp('active', [failure]);
      feed.wake();
      await clock.advance(minute);
      assert.equal(reads(), 1, failure);
    }
  });

  it('tries again what refused the person, as the network before may have done that', async () => {
    for (const failure of ['signIn', 'forbidden']) {
      const { clock, feed, reads } = await setUp('active', [failure]);
      await clock.advance(20_000);
      feed.wake();
      await clock.advance(6_000);
      assert.equal(reads(), 2, failure);
    }
  });

  it('does nothing before it was started and after it ended', async () => {
    const { clock, feed, reads } = await setUp('active');
    feed.dispose();
    clock.jump(60 * minute);
    feed.wake();
    await clock.advance(minute);
    assert.equal(reads(), 1);
    assert.equal(clock.waiting, 0);
  });
});
