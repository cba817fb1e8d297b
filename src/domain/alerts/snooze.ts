import { day, hour, minute, parseInstant, week, type Instant } from '../base/time.ts';
import { daysFrom, weekdayOf, weekdays } from '../base/weekday.ts';
import { hoursBetween, nextHours, type Hours } from '../base/workingHours.ts';
import { instantsOf, midnight, wallClock, zoneOffset, type WallTime, type ZoneOffset } from '../base/zone.ts';

/** The end of a snooze as a person wants it. */
export interface Snooze {
  readonly until: Instant;
  /** A length of time was wanted, milliseconds, of which `until` is the end; absent where the end itself was chosen. */
  readonly forMs?: number;
}

/** A way to snooze and what it leads to. `tomorrow` is the next calendar day, never later. */
export interface SnoozeChoice extends Snooze {
  readonly kind: 'halfHour' | 'hour' | 'workingHours' | 'tomorrow';
}

/** Why a text gives no instant to snooze until. */
export type SnoozeError = 'unreadable' | 'past' | 'tooLong';

export type ChosenInstant = ({ readonly ok: true } & Snooze) | { readonly ok: false; readonly error: SnoozeError };

/** From when and where a person chooses, and the hours of the schedule that pages, if known. */
export interface SnoozeContext {
  readonly now: Instant;
  /** IANA name of the person's time zone: what they type is read on that clock. */
  readonly timeZone: string;
  readonly hours: Hours | undefined;
}

/** The service snoozes for at most one week (atlassian.md 2.4.1). */
export const longestSnooze = week;
/** When a day begins where the schedule has no hours on it, or none at all. */
const morning = 9 * hour;

/**
 * The choices, soonest first; each lies in the future and within what the service allows. Until the working hours is
 * missing where the schedule pages around the clock. Until tomorrow means when the schedule's hours begin on the next
 * calendar day of the person, or 09:00 if they do not: on a Friday it is Saturday, while the working hours are
 * Monday's.
 */
export function snoozeChoices(context: SnoozeContext): readonly SnoozeChoice[] {
  const { now, hours } = context;
  const working = hours === undefined ? undefined : nextHours(hours, now);
  const choices: readonly SnoozeChoice[] = [
    { kind: 'halfHour', ...lasting(30 * minute, now) },
    { kind: 'hour', ...lasting(hour, now) },
    ...(working === undefined ? [] : [{ kind: 'workingHours' as const, until: working }]),
    { kind: 'tomorrow', until: tomorrow(context) },
  ];
  return choices.filter(({ until }) => until > now && until - now <= longestSnooze);
}

/**
 * The instant that a text means: see `parseSnooze`. Undefined when it means none; it may be past, or far ahead. A
 * length of time counts from `now`, and a time of the day is the next one after it.
 */
export function parseMoment(text: string, context: SnoozeContext): Instant | undefined {
  const clean = cleaned(text);
  return lengthOfTime(clean, context) ?? absolute(clean, context);
}

/**
 * The instant that a text means: "14:30" (today, or tomorrow once that has passed), "tomorrow 9:00", "tomorrow",
 * "mon 9:00" (the next one), "2026-08-27 09:00", with an offset too ("2026-08-27T09:00Z"), or a length of time ("45m",
 * "3h", "1h 30m", "2d"; a day is a day on the calendar). Never one in the past, which the service would take as the end
 * of the snooze (peers.md 5).
 */
export function parseSnooze(text: string, context: SnoozeContext): ChosenInstant {
  const { now } = context;
  const until = parseMoment(text, context);
  if (until === undefined) return { ok: false, error: 'unreadable' };
  const checked = checkSnooze(until, now);
  return checked.ok && isHoursAndMinutes(cleaned(text)) ? { ok: true, ...lasting(until - now, now) } : checked;
}

/** What a snooze means when it is tried again: a length of time counts anew. Undefined when a chosen end has passed. */
export function snoozeAgain(snooze: Snooze, now: Instant): Snooze | undefined {
  if (snooze.forMs !== undefined) return lasting(snooze.forMs, now);
  return checkSnooze(snooze.until, now).ok ? snooze : undefined;
}

