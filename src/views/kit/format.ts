import { counted, grouped } from '../../domain/base/counted.ts';
import { harmless } from '../../domain/base/harmless.ts';
import { day, hour, minute, second, type Instant } from '../../domain/base/time.ts';

export { counted, grouped };

/** From where and when a person looks: all texts of a view are made for it. */
export interface Viewpoint {
  readonly now: Instant;
  /** IANA name of the person's time zone. */
  readonly timeZone: string;
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

/** A length of time in one unit, as short as can be, for rows: "now", "40s", "12m", "3h", "3d". Never negative. */
export function shortDuration(ms: number): string {
  const length = Math.max(0, ms);
  if (length < 10 * second) return 'now';
  if (length < minute) return `${Math.floor(length / second)}s`;
  if (length < hour) return `${Math.floor(length / minute)}m`;
  if (length < 2 * day) return `${Math.floor(length / hour)}h`;
  return `${Math.floor(length / day)}d`;
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

/** A length of time in one unit, in whole words: "now", "12 minutes", "1 day". */
export function spokenDuration(ms: number): string {
  const length = Math.max(0, ms);
  if (length < 10 * second) return 'now';
  if (length < minute) return counted(Math.floor(length / second), 'second');
  if (length < hour) return counted(Math.floor(length / minute), 'minute');
  if (length < 2 * day) return counted(Math.floor(length / hour), 'hour');
  return counted(Math.floor(length / day), 'day');
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
    formatters.set(key, found);
  }
  return found;
}

/** Wall-clock time of the person: "13:50". */
export function clockTime(instant: Instant, from: Viewpoint): string {
  return formatter(from.timeZone, { hour: '2-digit', minute: '2-digit' }).format(instant);
}

/** As short as is unambiguous from now: "13:50" today, "Mon 09:00" within six days, else "31 Aug 09:00". */
export function moment(instant: Instant, from: Viewpoint): string {
  const time = clockTime(instant, from);
  const date = formatter(from.timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' });
  if (date.format(instant) === date.format(from.now)) return time;
  const near = Math.abs(instant - from.now) < 6 * day;
  const options: Intl.DateTimeFormatOptions = near ? { weekday: 'short' } : { day: 'numeric', month: 'short' };
  return `${formatter(from.timeZone, options).format(instant)} ${time}`;
}

/** The day of the person: "Wednesday, 26 August 2026". */
export function dayName(instant: Instant, from: Viewpoint): string {
  return formatter(from.timeZone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(instant);
}

/** Texts of `fullMoment`: every repaint of a view asks for the same ones, and each takes ten microseconds to make. */
const fullMoments = new Map<string, string>();
const mostFullMoments = 5_000;

/** The whole of it, for hovers and documents: "Wed 26 Aug 2026, 13:50:11 UTC". */
export function fullMoment(instant: Instant, from: Viewpoint): string {
  const key = `${instant} ${from.timeZone}`;
  const known = fullMoments.get(key);
  if (known !== undefined) return known;
  const made = makeFullMoment(instant, from);
  if (fullMoments.size >= mostFullMoments) fullMoments.clear();
  fullMoments.set(key, made);
  return made;
}

function makeFullMoment(instant: Instant, from: Viewpoint): string {
  const parts = formatter(from.timeZone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? '';
  const date = `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`;
  return `${date}, ${part('hour')}:${part('minute')}:${part('second')} ${part('timeZoneName')}`;
}

/** Cuts long text at a word's end where it can, with an ellipsis; `length` counts characters, not bytes. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  const cut = characters.slice(0, length - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > length / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** VS Code itself cuts a message at this length. */
export const longestMessage = 1_000;

/** Text from outside for a message of VS Code, as one short line (`harmless`). */
export function messageText(text: string, length: number): string {
  return shorten(harmless(text), length);
}
