import assert from 'node:assert/strict';
import { Lifetime } from '../../../../src/engine/base/lifetime.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';

/** Something that writes its name down when it ends. */
function ending(name: string, ended: string[]): { dispose(): void } {
  return { dispose: () => void ended.push(name) };
}

describe('a lifetime', () => {
  it('ends all that it owns once, the last one first', () => {
    const ended: string[] = [];
    const lifetime = new Lifetime();
    lifetime.own(ending('a', ended));
    lifetime.own(ending('b', ended));
    assert.equal(lifetime.isOver, false);
    lifetime.dispose();
    lifetime.dispose();
    assert.deepEqual(ended, ['b', 'a']);
    assert.equal(lifetime.isOver, true);
  });

  it('ends at once what comes after its end', async () => {
    const ended: string[] = [];
    const clock = new FakeClock();
    const lifetime = new Lifetime();
    const [slot, timer] = [lifetime.slot(), lifetime.timer(clock)];
    const gather = lifetime.gather(clock, 10, () => ended.push('gathered'));
    lifetime.dispose();
    lifetime.own(ending('owned', ended));
    slot.replace(ending('slot', ended));
    timer.set(1, () => ended.push('timer'));
    lifetime.after(clock, 1, () => ended.push('after'));
    gather.note();
    await clock.advance(100);
    assert.deepEqual(ended, ['owned', 'slot']);
    assert.equal(slot.held, undefined);
    assert.equal(clock.waiting, 0);
  });

  it('ends one thing earlier than the rest', () => {
    const ended: string[] = [];
    const lifetime = new Lifetime();
    const early = lifetime.own(ending('early', ended));
    lifetime.end(early);
    lifetime.dispose();
    assert.deepEqual(ended, ['early']);
  });

  it('ends the others when one throws, and throws the error', () => {
    const ended: string[] = [];
    const lifetime = new Lifetime();
    lifetime.own(ending('a', ended));
    lifetime.own({
      dispose: () => {
        throw new Error('broken');
      },
    });
    assert.throws(() => lifetime.dispose(), /broken/);
    assert.deepEqual(ended, ['a']);
  });

  it('cancels its timers, and releases those that ran', async () => {
    const clock = new FakeClock();
    const ran: string[] = [];
    const lifetime = new Lifetime();
    lifetime.after(clock, 10, () => ran.push('first'));
    lifetime.after(clock, 20, () => ran.push('second'));
    lifetime.after(clock, 15, () => ran.push('cancelled')).dispose();
    await clock.advance(15);
    lifetime.dispose();
    await clock.advance(15);
    assert.deepEqual(ran, ['first']);
    assert.equal(clock.waiting, 0);
  });
});

describe('a slot', () => {
  it('ends what it held when something else comes, and keeps what is put in again', () => {
    const ended: string[] = [];
    const lifetime = new Lifetime();
    const slot = lifetime.slot();
    const [a, b] = [ending('a', ended), ending('b', ended)];
    slot.replace(a);
    slot.replace(a);
    assert.equal(slot.held, a);
    slot.replace(b);
    assert.deepEqual(ended, ['a']);
    slot.clear();
    assert.deepEqual(ended, ['a', 'b']);
    assert.equal(slot.held, undefined);
  });
});

describe('a timer that is set again', () => {
  it('runs the last one only, and is free again when it has run', async () => {
    const clock = new FakeClock();
    const ran: string[] = [];
    const timer = new Lifetime().timer(clock);
    timer.set(10, () => ran.push('first'));
    timer.set(20, () => {
      ran.push('second');
      assert.equal(timer.isSet, false);
    });
    assert.equal(timer.isSet, true);
    await clock.advance(30);
    assert.deepEqual(ran, ['second']);
    timer.set(10, () => ran.push('third'));
    timer.cancel();
    await clock.advance(30);
    assert.deepEqual(ran, ['second']);
  });
});

describe('gathered events', () => {
  it('make one call, a fixed time after the first', async () => {
    const clock = new FakeClock();
    const calls: number[] = [];
    const begin = clock.now();
    const gather = new Lifetime().gather(clock, 100, () => calls.push(clock.now() - begin));
    gather.note();
    await clock.advance(60);
    gather.note();
    assert.equal(gather.isPending, true);
    await clock.advance(60);
    assert.deepEqual(calls, [100]);
    assert.equal(gather.isPending, false);
    gather.note();
    await clock.advance(100);
    assert.deepEqual(calls, [100, 220]);
  });

  it('begin the next call when one comes during the call', async () => {
    const clock = new FakeClock();
    let calls = 0;
    const gather = new Lifetime().gather(clock, 10, () => {
      calls++;
      if (calls === 1) gather.note();
    });
    gather.note();
    await clock.advance(30);
    assert.equal(calls, 2);
  });

  it('are called at once on request, if there are any, and not at all when cancelled', async () => {
    const clock = new FakeClock();
    let calls = 0;
    const gather = new Lifetime().gather(clock, 10, () => {
      calls++;
    });
    gather.flush();
    assert.equal(calls, 0);
    gather.note();
    gather.flush();
    assert.equal(calls, 1);
    gather.note();
    gather.cancel();
    await clock.advance(30);
    assert.equal(calls, 1);
    gather.note(50);
    await clock.advance(30);
    assert.equal(calls, 1);
    await clock.advance(30);
    assert.equal(calls, 2);
  });
});
