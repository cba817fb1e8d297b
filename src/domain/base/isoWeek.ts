import { day, week, type Instant } from './time.ts';
import { daysFrom, weekdayOf } from './weekday.ts';
import { midnight } from './zone.ts';

// ISO weeks in UTC: they begin on Monday, and belong to the year of their Thursday.

/** The ISO week of an instant: "2026-W35". */
export function isoWeek(at: Instant): string {
  const thursday = weekStart(at) + 3 * day;
  const year = new Date(thursday).getUTCFullYear();
  const number = 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / week);
  return `${year}-W${`${number}`.padStart(2, '0')}`;
}

/** When the ISO week of an instant begins. */
export function weekStart(at: Instant): Instant {
  return midnight(at) - daysFrom('monday', weekdayOf(at)) * day;
}

/** The first and the last millisecond of an ISO week, "2026-W35"; undefined when the text is none. */
export function weekRange(name: string): { readonly from: Instant; readonly to: Instant } | undefined {
  const [, year, number] = /^(\d{4})-W(\d\d)$/.exec(name) ?? [];
  if (year === undefined || number === undefined) return undefined;
  // The fourth of January is always in the first week.
  const from = weekStart(Date.UTC(Number(year), 0, 4)) + (Number(number) - 1) * week;
  return { from, to: from + week - 1 };
}

/** The ISO weeks of the time from one instant to another, oldest first; of more than `most` the newest. */
function isoWeeksBetween(from: Instant, to: Instant, most: number): readonly string[] {
  const first = Math.max(weekStart(from), weekStart(to) - (most - 1) * week);
  const weeks: string[] = [];
  for (let at = first; at <= to; at += week) weeks.push(isoWeek(at));
  return weeks;
}

/** ISO weeks as the journal divides its lines by. */
export const isoWeeks = { of: isoWeek, between: isoWeeksBetween };
