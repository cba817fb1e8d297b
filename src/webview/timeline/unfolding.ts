import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import {
  historiesOf,
  recordedHistories,
  type History,
  type RecordedHistories,
  type Watch,
} from '../../domain/releases/timeline/histories.ts';
import type { TimelineRow } from '../../domain/releases/timeline/rows.ts';
import { kept } from '../kit/kept.ts';

// Zoomed in far enough, each batch unfolds: a line for each of its targets, beside what was recorded of it.

const nothing: RecordedHistories = new Map();
const noHistories: ReadonlyMap<string, readonly History[]> = new Map();

/** The states over time of the targets of some batches, by batch; none while the batches are folded. */
export function useHistories(
  isUnfolded: boolean,
  watch: Watch,
  rows: readonly TimelineRow[],
  isWanted: (row: TimelineRow) => boolean,
): ReadonlyMap<string, readonly History[]> {
  const { record } = watch;
  const recorded = useMemo(
    () => (isUnfolded && record !== undefined ? recordedHistories(record) : nothing),
    [isUnfolded, record],
  );
  const before = useRef(noHistories);
  if (!isUnfolded) return (before.current = noHistories);
  // What did not change is the same as before, so that it is not drawn again.
  const wanted = rows.filter(isWanted).map((row): readonly [string, readonly History[]] => {
    const known = before.current.get(row.id);
    const histories = historiesOf(row, recorded, watch).map((history, index) => kept(known?.[index], history));
    return [row.id, kept(known, histories)];
  });
  return (before.current = new Map(wanted));
}

/** What stays where it is, and how far it was from the top of the window. */
interface HeldElement {
  readonly element: Element;
  readonly top: number;
}

/**
 * Keeps the batch at hand at its height when batches unfold or fold: what is under the pointer, else what has the
 * keyboard, else the batch `present`, where that is in view, else the middle. The result is to be called before;
 * `y`: of the pointer.
 */
export function useSteadyHeight(
  scroller: RefObject<HTMLElement>,
  isUnfolded: boolean,
  present: string | undefined,
): (y: number | undefined) => void {
  const held = useRef<HeldElement | undefined>(undefined);
  const latest = useRef(present);
  latest.current = present;
  const hold = useCallback(
    (y: number | undefined) => {
      const chart = scroller.current;
      held.current = chart === null ? undefined : heldIn(chart, y, latest.current);
    },
    [scroller],
  );
  useLayoutEffect(() => {
    const chart = scroller.current;
    if (chart === null || held.current === undefined) return;
    const { element, top } = held.current;
    chart.scrollTop += element.getBoundingClientRect().top - top;
  }, [scroller, isUnfolded]);
  return hold;
}

function heldIn(chart: HTMLElement, y: number | undefined, present: string | undefined): HeldElement | undefined {
  const rows = [...chart.querySelectorAll<HTMLElement>('.row')];
  const frame = chart.getBoundingClientRect();
  const head = chart.querySelector('.layer')?.getBoundingClientRect().top ?? frame.top;
  const top = Math.max(frame.top, head + chart.scrollTop);
  const bottom = frame.top + chart.clientHeight;
  const isSeen = (element: Element | null | undefined): element is Element => {
    const rect = element?.getBoundingClientRect();
    return rect !== undefined && rect.bottom > top && rect.top < bottom;
  };
  const active = document.activeElement?.closest('[data-target], .row');
  const focused = chart.contains(active ?? null) && isSeen(active) ? active : undefined;
  if (y === undefined && focused?.matches('[data-target]') === true) return heldAs(focused);
  const current = focused ?? rows.find((row) => row.dataset['row'] === present);
  const at = y ?? (isSeen(current) ? Math.max(top, current.getBoundingClientRect().top) : (top + bottom) / 2);
  const row = rows.find((each) => each.getBoundingClientRect().bottom > at) ?? rows.at(-1);
  if (row === undefined) return undefined;
  const cells = [...row.querySelectorAll('[data-target]')];
  const first = cells[0]?.getBoundingClientRect().bottom ?? Infinity;
  const cell = cells.find((each) => each.getBoundingClientRect().bottom > at) ?? cells.at(-1);
  // Up to its first target the batch stays where it is as a whole.
  return heldAs(at > first && cell !== undefined ? cell : row);
}

function heldAs(element: Element): HeldElement {
  return { element, top: element.getBoundingClientRect().top };
}