function lasting(forMs: number, now: Instant): Snooze {
  return { until: now + forMs, forMs };
}

/** Whether an instant can be sent as the end of a snooze. */
export function checkSnooze(until: Instant, now: Instant): ChosenInstant {
  if (!Number.isFinite(until)) return { ok: false, error: 'unreadable' };
  if (until <= now) return { ok: false, error: 'past' };
  return until - now > longestSnooze ? { ok: false, error: 'tooLong' } : { ok: true, until };
}

function tomorrow({ now, timeZone, hours }: SnoozeContext): Instant {
  const offset = zoneOffset(timeZone);
  const date = midnight(wallClock(now, offset)) + day;
  const [start, end] = [date, date + day].map((wall) => instantsOf(wall, offset).first);
  const usual = instantsOf(date + morning, offset).first;
  if (hours === undefined || hours.restrictions.length === 0 || start === undefined || end === undefined) return usual;
  return hoursBetween(hours, start, end).find((span) => span.start >= start && span.start < end)?.start ?? usual;
}

const units: Readonly<Record<string, number>> = { m: minute, h: hour, d: day, w: week };

const lengths = /^(\d{1,4} ?(m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?) ?)+$/;

function cleaned(text: string): string {
  return text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
}

/** A length with days in it ends at a time of the day, which is what was chosen. */
function isHoursAndMinutes(text: string): boolean {
  return lengths.test(text) && !/[dw]/.test(text);
}

function lengthOfTime(text: string, { now, timeZone }: SnoozeContext): Instant | undefined {
  if (!lengths.test(text)) return undefined;
  let [days, rest] = [0, 0];
  for (const [, count, letter = ''] of text.matchAll(/(\d+) ?([mhdw])/g)) {
    const length = Number(count) * (units[letter] ?? Number.NaN);
    if (letter === 'd' || letter === 'w') days += length;
    else rest += length;
  }
  const offset = zoneOffset(timeZone);
  const then = days === 0 ? now : upcoming(wallClock(now, offset) + days, offset, now);
  return then + rest;
}

function absolute(text: string, context: SnoozeContext): Instant | undefined {
  const { now, timeZone } = context;
  // A text with its own offset is what it says.
  if (/^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(:\d{2}(\.\d+)?)?(z|[+-]\d{2}:?\d{2})$/.test(text)) {
    return parseInstant(text.toUpperCase());
  }
  if (text === 'tomorrow') return tomorrow(context);
  const offset = zoneOffset(timeZone);
  const today = midnight(wallClock(now, offset));
  const [, date = '', hours, minutes] = /^(?:(.+?)[ t])?(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const time = timeOfDay(hours, minutes);
  if (time === undefined) return undefined;
  const days = candidateDays(date, today);
  const instants = days.map((each) => upcoming(each + time, offset, now));
  return instants.find((at) => at > now) ?? instants.at(-1);
}

function timeOfDay(hours: string | undefined, minutes: string | undefined): number | undefined {
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return Number(hours) * hour + Number(minutes) * minute;
}

/** The midnights that a word for a day may mean, nearest first; none when it is no such word. */
function candidateDays(word: string, today: WallTime): readonly WallTime[] {
  if (word === '') return [today, today + day];
  if (word === 'today') return [today];
  if (word === 'tomorrow') return [today + day];
  const weekday = word.length < 3 ? undefined : weekdays.find((name) => name.startsWith(word));
  if (weekday !== undefined) {
    const ahead = daysFrom(weekdayOf(today), weekday) * day;
    return [today + ahead, today + ahead + week];
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(word)) return [];
  const date = Date.parse(`${word}T00:00:00Z`);
  // The runtime may take 30 February for 2 March.
  return Number.isNaN(date) || new Date(date).toISOString().slice(0, 10) !== word ? [] : [date];
}

/** When the clocks show it; where they do so twice, the first time that is still to come. */
function upcoming(wall: WallTime, offset: ZoneOffset, now: Instant): Instant {
  const { first, last } = instantsOf(wall, offset);
  return first > now ? first : last;
}
