import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { minute, type Instant } from '../../domain/base/time.ts';
import { extendedAxis } from '../../domain/releases/timeline/axis.ts';
import { areOpenAtFirst, laneSpans, type Lane } from '../../domain/releases/timeline/lanes.ts';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import { kept } from '../kit/kept.ts';

/** The other rollouts as they are shown. */
export interface Lanes {
  /** Active ones first, then the newest. */
  readonly all: readonly Lane[];
  readonly isOpen: boolean;
  /** To the minute: until when those that go on are drawn, whatever time is shown. */
  readonly now: Instant;
  readonly onFold: (open: boolean) => void;
  /** Shows one (`rolloutKey`). `byKeyboard`: the focus moves to its batches. */
  readonly onShow: (rollout: string, byKeyboard: boolean) => void;
}

/** Whether lanes are unfolded: as the person chose, else by what goes on when they are first there. */
export function useOpenLanes(lanes: readonly Lane[], chosen: boolean | undefined): boolean {
  // What begins or ends later folds nothing while it is shown.
  const first = useRef<boolean | undefined>(undefined);
  if (first.current === undefined && lanes.length > 0) first.current = areOpenAtFirst(lanes);
  return chosen ?? first.current ?? false;
}

/** A timeline whose axis has the lanes, too, where they are unfolded. `shownNow`: what is the present in it. */
export function useLaneAxis(timeline: Timeline, { all, isOpen, now }: Lanes, shownNow: Instant): Timeline {
  const before = useRef<Timeline['segments'] | undefined>(undefined);
  const own = (before.current = kept(before.current, timeline.segments));
  const segments = useMemo(() => {
    const [first, last] = [own[0], own.at(-1)];
    if (!isOpen || first === undefined || last === undefined) return own;
    return extendedAxis(own, laneSpans(all, { start: first.start, end: last.end }, now));
  }, [own, all, isOpen, now]);
  return useMemo(() => {
    const window = { start: segments[0]?.start ?? shownNow, end: segments.at(-1)?.end ?? shownNow };
    return { ...timeline, segments, window, showsNow: shownNow >= window.start && shownNow <= window.end };
  }, [timeline, segments, shownNow]);
}

/** Keeps the batches where they are when lanes are added or removed above them, as those of the record, which is read later. */
export function useSteadyBatches(scroller: RefObject<HTMLElement>, { all, isOpen }: Lanes): void {
  const before = useRef({ count: all.length, isOpen });
  useLayoutEffect(() => {
    const { count, isOpen: wasOpen } = before.current;
    before.current = { count: all.length, isOpen };
    const group = scroller.current?.querySelector<HTMLElement>('.lanes');
    if (!scroller.current || !group || count === all.length) return;
    const lane = group.querySelector<HTMLElement>('.lane')?.offsetHeight ?? 0;
    if (count === 0) scroller.current.scrollTop += group.offsetHeight;
    else if (isOpen && wasOpen) scroller.current.scrollTop += (all.length - count) * lane;
  }, [scroller, all.length, isOpen]);
}

/** An instant in full minutes: what is drawn until then need not be drawn anew all the time. */
export function fullMinute(at: Instant): Instant {
  return Math.floor(at / minute) * minute;
}
