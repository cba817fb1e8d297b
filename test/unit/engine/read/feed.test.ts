import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Fetched } from '../../../../src/engine/read/definition.ts';
import type { Feed } from '../../../../src/engine/read/feed.ts';
import { planNext, type Attention } from '../../../../src/engine/read/schedule.ts';
import { settle } from '../../../support/engine/fakeClock.ts';
import { handFed, key, pace, type Item } from '../../../support/engine/handFed.ts';

const records = (...items: Item[]): Fetched<Item, string> => ({ kind: 'records', records: items });
const a = { id: 'a', text: 'one' };
const b = { id: 'b', text: 'two' };

describe('a feed', () => {
  it('reads, waits its pace after the read has ended, and reads again', async () => {
    const { clock, feed, reads, started } = handFed();
    feed.start();
    await clock.advance(60_000);
    assert.equal(started(), 1, 'a slow read is not overtaken');
    reads.shift()?.(records(a));
    await clock.advance(9_900);
    assert.equal(started(), 1);
    await clock.advance(2_200);
    assert.equal(started(), 2);
  });

  it('shares one read among all who ask', async () => {
    const { feed, reads, started, store } = handFed();
    feed.start();
    const both = Promise.all([feed.refresh(), feed.refresh()]);
    reads.shift()?.(records(a));
    await both;
    assert.equal(started(), 1);
    assert.equal(store.state(key).status, 'fresh');
  });

  it('keeps the last good records when a read fails, and says why', async () => {
    const { clock, feed, reads, store } = handFed();
    feed.start();
    reads.shift()?.(records(a, b));
    await clock.advance(12_100);
    reads.shift()?.({ kind: 'failed', failure: 'outage' });
    await settle();
    const state = store.state(key);
    assert.equal(state.status, 'failing');
    assert.equal(state.failure, 'outage');
    assert.deepEqual([...state.records.keys()], ['a', 'b']);
  });

  it('keeps to what the service asks for', async () => {
    const { clock, feed, reads, started } = handFed();
    feed.start();
    reads.shift()?.({ kind: 'failed', failure: 'wait:90000' });
    await clock.advance(89_000);
    assert.equal(started(), 1);
    await clock.advance(2_000);
    assert.equal(started(), 2);
  });

  for (const [what, comes, failure] of [
    ['records that come by themselves', (feed) => feed.push([b]), undefined],
    ['a trouble of what sends them', (feed) => feed.trouble('cut off'), 'wait:90000'],
  ] as const satisfies (readonly [string, (feed: Feed<Item, string>) => void, string | undefined])[]) {
    it(`keeps to what the service asks for in spite of ${what}`, async () => {
      const { clock, feed, reads, store, started } = handFed();
      feed.start();
      reads.shift()?.({ kind: 'failed', failure: 'wait:90000' });
      await clock.advance(10_000);
      comes(feed);
      assert.equal(store.state(key).failure, failure);
      feed.attend('idle');
      feed.attend('active');
      feed.wake();
      await clock.advance(79_000);
      assert.equal(started(), 1);
      await clock.advance(2_000);
      assert.equal(started(), 2);
    });
  }

  it('knows as before what is missing when only a change of the records comes by itself', async () => {
    const { clock, feed, reads, store } = handFed();
    const partial = { kind: 'partial', reason: 'the service shows two' } as const;
    feed.start();
    reads.shift()?.({
      kind: 'records',
      records: [a],
      completeness: partial,
      skipped: 3,
      pages: 2,
      pollAfterMs: 60_000,
    });
    await clock.advance(1_000);
    feed.amend(({ records: known, skipped }) => ({ records: [...known, b], skipped }));
    const { records: shown, completeness, skipped, asOf } = store.state(key);
    assert.deepEqual([...shown.keys()], ['a', 'b']);
    assert.deepEqual({ completeness, skipped, asOf }, { completeness: partial, skipped: 3, asOf: clock.now() });
    feed.attend('idle');
    assert.deepEqual(feed.reason, { kind: 'pace', attention: 'idle', everyMs: 120_000, slowed: 'pages' });
    feed.attend('active');
    assert.deepEqual(feed.reason, { kind: 'pause', waitMs: 60_000 });
    feed.push([b]);
    assert.deepEqual([store.state(key).completeness, store.state(key).skipped], [{ kind: 'complete' }, 0]);
  });

  it('keeps to what the source of pushed records asks for, from then on', async () => {
    const { clock, feed, reads, started } = handFed();
    feed.start();
    reads.shift()?.(records(a));
    await clock.advance(9_000);
    feed.trouble('wait:90000');
    await clock.advance(89_000);
    assert.equal(started(), 1);
    await clock.advance(2_000);
    assert.equal(started(), 2);
  });

  it('keeps to the shortest interval that the service allows, and says why', async () => {
    const { clock, feed, reads, started } = handFed();
    feed.start();
    reads.shift()?.({ kind: 'records', records: [a], pollAfterMs: 60_000 });
    await settle();
    assert.deepEqual(feed.reason, { kind: 'pause', waitMs: 60_000 });
    await clock.advance(59_000);
    assert.equal(started(), 1);
    await clock.advance(2_000);
    assert.equal(started(), 2);
    reads.shift()?.(records(a));
    await settle();
    assert.deepEqual(feed.reason, { kind: 'pace', attention: 'active', everyMs: 10_000, slowed: 'no' });
  });

  it('reads what comes in several pages as much more seldom, and says why', async () => {
    const { clock, feed, reads, started } = handFed();
    feed.start();
    reads.shift()?.({ kind: 'records', records: [a, b], pages: 3 });
    await settle();
    assert.deepEqual(feed.reason, { kind: 'pace', attention: 'active', everyMs: 30_000, slowed: 'pages' });
    await clock.advance(29_000);
    assert.equal(started(), 1);
    await clock.advance(5_000);
    assert.equal(started(), 2);
    reads.shift()?.(records(a));
    await settle();
    assert.deepEqual(feed.reason, { kind: 'pace', attention: 'active', everyMs: 10_000, slowed: 'no' });
  });

  /** The waits between reads of a service that has nothing yet, seconds. */
  async function waitsForNothingYet(attention: Attention, count: number): Promise<number[]> {
    const { clock, feed, reads } = handFed();
    feed.attend(attention);
    feed.start();
    const waits: number[] = [];
    while (waits.length < count) {
      reads.shift()?.({ kind: 'notYet' });
      await settle();
      const wait = (feed.dueAt ?? NaN) - clock.now();
      waits.push(wait / 1_000);
      await clock.advance(wait);
    }
    return waits;
  }

  it('asks a service that has nothing yet again soon, then less and less often, and off shift as usual', async () => {
    assert.deepEqual(await waitsForNothingYet('active', 5), [3, 6, 11, 11, 11]);
    assert.deepEqual(await waitsForNothingYet('idle', 7), [3, 6, 12, 24, 48, 66, 66]);
    assert.deepEqual(await waitsForNothingYet('quiet', 3), [660, 660, 660]);
  });

  it('says that a service has nothing yet, and does not ask sooner after a failure in between', async () => {
    const { clock, feed, reads } = handFed();
    feed.attend('idle');
    feed.start();
    for (let time = 0; time < 8; time++) {
      reads.shift()?.(time % 2 === 0 ? { kind: 'failed', failure: 'outage' } : { kind: 'notYet' });
      await settle();
      await clock.advance((feed.dueAt ?? NaN) - clock.now());
    }
    reads.shift()?.({ kind: 'notYet' });
    await settle();
    assert.equal((feed.dueAt ?? NaN) - clock.now(), 300_000);
    feed.reset();
    reads.shift()?.({ kind: 'notYet' });
    await settle();
    assert.deepEqual(feed.reason, { kind: 'notYet', count: 1 });
    assert.equal((feed.dueAt ?? NaN) - clock.now(), 3_000);
    await clock.advance(3_000);
    reads.shift()?.(records(a));
    await settle();
    assert.ok((feed.dueAt ?? 0) - clock.now() >= 10_000, 'its pace again');
  });

  it('takes a read of the same version for unchanged, but not when the store holds something else by now', async () => {
    const { clock, feed, reads, store, changes } = handFed();
    const read = (...items: Item[]): Fetched<Item, string> => ({ kind: 'records', records: items, version: '1' });
    feed.start();
    reads.shift()?.(read(a));
    await clock.advance(12_100);
    changes.length = 0;
    reads.shift()?.(read(a));
    await settle();
    assert.deepEqual(
      changes.flatMap(({ added, changed, removed }) => [...added, ...changed, ...removed]),
      [],
    );
    assert.equal(store.state(key).status, 'fresh');
    store.update(key, { records: [b] });
    await clock.advance(12_100);
    reads.shift()?.(read(a));
    await settle();
    assert.deepEqual([...store.state(key).records.keys()], ['a']);
  });

  it('drops the answer of a read that began before a reset', async () => {
    const { feed, reads, store } = handFed();
    feed.start();
    const old = reads.shift();
    feed.reset();
    reads.shift()?.(records(b));
    old?.(records(a));
    await settle();
    assert.deepEqual([...store.state(key).records.keys()], ['b']);
  });

  it('calls good records stale when nothing confirms them', async () => {
    const { clock, feed, reads, store } = handFed();
    feed.start();
    reads.shift()?.(records(a));
    await clock.advance(12_100);
    await clock.advance(30_000);
    assert.equal(store.state(key).status, 'stale');
  });

  it('reports the records that changed and no others, and keeps the identity of the rest', async () => {
    const { clock, feed, reads, store, changes } = handFed();
    feed.start();
    reads.shift()?.(records(a, b));
    await clock.advance(12_100);
    const before = store.state(key).records;
    changes.length = 0;
    reads.shift()?.(records({ ...a }, { id: 'b', text: 'new' }, { id: 'c', text: 'three' }));
    await settle();
    assert.deepEqual(
      changes.map(({ added, changed, removed }) => ({ added, changed, removed })),
      [{ added: ['c'], changed: ['b'], removed: [] }],
    );
    assert.equal(store.state(key).records.get('a'), before.get('a'));
  });
});

