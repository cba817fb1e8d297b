import { scaleLinear, type ScaleLinear } from 'd3-scale';
import type { Segment } from '../../domain/releases/timeline/axis.ts';
import { hour, minute, type Instant } from '../../domain/base/time.ts';

/**
 * Where an instant is drawn, in percent of the plot's width; `invert` is the instant that is drawn at such a place. What is
 * outside the axis is at its edge.
 */
export type Scale = ScaleLinear<number, number>;

/** The scale of an axis whose gaps are shortened: a straight line for each part. */
export function axisScale(segments: readonly Segment[]): Scale {
  const length = Math.max(1, drawnLength(segments));
  const instants: Instant[] = [segments[0]?.start ?? 0];
  const places = [0];
  let drawn = 0;
  for (const { end, weight } of segments) {
    drawn += weight;
    instants.push(end);
    places.push((100 * drawn) / length);
  }
  return scaleLinear(instants, places).clamp(true);
}

/** The length that the axis is drawn for, in milliseconds. */
export function drawnLength(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.weight, 0);
}

/** The parts of an axis between two places, in percent of the plot's width. */
export function axisBetween(segments: readonly Segment[], scale: Scale, from: number, to: number): readonly Segment[] {
  const [first, last] = [scale.invert(from), scale.invert(to)];
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
