/** A point in time: milliseconds since 1970-01-01T00:00:00Z (UTC), as `Date.now()` gives. */
export type Instant = number;

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The instant that an ISO-8601 or RFC-3339 text means (Jira's `+0000` offsets too), or undefined if it is none. */
export function parseInstant(text: string | null | undefined): Instant | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}
