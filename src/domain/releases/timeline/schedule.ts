import { staysOf, type AllTimes } from '../times/current.ts';
import { restOf, usualOf, type KindEstimates, type Usual } from '../times/estimates.ts';
import { rowId } from './rowId.ts';
import { isActive, type Batch, type Rollout, type RolloutKind } from '../rollout.ts';
import { day, minute, type Instant, type Span } from '../../base/time.ts';

/** `halted`: it does not continue unless a person acts (failed, abandoned, or behind such a batch). */
export type Phase = 'done' | 'running' | 'coming' | 'halted';

/** When a batch was planned to run, did run, and is predicted to run. */
export interface BatchSchedule {
  readonly phase: Phase;
  /** As planned, with the usual length: plans have only starts. Undefined for a batch that the plan did not foresee. */
  readonly planned: Span | undefined;
  /** `open`: it still runs, or it is not known when it ended. */
  readonly actual: (Span & { readonly open: boolean }) | undefined;
  /** The rest of a running batch, or all of a coming one. */
  readonly predicted: Span | undefined;
  /** Between when and when it probably ends, where something is predicted: what half of the batches seen would make of it. */
  readonly spread: Span | undefined;
  /** How late it began (or will begin) against the plan, in milliseconds; negative when early. */
  readonly drift: number | undefined;
  /** How long it usually takes, milliseconds. */
  readonly usual: number;
}

const usualLength: Readonly<Record<RolloutKind, number>> = {
  rollout_ic_os_to_mainnet_subnets: 45 * minute,
  rollout_ic_os_to_mainnet_api_boundary_nodes: 15 * minute,
  rollout_ic_os_to_mainnet_nodes: 55 * minute,
  unknown: 45 * minute,
};

/** Years 2000 to 2200. A time outside comes from a wrong clock and is treated as not known. */
const earliest = Date.UTC(2000, 0);
const latest = Date.UTC(2200, 0);

interface BatchTimes {
  readonly batch: Batch;
  readonly planned: Instant | undefined;
  readonly start: Instant | undefined;
  readonly end: Instant | undefined;
  readonly done: boolean;
}

/**
 * The schedule of each batch, in the order of the rollout. Batches are strictly serial (rollout-dashboard.md 0.9): a
 * coming batch begins at its planned time or when the one before it ends, whichever is later. `stopped`: the engine does not
 * run, so that nothing can be predicted.
 */
export function schedule(
  rollout: Rollout,
  now: Instant,
  stopped = rollout.unlistedSince !== undefined,
  estimates?: KindEstimates,
  times?: AllTimes,
): { readonly rows: readonly BatchSchedule[]; readonly usual: number } {
  const batches = rollout.batches.map((batch) => timesOf(batch));
  const own = usualOf(batches.flatMap(lengthOf)) ?? estimates?.all ?? exactly(usualLength[rollout.kind]);
  let free: Free = { early: now, probably: now, late: now };
  let halted = rollout.state === 'complete' || isAbandoned(rollout, now);
  const rows = batches.map((row) => {
    halted ||= rollout.state === 'failed' && isStuckForGood(row);
    const usual = (estimates === undefined ? undefined : ofPosition(estimates, row.batch)) ?? own;
    const rest = estimates === undefined ? undefined : restNow(row.batch, rollout, { now, estimates, times });
    const result = { ...scheduleOf(row, rollout, { now, free, halted, usual, rest, stopped }), usual: usual.median };
    if (result.predicted !== undefined && result.spread !== undefined) {
      free = {
        early: Math.max(free.early, result.spread.start),
        probably: Math.max(free.probably, result.predicted.end),
        late: Math.max(free.late, result.spread.end),
      };
    }
    return result;
  });
  return { rows, usual: own.median };
}

/** When the batches before one are done, at the earliest, probably and at the latest; not before now. */
interface Free {
  readonly early: Instant;
  readonly probably: Instant;
  readonly late: Instant;
}

/** A length that nothing is known about but what is usual. */
function exactly(ms: number): Usual {
  return { low: ms, median: ms, high: ms, count: 0 };
}

/** Nothing is known to be left. */
const none = { low: 0, median: 0, high: 0 } as const;

/**
 * How long a batch goes on at least, by the task that it is at and those after it. A task that was not seen to begin may end
 * at any moment.
 */
function restNow(
  batch: Batch,
  rollout: Rollout,
  {
    now,
    estimates,
    times,
  }: { readonly now: Instant; readonly estimates: KindEstimates; readonly times: AllTimes | undefined },
): Omit<Usual, 'count'> | undefined {
  const stay = times === undefined ? undefined : staysOf(times, rollout, batch).batch;
  return restOf(estimates, batch.state, stay?.began === true ? now - stay.since : Infinity);
}

