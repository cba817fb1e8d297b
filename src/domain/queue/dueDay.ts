import { day, type Instant } from '../base/time.ts';
import { daysFrom, weekdayOf, weekdays } from '../base/weekday.ts';
import { midnight, wallClock, zoneOffset, type WallTime } from '../base/zone.ts';

/** From when and where a person names a day. */
export interface DayContext {
  readonly now: Instant;
  /** IANA name of the person's time zone: it is their calendar. */
  readonly timeZone: string;
}

/** So many days ahead are counted at most. */
const farthest = 3_660;

/** The day that lies so many days after today, as `2026-09-01`. */
export function dayAhead(days: number, { now, timeZone }: DayContext): string {
  return text(today({ now, timeZone }) + days * day);
}

/**
 * The day that a text means, as `2026-09-01`: a date in this form, "today", "tomorrow", a day of the week ("mon": the next
 * one, never today), or a number of days or weeks ("3d", "2w"). Undefined for anything else.
 */
export function parseDay(typed: string, context: DayContext): string | undefined {
  const clean = typed.trim().toLowerCase();
  if (/^\d{4}-\d\d-\d\d$/.test(clean)) {
    const at = Date.parse(clean);
    return Number.isNaN(at) || text(at) !== clean ? undefined : clean;
  }
  if (clean === 'today') return dayAhead(0, context);
  if (clean === 'tomorrow') return dayAhead(1, context);
  const [, count, unit] = /^(\d{1,4}) ?([dw])$/.exec(clean) ?? [];
  if (count !== undefined) {
    const days = Number(count) * (unit === 'w' ? 7 : 1);
    return days > farthest ? undefined : dayAhead(days, context);
  }
  const weekday = clean.length < 3 ? undefined : weekdays.find((name) => name.startsWith(clean));
  if (weekday === undefined) return undefined;
  const ahead = daysFrom(weekdayOf(today(context)), weekday);
  return dayAhead(ahead === 0 ? 7 : ahead, context);
}

/**
 * How near the day is by which something is due, on the calendar of the person; undefined for a later one, and for what is
 * no day.
 */
export function dueNear(due: string, context: DayContext): 'overdue' | 'today' | 'tomorrow' | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(due)) return undefined;
  if (due < dayAhead(0, context)) return 'overdue';
  if (due === dayAhead(0, context)) return 'today';
  return due === dayAhead(1, context) ? 'tomorrow' : undefined;
}

function today({ now, timeZone }: DayContext): WallTime {
  return midnight(wallClock(now, zoneOffset(timeZone)));
}

function text(wall: WallTime): string {
  return new Date(wall).toISOString().slice(0, 10);
}
