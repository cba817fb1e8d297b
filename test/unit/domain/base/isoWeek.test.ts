import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isoWeek, weekRange, weekStart } from '../../../../src/domain/base/isoWeek.ts';
import { week } from '../../../../src/domain/base/time.ts';

describe('the ISO week', () => {
  it('is that of the calendar', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['2026-08-26', '2026-W35'],
      ['2026-01-01', '2026-W01'],
      ['2027-01-03', '2026-W53'],
      ['2027-01-04', '2027-W01'],
      ['2024-12-30', '2025-W01'],
      ['2023-01-01', '2022-W52'],
    ];
    for (const [date, expected] of cases) {
      assert.equal(isoWeek(Date.parse(`${date}T00:00:00Z`)), expected);
      assert.equal(isoWeek(Date.parse(`${date}T23:59:59.999Z`)), expected);
    }
  });

  it('is the same from its Monday to its Sunday, and another one before and after', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0) }), (at) => {
        const start = weekStart(at);
        assert.equal(new Date(start).getUTCDay(), 1);
        assert.ok(start <= at && at < start + week);
        assert.equal(isoWeek(start), isoWeek(at));
        assert.equal(isoWeek(start + week - 1), isoWeek(at));
        assert.notEqual(isoWeek(start - 1), isoWeek(at));
        assert.notEqual(isoWeek(start + week), isoWeek(at));
      }),
    );
  });

  it('has a first and a last instant, and another text has none', () => {
    const range = weekRange('2026-W53');
    assert.deepEqual(range, { from: Date.UTC(2026, 11, 28), to: Date.UTC(2027, 0, 4) - 1 });
    assert.equal(weekRange('2026-53'), undefined);
  });
});
