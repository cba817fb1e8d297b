import { capitalized } from '../../domain/base/capitalized.ts';
import { counted, grouped } from '../../domain/base/counted.ts';
import { harmless } from '../../domain/base/harmless.ts';
import { day, hour, minute, second, type Instant } from '../../domain/base/time.ts';
import { weekdayOf } from '../../domain/base/weekday.ts';
import { zoneOffset } from '../../domain/base/zone.ts';

export { counted, grouped };

/** The time zone and instant of the person: all texts of a view are made for it. */
export interface Viewpoint {
  readonly now: Instant;
  /** IANA name of the person's time zone, or `machineZone`. */
  readonly timeZone: string;
  /** The width of the side bar for which rows are written, in pixels. VS Code's at its first start when absent. */
  readonly sideBarWidth?: number | undefined;
}

/** A length of time in one or two units: "now", "40 s", "4 min", "3 h 20 min", "2 d". Never negative. */
export function duration(ms: number): string {
  const length = Math.max(0, ms);
  if (length < 10 * second) return 'now';
  if (length < minute) return `${Math.floor(length / second)} s`;
  if (length < hour) return `${Math.floor(length / minute)} min`;
  if (length < 10 * hour) {
    const minutes = Math.floor((length % hour) / minute);
    return minutes === 0 ? `${Math.floor(length / hour)} h` : `${Math.floor(length / hour)} h ${minutes} min`;
  }
  if (length < 2 * day) return `${Math.floor(length / hour)} h`;
  return `${Math.floor(length / day)} d`;
}

/** How long ago: "now", "4 min ago". */
export function ago(instant: Instant, from: Viewpoint): string {
  const text = duration(from.now - instant);
  return text === 'now' ? text : `${text} ago`;
}

type Unit = 'second' | 'minute' | 'hour' | 'day';

/** A length of time in one unit, as rows and screen readers have it. Undefined: too short to count. */
function inOneUnit(ms: number): readonly [number, Unit] | undefined {
  if (ms < 10 * second) return undefined;
  if (ms < minute) return [Math.floor(ms / second), 'second'];
  if (ms < hour) return [Math.floor(ms / minute), 'minute'];
  if (ms < 2 * day) return [Math.floor(ms / hour), 'hour'];
  return [Math.floor(ms / day), 'day'];
}

/** A length of time in one unit, as short as can be, for rows: "now", "40s", "12m", "3h", "3d". Never negative. */
export function shortDuration(ms: number): string {
  const length = inOneUnit(ms);
  if (length === undefined) return 'now';
  const [count, unit] = length;
  return `${count}${unit.charAt(0)}`;
}

/** How long since then, for rows: "12m". */
export function age(instant: Instant, from: Viewpoint): string {
  return shortDuration(from.now - instant);
}

/** How long ago, for hovers of rows: "now", "12m ago". It changes no more often than the row does. */
export function shortAgo(instant: Instant, from: Viewpoint): string {
  const text = age(instant, from);
  return text === 'now' ? text : `${text} ago`;
}

/** The same for a screen reader: "12 minutes ago". */
export function spokenAgo(instant: Instant, from: Viewpoint): string {
  const text = spokenDuration(from.now - instant);
  return text === 'now' ? text : `${text} ago`;
}

