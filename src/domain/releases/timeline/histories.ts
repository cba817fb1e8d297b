import type { Instant, Span } from '../../base/time.ts';
import type { Target } from '../rollout.ts';
import { isSlackRetry } from '../steps.ts';
import { gone } from '../times/lines.ts';
import { placesWithin, stateName } from '../times/places.ts';
import { isGap, type Stay } from '../times/stays.ts';
import { mostSteps, type RolloutRecord } from './record.ts';

/** A time in which a subnet or node was seen in one state. */
export interface StateStretch {
  /** The dashboard's word (see `stateName`). */
  readonly state: string;
  readonly start: Instant;
  /** Undefined: it is in it at present. */
  readonly end: Instant | undefined;
  /** Whether it was seen to begin then; else it may have begun earlier. */
  readonly began: boolean;
  /** Whether it was seen to end then; else it was not watched after it, or is in it at present. */
  readonly ended: boolean;
}

/** The stretches of one subnet or node, earliest first. What is between them is not known. */
export type History = readonly StateStretch[];

/** What was recorded, by place (see `targetPlaces`). A stretch that had not ended when that was read has no end. */
export type RecordedHistories = ReadonlyMap<string, History>;

/** A rollout whose states are recorded. */
export interface Watch {
  /** What was recorded of it; undefined until that was read. */
  readonly record: RolloutRecord | undefined;
  /** When it was last read. */
  readonly readAt: Instant;
  /** Whether it is followed: it has not ended, and the last read is of now. */
  readonly isLive: boolean;
}

/** The part of a row that its histories are made of. */
interface HistoryRow {
  /** See `rowId`. */
  readonly id: string;
  readonly cells: readonly (Pick<Target, 'id' | 'state' | 'unknownState' | 'comment'> & {
    readonly stay: Stay | undefined;
  })[];
}

/** The states over time of all places of a record. */
export function recordedHistories({ steps, gaps, fromStart, until }: RolloutRecord): RecordedHistories {
  const gapEnds = new Set(gaps.map(({ end }) => end));
  const histories = new Map<string, StateStretch[]>();
  const current = new Map<string, { readonly state: string; readonly start: Instant; readonly began: boolean }>();
  const close = (place: string, end: Instant | undefined): void => {
    const stretch = current.get(place);
    if (stretch === undefined) return;
    current.delete(place);
    const history = histories.get(place) ?? [];
    histories.set(place, history);
    history.push(...seenParts({ ...stretch, end, ended: end !== undefined }, gaps, until));
  };
  // Of steps that were put together it is not known when each state began.
  const isBegun = fromStart && steps.length < mostSteps;
  for (const [index, { at, states }] of steps.entries()) {
    const began = index === 0 ? isBegun : !gapEnds.has(at);
    for (const [state, places] of states) {
      for (const place of places) {
        close(place, at);
        if (state !== gone) current.set(place, { state, start: at, began });
      }
    }
  }
  for (const place of [...current.keys()]) close(place, undefined);
  return histories;
}

/** The parts of a stretch in which the dashboard was read. `until`: when it was last read. */
function seenParts(stretch: StateStretch, gaps: readonly Span[], until: Instant | undefined): History {
  const last = stretch.end ?? until ?? stretch.start;
  const parts: StateStretch[] = [];
  let { start, began } = stretch;
  for (const gap of gaps) {
    if (gap.end <= start || gap.start >= last) continue;
    if (gap.start > start) parts.push({ state: stretch.state, start, end: gap.start, began, ended: false });
    [start, began] = [gap.end, false];
  }
  if (start < last || stretch.end === undefined) parts.push({ ...stretch, start, began });
  return parts;
}

/** The states over time of the targets of a batch, in its order: what was recorded, and what is seen at present. */
export function historiesOf(
  { id, cells }: HistoryRow,
  recorded: RecordedHistories,
  { record, readAt, isLive }: Watch,
): readonly History[] {
  const places = placesWithin(id, cells);
  const until = record?.until;
  return cells.map((cell, index) => {
    const history = recorded.get(places[index] ?? '') ?? [];
    const last = history.at(-1);
    const open = last?.end === undefined ? last : undefined;
    const before = open === undefined ? history : history.slice(0, -1);
    /** With what is not known to go on ended where it was last seen. */
    const closed =
      open === undefined ? before : [...before, { ...open, end: Math.max(open.start, until ?? open.start) }];
    if (!isLive) return closed;
    // A subnet whose message to Slack is retried is in the state that it had.
    const state = isSlackRetry(cell) ? open?.state : stateName(cell);
    if (state === undefined) return closed;
    const stay = cell.stay?.state === state ? cell.stay : undefined;
    const isSeenOn =
      until !== undefined && (stay === undefined ? !isGap(until, Math.max(until, readAt)) : stay.since <= until);
    if (open?.state === state && isSeenOn) return history;
    // When it came into a state that the live state has no time of is known once the record is read again.
    const { since, began } = stay ?? { since: readAt, began: false };
    return [...closed, { state, start: since, end: undefined, began, ended: false }];
  });
}
