import assert from 'node:assert/strict';
import fc from 'fast-check';
import { handable, longestOverride, planOverride } from '../../../../src/domain/rotation/override.ts';
import type { Override } from '../../../../src/domain/rotation/rotation.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import { at, dana, eli, fay, now, ops, overrideFor, pagerOf } from '../../../support/feeds/rotationBuilder.ts';

const pager = pagerOf(['2026-08-27', dana], ['2026-08-31', eli]);
const plan = { rotation: ops, overrides: [] as readonly Override[], now };

describe('a requested override', () => {
  it('says who is relieved and when', () => {
    const from = at('2026-08-31T05:00Z');
    const to = at('2026-08-31T09:00Z');
    const { errors, changes, conflicts, unknown, outside } = planOverride({ ...plan, who: fay, from, to });
    assert.deepEqual([errors, conflicts, unknown, outside], [[], [], [], []]);
    const turn = at('2026-08-31T07:00Z');
    assert.deepEqual(changes, [
      { start: from, end: turn, before: [dana] },
      { start: turn, end: to, before: [eli] },
    ]);
  });

  it('leaves out the time in which the person is on call anyway', () => {
    const requested = { who: dana, from: at('2026-08-31T05:00Z'), to: at('2026-08-31T09:00Z') };
    assert.deepEqual(planOverride({ ...plan, ...requested }).changes, [
      { start: at('2026-08-31T07:00Z'), end: requested.to, before: [eli] },
    ]);
    const idle = planOverride({ ...plan, ...overrideFor(dana, 4, now) });
    assert.deepEqual(idle.errors, ['alreadyOnCall']);
  });

  it('shows which overrides it would overlap, before anything is sent', () => {
    const there = (alias: string, start: string, end: string): Override => ({
      alias,
      person: eli,
      start: at(start),
      end: at(end),
      rotationIds: [],
    });
    const overrides = [
      there('later', '2026-08-26T16:00Z', '2026-08-27T16:00Z'),
      there('now', '2026-08-26T10:00Z', '2026-08-26T14:00Z'),
      there('touching', '2026-08-26T17:50Z', '2026-08-26T20:00Z'),
    ];
    const { conflicts } = planOverride({ ...plan, overrides, ...overrideFor(fay, 4, now) });
    assert.deepEqual(
      conflicts?.map(({ override, start, end }) => [override.alias, start, end]),
      [
        ['now', now, at('2026-08-26T14:00Z')],
        ['later', at('2026-08-26T16:00Z'), at('2026-08-26T17:50Z')],
      ],
    );
    const unread = planOverride({ ...plan, overrides: undefined, ...overrideFor(fay, 4, now) });
    assert.equal(unread.conflicts, undefined, 'not read is not the same as none');
  });

  it('refuses what makes no sense', () => {
    const errors = (from: number, to: number): readonly string[] =>
      planOverride({ ...plan, who: fay, from, to }).errors;
    assert.deepEqual(errors(now + hour, now), ['endBeforeStart', 'past']);
    assert.deepEqual(errors(now - hour, now + hour), ['past']);
    assert.deepEqual(errors(now - 2 * minute, now + hour), [], 'the time it takes to choose');
    assert.deepEqual(errors(now, now + longestOverride + 1), ['tooLong']);
    assert.deepEqual(errors(Number.NaN, now), ['notATime']);
    assert.deepEqual(planOverride({ ...plan, ...overrideFor(fay, 0, now) }).errors, ['endBeforeStart', 'past']);
  });

  it('says what lies outside of the hours, what has nobody, and what is not known', () => {
    const requested = { who: fay, from: at('2026-08-27T13:00Z'), to: at('2026-09-01T09:00Z') };
    const { changes, outside, unknown, errors } = planOverride({ ...plan, rotation: pager, ...requested });
    assert.deepEqual(errors, []);
    assert.deepEqual(changes, [
      { start: requested.from, end: at('2026-08-27T15:00Z'), before: [dana] },
      { start: at('2026-08-28T07:00Z'), end: at('2026-08-28T15:00Z'), before: [] },
      { start: at('2026-08-31T07:00Z'), end: at('2026-08-31T15:00Z'), before: [eli] },
    ]);
    assert.deepEqual(outside, [
      { start: at('2026-08-27T15:00Z'), end: at('2026-08-28T07:00Z') },
      { start: at('2026-08-28T15:00Z'), end: at('2026-08-31T07:00Z') },
    ]);
    assert.deepEqual(unknown, [{ start: at('2026-08-31T15:00Z'), end: requested.to }]);
  });

  it('accounts for every instant exactly once', () => {
    const hours = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(
        hours,
        hours,
        fc.constantFrom(ops, pager),
        fc.constantFrom(dana, eli, fay),
        (start, length, of, who) => {
          const requested = { who, from: now + start * hour, to: now + (start + length) * hour };
          const result = planOverride({ ...plan, rotation: of, ...requested });
          const parts = [...result.changes, ...result.outside, ...result.unknown].sort((a, b) => a.start - b.start);
          parts.forEach((part, index) => {
            assert.ok(part.start < part.end && part.start >= requested.from && part.end <= requested.to);
            const next = parts[index + 1];
            assert.ok(next === undefined || part.end <= next.start, 'no overlap');
          });
          const covered = parts.reduce((sum, { start: a, end }) => sum + end - a, 0);
          if (who === fay && length > 0) {
            assert.equal(covered, requested.to - requested.from, 'who is on call nowhere relieves all');
          }
          assert.ok(result.changes.every(({ before }) => before.length !== 1 || before[0] !== who));
        },
      ),
    );
  });
});

describe('what can be handed to somebody', () => {
  const account = { accountId: 'dana', name: 'Dana Oncall', timeZone: undefined };

  it('is the rest of the day, of the shift, and the next one', () => {
    assert.deepEqual(handable(pager, account, now), [
      { kind: 'untilHoursEnd', start: now, end: at('2026-08-26T15:00Z') },
      { kind: 'restOfShift', start: now, end: at('2026-08-27T15:00Z') },
    ]);
    const other = { ...account, accountId: 'eli' };
    assert.deepEqual(handable(ops, other, now), [
      { kind: 'nextShift', start: at('2026-08-31T07:00Z'), end: at('2026-09-07T07:00Z') },
    ]);
  });
});
