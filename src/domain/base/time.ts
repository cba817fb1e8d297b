/** A point in time: milliseconds since 1970-01-01T00:00:00Z (UTC), as `Date.now()` gives. */
export type Instant = number;

/** A stretch of time; `end` is never before `start`. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant;
}

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
export const week = 7 * day;

/** The instant that an ISO-8601 or RFC-3339 text means (Jira's `+0000` offsets too), or undefined if it is none. */
export function parseInstant(text: string | null | undefined): Instant | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}

/** Spans that overlap or touch made one, earliest first. */
export function joinSpans(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && span.start <= last.end) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else joined.push(span);
  }
  return joined;
}

/** The parts of a span that none of the others covers, earliest first. */
export function without(span: Span, others: readonly Span[]): readonly Span[] {
  const left: Span[] = [];
  let start = span.start;
  for (const other of joinSpans(others)) {
    if (other.start > start) left.push({ start, end: Math.min(other.start, span.end) });
    start = Math.max(start, other.end);
    if (start >= span.end) break;
  }
  left.push({ start, end: span.end });
  return left.filter((each) => each.start < each.end);
}
