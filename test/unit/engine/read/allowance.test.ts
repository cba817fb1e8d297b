import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Allowance } from '../../../../src/engine/read/allowance.ts';
import { hour, minute, second } from '../../../../src/engine/base/units.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';

const serviceOf = (feed: string): string => feed.slice(0, 1);

describe('what may be requested off shift', () => {
  it('is so many requests in any hour, to each service, and says when to ask again', async () => {
    const clock = new FakeClock();
    const allowance = new Allowance({ clock, perHour: 4, serviceOf });
    const ask = (feed: string, requests: number): number => {
      const waitMs = allowance.take(feed, requests);
      if (waitMs > 0) return waitMs;
      for (let request = 0; request < requests; request++) allowance.note(serviceOf(feed));
      allowance.settled(feed, requests);
      return 0;
    };
    assert.equal(ask('a1', 3), 0);
    await clock.advance(10 * minute);
    assert.equal(ask('a2', 1), 0);
    assert.equal(ask('b1', 4), 0, 'another service');
    assert.equal(ask('a1', 3), 50 * minute);
    await clock.advance(50 * minute);
    assert.equal(ask('a1', 3), 0);
  });

  it('holds back what is only about to be asked, and lets through what is larger than the hour, alone', async () => {
    const clock = new FakeClock();
    const allowance = new Allowance({ clock, perHour: 4, serviceOf });
    assert.equal(allowance.take('a1', 9), 0);
    assert.equal(allowance.take('a2', 1), minute);
    allowance.settled('a1', 9);
    assert.equal(allowance.take('a2', 1), 0);
  });

  it('counts what the window before has asked, and takes nothing before it knows that', async () => {
    const [clock, disk, log] = [new FakeClock(), new MemoryDisk(), memoryLog()];
    const memory = { disk: () => disk, log, keeps: () => true };
    const parts = { clock, perHour: 4, serviceOf, memory };
    const before = new Allowance(parts);
    await before.recall();
    for (let request = 0; request < 3; request++) before.note('a');
    await clock.advance(2 * second);
    before.note('a');
    await before.keep();
    before.dispose();
    await clock.advance(30 * minute);

    const after = new Allowance(parts);
    assert.equal(after.take('b1', 1), second / 4);
    await after.recall();
    assert.equal(after.take('b1', 1), 0);
    assert.equal(after.take('a1', 1), 30 * minute - 2 * second);
    await clock.advance(30 * minute - 2 * second);
    assert.equal(after.take('a1', 3), 0);
    after.dispose();
  });

  it('goes by what it knows itself when the memory is damaged or the disk refuses', async () => {
    const [clock, disk, log] = [new FakeClock(), new MemoryDisk(), memoryLog()];
    await disk.write('asked.json', '{"at": 1, "asked": {"a": ["x"]}');
    const allowance = new Allowance({
      clock,
      perHour: 4,
      serviceOf,
      memory: { disk: () => disk, log, keeps: () => true },
    });
    await allowance.recall();
    assert.equal(allowance.take('a1', 4), 0);
    for (let request = 0; request < 4; request++) allowance.note('a');
    allowance.settled('a1', 4);
    assert.equal(allowance.take('a1', 1), hour);
    const refusing = { read: () => Promise.reject(new Error('EIO')), write: () => Promise.reject(new Error('EIO')) };
    const other = new Allowance({
      clock,
      perHour: 4,
      serviceOf,
      memory: { disk: () => refusing, log, keeps: () => true },
    });
    await other.recall();
    assert.equal(other.take('a1', 4), 0);
    other.note('a');
    await other.keep();
    assert.equal(log.lines.filter((line) => /could not be (?:read|saved)/.test(line)).length, 2);
    for (const each of [allowance, other]) each.dispose();
  });

  it('never lets more through in an hour, however reads of all sizes come', async () => {
    const step = fc.record({ afterMs: fc.nat(30 * minute), requests: fc.integer({ min: 1, max: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = new FakeClock();
        const allowance = new Allowance({ clock, perHour: 4, serviceOf });
        const asked: number[] = [];
        for (const { afterMs, requests } of steps) {
          await clock.advance(afterMs);
          if (allowance.take('a', requests) > 0) continue;
          for (let request = 0; request < requests; request++) {
            allowance.note('a');
            asked.push(clock.now());
          }
          allowance.settled('a', requests);
        }
        for (const at of asked) assert.ok(asked.filter((each) => each > at - hour && each <= at).length <= 4);
      }),
    );
  });
});
