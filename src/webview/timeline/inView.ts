import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';

// Of a chart with many targets only those are made that are in view: a batch is as high without its targets as with them.

/** The width of a target with the gap behind it, in pixels; the same as in the styles. */
const [cellWidth, cellGap] = [76, 2];

/** Sets for the styles of a chart how many targets stand beside each other: as many as fit, or one. `width`: of the plot, in pixels. */
export function useColumns(scroller: RefObject<HTMLElement>, width: number, isUnfolded: boolean): void {
  useLayoutEffect(() => {
    const chart = scroller.current;
    const cells = chart?.querySelector('.cells');
    if (!chart || !cells) return;
    const fitting = Math.max(1, Math.floor((cells.clientWidth + cellGap) / cellWidth));
    const columns = `${isUnfolded ? 1 : fitting}`;
    const { style } = chart;
    const before = style.getPropertyValue('--columns') || style.getPropertyValue('--cells');
    // All styles of the chart are worked out anew for another value.
    if (columns !== before) style.setProperty('--columns', columns);
  }, [scroller, width, isUnfolded]);
}

/** Batches are made so far above and below what is seen, and more of them when less than that is left; in heights of the chart. */
const [ahead, least] = [0.5, 0.25];

const none: ReadonlySet<string> = new Set();

interface InView {
  readonly inView: ReadonlySet<string>;
  /** Whether the chart was painted with those that are seen first. */
  readonly isPainted: boolean;
  readonly update: () => void;
}

/** The batches (`rowId`) that are in view or near it; `update` is to be called when the chart scrolled. */
export function useInView(
  scroller: RefObject<HTMLElement>,
  timeline: Timeline,
  width: number,
  isUnfolded: boolean,
): InView {
  const [inView, setInView] = useState(none);
  const [isPainted, setPainted] = useState(false);
  const make = useCallback(
    (needed: number, made: number) => {
      const chart = scroller.current;
      if (chart === null) return;
      const rows = chart.querySelectorAll<HTMLElement>('.row');
      setInView((before) =>
        idsWithin(chart, rows, needed).every((id) => before.has(id)) ? before : new Set(idsWithin(chart, rows, made)),
      );
    },
    [scroller],
  );
  const update = useCallback(() => make(least, ahead), [make]);
  // What is seen first waits for nothing that is not seen.
  useLayoutEffect(() => make(0, 0), [make, timeline, width, isUnfolded]);
  useLayoutEffect(() => afterPaint(update), [update, timeline, width, isUnfolded]);
  useEffect(() => {
    if (scroller.current === null) return undefined;
    let isFirst = true;
    const observer = new ResizeObserver(() => {
      // It fires at first, too, before what is seen is painted.
      if (!isFirst) update();
      isFirst = false;
    });
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [scroller, update]);
  useLayoutEffect(() => afterPaint(() => setPainted(true)), []);
  return { inView, isPainted, update };
}

/** Calls once what is drawn now was painted; effects of Preact may come before that. The result takes it back. */
function afterPaint(call: () => void): () => void {
  // What a frame calls comes before its paint, and after that of the frame before.
  let frame = requestAnimationFrame(() => (frame = requestAnimationFrame(call)));
  return () => cancelAnimationFrame(frame);
}

/** The batches within the view and `beyond` heights of it above and below. */
function idsWithin(chart: HTMLElement, rows: NodeListOf<HTMLElement>, beyond: number): readonly string[] {
  const { scrollTop, clientHeight } = chart;
  const bottom = scrollTop + (1 + beyond) * clientHeight;
  const ids: string[] = [];
  for (let index = firstBelow(rows, scrollTop - beyond * clientHeight); index < rows.length; index++) {
    const row = rows[index];
    if (row === undefined || row.offsetTop >= bottom) break;
    ids.push(row.dataset['row'] ?? '');
  }
  return ids;
}

/** The index of the first row that ends below a height; their number where none does. */
function firstBelow(rows: NodeListOf<HTMLElement>, height: number): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const row = rows[middle];
    if (row !== undefined && row.offsetTop + row.offsetHeight > height) to = middle;
    else from = middle + 1;
  }
  return from;
}
