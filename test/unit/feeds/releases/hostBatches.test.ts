import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { fail, ok, type Result } from '../../../../src/domain/base/result.ts';
import { minute, second } from '../../../../src/domain/base/time.ts';
import { batchKey } from '../../../../src/domain/releases/batchKey.ts';
import type { HostBatchRead } from '../../../../src/domain/releases/hostBatch.ts';
import type { Batch } from '../../../../src/domain/releases/rollout.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { HostBatchReader } from '../../../../src/feeds/releases/hostBatches.ts';
import { fullReadKey, hostBatchesKey, rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import type { Rollouts } from '../../../../src/sources/rollouts/client.ts';
import type { HostBatchAnswer } from '../../../../src/sources/rollouts/hostBatchEvents.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { FakeStreams, settle } from '../../../support/feeds/hostBatchStreams.ts';
import { at, batch, emptyHostBatch as detail, rollout } from '../../../support/feeds/rolloutBuilder.ts';

const running = batch(11, at(2, 13), { stage: 'main', actualStart: at(2, 13), state: 'waiting_for_adoption' });
const done = batch(10, at(2, 12), { stage: 'main', actualStart: at(2, 12), end: at(2, 13), state: 'complete' });
const failure: Failure = { kind: 'server', service: 'rollouts', operation: 'read a HostOS batch' };

function open(): {
  readonly asked: string[];
  readonly clock: FakeClock;
  readonly reader: HostBatchReader;
  answer: Result<HostBatchAnswer, Failure>;
  list: (...batches: readonly Batch[]) => void;
  /** The same for a rollout that the dashboard does not list any more. */
  unlist: (...batches: readonly Batch[]) => void;
  /** All rollouts are read at once. */
  readInWhole: () => void;
  known: () => readonly HostBatchRead[];
  /** Reads all that is due; resolves with after how long it asks to be called again. */
  read: () => Promise<number | undefined>;
  keyOf: (of: Batch) => string;
  streams: FakeStreams;
} {
  const clock = new FakeClock(at(2, 13, 50));
  const store = new Store<Failure>(rethrow);
  const asked: string[] = [];
  const of = rollout({ kind: 'rollout_ic_os_to_mainnet_nodes' });
  const streams = new FakeStreams();
  const client: Pick<Rollouts, 'hostBatch' | 'followHostBatch'> = {
    followHostBatch: streams.follow,
    hostBatch: async ({ stage, number }) => {
      asked.push(`${stage} ${number}`);
      return all.answer;
    },
  };
  // Only what is used.
  const reader = new HostBatchReader(
    () => Promise.resolve(client as Rollouts),
    store,
    clock,
    memoryLog(),
    () => 0,
  );
  const all: ReturnType<typeof open> = {
    asked,
    clock,
    reader,
    answer: ok({ kind: 'batch', batch: detail }),
    list: (...batches) =>
      store.update(rolloutsKey, { status: 'fresh', asOf: clock.now(), records: [{ ...of, batches }] }),
    unlist: (...batches) =>
      store.update(rolloutsKey, {
        status: 'fresh',
        asOf: clock.now(),
        records: [{ ...of, batches, unlistedSince: clock.now() }],
      }),
    readInWhole: () => store.update(fullReadKey, { status: 'fresh', asOf: clock.now(), records: [{ of: 'rollouts' }] }),
    known: () => [...store.state(hostBatchesKey).records.values()],
    read: async () => {
      for (;;) {
        const before = asked.length;
        const again = await reader.readNext();
        if (asked.length === before && (again === undefined || again >= minute)) return again;
        clock.jump(again ?? 0);
      }
    },
    keyOf: (each) => batchKey(of, each),
    streams,
  };
  all.list(done, running);
  return all;
}

describe('the details of HostOS batches', () => {
  it('are read only of those that are open, and dropped when they are closed', async () => {
    const { reader, read, asked, known, keyOf } = open();
    await read();
    assert.deepEqual(asked, []);
    reader.open(keyOf(running));
    assert.equal(await read(), undefined);
    assert.deepEqual(asked, ['main 11']);
    assert.deepEqual(
      known().map(({ last, batch: of }) => [last, of]),
      [['read', detail]],
    );
    reader.close(keyOf(running));
    assert.deepEqual(known(), []);
  });

  it('are read again with all rollouts while the batch goes on, and when the list says something else of it', async () => {
    const { reader, read, asked, clock, readInWhole, list, keyOf } = open();
    reader.open(keyOf(running));
    reader.open(keyOf(done));
    await read();
    assert.deepEqual(asked.splice(0), ['main 11', 'main 10']);
    clock.jump(2 * minute);
    await read();
    assert.deepEqual(asked, []);
    readInWhole();
    await read();
    assert.deepEqual(asked.splice(0), ['main 11']);
    clock.jump(10 * second);
    list(done, { ...running, state: 'waiting_until_nodes_healthy' });
    await read();
    assert.deepEqual(asked, ['main 11']);
  });

  it('stay as they were read while a read fails, and are tried again', async () => {
    const all = open();
    const { reader, read, known, clock, readInWhole, keyOf, asked } = all;
    reader.open(keyOf(running));
    await read();
    const readAt = known()[0]?.asOf;
    all.answer = fail(failure);
    clock.jump(minute);
    readInWhole();
    assert.equal(await read(), 2 * minute);
    assert.deepEqual(
      known().map(({ last, batch: of }) => [last, of]),
      [[failure, detail]],
    );
    assert.equal(known()[0]?.asOf, readAt);
    all.answer = ok({ kind: 'notYet' });
    asked.length = 0;
    clock.jump(2 * minute);
    await read();
    assert.equal(asked.length, 1);
    assert.equal(known()[0]?.last, 'notYet');
  });

  it('are not kept for a batch that the dashboard does not have any more', async () => {
    const all = open();
    const { reader, read, known, readInWhole, clock, keyOf } = all;
    reader.open(keyOf(running));
    await read();
    all.answer = fail({ ...failure, kind: 'notFound' });
    clock.jump(minute);
    readInWhole();
    await read();
    assert.deepEqual(
      known().map(({ batch: of, asOf }) => [of, asOf]),
      [[undefined, undefined]],
    );
  });

  it('are not taken of a batch that was closed meanwhile', async () => {
    const { reader, known, keyOf } = open();
    reader.open(keyOf(running));
    const reading = reader.readNext();
    reader.close(keyOf(running));
    await reading;
    assert.deepEqual(known(), []);
  });

  it('stay as they were while the workflow is broken, so that the dashboard does not list the rollout', async () => {
    const { reader, read, asked, known, clock, unlist, readInWhole, keyOf } = open();
    reader.open(keyOf(running));
    await read();
    asked.length = 0;
    unlist(running);
    clock.jump(minute);
    readInWhole();
    await read();
    assert.deepEqual([asked, known().map(({ batch: of }) => of)], [[], [detail]]);
  });

  it('come from the stream of a batch that is shown and goes on, and are read again once that does not hold', async () => {
    const { reader, read, asked, known, clock, readInWhole, keyOf, streams, list } = open();
    reader.open(keyOf(running));
    reader.open(keyOf(done));
    await read();
    assert.deepEqual(streams.asked, []);
    reader.show(true);
    await settle();
    assert.deepEqual(streams.asked, ['main 11']);
    const changed = { ...detail, tolerance: '7%' };
    streams.say('main 11', { said: ok({ kind: 'batch', batch: changed }), isLast: false });
    const tolerances = (): readonly unknown[] => known().map(({ key, batch: of }) => [key, of?.tolerance]);
    assert.deepEqual(tolerances(), [[keyOf(done), '5%'], [keyOf(running), '7%']]); // prettier-ignore
    asked.length = 0;
    readInWhole();
    list(done, { ...running, state: 'waiting_until_nodes_healthy' });
    await read();
    assert.deepEqual(asked, []);
    clock.jump(minute);
    readInWhole();
    streams.end('main 11');
    await settle();
    await read();
    assert.deepEqual(asked, ['main 11']);
    reader.show(false);
    await clock.advance(minute);
    assert.deepEqual(streams.asked, ['main 11']);
    assert.deepEqual(streams.open(), []);
  });
});
