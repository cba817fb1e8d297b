import assert from 'node:assert/strict';
import { handFed, key } from '../../../support/engine/handFed.ts';

const three = ['a', 'b', 'c'].map((id) => ({ id, text: id }));

describe('a feed whose service is in trouble', () => {
  it('waits for the settings when only they can help, and begins again when it is reset', async () => {
    const { clock, feed, reads, started, store } = handFed();
    feed.start();
    reads.shift()?.({ kind: 'failed', failure: 'setting' });
    await clock.advance(24 * 3_600_000);
    assert.equal(started(), 1);
    assert.equal(store.state(key).status, 'notConfigured');
    feed.reset();
    assert.equal(started(), 2);
  });

  for (const [failure, status, longest] of [
    ['forbidden', 'notPermitted', 15],
    ['signIn', 'notSignedIn', 60],
  ] as const) {
    it(`tries again by itself what needs a person, soon and then up to every ${longest} minutes: ${failure}`, async () => {
      const { clock, feed, reads, started, store } = handFed();
      feed.start();
      const waits: number[] = [];
      for (let read = 1; waits.length < 9; read++) {
        reads.shift()?.({ kind: 'failed', failure });
        const from = clock.now();
        while (started() === read) await clock.advance(1_000);
        waits.push(Math.round((clock.now() - from) / 1_000));
        assert.equal(store.state(key).status, status);
      }
      assert.deepEqual(
        waits,
        [30, 60, 120, 240, 480, 960, 1_920, 3_840, 7_680].map((wait) => Math.min(wait, longest * 60)),
      );
      reads.shift()?.({ kind: 'records', records: [] });
      await clock.advance(0);
      assert.equal(store.state(key).status, 'fresh');
    });
  }

  it('does not drop several records at once until a read a minute later shows the same', async () => {
    for (const isHiccup of [true, false]) {
      const { clock, feed, reads, started, store } = handFed();
      feed.attend('quiet');
      feed.start();
      reads.shift()?.({ kind: 'records', records: three });
      await clock.advance(1_000);
      const { asOf } = store.state(key);
      void feed.refresh();
      reads.shift()?.({ kind: 'records', records: [] });
      await clock.advance(1_000);
      assert.equal(store.state(key).records.size, 3);
      assert.equal(store.state(key).asOf, asOf);
      await clock.advance(61_000);
      assert.equal(started(), 3);
      reads.shift()?.({ kind: 'records', records: isHiccup ? three : [] });
      await clock.advance(1_000);
      assert.equal(store.state(key).records.size, isHiccup ? 3 : 0);
      assert.notEqual(store.state(key).asOf, asOf);
      feed.dispose();
    }
  });

  it('drops all records at once after a write of its own, and with other credentials', async () => {
    for (const [act, more] of [
      ['burst', {}],
      ['burst', { readsAfterWrite: 1 }],
      ['reset', {}],
    ] as const) {
      const { clock, feed, reads, store } = handFed(more);
      feed.attend('quiet');
      feed.start();
      reads.shift()?.({ kind: 'records', records: three });
      await clock.advance(1_000);
      feed[act]();
      reads.shift()?.({ kind: 'records', records: [] });
      await clock.advance(1_000);
      assert.equal(store.state(key).records.size, 0, act);
      feed.dispose();
    }
  });

  it('keeps quick reads after a write to what the service asks for', async () => {
    const { clock, feed, reads, started } = handFed();
    feed.start();
    reads.shift()?.({ kind: 'failed', failure: 'wait:600000' });
    await clock.advance(1_000);
    for (let write = 0; write < 20; write++) {
      feed.burst();
      await clock.advance(1_000);
    }
    assert.equal(started(), 1);
    await clock.advance(600_000);
    assert.equal(started(), 2);
  });
});

describe('a feed whose service shows at once what was written', () => {
  it('is read once after a write, with the record that was written, and once more where a read was under way', async () => {
    const noted: string[] = [];
    const { clock, feed, reads, started } = handFed({ readsAfterWrite: 1, noteChanged: (id) => noted.push(id) });
    feed.start();
    const settle = async (): Promise<void> => {
      reads.shift()?.({ kind: 'records', records: three });
      await clock.advance(0);
    };
    await settle();
    feed.burst('a');
    await settle();
    assert.deepEqual([started(), noted], [2, ['a']]);
    await clock.advance(9_000);
    assert.equal(started(), 2);
    void feed.refresh();
    feed.burst('b');
    await settle();
    await clock.advance(3_000);
    assert.deepEqual([started(), noted], [4, ['a', 'b']]);
    await settle();
    await clock.advance(9_000);
    assert.equal(started(), 4);
  });

  it('sends the id of the record to the window that reads, and reads it itself when no window can be reached', async () => {
    const requested: unknown[] = [];
    const noted: string[] = [];
    let isThere = true;
    const request = (...what: unknown[]): Promise<boolean> => Promise.resolve(requested.push(what) > 0 && isThere);
    const reader = { mayRead: () => Promise.resolve(true), request };
    const more = { readsAfterWrite: 1, noteChanged: (id: string) => noted.push(id) };
    const { clock, feed, started } = handFed(more, reader);
    feed.burst('a');
    await clock.advance(0);
    assert.deepEqual([requested, noted, started()], [[['items/a', 'burst']], [], 0]);
    isThere = false;
    feed.burst('b');
    await clock.advance(0);
    assert.deepEqual([noted, started()], [['b'], 1]);
  });
});
