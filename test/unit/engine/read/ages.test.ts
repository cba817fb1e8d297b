import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Fetched } from '../../../../src/engine/read/definition.ts';
import { Feed } from '../../../../src/engine/read/feed.ts';
import { Store, type FeedKey } from '../../../../src/engine/read/store.ts';
import { memoryLog, rethrow, wordRules } from '../../../support/engine/engine.ts';
import { FakeClock, settle } from '../../../support/engine/fakeClock.ts';
import { runs } from '../../../support/base/runs.ts';

interface Item {
  readonly id: string;
}

const key: FeedKey<Item> = { name: 'items', keyOf: ({ id }) => id };
const staleAfterMs = 30_000;

function setUp(): { clock: FakeClock; store: Store<string>; feed: Feed<Item, string>; answer: () => boolean } {
  const clock = new FakeClock();
  const store = new Store<string>(rethrow);
  let open: ((fetched: Fetched<Item, string>) => void) | undefined;
  const feed = new Feed<Item, string>(
    {
      key,
      pace: { activeMs: 10_000, idleMs: 60_000, quietMs: 600_000 },
      staleAfterMs,
      fetch: () => new Promise((resolve) => (open = resolve)),
    },
    { store, clock, log: memoryLog(), random: () => 0.5, rules: wordRules },
  );
  return {
    clock,
    store,
    feed,
    answer: () => {
      const asked = open;
      open = undefined;
      asked?.({ kind: 'records', records: [{ id: 'a' }] });
      return asked !== undefined;
    },
  };
}

describe('how old an answer is', () => {
  it('is counted from its request: one that waited for a sleeping machine is not fresh', async () => {
    const { clock, store, feed, answer } = setUp();
    const asked = clock.now();
    feed.start();
    await settle();
    clock.jump(8 * 3_600_000);
    answer();
    await settle();
    assert.equal(store.state(key).asOf, asked);
    assert.equal(store.state(key).status, 'stale');
    feed.dispose();
  });

  it('is never negative where it is taken over, and a read always comes, whatever happens to the clock', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('jump' as const), ms: fc.integer({ min: -86_400_000, max: 86_400_000 }) }),
      fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 120_000 }) }),
      fc.record({ do: fc.constant('answer' as const) }),
      fc.record({ do: fc.constant('wake' as const) }),
      fc.record({ do: fc.constant('adopt' as const), ahead: fc.integer({ min: -90_000, max: 86_400_000 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { clock, store, feed, answer } = setUp();
        feed.attend('active');
        feed.start();
        await settle();
        for (const each of steps) {
          if (each.do === 'jump') clock.jump(each.ms);
          else if (each.do === 'advance') await clock.advance(each.ms);
          else if (each.do === 'wake') feed.wake();
          else if (each.do === 'answer') answer();
          else {
            feed.adopt({ status: 'fresh', asOf: clock.now() + each.ahead, records: [] });
            assert.ok((store.state(key).asOf ?? 0) <= clock.now());
          }
          await settle();
        }
        // No timer is in the far future: a read is open, or comes soon, and what nothing confirms grows stale.
        answer();
        await clock.advance(15_000);
        assert.ok(answer(), 'a read came');
        await clock.advance(staleAfterMs + 15_000);
        assert.equal(store.state(key).status, 'stale');
        feed.dispose();
        assert.equal(clock.waiting, 0);
      }),
      runs(100),
    );
  });
});
