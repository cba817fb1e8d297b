import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { logHourly, Meter } from '../../../../src/engine/read/meter.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';

const minute = 60_000;

describe('the request meter', () => {
  it('counts the last hour by service, with what did not change and what failed', async () => {
    const clock = new FakeClock();
    const meter = new Meter(clock, rethrow);
    for (const status of [200, 304, 304, 500, 0]) meter.record({ service: 'github', status });
    await clock.advance(30 * minute);
    meter.record({ service: 'github', status: 200, quota: { limit: 60, remaining: 59, resetAt: 1 } });
    meter.record({ service: 'alerts', status: 202 });
    assert.deepEqual(meter.lastHour(), [
      { service: 'alerts', calls: 1, unchanged: 0, failures: 0, quota: undefined },
      { service: 'github', calls: 6, unchanged: 2, failures: 2, quota: { limit: 60, remaining: 59, resetAt: 1 } },
    ]);
    await clock.advance(31 * minute);
    assert.equal(meter.lastHour()[1]?.calls, 1);
  });

  it('drops counts older than an hour after the machine slept, and keeps its count when the clock is set back', () => {
    const clock = new FakeClock();
    const meter = new Meter(clock, rethrow);
    meter.record({ service: 'github', status: 200 });
    clock.jump(-48 * 60 * minute);
    assert.equal(meter.lastHour()[0]?.calls, 1);
    meter.record({ service: 'github', status: 200 });
    assert.equal(meter.lastHour()[0]?.calls, 2);
    clock.jump(61 * minute);
    assert.equal(meter.lastHour()[0]?.calls, 0);
  });

  it('never counts more than was called, nor less than was called in the last 59 minutes without a jump', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('call' as const), times: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 40 * minute }) }),
      fc.record({ do: fc.constant('jump' as const), ms: fc.integer({ min: -1e9, max: 1e9 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const clock = new FakeClock();
        const meter = new Meter(clock, rethrow);
        let all = 0;
        let jumped = false;
        const calls: number[] = [];
        for (const each of steps) {
          if (each.do === 'advance') await clock.advance(each.ms);
          else if (each.do === 'jump') {
            clock.jump(each.ms);
            jumped = true;
          } else {
            for (let call = 0; call < each.times; call++) {
              meter.record({ service: 'one', status: 200 });
              calls.push(clock.now());
              all++;
            }
          }
          const counted = meter.lastHour()[0]?.calls ?? 0;
          assert.ok(counted <= all);
          const recent = calls.filter((at) => at > clock.now() - 59 * minute).length;
          if (!jumped) assert.ok(counted >= recent, `${counted} of ${recent}`);
        }
      }),
    );
  });

  it('writes a line into the log every hour', async () => {
    const clock = new FakeClock();
    const log = memoryLog();
    const meter = new Meter(clock, rethrow);
    const hourly = logHourly(meter, clock, log);
    await clock.advance(50 * minute);
    meter.record({ service: 'github', status: 304, quota: { limit: 5000, remaining: 4999, resetAt: undefined } });
    await clock.advance(10 * minute);
    assert.deepEqual(log.lines, ['info requests: the last hour: github 1 (1 unchanged, 0 failed, 4999 of 5000 left)']);
    hourly.dispose();
    assert.equal(clock.waiting, 0);
  });
});
