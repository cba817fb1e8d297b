import type { Weekday } from '../../../src/domain/base/weekday.ts';
import type { TimeRestriction } from '../../../src/domain/base/workingHours.ts';
import { hour, type Instant } from '../../../src/domain/base/time.ts';
import type { RequestedOverride } from '../../../src/domain/rotation/override.ts';
import type { Account } from '../../../src/domain/base/account.ts';
import type { Person, Rotation, Shift } from '../../../src/domain/rotation/rotation.ts';

export const dana: Person = { accountId: 'dana', name: 'Dana Oncall' };
export const eli: Person = { accountId: 'eli', name: 'Eli' };
export const fay: Person = { accountId: 'fay', name: 'Fay' };

/** An instant from text with an offset: "2026-08-26T13:50Z". */
export function at(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`no instant: ${text}`);
  return instant;
}

/** "monday 09:00-17:00", "friday 22:00 - monday 06:00", or "09:00-17:00" for every day. */
export function restriction(text: string): TimeRestriction {
  const found = /^(?:(\w+) )?(\d\d):(\d\d) ?- ?(?:(\w+) )?(\d\d):(\d\d)$/.exec(text);
  if (found === null) throw new Error(`no restriction: ${text}`);
  const [, startDay, startHour, startMinute, endDay = startDay, endHour, endMinute] = found;
  return {
    startDay: startDay as Weekday | undefined,
    startHour: Number(startHour),
    startMinute: Number(startMinute),
    endDay: endDay as Weekday | undefined,
    endHour: Number(endHour),
    endMinute: Number(endMinute),
  };
}

/** Monday to Friday. */
export function workingDays(from: string, to: string): readonly TimeRestriction[] {
  return ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => restriction(`${day} ${from}-${to}`));
}

export function shift(start: string, end: string, people: readonly Person[], type: Shift['type'] = 'base'): Shift {
  return { start: at(start), end: at(end), people, type };
}

export function rotation(more: Partial<Rotation> = {}): Rotation {
  return {
    id: 's1',
    name: 'DRE Ops Rotation',
    role: 'ops',
    timeZone: 'Europe/Zurich',
    restrictions: [],
    current: [],
    until: undefined,
    next: undefined,
    shifts: [],
    ...more,
  };
}

/** The Wednesday afternoon on which the schedules below were read. */
export const now = at('2026-08-26T13:50Z');

/** Who is signed in. */
export const account: Account = { accountId: 'dana', name: 'Dana Oncall', timeZone: undefined };

/** Round the clock, week by week: Dana, then Eli, then Dana. */
export const ops = rotation({
  current: [dana],
  until: at('2026-08-31T07:00Z'),
  shifts: [
    shift('2026-08-24T07:00Z', '2026-08-31T07:00Z', [dana]),
    shift('2026-08-31T07:00Z', '2026-09-07T07:00Z', [eli]),
    shift('2026-09-07T07:00Z', '2026-09-14T07:00Z', [dana]),
  ],
});

/** *DRE Alerts* within working hours, 9 to 17 in Zurich: Dana has it now; who has which further days ("2026-08-31"). */
export function pagerOf(...days: readonly (readonly [date: string, who: Person])[]): Rotation {
  return rotation({
    id: 's2',
    name: 'DRE Alerts',
    role: 'alerts',
    restrictions: workingDays('09:00', '17:00'),
    current: [dana],
    until: at('2026-08-26T15:00Z'),
    shifts: [['2026-08-26', dana] as const, ...days].map(([date, who]) =>
      shift(`${date}T07:00Z`, `${date}T15:00Z`, [who]),
    ),
  });
}

/** An override from now on, for real hours whatever the clocks do. */
export function overrideFor(who: Person, hours: number, now: Instant): RequestedOverride {
  return { who, from: now, to: now + hours * hour };
}
