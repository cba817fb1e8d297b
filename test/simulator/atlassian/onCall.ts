import {
  type DaySpan,
  type Participant,
  type SimForwarding,
  type SimRotation,
  type SimSchedule,
  type TimeRestriction,
  weekdays,
} from './opsWorld.ts';
import { instantOf, wallClock } from './zone.ts';

// Who is on call when: rotations by the wall clock of the schedule, its hours, overrides, forwarding (atlassian.md 2.6).

export interface Period {
  readonly start: number;
  readonly end: number;
  readonly type: 'base' | 'override' | 'forwarding';
  readonly responder: Participant;
  readonly from?: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const hour = 3_600_000;
const day = 24 * hour;

/** A rotation's turns between two instants, by the rotation alone: hours respected, nothing overridden. */
export function basePeriods(schedule: SimSchedule, rotation: SimRotation, from: number, to: number): Period[] {
  const start = Math.max(from, rotation.startDate);
  const end = Math.min(to, rotation.endDate ?? to);
  if (start >= end || !schedule.enabled || rotation.participants.length === 0) return [];
  const periods: Period[] = [];
  for (let turn = turnAt(schedule, rotation, start); ; turn += 1) {
    const begins = turnStart(schedule, rotation, turn);
    if (begins >= end) return periods;
    const responder = rotation.participants[turn % rotation.participants.length];
    const within = { start: Math.max(begins, start), end: Math.min(turnStart(schedule, rotation, turn + 1), end) };
    if (responder === undefined) continue;
    for (const span of inHours(within, rotation.timeRestriction, schedule.timezone)) {
      periods.push({ ...span, type: 'base', responder });
    }
  }
}

/** The same with overrides and forwarding applied: what counts. */
export function finalPeriods(
  schedule: SimSchedule,
  rotation: SimRotation,
  from: number,
  to: number,
  how: { readonly forwardings: readonly SimForwarding[]; readonly beyondHours: boolean },
): Period[] {
  let periods = basePeriods(schedule, rotation, from, to);
  for (const override of schedule.overrides) {
    if (override.rotationIds !== undefined && !override.rotationIds.includes(rotation.id)) continue;
    const whole = { start: Math.max(override.startDate, from), end: Math.min(override.endDate, to) };
    if (whole.start >= whole.end) continue;
    const spans = how.beyondHours ? [whole] : inHours(whole, rotation.timeRestriction, schedule.timezone);
    for (const span of spans) {
      periods = [...without(periods, span), { ...span, type: 'override', responder: override.responder }];
    }
  }
  for (const rule of how.forwardings) periods = periods.flatMap((period) => forwarded(period, rule));
  return joined(periods.toSorted((one, other) => one.start - other.start));
}

/** The turn that holds this instant; turns are counted from the rotation's start. */
function turnAt(schedule: SimSchedule, rotation: SimRotation, instant: number): number {
  const about = rotation.type === 'hourly' ? hour : rotation.type === 'daily' ? day : 7 * day;
  let turn = Math.max(0, Math.floor((instant - rotation.startDate) / (about * rotation.length)) - 1);
  while (turnStart(schedule, rotation, turn + 1) <= instant) turn += 1;
  return turn;
}

/** Days and weeks begin at the same time on the wall clock, whatever daylight saving does; hours are hours. */
function turnStart(schedule: SimSchedule, rotation: SimRotation, turn: number): number {
  const steps = turn * rotation.length;
  if (rotation.type === 'hourly') return rotation.startDate + steps * hour;
  const days = rotation.type === 'daily' ? steps : steps * 7;
  return instantOf(wallClock(rotation.startDate, schedule.timezone) + days * day, schedule.timezone);
}

/** The parts of a span that lie within the hours. A weekday restriction runs from its first day's hour to its last's. */
function inHours(span: Span, restriction: TimeRestriction | undefined, timezone: string): Span[] {
  if (restriction === undefined) return [span];
  const daily = restriction.type === 'time-of-day';
  const hours: readonly Partial<DaySpan>[] = daily ? [restriction.restriction] : restriction.restrictions;
  const spans: Span[] = [];
  const first = Math.floor(wallClock(span.start, timezone) / day) * day - 7 * day;
  for (let midnight = first; midnight < wallClock(span.end, timezone) + day; midnight += day) {
    const weekday = weekdays[new Date(midnight).getUTCDay()];
    for (const each of hours) {
      if (!daily && each.startDay !== weekday) continue;
      const opens = midnight + clockTime(each.startHour, each.startMin);
      const closes = midnight + daysUntil(each) * day + clockTime(each.endHour, each.endMin);
      const start = Math.max(span.start, instantOf(opens, timezone));
      const end = Math.min(span.end, instantOf(closes <= opens ? closes + (daily ? 1 : 7) * day : closes, timezone));
      if (start < end) spans.push({ start, end });
    }
  }
  return spans.toSorted((one, other) => one.start - other.start);
}

function clockTime(hours = 0, minutes = 0): number {
  return hours * hour + minutes * 60_000;
}

function daysUntil({ startDay, endDay }: Partial<DaySpan>): number {
  if (startDay === undefined || endDay === undefined) return 0;
  return (weekdays.indexOf(endDay) - weekdays.indexOf(startDay) + 7) % 7;
}

function without(periods: readonly Period[], span: Span): Period[] {
  return periods.flatMap((period) =>
    [
      { ...period, end: Math.min(period.end, span.start) },
      { ...period, start: Math.max(period.start, span.end) },
    ].filter(({ start, end }) => start < end),
  );
}

function forwarded(period: Period, rule: SimForwarding): Period[] {
  const span = { start: Math.max(period.start, rule.startDate), end: Math.min(period.end, rule.endDate) };
  if (span.start >= span.end || period.responder.type !== 'user' || period.responder.id !== rule.fromUserId) {
    return [period];
  }
  return [
    ...without([period], span),
    {
      ...span,
      type: 'forwarding' as const,
      responder: { type: 'user' as const, id: rule.toUserId },
      from: rule.fromUserId,
    },
  ];
}

/** Neighbours that say the same are one. */
function joined(periods: readonly Period[]): Period[] {
  const all: Period[] = [];
  for (const period of periods) {
    const last = all.at(-1);
    const same =
      last?.end === period.start &&
      last.type === period.type &&
      last.responder.id === period.responder.id &&
      last.responder.type === period.responder.type &&
      last.from === period.from;
    if (same) all[all.length - 1] = { ...last, end: period.end };
    else all.push(period);
  }
  return all;
}
