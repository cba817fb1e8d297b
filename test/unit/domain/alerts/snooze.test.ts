import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  longestSnooze,
  parseSnooze,
  snoozeAgain,
  snoozeChoices,
  type Snooze,
  type SnoozeContext,
} from '../../../../src/domain/alerts/snooze.ts';
import { day, hour, minute } from '../../../../src/domain/base/time.ts';
import { wallClock, zoneOffset } from '../../../../src/domain/base/zone.ts';
import { at, restriction, workingDays } from '../../../support/feeds/rotationBuilder.ts';
import { runs } from '../../../support/base/runs.ts';

const office = { timeZone: 'Europe/Zurich', restrictions: workingDays('09:00', '17:00') };
const zurich = (now: string): SnoozeContext => ({ now: at(now), timeZone: 'Europe/Zurich', hours: office });
const wednesday = zurich('2026-08-26T13:50:11Z');

function choices(context: SnoozeContext): Record<string, string> {
  return Object.fromEntries(snoozeChoices(context).map(({ kind, until }) => [kind, iso(until)]));
}

function iso(instant: number): string {
  return new Date(instant).toISOString().slice(0, 16);
}

function parsed(text: string, context = wednesday): string {
  const result = parseSnooze(text, context);
  return result.ok ? iso(result.until) : result.error;
}