describe('the delay to the next read', () => {
  const settled = { unchanged: 0, failures: 0, retryAfterMs: undefined, burst: 0, random: 0 };

  it('grows with the pages of a read, so that the requests of an hour do not, up to four times', () => {
    for (const [pages, everyMs] of [
      [1, 10_000],
      [2, 20_000],
      [4, 40_000],
      [5, 40_000],
      [100, 40_000],
    ] as const) {
      assert.equal(planNext(pace, { ...settled, attention: 'active', pages }).delayMs, everyMs, `${pages} pages`);
    }
  });

  it('is not made slower twice, by many pages and because nothing changes', () => {
    const calm = { ...settled, attention: 'idle', unchanged: 5 } as const;
    assert.equal(planNext(pace, { ...calm, pages: 1 }).delayMs, 120_000);
    assert.equal(planNext(pace, { ...calm, pages: 2 }).delayMs, 120_000);
    assert.equal(planNext(pace, { ...calm, pages: 3 }).delayMs, 180_000);
  });

  it('after a write of our own is longer for what takes many pages, and never longer than without the write', () => {
    const burst = { ...settled, attention: 'active', burst: 4, random: 0.5 } as const;
    assert.equal(planNext(pace, { ...burst, pages: 1 }).delayMs, 2_000);
    assert.equal(planNext(pace, { ...burst, pages: 3 }).delayMs, 6_000);
    assert.equal(planNext(pace, { ...burst, pages: 100 }).delayMs, 40_000);
  });

  it('is finite and sensible for all circumstances', () => {
    fc.assert(
      fc.property(
        fc.record({
          attention: fc.constantFrom('active' as const, 'idle' as const, 'quiet' as const),
          unchanged: fc.nat(10_000),
          failures: fc.nat(10_000),
          pages: fc.nat(400),
          retryAfterMs: fc.option(fc.oneof(fc.double(), fc.integer()), { nil: undefined }),
          minimumMs: fc.option(fc.oneof(fc.double(), fc.integer()), { nil: undefined }),
          burst: fc.nat(5),
          random: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        (circumstances) => {
          const delay = planNext(pace, circumstances).delayMs;
          assert.ok(delay >= 250 && delay <= 60 * 60_000, `${delay}`);
          for (const asked of [circumstances.retryAfterMs ?? 0, circumstances.minimumMs ?? 0]) {
            if (asked > 0 && asked <= 3_600_000) assert.ok(delay >= asked);
          }
        },
      ),
    );
  });
});
