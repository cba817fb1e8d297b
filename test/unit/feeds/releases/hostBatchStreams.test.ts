import assert from 'node:assert/strict';
import { fail, ok } from '../../../../src/domain/base/result.ts';
import { hour, minute, second } from '../../../../src/domain/base/time.ts';
import type { HostBatch, HostBatchName } from '../../../../src/domain/releases/hostBatch.ts';
import { HostBatchStreams } from '../../../../src/feeds/releases/hostBatchStreams.ts';
import type { HostBatchEvent } from '../../../../src/sources/rollouts/hostBatchEvents.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { FakeStreams, settle } from '../../../support/feeds/hostBatchStreams.ts';
import { at } from '../../../support/feeds/rolloutBuilder.ts';

const batch: HostBatch = {
  nodes: [],
  plannedNodes: [],
  tolerance: 'none',
  adoptionBypassed: undefined,
  healthBypassed: undefined,
  skipped: 0,
};
const batchEvent: HostBatchEvent = { said: ok({ kind: 'batch', batch }), isLast: false };
const failed = (isLast: boolean): HostBatchEvent => ({
  said: fail({ kind: 'notFound', service: 'rollouts', operation: 'follow a HostOS batch' }),
  isLast,
});

class Streams {
  readonly clock = new FakeClock(at(2, 13, 50));
  readonly fake = new FakeStreams();
  readonly taken: string[] = [];
  readonly streams = new HostBatchStreams({
    rollouts: () => Promise.resolve({ followHostBatch: this.fake.follow }),
    clock: this.clock,
    log: memoryLog(),
    random: () => 0,
    take: (key) => void this.taken.push(key),
  });

  async follow(...numbers: readonly number[]): Promise<void> {
    const nameOf = (number: number): HostBatchName => ({ rollout: 'rc', stage: 'main', number });
    this.streams.follow(new Map(numbers.map((number) => [`b${number}`, nameOf(number)])));
    await settle();
  }

  async advance(ms: number): Promise<void> {
    await this.clock.advance(ms);
    await settle();
  }
}

describe('the streams of HostOS batches', () => {
  it('are those of the batches that are wanted, and pass on what comes', async () => {
    const all = new Streams();
    const { fake, streams, taken } = all;
    await all.follow(1, 2);
    assert.deepEqual(fake.open(), ['main 1', 'main 2']);
    assert.equal(streams.isLive('b1'), false);
    fake.say('main 1', batchEvent);
    assert.deepEqual([streams.isLive('b1'), streams.isLive('b2'), taken], [true, false, ['b1']]);
    await all.follow(2);
    assert.deepEqual([fake.open(), streams.isLive('b1')], [['main 2'], false]);
    streams.dispose();
    assert.deepEqual(fake.open(), []);
  });

  it('are connected again after they end, and after a silence of three keepalives', async () => {
    const all = new Streams();
    await all.follow(1);
    all.fake.say('main 1', batchEvent);
    all.fake.end('main 1');
    await settle();
    assert.deepEqual([all.fake.open(), all.streams.isLive('b1')], [[], false]);
    await all.advance(5 * second);
    assert.deepEqual(all.fake.open(), ['main 1']);
    await all.advance(15 * second);
    all.fake.beat('main 1');
    await all.advance(15 * second);
    assert.deepEqual(all.fake.open(), ['main 1']);
    await all.advance(second);
    assert.deepEqual(all.fake.open(), []);
  });

  it('are not opened again after an error that lasts, and after three connections that sent nothing', async () => {
    const all = new Streams();
    await all.follow(1, 2);
    all.fake.say('main 1', failed(false));
    assert.equal(all.streams.isLive('b1'), false);
    all.fake.say('main 1', failed(true));
    all.fake.end('main 1');
    await settle();
    for (const pause of [10, 20, 40]) {
      all.fake.end('main 2');
      await settle();
      await all.advance(pause * second);
    }
    assert.deepEqual([all.fake.asked, all.fake.open()], [['main 1', 'main 2', 'main 2', 'main 2'], []]);
    // Opened once more, it is tried once more.
    await all.follow();
    await all.follow(2);
    assert.deepEqual(all.fake.open(), ['main 2']);
  });

  it('are four at a time, and few connections in an hour however often they end', async () => {
    const all = new Streams();
    await all.follow(1, 2, 3, 4, 5);
    assert.equal(all.fake.open().length, 4);
    await all.follow(1);
    for (let passed = 0; passed < hour - 2 * minute; passed += 10 * second) {
      if (all.fake.open().length > 0) {
        all.fake.say('main 1', batchEvent);
        all.fake.end('main 1');
      }
      await all.advance(10 * second);
    }
    assert.equal(all.fake.asked.length, 30);
  });
});
