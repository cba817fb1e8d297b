import { day, minute, type Instant } from './time.ts';

// Wall clocks of time zones, by the runtime's own tables. A wall time is written as the milliseconds that a clock in UTC
// showing the same would have: sums of days and hours on it are sums on the wall clock, whatever daylight saving does.

/** What the clocks of a zone show, as milliseconds since 1970-01-01 00:00 on that clock. */
export type WallTime = number;

/** How far a zone's wall clock is ahead of UTC, in milliseconds. */
export type ZoneOffset = (at: Instant) => number;

/**
 * Stands for the time zone of the machine. Its offsets come from `Date`; only `zoneName` looks up its name, which takes a
 * dozen milliseconds the first time.
 */
export const machineZone = 'local';

/** The IANA name of a zone that may be `machineZone`. */
export function zoneName(timeZone: string): string {
  return timeZone === machineZone ? Intl.DateTimeFormat().resolvedOptions().timeZone : timeZone;
}

const offsets = new Map<string, ZoneOffset | undefined>();

/** Whether a text from outside is the IANA name of a zone that the runtime has. */
export function isZone(timeZone: string): boolean {
  return timeZone !== machineZone && knownOffset(timeZone) !== undefined;
}

/** The offsets of an IANA zone; UTC when the name is not known here. */
export function zoneOffset(timeZone: string): ZoneOffset {
  return knownOffset(timeZone) ?? (() => 0);
}

/** What the clocks show at an instant. */
export function wallClock(at: Instant, offset: ZoneOffset): WallTime {
  return at + offset(at);
}

/** Midnight of the day that a wall time lies in. */
export function midnight(wall: WallTime): WallTime {
  return Math.floor(wall / day) * day;
}

/**
 * When the clocks show a wall time. Where they are set back over it they do so twice: `first` and `last` differ. Where
 * they are set forward over it they never do: both are the instant of the change.
 */
export function instantsOf(wall: WallTime, offset: ZoneOffset): { readonly first: Instant; readonly last: Instant } {
  // No zone is a whole day ahead or behind, so these two lie on either side of any change close by.
  const before = offset(wall - day);
  const after = offset(wall + day);
  if (before === after) return { first: wall - before, last: wall - before };
  const shown = [wall - before, wall - after].filter((at) => at + offset(at) === wall);
  if (shown.length > 0) return { first: Math.min(...shown), last: Math.max(...shown) };
  const change = changeBetween(wall - after, wall - before, offset);
  return { first: change, last: change };
}

/** The first instant after `early` at which the offset of `late` holds. */
function changeBetween(early: Instant, late: Instant, offset: ZoneOffset): Instant {
  const target = offset(late);
  let [low, high] = [early, late];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle) === target) high = middle;
    else low = middle;
  }
  return high;
}

function knownOffset(timeZone: string): ZoneOffset | undefined {
  if (!offsets.has(timeZone)) offsets.set(timeZone, makeOffset(timeZone));
  return offsets.get(timeZone);
}

function makeOffset(timeZone: string): ZoneOffset | undefined {
  if (timeZone === 'UTC') return () => 0;
  if (timeZone === machineZone) return (at) => (0 - new Date(at).getTimezoneOffset()) * minute;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    // Not a zone that the runtime has: the caller decides what that means.
    return undefined;
  }
  return (at) => {
    const parts = new Map(format.formatToParts(at).map((part) => [part.type, Number(part.value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return wall - Math.floor(at / 1000) * 1000;
  };
}
