import assert from 'node:assert/strict';
import fc from 'fast-check';
import { day, hour, minute } from '../../../../src/domain/base/time.ts';
import {
  hoursAt,
  hoursBetween,
  nextHours,
  withinHours,
  type Hours,
  type HoursState,
} from '../../../../src/domain/base/workingHours.ts';
import { instantsOf, wallClock, zoneOffset } from '../../../../src/domain/base/zone.ts';
import { at, restriction, workingDays } from '../../../support/feeds/rotationBuilder.ts';
import { runs } from '../../../support/base/runs.ts';

const office = (timeZone: string): Hours => ({ timeZone, restrictions: workingDays('09:00', '17:00') });
const open = (until: string): HoursState => ({ kind: 'open', until: at(until) });
const closed = (from: string): HoursState => ({ kind: 'closed', from: at(from) });
const zones = ['Europe/Zurich', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney', 'Australia/Lord_Howe', 'UTC'];

describe('the wall clock of a zone', () => {
  it('shows a time twice when clocks are set back, and never when they skip it', () => {
    const zurich = zoneOffset('Europe/Zurich');
    const wall = (text: string): number => at(`${text}Z`);
    assert.deepEqual(instantsOf(wall('2026-10-25T02:30'), zurich), {
      first: at('2026-10-25T00:30Z'),
      last: at('2026-10-25T01:30Z'),
    });
    const change = at('2026-03-29T01:00Z');
    assert.deepEqual(instantsOf(wall('2026-03-29T02:30'), zurich), { first: change, last: change });
  });

  it('converts to an instant and back', () => {
    const year = fc.integer({ min: at('2025-01-01T00:00Z') / minute, max: at('2028-01-01T00:00Z') / minute });
    fc.assert(
      fc.property(year, fc.constantFrom(...zones), (minutes, zone) => {
        const offset = zoneOffset(zone);
        const instant = minutes * minute;
        const { first, last } = instantsOf(wallClock(instant, offset), offset);
        assert.ok(instant === first || instant === last, `${new Date(instant).toISOString()} in ${zone}`);
      }),
    );
  });
});

describe('the hours of a schedule', () => {
  it('are open until they end and closed until they begin, over the weekend too', () => {
    const hours = office('Europe/Zurich');
    assert.deepEqual(hoursAt(hours, at('2026-08-26T13:50Z')), open('2026-08-26T15:00Z'));
    assert.deepEqual(hoursAt(hours, at('2026-08-26T15:00Z')), closed('2026-08-27T07:00Z'), 'the end is outside');
    assert.deepEqual(hoursAt(hours, at('2026-08-27T07:00Z')), open('2026-08-27T15:00Z'), 'the start is within');
    assert.deepEqual(hoursAt(hours, at('2026-08-28T18:00Z')), closed('2026-08-31T07:00Z'));
    assert.equal(nextHours(hours, at('2026-08-26T13:50Z')), at('2026-08-27T07:00Z'));
    assert.equal(nextHours(hours, at('2026-08-29T13:50Z')), at('2026-08-31T07:00Z'));
  });

  it('keep to the wall clock of the schedule when its clocks change', () => {
    // Set back on Sunday 25 October, forward on Sunday 29 March (Zurich); 1 November and 8 March (New York).
    const zurich = office('Europe/Zurich');
    assert.deepEqual(hoursAt(zurich, at('2026-10-23T20:00Z')), closed('2026-10-26T08:00Z'));
    assert.deepEqual(hoursAt(zurich, at('2026-03-27T20:00Z')), closed('2026-03-30T07:00Z'));
    const york = office('America/New_York');
    assert.deepEqual(hoursAt(york, at('2026-10-31T12:00Z')), closed('2026-11-02T14:00Z'));
    assert.deepEqual(hoursAt(york, at('2026-03-07T12:00Z')), closed('2026-03-09T13:00Z'));
    // The other way round in the south, on 4 October and 5 April.
    const sydney = office('Australia/Sydney');
    assert.deepEqual(hoursAt(sydney, at('2026-10-03T12:00Z')), closed('2026-10-04T22:00Z'));
    assert.deepEqual(hoursAt(sydney, at('2026-04-04T12:00Z')), closed('2026-04-05T23:00Z'));
    assert.deepEqual(hoursAt(office('Asia/Kolkata'), at('2026-08-29T12:00Z')), closed('2026-08-31T03:30Z'));
  });

  it('are as long as the clocks make them in the night of a change', () => {
    const night: Hours = { timeZone: 'Europe/Zurich', restrictions: [restriction('22:00-06:00')] };
    assert.deepEqual(hoursAt(night, at('2026-10-24T20:00Z')), open('2026-10-25T05:00Z'));
    assert.deepEqual(hoursAt(night, at('2026-03-28T21:00Z')), open('2026-03-29T04:00Z'));
    const early: Hours = { timeZone: 'Europe/Zurich', restrictions: [restriction('02:30-05:00')] };
    assert.deepEqual(hoursAt(early, at('2026-03-29T00:00Z')), closed('2026-03-29T01:00Z'), 'the skipped time');
    assert.deepEqual(hoursAt(early, at('2026-10-25T00:30Z')), open('2026-10-25T04:00Z'), 'the first of two');
  });

  it('may run over midnight and over the end of the week', () => {
    const weekend: Hours = { timeZone: 'UTC', restrictions: [restriction('friday 22:00 - monday 06:00')] };
    assert.deepEqual(hoursAt(weekend, at('2026-08-30T12:00Z')), open('2026-08-31T06:00Z'));
    assert.deepEqual(hoursAt(weekend, at('2026-08-31T06:00Z')), closed('2026-09-04T22:00Z'));
    const week: Hours = { timeZone: 'UTC', restrictions: [restriction('monday 08:00 - friday 18:00')] };
    assert.ok(withinHours(week, at('2026-08-26T03:00Z')), 'one stretch, with its nights');
  });

  it('join where they touch, and are around the clock when they leave nothing out', () => {
    const halves = [restriction('00:00-12:00'), restriction('12:00-00:00')];
    for (const restrictions of [
      [],
      halves,
      [restriction('09:00-09:00')],
      [restriction('monday 09:00 - monday 09:00')],
    ]) {
      assert.deepEqual(hoursAt({ timeZone: 'Europe/Zurich', restrictions }, at('2026-10-24T13:00Z')), {
        kind: 'always',
      });
    }
    assert.equal(nextHours({ timeZone: 'UTC', restrictions: halves }, at('2026-08-26T03:00Z')), undefined);
  });

  it('count as around the clock when their zone is not known: paging too much is better than too little', () => {
    assert.deepEqual(hoursAt(office('Not/AZone'), at('2026-08-29T13:00Z')), { kind: 'always' });
  });

  it('hold what the wall clock says, for any restriction, zone and instant', () => {
    const time = fc.record({ hours: fc.integer({ min: 0, max: 23 }), minutes: fc.constantFrom(0, 15, 30, 45) });
    const instants = fc.integer({ min: at('2026-01-01T00:00Z') / minute, max: at('2027-01-01T00:00Z') / minute });
    fc.assert(
      fc.property(time, time, instants, fc.constantFrom(...zones), (start, end, minutes, timeZone) => {
        const instant = minutes * minute;
        const offset = zoneOffset(timeZone);
        // Within a day of a change the clock alone does not say it: tested by example above.
        fc.pre(offset(instant - day) === offset(instant + day));
        const text = ({ hours, minutes: m }: typeof start): string =>
          `${`${hours}`.padStart(2, '0')}:${`${m}`.padStart(2, '0')}`;
        const hours: Hours = { timeZone, restrictions: [restriction(`${text(start)}-${text(end)}`)] };
        const wall = ((wallClock(instant, offset) % day) + day) % day;
        const [opens, closes] = [start, end].map(({ hours: h, minutes: m }) => h * hour + m * minute);
        assert.ok(opens !== undefined && closes !== undefined);
        const expected = opens < closes ? wall >= opens && wall < closes : wall >= opens || wall < closes;
        assert.equal(withinHours(hours, instant), expected || opens === closes);
      }),
      runs(300),
    );
  });

  it('change exactly where they say', () => {
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    const clock = fc.constantFrom('00:00', '02:30', '06:00', '09:30', '17:00', '23:45');
    const span = fc
      .tuple(fc.constantFrom(...days), clock, fc.constantFrom(...days), clock)
      .map(([from, start, to, end]) => restriction(`${from} ${start} - ${to} ${end}`));
    const instants = fc.integer({ min: at('2026-01-01T00:00Z') / minute, max: at('2027-01-01T00:00Z') / minute });
    fc.assert(
      fc.property(
        fc.array(span, { minLength: 1, maxLength: 4 }),
        instants,
        fc.constantFrom(...zones),
        (restrictions, minutes, timeZone) => {
          const hours = { restrictions, timeZone };
          const now = minutes * minute;
          const state = hoursAt(hours, now);
          if (state.kind === 'always') return;
          const change = state.kind === 'open' ? state.until : state.from;
          assert.ok(change > now && change - now <= 8 * day);
          assert.equal(withinHours(hours, change - 1), state.kind === 'open');
          assert.equal(withinHours(hours, change), state.kind === 'closed');
          const between = hoursBetween(hours, now, change);
          assert.equal(between.length, state.kind === 'open' ? 1 : 0);
        },
      ),
      runs(200),
    );
  });
});