/** The same length for a screen reader, in whole words: "now", "12 minutes", "1 day". */
export function spokenDuration(ms: number): string {
  const length = inOneUnit(ms);
  return length === undefined ? 'now' : counted(...length);
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** What clock and calendar of the person show, in words and digits. `zone`: how far ahead of UTC, "UTC+2". */
interface CalendarMoment {
  readonly weekday: string;
  readonly day: number;
  readonly month: string;
  readonly year: number;
  /** "13:50". */
  readonly time: string;
  readonly second: string;
  readonly zone: string;
}

/**
 * Throws a `RangeError` for an instant that no calendar has.
 *
 * Written by hand: the formatters of the runtime take a dozen milliseconds to load, which the first rows would wait for.
 */
function shown(instant: Instant, { timeZone }: Viewpoint): CalendarMoment {
  const ahead = zoneOffset(timeZone)(instant);
  const wall = new Date(instant + ahead);
  if (Number.isNaN(wall.getTime())) throw new RangeError(`no calendar has the instant ${instant}`);
  return {
    weekday: capitalized(weekdayOf(wall.getTime())),
    day: wall.getUTCDate(),
    month: months[wall.getUTCMonth()] ?? '',
    year: wall.getUTCFullYear(),
    time: `${twoDigits(wall.getUTCHours())}:${twoDigits(wall.getUTCMinutes())}`,
    second: twoDigits(wall.getUTCSeconds()),
    zone: offsetName(ahead),
  };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** "UTC", "UTC+2", "UTC-3:30". */
function offsetName(ahead: number): string {
  const minutes = Math.round(Math.abs(ahead) / minute);
  if (minutes === 0) return 'UTC';
  const rest = minutes % 60 === 0 ? '' : `:${twoDigits(minutes % 60)}`;
  return `UTC${ahead < 0 ? '-' : '+'}${Math.floor(minutes / 60)}${rest}`;
}

/** Wall-clock time of the person: "13:50". */
export function clockTime(instant: Instant, from: Viewpoint): string {
  return shown(instant, from).time;
}

/** How far ahead of UTC the clock of the person is at an instant: "UTC+2". */
export function zoneName(instant: Instant, from: Viewpoint): string {
  return shown(instant, from).zone;
}

/** As short as is unambiguous from now: "13:50" today, "Mon 09:00" within six days, else "31 Aug 09:00". */
export function moment(instant: Instant, from: Viewpoint): string {
  const { weekday, day: date, month, year, time } = shown(instant, from);
  const now = shown(from.now, from);
  if (date === now.day && month === now.month && year === now.year) return time;
  const isNear = Math.abs(instant - from.now) < 6 * day;
  return `${isNear ? weekday.slice(0, 3) : `${date} ${month.slice(0, 3)}`} ${time}`;
}

/** The same for rows, which have room for no more than the day of what is further away: "31 Aug". */
export function shortMoment(instant: Instant, from: Viewpoint): string {
  return moment(instant, from).replace(/^(\d+ \S+) .*/, '$1');
}

/** The same with the day alone, unless it is today: "Fri". */
export function dayMoment(instant: Instant, from: Viewpoint): string {
  return shortMoment(instant, from).replace(/ \d\d:\d\d$/, '');
}

/** The day of the person: "Wednesday, 26 August 2026". */
export function dayName(instant: Instant, from: Viewpoint): string {
  const { weekday, day: date, month, year } = shown(instant, from);
  return `${weekday}, ${date} ${month} ${year}`;
}

/** The whole of it, for hovers and documents: "Wed 26 Aug 2026, 13:50:11 UTC+2". */
export function fullMoment(instant: Instant, from: Viewpoint): string {
  const { weekday, day: date, month, year, time, second: seconds, zone } = shown(instant, from);
  return `${weekday.slice(0, 3)} ${date} ${month.slice(0, 3)} ${year}, ${time}:${seconds} ${zone}`;
}

/** The same with how long ago: "Sun 29 Nov 2026, 17:31:46 UTC (30 min ago)". */
export function momentAndAge(instant: Instant, from: Viewpoint): string {
  return `${fullMoment(instant, from)} (${ago(instant, from)})`;
}

/**
 * Cuts long text at a word's end where it can, with an ellipsis and no comma or colon before it; `length` counts
 * characters, not bytes.
 */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  const cut = characters.slice(0, length - 1).join('');
  const space = characters[length - 1] === ' ' ? cut.length : cut.lastIndexOf(' ');
  return `${(space > length / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:]+$/u, '')}…`;
}

/** VS Code itself cuts a message at this length. */
export const longestMessage = 1_000;

/** Text from outside for a message of VS Code, as one short line (`harmless`). */
export function messageText(text: string, length: number): string {
  return shorten(harmless(text), length);
}
