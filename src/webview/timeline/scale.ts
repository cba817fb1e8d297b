import type { Segment } from '../../domain/releases/timeline/axis.ts';
import { hour, minute, type Instant } from '../../domain/base/time.ts';

/** Where an instant is drawn, in percent of the plot's width; instants outside the axis are drawn at its edge. */
export type Scale = (at: Instant) => number;

/** The scale of an axis whose gaps are shortened: a straight line for each part. */
export function axisScale(segments: readonly Segment[]): Scale {
  const length = Math.max(1, drawnLength(segments));
  return (at) => {
    let drawn = 0;
    for (const { start, end, weight } of segments) {
      if (at < end) return (100 * (drawn + (weight * Math.max(0, at - start)) / (end - start))) / length;
      drawn += weight;
    }
    return (100 * drawn) / length;
  };
}

/** The length that the axis is drawn for, in milliseconds. */
export function drawnLength(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.weight, 0);
}

/** The instant that is drawn at a place in percent of the plot's width, by the same axis. */
export function axisInstant(segments: readonly Segment[], place: number): Instant {
  let drawn = (place / 100) * drawnLength(segments);
  for (const { start, end, weight } of segments) {
    if (drawn < weight) return start + ((end - start) * Math.max(0, drawn)) / weight;
    drawn -= weight;
  }
  return segments.at(-1)?.end ?? 0;
}

/** The parts of an axis between two places, in percent of the plot's width. */
export function axisBetween(segments: readonly Segment[], from: number, to: number): readonly Segment[] {
  const first = axisInstant(segments, from);
  const last = axisInstant(segments, to);
  return segments
    .filter(({ start, end }) => end > first && start < last)
    .map((segment) => {
      const start = Math.max(segment.start, first);
      const end = Math.min(segment.end, last);
      return { ...segment, start, end, weight: (segment.weight * (end - start)) / (segment.end - segment.start) };
    });
}

const minutes = [1, 2, 5, 10, 15, 30].map((count) => count * minute);
const steps = [...minutes, ...[1, 2, 3, 4, 6, 12, 24].map((count) => count * hour)];

/** The time between two labels that leaves each its room. */
export function tickStep(segments: readonly Segment[], width: number, labelWidth: number): number {
  const perPixel = drawnLength(segments) / Math.max(1, width);
  return steps.find((step) => step / perPixel >= labelWidth) ?? 24 * hour;
}
