import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Rotation } from '../../../../src/domain/rotation/rotation.ts';
import { gaps, holding, isOnCall, nextChange, onCallAt, stretches } from '../../../../src/domain/rotation/shift.ts';
import { day, hour } from '../../../../src/domain/base/time.ts';
import {
  account,
  at,
  dana,
  eli,
  fay,
  now,
  ops,
  pagerOf,
  rotation,
  shift,
} from '../../../support/feeds/rotationBuilder.ts';

const pager = pagerOf(['2026-08-27', dana], ['2026-08-28', dana], ['2026-08-31', eli], ['2026-09-01', eli]);

describe('who holds a schedule', () => {
  it('is who the service says, until that changes by its own timeline', () => {
    assert.deepEqual(onCallAt(ops, now), [dana]);
    assert.deepEqual(onCallAt(ops, at('2026-08-31T06:59Z')), [dana]);
    assert.deepEqual(onCallAt(ops, at('2026-08-31T07:00Z')), [eli], 'also when nothing was read since');
    assert.equal(onCallAt(ops, at('2026-09-14T07:00Z')), undefined, 'nothing is known so far ahead');
  });

  it('is who the service names, rather than its timeline, while that holds', () => {
    const taken = { ...ops, current: [fay], until: now + hour };
    assert.deepEqual(onCallAt(taken, now), [fay]);
    assert.deepEqual(onCallAt(taken, now + hour), [dana]);
  });

  it('is nobody at night, and whoever the timeline names in the morning', () => {
    const night = { ...pager, current: [], until: undefined };
    assert.deepEqual(onCallAt(night, at('2026-08-26T20:00Z')), []);
    assert.deepEqual(onCallAt(night, at('2026-08-27T07:00Z')), [dana]);
  });

  it('is everybody on call of several rotations', () => {
    const two = [
      shift('2026-08-24T07:00Z', '2026-08-31T07:00Z', [dana]),
      shift('2026-08-26T07:00Z', '2026-08-27T07:00Z', [eli]),
      shift('2026-08-26T07:00Z', '2026-08-27T07:00Z', []),
    ];
    assert.deepEqual(
      stretches(two).map(({ people }) => people.map(({ name }) => name)),
      [['Dana Oncall'], ['Dana Oncall', 'Eli'], ['Dana Oncall']],
    );
  });
});

describe('a schedule as it stands', () => {
  it('says who, until when, who is next, and my shifts', () => {
    const { hours, ...rest } = holding(ops, account, now);
    assert.deepEqual(hours, { kind: 'always' });
    assert.deepEqual(rest, {
      onCall: [dana],
      until: at('2026-08-31T07:00Z'),
      next: { people: [eli], from: at('2026-08-31T07:00Z') },
      mine: {
        onCall: true,
        current: { start: at('2026-08-24T07:00Z'), end: at('2026-08-31T07:00Z') },
        next: { start: at('2026-09-07T07:00Z'), end: at('2026-09-14T07:00Z') },
      },
    });
  });

  it('does not take nights for the end of a turn', () => {
    const day1 = holding(pager, account, now);
    assert.equal(day1.until, at('2026-08-28T15:00Z'));
    assert.deepEqual(day1.next, { people: [eli], from: at('2026-08-31T07:00Z') });
    assert.deepEqual(day1.hours, { kind: 'open', until: at('2026-08-26T15:00Z') });
    const night = holding({ ...pager, current: [], until: undefined }, account, at('2026-08-26T20:00Z'));
    assert.deepEqual(night.onCall, []);
    assert.deepEqual(night.next, { people: [dana], from: at('2026-08-27T07:00Z') });
    assert.deepEqual(night.hours, { kind: 'closed', from: at('2026-08-27T07:00Z') });
    assert.equal(night.mine.onCall, false);
    assert.deepEqual(night.mine.current, { start: at('2026-08-26T07:00Z'), end: at('2026-08-28T15:00Z') });
  });

  it('does not call the end of what is known the end of a turn', () => {
    const { until, next } = holding(ops, account, at('2026-09-10T07:00Z'));
    assert.equal(until, undefined);
    assert.equal(next, undefined);
  });

  it('knows nothing of a person who is not signed in', () => {
    assert.deepEqual(holding(ops, undefined, now).mine, { onCall: undefined, current: undefined, next: undefined });
  });
});

describe('gaps', () => {
  it('are times within the hours in which nobody is on call', () => {
    const silent = { ...pager, shifts: pager.shifts.filter((each) => each.start !== at('2026-08-28T07:00Z')) };
    assert.deepEqual(gaps(pager, now), []);
    assert.deepEqual(gaps(silent, now), [{ start: at('2026-08-28T07:00Z'), end: at('2026-08-28T15:00Z') }]);
    const free = { ...ops, current: [], until: undefined, shifts: ops.shifts.slice(1) };
    assert.deepEqual(gaps(free, now), [{ start: now, end: at('2026-08-31T07:00Z') }]);
  });
});

describe('any schedule', () => {
  const week = fc
    .array(
      fc.record({
        start: fc.integer({ min: -48, max: 300 }),
        length: fc.integer({ min: 1, max: 80 }),
        people: fc.subarray([dana, eli, fay]),
      }),
      { maxLength: 8 },
    )
    .map((all) =>
      all.map(({ start, length, people }) => ({
        start: now + start * hour,
        end: now + (start + length) * hour,
        people,
        type: 'base' as const,
      })),
    );
  const any = week.map((shifts): Rotation => {
    const running = shifts.filter((each) => each.start <= now && now < each.end);
    const current = [dana, eli, fay].filter((person) => running.some(({ people }) => people.includes(person)));
    return rotation({ shifts, current });
  });

  it('does not change between the changes that it names', () => {
    fc.assert(
      fc.property(any, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (each, part) => {
        const read = { ...each, until: nextChange([each], now) };
        const change = nextChange([read], now) ?? now + 30 * day;
        const between = now + Math.floor((change - now) * part);
        for (const { accountId } of [dana, eli, fay]) {
          assert.equal(isOnCall(read, accountId, between), isOnCall(read, accountId, now));
        }
      }),
    );
  });

  it('names a person at an instant exactly when a shift of theirs holds it', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 400 }), (each, hours) => {
        const then = now + hours * hour;
        const read = { ...each, until: nextChange([each], now) };
        if (read.until === undefined || then < read.until) return;
        const onCall = onCallAt(read, then);
        const expected = read.shifts.some((s) => s.start <= then && then < s.end && s.people.includes(dana));
        assert.equal(onCall?.includes(dana) ?? false, expected);
      }),
    );
  });

  it('has gaps where nobody is on call, and nowhere else', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 400 * 2 }), (each, half) => {
        const then = now + (half * hour) / 2;
        const inGap = gaps(each, now).some((gap) => gap.start <= then && then < gap.end);
        const held = each.shifts.some((s) => s.start <= then && then < s.end && s.people.length > 0);
        const last = Math.max(now, ...each.shifts.map((s) => s.end));
        assert.equal(inGap, !held && then < last);
      }),
    );
  });
});
