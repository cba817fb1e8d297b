// Wall clocks of time zones, by the runtime's own tables.

const minute = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** What clocks show there at this instant. */
export function localTime(instant: number, timeZone: string): LocalTime {
  const shown = new Date(wallClock(instant, timeZone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    weekday: shown.getUTCDay(),
  };
}

/** What clocks show there, as if it were UTC: for sums of days and hours on the wall clock. */
export function wallClock(instant: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
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
    formats.set(timeZone, format);
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute: minutes = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minutes, second) + (((instant % 1000) + 1000) % 1000);
}

/**
 * The instant at which clocks there show this (as if it were UTC). Where clocks are set back, the first of the two;
 * where they are set forward over it, the instant after the gap by as much as it lies in it.
 */
export function instantOf(wall: number, timeZone: string): number {
  const before = wallClock(wall - 24 * 60 * minute, timeZone) - (wall - 24 * 60 * minute);
  const first = wall - before;
  if (wallClock(first, timeZone) === wall) return first;
  const after = wallClock(wall + 24 * 60 * minute, timeZone) - (wall + 24 * 60 * minute);
  const second = wall - after;
  return wallClock(second, timeZone) === wall ? second : first;
}
