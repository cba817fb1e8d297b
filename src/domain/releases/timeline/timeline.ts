import { axisSegments, type Segment } from './axis.ts';
import { wantedOnAxis } from './marks.ts';
import { toRow, type TimelineRow } from './rows.ts';
import { schedule } from './schedule.ts';
import { isStandingStill, troubles, type TimelineMoment, type Trouble, type TroubleKind } from './troubles.ts';
import { isActive, rolloutKey, targetKind, type HostStage, type Rollout } from '../rollout.ts';
import { hour, type Instant, type Span } from '../../base/time.ts';

/** Batches that are shown under one heading: a stage of HostOS, or all. */
export interface TimelineGroup {
  readonly stage: HostStage | undefined;
  /** The dashboard's word where `stage` is `unknown`. */
  readonly unknownStage?: string | undefined;
  readonly rows: readonly TimelineRow[];
}

export interface Progress {
  readonly unit: 'subnet' | 'node';
  readonly done: number;
  readonly total: number;
  readonly batchesDone: number;
  /** Batches that were skipped: they are not done. */
  readonly skipped: number;
  readonly batches: number;
}

/** The batch that begins next. */
export interface NextBatch {
  readonly row: string;
  readonly at: Instant;
  /** The running batch that it waits for, where that one ends later than the plan of this one says. */
  readonly waitsFor: string | undefined;
  /** The running batch that failed or takes far too long: when the next one begins cannot be predicted. `at` holds if that one went on now. */
  readonly stuckBehind: string | undefined;
}

/** A rollout, ready to draw. All instants are plausible numbers and all bars lie within `window`. */
export interface Timeline {
  readonly key: string;
  readonly groups: readonly TimelineGroup[];
  readonly window: Span;
  readonly segments: readonly Segment[];
  /** Whether now lies in the window. */
  readonly showsNow: boolean;
  readonly progress: Progress;
  /** The running batch; batches are serial, so there is at most one. */
  readonly running: string | undefined;
  readonly next: NextBatch | undefined;
  /** When the last batch probably ends; undefined when done, halted or without a plan. */
  readonly predictedEnd: Instant | undefined;
  /** Between when and when that probably is. */
  readonly endSpread: Span | undefined;
  /** The usual length of a batch of this rollout in milliseconds: the median of what finished, else a default. */
  readonly usual: number;
  /** Worst first. */
  readonly troubles: readonly Trouble[];
}

/** A batch with one of these does not end when predicted. */
const stuck: ReadonlySet<TroubleKind> = new Set(['error', 'blocked', 'waiting', 'long']);

/** How long after the last bar of a finished rollout the now-line is still shown. */
const recent = 12 * hour;

/** The order in which rollouts are listed: in trouble, running, about to start, ended; the newest of each first. */
export function inOrderOfInterest(rollouts: readonly Rollout[]): readonly Rollout[] {
  return rollouts.toSorted((a, b) => interest(a) - interest(b) || b.dispatchedAt - a.dispatchedAt || 0);
}

function interest(rollout: Rollout): number {
  if (!isActive(rollout)) return 3;
  if (rollout.state === 'problem') return 0;
  return rollout.state === 'preparing' || rollout.state === 'waiting' ? 2 : 1;
}

/** Where the bars, cells, predictions and marks of a rollout are. Pure: the same for the same input. */
export function timeline(rollout: Rollout, moment: TimelineMoment): Timeline {
  const stopped = isStandingStill(rollout, moment);
  const { rows: schedules, usual } = schedule(rollout, moment.now, stopped, moment.estimates, moment.times);
  const rows = rollout.batches.flatMap((batch, index) => {
    const row = schedules[index];
    return row === undefined ? [] : [toRow(rollout, batch, row, moment.times)];
  });
  const segments = axisSegments(drawnSpans(rollout, rows, moment));
  const window = { start: segments[0]?.start ?? moment.now, end: segments.at(-1)?.end ?? moment.now };
  const coming = rows.find((row) => row.phase === 'coming' && row.predicted !== undefined);
  const running = rows.find((row) => row.phase === 'running');
  const last = rows.findLast((row) => row.phase !== 'done');
  const found = troubles(rollout, rows, moment);
  return {
    key: rolloutKey(rollout),
    groups: inGroups(rows),
    window,
    segments,
    showsNow: moment.now >= window.start && moment.now <= window.end,
    progress: progressOf(rollout, rows),
    running: running?.id,
    next: nextOf(coming, running, stuckOf(rows, found)),
    predictedEnd: last?.predicted?.end,
    endSpread: last?.spread,
    usual,
    troubles: found,
  };
}

function drawnSpans(
  rollout: Rollout,
  rows: readonly TimelineRow[],
  { now, marks = [], beside = [] }: TimelineMoment,
): readonly Span[] {
  const bars = rows.flatMap((row) =>
    [row.planned, row.actual, row.predicted, row.spread].filter((bar) => bar !== undefined),
  );
  const last = Math.max(...bars.map((bar) => bar.end));
  const wanted = bars.length === 0 || isActive(rollout) || now - last < recent;
  const first = Math.min(...bars.map((bar) => bar.start));
  if (bars.length === 0) return wanted ? [instant(now)] : [];
  const marked = wantedOnAxis(marks, { start: first, end: last }).map(instant);
  return [...bars, ...beside, ...marked, ...(wanted ? [instant(now)] : [])];
}

function instant(at: Instant): Span {
  return { start: at, end: at };
}

function inGroups(rows: readonly TimelineRow[]): readonly TimelineGroup[] {
  const groups: { stage: HostStage | undefined; unknownStage: string | undefined; rows: TimelineRow[] }[] = [];
  for (const row of rows) {
    const { stage, unknownStage } = row;
    const group = groups.find((each) => each.stage === stage && each.unknownStage === unknownStage);
    if (group !== undefined) group.rows.push(row);
    else groups.push({ stage, unknownStage, rows: [row] });
  }
  return groups;
}

function progressOf(rollout: Rollout, rows: readonly TimelineRow[]): Progress {
  return {
    unit: targetKind(rollout),
    done: rows.reduce((sum, row) => sum + row.done, 0),
    total: rows.reduce((sum, row) => sum + row.total, 0),
    batchesDone: rows.filter((row) => row.phase === 'done' && row.state !== 'skipped').length,
    skipped: rows.filter((row) => row.state === 'skipped').length,
    batches: rows.length,
  };
}

function nextOf(
  coming: TimelineRow | undefined,
  running: TimelineRow | undefined,
  stuckBehind: string | undefined,
): NextBatch | undefined {
  if (coming?.predicted === undefined) return undefined;
  const end = running?.predicted?.end;
  const late = end !== undefined && coming.planned !== undefined && end > coming.planned.start;
  return { row: coming.id, at: coming.predicted.start, waitsFor: late ? running?.id : undefined, stuckBehind };
}

/** The running batch that failed or takes far too long. */
function stuckOf(rows: readonly TimelineRow[], found: readonly Trouble[]): string | undefined {
  const concerned = new Set(found.filter(({ kind }) => stuck.has(kind)).map(({ row }) => row));
  return rows.find(({ id, phase }) => phase === 'running' && concerned.has(id))?.id;
}
