import { day, hour, minute, week, type Instant, type Span } from '../../base/time.ts';
import type { ZoneOffset } from '../../base/zone.ts';

// The time axis of a timeline. A rollout works a few hours a day over one or two weeks: nights and weekends would take
// most of a linear axis, so stretches without any bar are compressed.

/** A part of the axis: `work` is drawn to scale, `gap` is shortened. */
export interface Segment extends Span {
  readonly kind: 'work' | 'gap';
  /** How wide it is drawn, in milliseconds of `work`. */
  readonly weight: number;
}

/** Longer stretches without bars are compressed. */
const longestPlainGap = 3 * hour;
/** The width of a compressed stretch. */
const gapWeight = 75 * minute;
const padding = 20 * minute;
const edge = 30 * minute;
const mostTicks = 500;
const mostDays = 60;

/** The axis that holds all spans, earliest first and without holes. Empty when there are none. */
export function axisSegments(spans: readonly Span[]): readonly Segment[] {
  const sorted = spans
    .map((span) => ({
      start: Math.floor((span.start - padding) / edge) * edge,
      end: Math.ceil((span.end + padding) / edge) * edge,
    }))
    .sort((a, b) => a.start - b.start);
  const segments: Segment[] = [];
  let open: Span | undefined;
  for (const span of sorted) {
    if (open === undefined) open = span;
    else if (span.start - open.end <= longestPlainGap) open = { start: open.start, end: Math.max(open.end, span.end) };
    else {
      segments.push(work(open), { kind: 'gap', start: open.end, end: span.start, weight: gapWeight });
      open = span;
    }
  }
  if (open !== undefined) segments.push(work(open));
  return segments;
}

/**
 * An axis that is made longer by what is before and after it. In itself it stays as it is: what else lies in a compressed
 * stretch of it is compressed.
 */
export function extendedAxis(segments: readonly Segment[], spans: readonly Span[]): readonly Segment[] {
  const [first, last] = [segments[0], segments.at(-1)];
  if (first === undefined || last === undefined) return segments;
  const before = axisSegments(spans.filter(({ start }) => start < first.start))
    .filter(({ start }) => start < first.start)
    .map((segment) => within(segment, { start: -Infinity, end: first.start }));
  const after = axisSegments(spans.filter(({ end }) => end > last.end))
    .filter(({ end }) => end > last.end)
    .map((segment) => within(segment, { start: last.end, end: Infinity }));
  return joined([...before, ...segments, ...after]);
}

/** The part of a segment that lies in a time. */
function within(segment: Segment, { start, end }: Span): Segment {
  const part = { start: Math.max(segment.start, start), end: Math.min(segment.end, end) };
  return segment.kind === 'work' ? work(part) : { ...segment, ...part };
}

/** Without holes: longer ones are compressed, what lies beside each other is one. */
function joined(segments: readonly Segment[]): readonly Segment[] {
  const parts: Segment[] = [];
  for (const segment of segments) {
    const last = parts.at(-1);
    const hole = last === undefined ? 0 : segment.start - last.end;
    if (last !== undefined && hole > longestPlainGap) {
      parts.push({ kind: 'gap', start: last.end, end: segment.start, weight: gapWeight }, segment);
    } else if (last?.kind === 'work' && segment.kind === 'work') {
      parts[parts.length - 1] = work({ start: last.start, end: segment.end });
    } else parts.push(segment);
  }
  return parts;
}

function work(span: Span): Segment {
  return { kind: 'work', ...span, weight: span.end - span.start };
}

/** The calendar days of the zone within the drawn-to-scale parts: each gets a label. Earliest first. */
export function axisDays(segments: readonly Segment[], offset: ZoneOffset): readonly Span[] {
  return segments
    .filter((segment) => segment.kind === 'work')
    .flatMap((segment) => {
      const cuts = wallClockMarks(segment, day, offset).filter((at) => at > segment.start && at < segment.end);
      if (cuts.length > mostDays) return [{ start: segment.start, end: segment.end }];
      const edges = [segment.start, ...cuts, segment.end];
      return edges.slice(1).map((end, index) => ({ start: edges[index] ?? segment.start, end }));
    });
}

/** The calendar weeks of the zone, from Monday, that have these days; each from its first day to its last. */
export function axisWeeks(days: readonly Span[], offset: ZoneOffset): readonly Span[] {
  // 1 January 1970 was a Thursday.
  const weekOf = (at: Instant): number => Math.floor((at + offset(at) + 3 * day) / week);
  const weeks: Span[] = [];
  for (const { start, end } of days) {
    const last = weeks.at(-1);
    if (last !== undefined && weekOf(last.start) === weekOf(start)) {
      weeks[weeks.length - 1] = { start: last.start, end };
    } else weeks.push({ start, end });
  }
  return weeks;
}

/** Instants on full steps of the zone's wall clock within the drawn-to-scale parts, earliest first, at most 500. */
export function axisTicks(segments: readonly Segment[], step: number, offset: ZoneOffset): readonly Instant[] {
  const parts = segments.filter((segment) => segment.kind === 'work');
  const length = parts.reduce((sum, segment) => sum + segment.weight, 0);
  let wide = step;
  while (length / wide + parts.length > mostTicks && wide < length) wide *= 2;
  return parts.flatMap((segment) => wallClockMarks(segment, wide, offset));
}

function wallClockMarks(span: Span, step: number, offset: ZoneOffset): Instant[] {
  const marks: Instant[] = [];
  const shift = offset(span.start);
  const first = Math.ceil((span.start + shift) / step) * step;
  if ((span.end - span.start) / step > 2 * mostTicks) return marks;
  for (let wall = first; wall - shift <= span.end; wall += step) {
    // Daylight saving time may begin or end within a part: the mark stays on a full step of the wall clock.
    const at = wall - offset(wall - shift);
    if (at >= span.start && at <= span.end && at !== marks.at(-1)) marks.push(at);
  }
  return marks;
}
