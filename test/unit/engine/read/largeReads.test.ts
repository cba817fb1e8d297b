import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { Fetched } from '../../../../src/engine/read/definition.ts';
import { Feed } from '../../../../src/engine/read/feed.ts';
import { Store, type FeedKey, type FeedStatus } from '../../../../src/engine/read/store.ts';
import { memoryLog, rethrow, wordRules } from '../../../support/engine/engine.ts';
import { FakeClock, settle } from '../../../support/engine/fakeClock.ts';
import { runs } from '../../../support/base/runs.ts';

interface Item {
  readonly id: string;
  /** The list that it came with. */
  readonly list: number;
  readonly texts: readonly string[];
}

const key: FeedKey<Item> = { name: 'items', keyOf: (item) => item.id };
const pace = { activeMs: 10_000, idleMs: 60_000, quietMs: 600_000 };
/** More than is compared in one go, several times over. */
const many = 700;

/** A whole list: records of another text in every list, and such that stay the same. */
function listOf(list: number): Item[] {
  return Array.from({ length: many }, (_, index) => ({
    id: `${index}`,
    list: index % 5 === 0 ? list : 0,
    texts: [`text ${index}`],
  }));
}

/** Tells one list from another in a few letters. */
function markOf(records: Iterable<Item>): string {
  return createHash('sha256')
    .update(JSON.stringify([...records]))
    .digest('hex')
    .slice(0, 12);
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function setUp(): {
  store: Store<string>;
  feed: Feed<Item, string>;
  /** Whether a read waits for its answer. */
  asked: () => boolean;
  answer: (fetched: Fetched<Item, string>) => void;
} {
  const clock = new FakeClock();
  const store = new Store<string>(rethrow);
  let answer: ((fetched: Fetched<Item, string>) => void) | undefined;
  const feed = new Feed<Item, string>(
    {
      key,
      pace,
      staleAfterMs: 30_000,
      fetch: () => new Promise((resolve) => (answer = resolve)),
    },
    { store, clock, log: memoryLog(), random: () => 0.5, rules: wordRules },
  );
  return {
    store,
    feed,
    asked: () => answer !== undefined,
    answer: (fetched) => {
      answer?.(fetched);
      answer = undefined;
    },
  };
}

describe('a read of many records', () => {
  it('does not block while it is compared, and then appears in one step', async () => {
    const { store, feed, answer } = setUp();
    store.update(key, { records: listOf(1) });
    const changes: number[] = [];
    store.onDidChange(({ changed }) => changes.push(changed.length));
    feed.start();
    await settle();
    changes.length = 0;
    answer({ kind: 'records', records: listOf(2) });
    await settle();
    assert.deepEqual(changes, [], 'it waits for a turn of the event loop');
    for (let turns = 0; turns < 10; turns++) await turn();
    assert.deepEqual(changes, [many / 5]);
    feed.dispose();
  });

  it('is dropped by a reset and by a window that stops to read while it is compared', async () => {
    for (const end of ['reset', 'stop', 'dispose'] as const) {
      const { store, feed, answer } = setUp();
      store.update(key, { records: listOf(1) });
      feed.start();
      await settle();
      answer({ kind: 'records', records: listOf(2) });
      await settle();
      feed[end]();
      for (let turns = 0; turns < 10; turns++) await turn();
      assert.equal(store.state(key).records.get('0')?.list, 1, end);
      feed.dispose();
    }
  });

  it('is neither lost nor replaced by an older one, whatever comes while it is compared', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constantFrom('read', 'push', 'change', 'trouble', 'adopt', 'patch', 'takeBack' as const) }),
      fc.record({ do: fc.constant('turns' as const), count: fc.integer({ min: 1, max: 4 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { store, feed, asked, answer } = setUp();
        let lists = 1;
        /** What would be there if every step were done at once. */
        let expected: Item[] = [];
        let status: FeedStatus = 'neverLoaded';
        const patches: { dispose(): void }[] = [];
        const whole = new Set([markOf([])]);
        store.onDidChange(() => assert.ok(whole.has(markOf(store.served(key).values())), 'a list appears as a whole'));
        const becomes = (records: Item[], next: FeedStatus): void => {
          expected = records;
          status = next;
          whole.add(markOf(records));
        };
        feed.start();
        await settle();
        for (const each of steps) {
          switch (each.do) {
            case 'read': {
              // One read after the other: a refresh joins the one that is still compared.
              void feed.refresh();
              await settle();
              if (!asked()) break;
              const records = listOf(++lists);
              becomes(records, 'fresh');
              answer({ kind: 'records', records });
              await settle();
              break;
            }
            case 'push': {
              const records = listOf(++lists).slice(0, 300);
              becomes(records, 'fresh');
              feed.push(records);
              break;
            }
            case 'change': {
              const change = (known: readonly Item[]): Item[] =>
                known.map((item) => (item.id === '7' ? { ...item, texts: [...item.texts, 'changed'] } : item));
              becomes(change(expected), 'fresh');
              feed.amend(({ records, skipped }) => ({ records: change(records), skipped }));
              break;
            }
            case 'trouble':
              status = 'failing';
              feed.trouble('outage');
              break;
            case 'adopt': {
              const records = listOf(++lists);
              becomes(records, 'stale');
              feed.adopt({ records, status: 'stale' });
              break;
            }
            case 'patch':
              patches.push(store.patch(key, '3', (item) => ({ ...item, texts: [...item.texts, 'wanted'] })));
              break;
            case 'takeBack':
              patches.pop()?.dispose();
              break;
            case 'turns':
              for (let turns = 0; turns < each.count; turns++) await turn();
              break;
          }
        }
        for (let turns = 0; turns < 12; turns++) await turn();
        assert.equal(markOf(store.served(key).values()), markOf(expected));
        assert.equal(store.state(key).status, status);
        const patched =
          store
            .state(key)
            .records.get('3')
            ?.texts.filter((text) => text === 'wanted').length ?? 0;
        assert.equal(patched, expected.length === 0 ? 0 : patches.length);
        feed.dispose();
      }),
      runs(100),
    );
  }).timeout(30_000);
});
