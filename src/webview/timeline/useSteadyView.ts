import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Instant } from '../../domain/base/time.ts';
import type { Segment } from '../../domain/releases/timeline/axis.ts';
import type { Scale } from './scale.ts';
import { seenOf, type PlotView } from './useZoom.ts';

interface SteadyParts {
  readonly scroller: RefObject<HTMLDivElement>;
  /** An element as wide as the plot. */
  readonly ruler: RefObject<HTMLDivElement>;
  readonly segments: readonly Segment[];
  readonly scale: Scale;
  /** The present; undefined where it is not on the axis. */
  readonly now: Instant | undefined;
  /** Of the plot, in pixels. */
  readonly width: number;
}

/** What was in the view. */
interface Noted {
  readonly segments: readonly Segment[];
  readonly view: number;
  readonly middle: Instant;
  readonly isNowSeen: boolean;
  /** What stays where it is when the axis becomes another: the present, else the middle; and where that is, in pixels. */
  readonly steady: Instant;
  readonly place: number;
}

/**
 * Keeps in the view what is in it when the axis becomes longer or shorter on its left, and when the chart becomes
 * narrower so that the present would leave it. The result is to be called when the chart scrolled.
 */
export function useSteadyView(parts: SteadyParts): () => void {
  const { scroller, ruler, segments, width } = parts;
  const latest = useRef(parts);
  latest.current = parts;
  const noted = useRef<Noted | undefined>(undefined);
  const settle = useCallback(() => {
    const [before, seen] = [noted.current, seenOf(scroller.current, ruler.current)];
    if (seen === undefined || scroller.current === null) return;
    const left = before === undefined ? seen.left : leftOf(before, seen, latest.current);
    // Browsers scroll by whole pixels.
    if (Math.abs(left - seen.left) > 1) scroller.current.scrollLeft = left;
    noted.current = noteOf({ ...seen, left: scroller.current.scrollLeft }, latest.current);
  }, [scroller, ruler]);
  useLayoutEffect(settle, [settle, segments, width]);
  useEffect(() => {
    if (scroller.current === null) return undefined;
    const observer = new ResizeObserver(settle);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [scroller, settle]);
  return settle;
}

/** How far the plot is to be scrolled, in pixels, when the axis or the width is another than before. */
function leftOf(before: Noted, seen: PlotView, parts: SteadyParts): number {
  const placeOf = (at: Instant): number => (parts.scale(at) / 100) * seen.width;
  if (before.segments !== parts.segments) return placeOf(before.steady) - before.place;
  // A browser that has less to scroll may have scrolled by itself, and fires for that first.
  if (before.view === seen.view) return seen.left;
  const middle = placeOf(before.middle);
  const isMiddleSeen = middle >= seen.left && middle <= seen.left + seen.view;
  const isKept = before.isNowSeen ? isNowSeen(seen, parts) : isMiddleSeen;
  return isKept ? seen.left : middle - seen.view / 2;
}

function noteOf(seen: PlotView, parts: SteadyParts): Noted {
  const { segments, scale, now } = parts;
  const { left, view, width } = seen;
  const middle = scale.invert((100 * (left + view / 2)) / width);
  const isSeen = isNowSeen(seen, parts);
  const steady = isSeen && now !== undefined ? now : middle;
  return { segments, view, middle, isNowSeen: isSeen, steady, place: (scale(steady) / 100) * width - left };
}

function isNowSeen({ left, view, width }: PlotView, { scale, now }: SteadyParts): boolean {
  const place = now === undefined ? -1 : (scale(now) / 100) * width - left;
  return place >= 0 && place <= view;
}
