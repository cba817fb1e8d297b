import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Span } from '../../domain/base/time.ts';
import type { SavedState } from './host.ts';
import type { Scale } from './scale.ts';
import { seenOf } from './useZoom.ts';

interface StartingParts {
  readonly scroller: RefObject<HTMLDivElement>;
  /** An element as wide as the plot. */
  readonly ruler: RefObject<HTMLDivElement>;
  readonly scale: Scale;
  /** The last position of this rollout. */
  readonly saved: SavedState['scroll'];
  /** The batch that is seen first. */
  readonly row: string | undefined;
  /** The times of the rollout itself. */
  readonly own: Span;
  /** The heights of the parts that stay at the top, in pixels. */
  readonly heads: readonly number[];
}

/** Where the batches begin in what scrolls, in pixels: below the lanes, of which some are there later. */
export function batchesTop(chart: HTMLElement): number {
  return chart.querySelector<HTMLElement>('.row')?.offsetTop ?? 0;
}

/** The first scroll position: the last one of this rollout, else around the present. */
export function useStartingPosition({ scroller, ruler, scale, saved, row, own, heads }: StartingParts): void {
  useLayoutEffect(() => {
    const [chart, seen] = [scroller.current, seenOf(scroller.current, ruler.current)];
    if (chart === null || seen === undefined) return;
    const { width, view } = seen;
    if (saved !== undefined) {
      chart.scrollLeft = (scale(saved.at) / 100) * width;
      chart.scrollTop = batchesTop(chart) + saved.top;
      return;
    }
    const lines = [...chart.querySelectorAll<HTMLElement>('.row')];
    const line = lines.find((each) => each.dataset['row'] === row);
    if (line === undefined) return;
    const frame = chart.getBoundingClientRect();
    // Only the chart itself scrolls here: the top of the page stays where it is, and a low window cuts the chart.
    const height = Math.min(chart.clientHeight, window.innerHeight - frame.top);
    const covered = heads.reduce((sum, each) => sum + each, 0);
    const above = Math.max(0, Math.min(height / 2, height - covered - line.offsetHeight));
    const first = lines.find((each) => line.offsetTop - each.offsetTop <= above);
    const isBelow = line.offsetTop + line.offsetHeight > height;
    if (first !== undefined && (first !== lines[0] || isBelow)) chart.scrollTop = first.offsetTop - covered;
    const bar = line.querySelector('.bar')?.getBoundingClientRect();
    if (bar === undefined) return;
    const wanted = chart.scrollLeft + bar.left - frame.left - 0.6 * frame.width;
    // What is before and after the rollout itself is out of the view at first.
    const [from, to] = [(scale(own.start) / 100) * width, (scale(own.end) / 100) * width - view];
    chart.scrollLeft = Math.max(from, Math.min(wanted, to));
    // Only when the chart appears: later positions are the person's choice.
  }, []);
}
