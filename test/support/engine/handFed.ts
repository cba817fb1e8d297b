import type { FeedDefinition, Fetched, Reader } from '../../../src/engine/read/definition.ts';
import { Feed } from '../../../src/engine/read/feed.ts';
import { Store, type FeedChange, type FeedKey } from '../../../src/engine/read/store.ts';
import { memoryLog, rethrow, wordRules } from './engine.ts';
import { FakeClock } from './fakeClock.ts';

export interface Item {
  readonly id: string;
  readonly text: string;
}

export const key: FeedKey<Item> = { name: 'items', keyOf: (item) => item.id };
export const pace = { activeMs: 10_000, idleMs: 60_000, quietMs: 600_000 };

/** A feed whose reads end when the test says so. */
export function handFed(
  more: Pick<FeedDefinition<Item, string>, 'readsAfterWrite' | 'noteChanged'> = {},
  reader?: Reader,
): {
  clock: FakeClock;
  store: Store<string>;
  feed: Feed<Item, string>;
  changes: FeedChange[];
  reads: ((fetched: Fetched<Item, string>) => void)[];
  started: () => number;
} {
  const clock = new FakeClock();
  const store = new Store<string>(rethrow);
  const changes: FeedChange[] = [];
  store.onDidChange((change) => changes.push(change));
  const reads: ((fetched: Fetched<Item, string>) => void)[] = [];
  let started = 0;
  const feed = new Feed<Item, string>(
    {
      key,
      pace,
      staleAfterMs: 30_000,
      ...more,
      fetch: () => {
        started++;
        return new Promise((resolve) => reads.push(resolve));
      },
    },
    {
      store,
      clock,
      log: memoryLog(),
      random: () => 0.5,
      rules: wordRules,
      reader,
    },
  );
  feed.attend('active');
  return { clock, store, feed, changes, reads, started: () => started };
}
