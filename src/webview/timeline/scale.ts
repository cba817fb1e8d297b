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

const steps = [15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 4 * hour, 6 * hour, 12 * hour, 24 * hour];

/** The time between two labels that leaves each its room. */
export function tickStep(segments: readonly Segment[], width: number, labelWidth: number): number {
  const perPixel = drawnLength(segments) / Math.max(1, width);
  return steps.find((step) => step / perPixel >= labelWidth) ?? 24 * hour;
}
