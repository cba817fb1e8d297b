import assert from 'node:assert/strict';
import { minute } from '../../../../src/domain/base/time.ts';
import { Emitter } from '../../../../src/engine/base/emitter.ts';
import { RepeatedReading } from '../../../../src/ui/kit/repeatedReading.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';

describe('what is read again and again beside the feeds', () => {
  const clock = new FakeClock();
  const log = memoryLog();
  const changed = new Emitter<void>(rethrow);
  let answer: () => Promise<number | undefined> | undefined = () => undefined;
  let reads = 0;
  const reading = new RepeatedReading({
    clock,
    log,
    scope: 'lists',
    trouble: 'the lists were not read',
    events: [changed.event],
    read() {
      reads++;
      return answer();
    },
  });

  beforeEach(() => (reads = 0));
  after(() => reading.dispose());

  it('is read after an event, and when its last read says', async () => {
    answer = () => Promise.resolve(minute);
    changed.fire();
    await clock.advance(minute - 1);
    assert.equal(reads, 1);
    await clock.advance(1);
    assert.equal(reads, 2);
    // An event takes the place of what is planned.
    await clock.advance(minute / 2);
    changed.fire();
    await clock.advance(minute - 1);
    assert.equal(reads, 3);
  });

  it('waits for the next event where nobody wants it, and where there is nothing more to read', async () => {
    for (const nothing of [undefined, Promise.resolve(undefined)]) {
      answer = () => nothing;
      changed.fire();
      reads = 0;
      await clock.advance(10 * minute);
      assert.equal(reads, 0);
    }
  });

  it('says in the log that a read failed, and is read after the next event', async () => {
    answer = () => Promise.reject(new Error('a bug'));
    changed.fire();
    await clock.advance(10 * minute);
    assert.equal(reads, 1);
    assert.ok(log.lines.some((line) => line.includes('the lists were not read')));
    changed.fire();
    assert.equal(reads, 2);
  });

  it('ends with its window', async () => {
    answer = () => Promise.resolve(minute);
    reading.read();
    reading.dispose();
    await clock.advance(2 * minute);
    changed.fire();
    assert.equal(reads, 1);
  });
});
