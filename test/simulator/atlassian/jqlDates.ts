import type { SimPerson } from '../world.ts';
import type { SimIssue } from './jiraModel.ts';
import { instantOf, wallClock } from './zone.ts';
import { JqlError } from './jqlTokens.ts';

// Dates and functions in a query, in the person's time zone.

export interface JqlContext {
  readonly now: number;
  readonly person: SimPerson;
  /** The issue of a key or an id, in any case. */
  issue(keyOrId: string): SimIssue | undefined;
}

const day = 86_400_000;

/** Dates in the person's time zone, to the minute; `-5m`, `-2d`; what functions gave. */
export function instantIn(value: string, { now, person }: JqlContext): number {
  const relative = /^([+-]?)(\d+)([mhdw])$/.exec(value);
  if (relative !== null) {
    const unit = { m: 60_000, h: 3_600_000, d: day, w: 7 * day }[relative[3] ?? 'm'] ?? 60_000;
    const minute = Math.floor(now / 60_000) * 60_000;
    return minute + (relative[1] === '-' ? -1 : 1) * Number(relative[2]) * unit;
  }
  if (/^\d{10,}$/.test(value)) return Number(value);
  const date = /^(\d{4})[-/](\d\d?)[-/](\d\d?)(?: (\d\d?):(\d\d))?$/.exec(value);
  if (date === null) {
    throw new JqlError(
      `Date value '${value}' for field is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
    );
  }
  const [, year, month, dayOfMonth, hours = 0, minutes = 0] = date.map(Number);
  return instantOf(Date.UTC(year ?? 0, (month ?? 1) - 1, dayOfMonth, hours || 0, minutes || 0), person.timeZone);
}

export function call(name: string, { now, person }: JqlContext): string {
  const midnight = Math.floor(wallClock(now, person.timeZone) / day) * day;
  const weekday = new Date(midnight).getUTCDay();
  const local = (wall: number): string => `${instantOf(wall, person.timeZone)}`;
  switch (name.toLowerCase()) {
    case 'currentuser':
      return person.accountId;
    case 'now':
      return `${now}`;
    case 'startofday':
      return local(midnight);
    case 'endofday':
      return local(midnight + day);
    case 'startofweek':
      return local(midnight - weekday * day);
    case 'endofweek':
      return local(midnight + (7 - weekday) * day);
    default:
      throw new JqlError(`Unable to find JQL function '${name}()'.`);
  }
}
