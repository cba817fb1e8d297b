import { day, hour, joinSpans, minute, week, type Instant, type Span } from './time.ts';
import { daysFrom, weekdayOf, type Weekday } from './weekday.ts';
import { instantsOf, isZone, midnight, wallClock, zoneOffset, type ZoneOffset } from './zone.ts';

/**
 * Hours in which a rotation pages, by the wall clock of its schedule's time zone, as the service gives them
 * (atlassian.md 2.6): from the start day's time to the end day's time, once a week. Without days: every day from the
 * start time to the end time. An end that is not after its start lies in the next day, or the next week.
 */
export interface TimeRestriction {
  /** Undefined together with `endDay`: every day. */
  readonly startDay: Weekday | undefined;
  /** 0 to 23. */
  readonly startHour: number;
  /** 0 to 59. */
  readonly startMinute: number;
  readonly endDay: Weekday | undefined;
  readonly endHour: number;
  readonly endMinute: number;
}

/** A schedule's hours: its restrictions and the zone whose wall clock they are on. */
export interface Hours {
  /** IANA name. */
  readonly timeZone: string;
  /** Empty: around the clock. */
  readonly restrictions: readonly TimeRestriction[];
}

/** Where an instant lies: around the clock, within the hours until they end, or outside until they begin. */
export type HoursState =
  | { readonly kind: 'always' }
  | { readonly kind: 'open'; readonly until: Instant }
  | { readonly kind: 'closed'; readonly from: Instant };

/**
 * Where an instant lies in a schedule's hours. A zone that is not known here counts as around the clock: a person who
 * may be paged must not read that nobody is paged.
 */
export function hoursAt(hours: Hours, at: Instant): HoursState {
  if (isUnrestricted(hours)) return { kind: 'always' };
  const spans = hoursBetween(hours, at - week - day, at + 2 * week);
  const open = spans.find((span) => span.start <= at && at < span.end);
  if (open !== undefined) return open.end - at > week + day ? { kind: 'always' } : { kind: 'open', until: open.end };
  const next = spans.find((span) => span.start > at);
  // Restrictions repeat every week, so there is one; without it, paging cannot be ruled out.
  return next === undefined ? { kind: 'always' } : { kind: 'closed', from: next.start };
}

/** Whether an instant lies within a schedule's hours. */
export function withinHours(hours: Hours, at: Instant): boolean {
  return hoursAt(hours, at).kind !== 'closed';
}

/** When a schedule's hours next begin after an instant; undefined when it pages around the clock. */
export function nextHours(hours: Hours, at: Instant): Instant | undefined {
  const state = hoursAt(hours, at);
  switch (state.kind) {
    case 'always':
      return undefined;
    case 'closed':
      return state.from;
    case 'open': {
      const after = hoursAt(hours, state.until);
      return after.kind === 'closed' ? after.from : undefined;
    }
  }
}

/** The stretches of a schedule's hours that touch a span of time, uncut, earliest first, those that touch as one. */
export function hoursBetween(hours: Hours, from: Instant, to: Instant): readonly Span[] {
  if (isUnrestricted(hours)) return [{ start: from, end: to }];
  const offset = zoneOffset(hours.timeZone);
  const spans: Span[] = [];
  // What began up to a week earlier may still last.
  const first = midnight(wallClock(from, offset)) - week - day;
  const last = wallClock(to, offset);
  for (let date = first; date <= last; date += day) {
    for (const restriction of hours.restrictions) spans.push(...spanOn(date, restriction, offset));
  }
  return joinSpans(spans).filter((span) => span.end > from && span.start < to);
}

function isUnrestricted({ restrictions, timeZone }: Hours): boolean {
  return restrictions.length === 0 || !isZone(timeZone);
}

/** The stretch that begins on a day. Equal start and end mean the whole day, or the whole week. */
function spanOn(date: number, restriction: TimeRestriction, offset: ZoneOffset): Span[] {
  const { startDay, endDay = startDay, startHour, startMinute, endHour, endMinute } = restriction;
  if (startDay !== undefined && weekdayOf(date) !== startDay) return [];
  const opens = date + startHour * hour + startMinute * minute;
  let closes = date + daysUntil(startDay, endDay) * day + endHour * hour + endMinute * minute;
  if (closes <= opens) closes += startDay === undefined ? day : week;
  // Where a change of the clocks makes a time ambiguous, the longer hours count: paging too much is better than too
  // little.
  const span = { start: instantsOf(opens, offset).first, end: instantsOf(closes, offset).last };
  return span.start < span.end ? [span] : [];
}

function daysUntil(startDay: Weekday | undefined, endDay: Weekday | undefined): number {
  if (startDay === undefined || endDay === undefined) return 0;
  return daysFrom(startDay, endDay);
}