/** How long batches at this position of the plan take, where enough were seen. */
function ofPosition({ batches }: KindEstimates, batch: Batch): Usual | undefined {
  const id = rowId(batch);
  return Object.hasOwn(batches, id) ? batches[id] : undefined;
}

interface BatchSituation {
  readonly now: Instant;
  readonly free: Free;
  readonly halted: boolean;
  readonly usual: Usual;
  /** How long it goes on if it runs, by the task that it is at. */
  readonly rest: Omit<Usual, 'count'> | undefined;
  /** Nothing can be predicted. */
  readonly stopped: boolean;
}

function scheduleOf(
  row: BatchTimes,
  rollout: Rollout,
  { now, free, halted, usual, rest = none, stopped }: BatchSituation,
): Omit<BatchSchedule, 'usual'> {
  const planned = row.planned === undefined ? undefined : { start: row.planned, end: row.planned + usual.median };
  const late = (start: Instant): number | undefined => (row.planned === undefined ? undefined : start - row.planned);
  if (row.start !== undefined) {
    const drift = late(row.start);
    if (row.done) {
      const end = row.end ?? Math.min(row.start + usual.median, now);
      const actual = { start: row.start, end: Math.max(row.start, end), open: row.end === undefined };
      return { phase: 'done', planned, actual, ...nothing, drift };
    }
    const seen = Math.max(row.start, lastSeen(rollout, row.start + usual.median, now));
    const actual = { start: row.start, end: seen, open: true };
    if (halted) return { phase: 'halted', planned, actual, ...nothing, drift };
    if (stopped) return { phase: 'running', planned, actual, ...nothing, drift };
    const end = Math.max(seen + rest.median, free.probably, row.start + usual.median);
    const earliestEnd = Math.max(seen + rest.low, free.early, row.start + usual.low);
    const latestEnd = Math.max(end, seen + rest.high, free.late, row.start + usual.high);
    const predicted = { start: seen, end };
    return {
      phase: 'running',
      planned,
      actual,
      predicted,
      spread: { start: Math.min(earliestEnd, end), end: latestEnd },
      drift,
    };
  }
  const unforeseen = { planned, actual: undefined, ...nothing, drift: undefined };
  if (row.done) return { phase: 'done', ...unforeseen };
  if (halted) return { phase: 'halted', ...unforeseen };
  if (stopped) return { phase: 'coming', ...unforeseen };
  const from = (at: Instant): Instant => Math.max(row.planned ?? at, at);
  const start = from(free.probably);
  return {
    phase: 'coming',
    planned,
    actual: undefined,
    predicted: { start, end: start + usual.median },
    spread: { start: from(free.early) + usual.low, end: from(free.late) + usual.high },
    drift: late(start),
  };
}

const nothing = { predicted: undefined, spread: undefined } as const;

function timesOf(batch: Batch): BatchTimes {
  const end = plausible(batch.end);
  // A HostOS batch that was found late carries the run's dispatch time as its plan (rollout-dashboard.md 0.10).
  const unplanned = batch.stage !== undefined && batch.plannedNodes === 0;
  return {
    batch,
    planned: unplanned ? undefined : plausible(batch.plannedStart),
    start: plausible(batch.actualStart),
    end,
    done: end !== undefined || isOver(batch),
  };
}

function isOver(batch: Batch): boolean {
  if (batch.targets.length === 0) return batch.state === 'complete' || batch.state === 'skipped';
  return batch.targets.every((target) => target.state === 'complete' || target.state === 'skipped');
}

/** In a failed rollout these wait for a person; a batch in any other state still moves (rollout-dashboard.md 0.4). */
function isStuckForGood({ batch, done }: BatchTimes): boolean {
  return !done && (batch.state === 'error' || batch.state === 'predecessor_failed' || batch.state === 'unknown');
}

/** An abandoned run is marked failed, and the scheduler ignores it from then on. */
function isAbandoned(rollout: Rollout, now: Instant): boolean {
  const scheduled = plausible(rollout.lastSchedulingDecision);
  return rollout.state === 'failed' && scheduled !== undefined && now - scheduled > day;
}

/** Until when a batch without an end is drawn: now, unless the rollout has ended and the scheduler ignores it. */
function lastSeen(rollout: Rollout, otherwise: Instant, now: Instant): Instant {
  if (rollout.unlistedSince !== undefined) return Math.min(now, rollout.unlistedSince);
  if (isActive(rollout)) return now;
  return Math.min(now, plausible(rollout.lastSchedulingDecision) ?? otherwise);
}

/** The length of a finished batch that had something to do; empty when it is not known. */
function lengthOf({ batch, start, end }: BatchTimes): readonly number[] {
  if (start === undefined || end === undefined || end <= start || batch.state === 'skipped') return [];
  return [end - start];
}

/** A time as the dashboard says it; undefined where it is none, or centuries away. */
export function plausible(at: Instant | undefined): Instant | undefined {
  return at !== undefined && at >= earliest && at <= latest ? at : undefined;
}
