import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ScrollMemory } from './host.ts';
import {
  levelsOf,
  levelWithin,
  unfoldedHour,
  usualHour,
  wheelFactor,
  zoomState,
  zoomStep,
  type ZoomState,
} from './zoom.ts';

/** What a person does to the zoom of a chart. The present stays where it is, or else the middle of the view. */
export interface ZoomActions {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly reset: () => void;
}

/** The part of the plot that is in the view or near it, in percent of its width. */
export interface NearPart {
  readonly from: number;
  readonly to: number;
}

interface Zoom extends ZoomActions {
  /** Of the plot, in pixels. */
  readonly width: number;
  /** The least width of all that scrolls, as a length of the styles. */
  readonly least: string;
  readonly near: NearPart;
  readonly state: ZoomState;
  /** Whether a person zoomed in so far that each batch shows its targets one by one. */
  readonly isUnfolded: boolean;
  /** How many hours of the axis are in the view; undefined until a person zoomed. */
  readonly hoursInView: number | undefined;
  /** Moves the view by a part of its width. */
  readonly pan: (part: number) => void;
  /** To be called when the chart scrolled. */
  readonly readView: () => void;
}

interface ZoomParts {
  readonly scroller: RefObject<HTMLDivElement>;
  /** An element as wide as the plot. */
  readonly ruler: RefObject<HTMLDivElement>;
  /** The drawn length of the axis. */
  readonly hours: number;
  /** That of what is usually seen at most: all of it, where the view is wide. */
  readonly own: number;
  /** Where the present is drawn, in percent of the plot's width; undefined where it is not on the axis. */
  readonly nowAt: number | undefined;
  readonly memory: ScrollMemory;
  /** Called before the level changes. `y`: where the pointer is that does it, from the top of the window. */
  readonly onZoom: (y: number | undefined) => void;
}

/** Widths of the view that are drawn on either side of it, and drawn anew when less than half of that is left. */
const beside = 1;
const whole: NearPart = { from: 0, to: 100 };