describe('the choices to snooze', () => {
  it('are half an hour, an hour, the next working hours and tomorrow', () => {
    assert.deepEqual(choices(wednesday), {
      halfHour: '2026-08-26T14:20',
      hour: '2026-08-26T14:50',
      workingHours: '2026-08-27T07:00',
      tomorrow: '2026-08-27T07:00',
    });
  });

  it('distinguish tomorrow from the next working hours at night and before a weekend', () => {
    const night = choices(zurich('2026-08-26T01:00Z'));
    assert.deepEqual([night['workingHours'], night['tomorrow']], ['2026-08-26T07:00', '2026-08-27T07:00']);
    const friday = choices(zurich('2026-08-28T14:00Z'));
    assert.deepEqual([friday['workingHours'], friday['tomorrow']], ['2026-08-31T07:00', '2026-08-29T07:00']);
  });

  it('take tomorrow from the person’s calendar and the hours from the schedule', () => {
    const york = { ...zurich('2026-08-26T23:00Z'), timeZone: 'America/New_York' };
    assert.equal(choices(york)['tomorrow'], '2026-08-27T07:00');
    const late = { ...york, hours: { timeZone: 'America/New_York', restrictions: [restriction('13:00-17:00')] } };
    assert.equal(choices(late)['tomorrow'], '2026-08-27T17:00');
    const always = choices({ ...york, hours: undefined });
    assert.deepEqual(
      [always['workingHours'], always['tomorrow']],
      [undefined, '2026-08-27T13:00'],
      '09:00 in New York',
    );
  });

  it('keep to the wall clock when the clocks change in between', () => {
    const before = choices({ ...zurich('2026-10-24T12:00Z'), hours: undefined });
    assert.equal(before['tomorrow'], '2026-10-25T08:00');
    assert.equal(choices(zurich('2026-03-27T16:30Z'))['workingHours'], '2026-03-30T07:00');
  });

  it('always lie in the future and within what the service allows', () => {
    const zones = fc.constantFrom('Europe/Zurich', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney', 'UTC');
    const year = fc.integer({ min: at('2026-01-01T00:00Z') / minute, max: at('2027-01-01T00:00Z') / minute });
    fc.assert(
      fc.property(year, zones, zones, (minutes, timeZone, scheduleZone) => {
        const now = minutes * minute;
        const all = snoozeChoices({ now, timeZone, hours: { ...office, timeZone: scheduleZone } });
        assert.equal(all.length, 4);
        for (const { until } of all) assert.ok(until > now && until - now <= longestSnooze);
        const offset = zoneOffset(timeZone);
        const tomorrow = all.find(({ kind }) => kind === 'tomorrow')?.until ?? 0;
        const days = (instant: number): number => Math.floor(wallClock(instant, offset) / day);
        assert.equal(days(tomorrow) - days(now), 1);
      }),
      runs(200),
    );
  });
});

describe('an instant typed in', () => {
  it('is a time of day: today, or tomorrow once it has passed', () => {
    assert.equal(parsed('16:30'), '2026-08-26T14:30');
    assert.equal(parsed(' 9:00 '), '2026-08-27T07:00');
    assert.equal(parsed('today 18:00'), '2026-08-26T16:00');
    assert.equal(parsed('today 9:00'), 'past');
  });

  it('is a day and a time', () => {
    assert.equal(parsed('tomorrow 9:00'), '2026-08-27T07:00');
    assert.equal(parsed('Tomorrow'), '2026-08-27T07:00');
    assert.equal(parsed('mon 9:00'), '2026-08-31T07:00');
    assert.equal(parsed('wednesday 16:00'), '2026-08-26T14:00', 'today, as it is still to come');
    assert.equal(parsed('wed 9:00'), '2026-09-02T07:00');
    assert.equal(parsed('2026-08-27 09:00'), '2026-08-27T07:00');
    assert.equal(parsed('2026-08-27T09:00'), '2026-08-27T07:00');
    assert.equal(parsed('2026-08-27T09:00Z'), '2026-08-27T09:00');
    assert.equal(parsed('2026-08-27T09:00:00-04:00'), '2026-08-27T13:00');
  });

  it('is a length of time', () => {
    assert.equal(parsed('45m'), '2026-08-26T14:35');
    assert.equal(parsed('3h'), '2026-08-26T16:50');
    assert.equal(parsed('1h 30m'), '2026-08-26T15:20');
    assert.equal(parsed('90 minutes'), '2026-08-26T15:20');
    assert.equal(parsed('2d'), '2026-08-28T13:50');
    assert.equal(parsed('2d', zurich('2026-10-24T12:00Z')), '2026-10-26T13:00', 'the same time on the clock');
    assert.equal(parsed('24h', zurich('2026-10-24T12:00Z')), '2026-10-25T12:00');
  });

  it('is refused when it is over, too far away, or none', () => {
    assert.equal(parsed('2026-08-26 09:00'), 'past');
    assert.equal(parsed('2026-09-27 09:00'), 'tooLong');
    assert.equal(parsed('8d'), 'tooLong');
    assert.equal(parsed('0m'), 'past');
    const nonsense = [
      '',
      'soon',
      '25:00',
      '9',
      'x 9:00',
      'mo 9:00',
      '2026-02-30 09:00',
      '2026-13-01 09:00',
      '9:60',
      '-3h',
      'h',
    ];
    for (const text of nonsense) assert.equal(parsed(text), 'unreadable', text);
  });

  it('is safe in the nights when clocks change', () => {
    assert.equal(
      parsed('sun 2:30', zurich('2026-03-28T12:00Z')),
      '2026-03-29T01:00',
      'skipped: when the clocks change',
    );
    assert.equal(parsed('2:30', zurich('2026-10-25T00:00Z')), '2026-10-25T00:30', 'the first of two');
    assert.equal(parsed('2:30', zurich('2026-10-25T00:45Z')), '2026-10-25T01:30', 'the second, as the first is over');
  });

  it('is never in the past, whatever the text', () => {
    const words = fc.constantFrom(
      'today',
      'tomorrow',
      'mon',
      'sun',
      'friday',
      '2026-08-2',
      '7',
      '2:30',
      '23:59',
      'h',
      'd',
      'm',
      ' ',
      'T',
      'Z',
      '1',
    );
    const texts = fc.oneof(
      fc.array(words, { maxLength: 5 }).map((parts) => parts.join(' ')),
      fc.array(words, { maxLength: 5 }).map((parts) => parts.join('')),
      fc.string(),
    );
    const nights = fc.integer({ min: at('2026-10-24T12:00Z') / minute, max: at('2026-10-26T12:00Z') / minute });
    fc.assert(
      fc.property(texts, nights, (text, minutes) => {
        const now = minutes * minute;
        const result = parseSnooze(text, { now, timeZone: 'Europe/Zurich', hours: office });
        if (result.ok) assert.ok(result.until > now && result.until - now <= longestSnooze);
      }),
      runs(500),
    );
  });

  it('gives back the wall clock time that was typed', () => {
    const times = fc.record({ h: fc.integer({ min: 0, max: 23 }), m: fc.integer({ min: 0, max: 59 }) });
    fc.assert(
      fc.property(times, ({ h, m }) => {
        const result = parseSnooze(`${h}:${`${m}`.padStart(2, '0')}`, wednesday);
        assert.ok(result.ok);
        const wall = wallClock(result.until, zoneOffset('Europe/Zurich')) % day;
        assert.equal(wall, h * hour + m * minute);
      }),
    );
  });
});

describe('a snooze that is tried again', () => {
  const { now } = wednesday;
  const typed = (text: string): Snooze => {
    const { ok, ...read } = parseSnooze(text, wednesday);
    return ok && 'until' in read ? read : assert.fail(text);
  };

  it('counts a length of time anew, chosen or typed', () => {
    const [half, full] = snoozeChoices(wednesday);
    const later = now + 50 * minute;
    for (const [snooze, length] of [
      [half, 30 * minute],
      [full, hour],
      [typed('45m'), 45 * minute],
      [typed('1h 30 min'), 90 * minute],
    ] as const) {
      assert.deepEqual(snooze && snoozeAgain(snooze, later)?.until, later + length);
    }
  });

  it('keeps an end that was chosen, and is none once that has passed', () => {
    for (const snooze of [typed('16:30'), typed('tomorrow 9:00'), typed('2d'), ...snoozeChoices(wednesday).slice(2)]) {
      assert.equal(snoozeAgain(snooze, snooze.until - 1)?.until, snooze.until);
      assert.equal(snoozeAgain(snooze, snooze.until), undefined);
    }
  });
});
