import { useCallback, useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';

// Of a chart with many targets only those are made that are in sight: a batch is as high without its targets as with them.

type Scroller = { readonly current: HTMLElement | null };

/** The width of a target with the gap behind it, in pixels; the same as in the styles. */
const [cellWidth, cellGap] = [76, 2];

/** Tells the styles of a chart how many targets fit beside each other. `width`: of the plot, in pixels. */
export function useColumns(scroller: Scroller, width: number): void {
  useLayoutEffect(() => {
    const chart = scroller.current;
    const cells = chart?.querySelector('.cells');
    if (!chart || !cells) return;
    const columns = Math.floor((cells.clientWidth + cellGap) / cellWidth);
    chart.style.setProperty('--columns', `${Math.max(1, columns)}`);
  }, [scroller, width]);
}

/** Batches are made so far above and below what is seen, and more of them when less than that is left; in heights of the chart. */
const [ahead, least] = [0.5, 0.25];

const none: ReadonlySet<string> = new Set();

/** The batches (`rowId`) that are in sight or near it; `look` is to be called when the chart scrolled. */
export function useInSight(
  scroller: Scroller,
  timeline: Timeline,
  width: number,
): { readonly inSight: ReadonlySet<string>; readonly look: () => void } {
  const [inSight, setInSight] = useState(none);
  const make = useCallback(
    (needed: number, made: number) => {
      const chart = scroller.current;
      if (chart === null) return;
      const rows = chart.querySelectorAll<HTMLElement>('.row');
      setInSight((before) =>
        idsWithin(chart, rows, needed).every((id) => before.has(id)) ? before : new Set(idsWithin(chart, rows, made)),
      );
    },
    [scroller],
  );
  const look = useCallback(() => make(least, ahead), [make]);
  // What is seen first waits for nothing that is not seen.
  useLayoutEffect(() => make(0, 0), [make, timeline, width]);
  useEffect(look, [look, timeline, width]);
  useEffect(() => {
    if (scroller.current === null) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [scroller, look]);
  return { inSight, look };
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