/** The zoom of a chart, by wheel, pinch, and what `ZoomActions` has. */
export function useZoom({ scroller, ruler, hours, own, nowAt, memory, onZoom }: ZoomParts): Zoom {
  const [level, setLevel] = useState(() => memory.zoom());
  const [{ width, view }, setWidths] = useState({ width: 800, view: 800 });
  const [near, setNear] = useState(whole);
  const [hasZoomed, setHasZoomed] = useState(false);
  const latest = useRef({ level, hours, own, nowAt });
  latest.current = { level, hours, own, nowAt };

  const readView = useCallback(() => {
    const seen = seenOf(scroller.current, ruler.current);
    if (seen === undefined) return;
    setNear((before) => nearOf(seen, before));
  }, [scroller, ruler]);
  const measure = useCallback(() => {
    const seen = seenOf(scroller.current, ruler.current);
    if (seen === undefined) return;
    setWidths((before) => (before.width === seen.width && before.view === seen.view ? before : seen));
    setNear((before) => nearOf(seen, before));
  }, [scroller, ruler]);

  /** `at`: what stays where it is, in pixels from the left of the view. */
  const zoomTo = useCallback(
    (wanted: (level: number, usual: number) => number, at: (seen: PlotView) => number, y?: number) => {
      const before = seenOf(scroller.current, ruler.current);
      if (before === undefined || scroller.current === null) return;
      const { hours: all, own: some, level: from } = latest.current;
      const levels = levelsOf(all, before.view, some);
      const next = levelWithin(levels, wanted(from ?? levels.usual, levels.usual));
      const place = at(before);
      onZoom(y);
      const share = (before.left + place) / before.width;
      latest.current.level = next;
      // Set at once: what stays where it is is known only by the new width.
      const canvas = scroller.current.querySelector<HTMLElement>('.canvas');
      if (canvas !== null) canvas.style.minWidth = leastWidth(all, some, next);
      scroller.current.scrollLeft = share * (ruler.current?.clientWidth ?? before.width) - place;
      memory.keepZoom(next);
      setLevel(next);
      setHasZoomed(true);
      measure();
    },
    [scroller, ruler, memory, measure, onZoom],
  );
  const steady = useCallback(({ left, width: plot, view: seen }: PlotView): number => {
    const now = latest.current.nowAt === undefined ? -1 : (latest.current.nowAt / 100) * plot - left;
    return now >= 0 && now <= seen ? now : seen / 2;
  }, []);
  const zoomIn = useCallback(() => zoomTo((from) => from * zoomStep, steady), [zoomTo, steady]);
  const zoomOut = useCallback(() => zoomTo((from) => from / zoomStep, steady), [zoomTo, steady]);
  const reset = useCallback(() => zoomTo((_, usual) => usual, steady), [zoomTo, steady]);
  const pan = useCallback(
    (part: number) => {
      const seen = seenOf(scroller.current, ruler.current);
      if (seen !== undefined) scroller.current?.scrollBy({ left: part * seen.view, behavior: 'instant' });
    },
    [scroller, ruler],
  );

  useLayoutEffect(measure, [measure, hours, own]);
  useEffect(() => {
    const [chart, plot] = [scroller.current, ruler.current];
    if (chart === null || plot === null) return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(chart);
    observer.observe(plot);
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const from = plot.getBoundingClientRect().left + chart.scrollLeft;
      zoomTo(
        (before) => before * wheelFactor(event),
        ({ view: seen }) => Math.min(seen, Math.max(0, event.clientX - from)),
        event.clientY,
      );
    };
    chart.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      observer.disconnect();
      chart.removeEventListener('wheel', onWheel);
    };
  }, [scroller, ruler, measure, zoomTo]);

  const hoursInView = hasZoomed ? (view * hours) / Math.max(1, width) : undefined;
  const state = zoomState(levelsOf(hours, view, own), level);
  const isUnfolded = level !== undefined && level >= unfoldedHour;
  const least = leastWidth(hours, own, level);
  return { width, least, near, state, isUnfolded, hoursInView, zoomIn, zoomOut, reset, pan, readView };
}

/** A property that its parts inherit would have the style of each worked out anew. */
function leastWidth(hours: number, own: number, level: number | undefined): string {
  const plot = level === undefined ? Math.ceil(hours * usualHour) : Math.floor(hours * level) + 12;
  const least = `calc(var(--info) + ${plot + 12}px)`;
  if (level !== undefined || own >= hours) return least;
  // As wide as the view for each part of the axis that is as long as what is usually seen.
  return `max(${least}, calc(var(--info) + 24px + (100% - var(--info) - 24px) * ${hours / own}))`;
}

export interface PlotView {
  /** How far the plot is scrolled, its width, and how much of it is in the view; in pixels. */
  readonly left: number;
  readonly width: number;
  readonly view: number;
}

/** What of a plot is seen; undefined while it is not there. */
export function seenOf(chart: HTMLElement | null, plot: HTMLElement | null): PlotView | undefined {
  const before = plot?.parentElement?.offsetLeft;
  if (chart === null || plot === null || before === undefined) return undefined;
  const view = chart.clientWidth - before - 12;
  return { left: chart.scrollLeft, width: Math.max(1, plot.clientWidth), view: Math.max(1, view) };
}

/** The part that is drawn: the one of before while it is enough. */
function nearOf({ left, width, view }: PlotView, before: NearPart): NearPart {
  const part = (widths: number): NearPart => ({
    from: Math.max(0, (100 * (left - widths * view)) / width),
    to: Math.min(100, (100 * (left + (1 + widths) * view)) / width),
  });
  const [needed, drawn] = [part(beside / 2), part(beside)];
  if (width <= 3 * view) return before.from === 0 && before.to === 100 ? before : whole;
  const isEnough = before.from <= needed.from && before.to >= needed.to;
  const isTooMuch = before.to - before.from > 2 * (drawn.to - drawn.from);
  return isEnough && !isTooMuch ? before : drawn;
}
