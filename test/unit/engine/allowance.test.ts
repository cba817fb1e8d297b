import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Allowance } from '../../../src/engine/allowance.ts';
import { hour, minute } from '../../../src/engine/units.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const serviceOf = (feed: string): string => feed.slice(0, 1);

describe('what may be asked off shift', () => {
  it('is so many requests in any hour, to each service, and tells when to ask again', async () => {
    const clock = new FakeClock();
    const allowance = new Allowance(clock, 4, serviceOf);
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
    const allowance = new Allowance(clock, 4, serviceOf);
    assert.equal(allowance.take('a1', 9), 0);
    assert.equal(allowance.take('a2', 1), minute);
    allowance.settled('a1', 9);
    assert.equal(allowance.take('a2', 1), 0);
  });

  it('never lets more through in an hour, however reads of all sizes come', async () => {
    const step = fc.record({ afterMs: fc.nat(30 * minute), requests: fc.integer({ min: 1, max: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = new FakeClock();
        const allowance = new Allowance(clock, 4, serviceOf);
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
