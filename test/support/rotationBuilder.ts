import type { Person, Rotation, Shift, TimeRestriction, Weekday } from '../../src/domain/rotation.ts';

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
