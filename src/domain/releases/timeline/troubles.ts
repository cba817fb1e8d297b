import { isActive, type Engine, type EngineState, type Rollout } from '../rollout.ts';
import { minute, type Instant, type Span } from '../../base/time.ts';
import { isRetrying, isSlackRetry } from '../steps.ts';
import type { AllTimes } from '../times/current.ts';
import type { KindEstimates } from '../times/estimates.ts';
import type { Wait } from '../waits.ts';
import type { Mark } from './marks.ts';
import type { TimelineRow } from './rows.ts';
import { plausible } from './schedule.ts';

/** The moment that a timeline is made for. */
export interface TimelineMoment {
  readonly now: Instant;
  /**
   * When the whole state was last read, where known. The time of the last scheduling decision is true only then: the
   * event stream does not refresh it (rollout-dashboard.md 0.7).
   */
  readonly fullReadAt?: Instant | undefined;
  /** How the engine of the rollout is, where known. */
  readonly engine?: EngineState | undefined;
  /** What the rollout waits for before it begins, where it does. */
  readonly wait?: Wait | undefined;
  /** Since when what is drawn is in its state, where that is recorded. */
  readonly times?: AllTimes | undefined;
  /** How long batches of its kind take, as far as that was seen. */
  readonly estimates?: KindEstimates | undefined;
  /** What else happens, and is to be seen on the axis. */
  readonly marks?: readonly Mark[] | undefined;
  /** Further times that are to be seen on the axis. */
  readonly beside?: readonly Span[] | undefined;
}

/**
 * What needs a person (rollout-dashboard.md 2.6, as far as one snapshot shows):
 * - `error`: tasks of targets, or of a batch, are in error: one for those that failed for good, one for those retried
 * - `blocked`: batches cannot start because an earlier task failed for good
 * - `votes`: proposals wait for votes
 * - `waiting`: a batch should have begun
 * - `long`: a batch takes more than twice the usual time
 * - `scheduler`: Airflow made no decision for a while, though the rollout runs
 * - `retrying`: Airflow retries a task that holds up no subnet, such as a message to Slack
 * - `plan`: there is no plan though there should be one by now
 * - `election`: it waits for its version to be elected
 */
export type TroubleKind =
  'error' | 'blocked' | 'votes' | 'waiting' | 'long' | 'scheduler' | 'retrying' | 'plan' | 'election';

export interface Trouble {
  readonly kind: TroubleKind;
  readonly severity: 'error' | 'warning' | 'attention';
  /** The first batch that it is about; undefined when it is about the rollout. */
  readonly row: string | undefined;
  /** How many batches it is about. */
  readonly rows: number;
  /** Labels of the targets concerned; empty when it is about a batch as a whole. */
  readonly targets: readonly string[];
  /** For how long at least, in milliseconds, where that is known. */
  readonly forMs: number | undefined;
  /** `error` only: Airflow tries again by itself. */
  readonly retrying: boolean;
}

const lateAfter = 10 * minute;
/** A plan is made within seconds (rollout-dashboard.md 2.2). */
const planMissingAfter = 15 * minute;
const schedulerStoppedAfter = 5 * minute;
const shortestLong = 30 * minute;

/** The list of troubles, worst first. */
export function troubles(rollout: Rollout, rows: readonly TimelineRow[], moment: TimelineMoment): readonly Trouble[] {
  if (rollout.unlistedSince !== undefined) return [];
  return [
    ...noPlan(rollout, moment.now),
    ...rows.flatMap(errors),
    ...blocked(rows),
    ...retrying(rollout, rows),
    ...rows.flatMap(votes),
    ...election(moment),
    ...(moment.wait === undefined && !isStopped(rollout, moment) ? late(rollout, rows, moment.now) : []),
    ...rows.flatMap((row) => long(row, moment.now)),
    ...stoppedScheduler(rollout, moment),
  ];
}

const plain = { rows: 1, targets: [], forMs: undefined, retrying: false } as const;

function errors(row: TimelineRow): readonly Trouble[] {
  const cells = row.cells.filter((cell) => cell.state === 'error' && !isSlackRetry(cell));
  if (cells.length === 0 && (isSlackRetry(row) || row.cells.some(isSlackRetry))) return [];
  if (cells.length === 0 && row.state !== 'error') return [];
  const error = { ...plain, kind: 'error', severity: 'error', row: row.id } as const;
  if (cells.length === 0) return [{ ...error, retrying: isRetrying(row.comment) }];
  // What failed for good needs a person now, and only that is to be cleared in Airflow.
  return [false, true].flatMap((retrying) => {
    const targets = cells.filter((cell) => (cell.retrying === true) === retrying).map((cell) => cell.label);
    return targets.length === 0 ? [] : [{ ...error, targets, retrying }];
  });
}

/**
 * A rollout is a problem while any task is retried, also one that no subnet shows, or that one shows now and then (0.1): both
 * are shown as the same.
 */
function retrying({ state }: Rollout, rows: readonly TimelineRow[]): readonly Trouble[] {
  if (state !== 'problem' || rows.some((row) => errors(row).length > 0)) return [];
  const row = rows.find(({ phase }) => phase === 'running');
  return [
    { ...plain, kind: 'retrying', severity: 'warning', row: row?.id, rows: row === undefined ? 0 : 1, retrying: true },
  ];
}

function noPlan(rollout: Rollout, now: number): readonly Trouble[] {
  const forMs = now - (plausible(rollout.dispatchedAt) ?? now);
  if (rollout.state !== 'preparing' || rollout.batches.length > 0 || forMs <= planMissingAfter) return [];
  return [{ ...plain, kind: 'plan', severity: 'warning', row: undefined, rows: 0, forMs }];
}

function election({ wait }: TimelineMoment): readonly Trouble[] {
  if (wait?.kind !== 'election') return [];
  return [{ ...plain, kind: 'election', severity: 'attention', row: undefined, rows: 0 }];
}

function blocked(rows: readonly TimelineRow[]): readonly Trouble[] {
  const concerned = rows.filter((row) => row.state === 'predecessor_failed' || hasBlockedCell(row));
  const first = concerned[0];
  if (first === undefined) return [];
  return [{ ...plain, kind: 'blocked', severity: 'error', row: first.id, rows: concerned.length }];
}

function hasBlockedCell(row: TimelineRow): boolean {
  return row.cells.some((cell) => cell.state === 'predecessor_failed');
}

function votes(row: TimelineRow): readonly Trouble[] {
  const cells = row.cells.filter((cell) => cell.state === 'waiting_for_election');
  if (row.phase === 'halted' || (cells.length === 0 && row.state !== 'waiting_for_election')) return [];
  const targets = cells.map((cell) => cell.label);
  return [{ ...plain, kind: 'votes', severity: 'attention', row: row.id, targets }];
}

/** The first batch that is not done and is overdue: not begun in time, or held back by its preconditions. */
function late(rollout: Rollout, rows: readonly TimelineRow[], now: number): readonly Trouble[] {
  const index = rows.findIndex((row) => row.phase !== 'done');
  const row = rows[index];
  // HostOS plans each batch anew when the one before it ends, so only its first start is binding (0.10).
  const binding = row?.stage === undefined || index === 0;
  if (row?.planned === undefined || !isActive(rollout) || !binding) return [];
  const held = row.phase === 'running' && (row.state === 'waiting' || row.cells.some((c) => c.state === 'waiting'));
  if (row.phase !== 'coming' && !held) return [];
  const before = rows[index - 1]?.actual?.end ?? row.planned.start;
  const since = held && row.actual !== undefined ? row.actual.start : Math.max(row.planned.start, before);
  const forMs = now - since;
  return forMs > lateAfter ? [{ ...plain, kind: 'waiting', severity: 'warning', row: row.id, forMs }] : [];
}

function long(row: TimelineRow, now: number): readonly Trouble[] {
  if (row.phase !== 'running' || row.actual === undefined) return [];
  const forMs = now - row.actual.start;
  const tooLong = forMs > Math.max(2 * row.usual, shortestLong);
  return tooLong ? [{ ...plain, kind: 'long', severity: 'warning', row: row.id, forMs }] : [];
}

function stoppedScheduler(rollout: Rollout, moment: TimelineMoment): readonly Trouble[] {
  const forMs = undecidedFor(rollout, moment);
  return forMs === undefined
    ? []
    : [{ ...plain, kind: 'scheduler', severity: 'warning', row: undefined, rows: 0, forMs }];
}

/** Whether nothing new starts in the rollout, as its engine does not run. */
export function isStopped(rollout: Rollout, { engine }: Pick<TimelineMoment, 'engine'>): boolean {
  return rollout.unlistedSince !== undefined || (engine !== undefined && engine !== 'active' && engine !== 'unknown');
}

/** Whether nothing moves in the rollout: its engine does not run, or Airflow made no decision about it for a while. */
export function isStandingStill(rollout: Rollout, moment: TimelineMoment): boolean {
  return isStopped(rollout, moment) || undecidedFor(rollout, moment) !== undefined;
}

/**
 * When Airflow last made a decision about any rollout, where that is long ago for all that run (see `undecidedFor`): what the dashboard
 * says then is old. Undefined where one of them moves, and where none runs.
 */
export function stoppedSince(
  rollouts: readonly Rollout[],
  engines: readonly Engine[],
  fullReadAt: Instant | undefined,
): Instant | undefined {
  const running = rollouts.filter(
    (rollout) => isActive(rollout) && !isStopped(rollout, { engine: engineOf(rollout, engines) }),
  );
  const isUndecided = (rollout: Rollout): boolean =>
    undecidedFor(rollout, { fullReadAt, engine: engineOf(rollout, engines) }) !== undefined;
  if (running.length === 0 || !running.every(isUndecided)) return undefined;
  return Math.max(...running.map(({ lastSchedulingDecision = 0 }) => lastSchedulingDecision));
}

/** How the engine of a rollout is; undefined where that is not known. */
export function engineOf({ kind, unknownKind }: Rollout, engines: readonly Engine[]): EngineState | undefined {
  return engines.find((engine) => engine.kind === kind && engine.unknownKind === unknownKind)?.state;
}

/**
 * For how long Airflow had made no decision about a rollout that runs when it was last read in whole, milliseconds; undefined
 * while that is not long. The scheduler has stopped then, or the dashboard, which serves its last state for ever
 * (rollout-dashboard.md 0.1). While the engine does not run there are no decisions.
 */
function undecidedFor(rollout: Rollout, moment: Pick<TimelineMoment, 'fullReadAt' | 'engine'>): number | undefined {
  const { fullReadAt } = moment;
  if (!isActive(rollout) || isStopped(rollout, moment) || fullReadAt === undefined) return undefined;
  if (rollout.lastSchedulingDecision === undefined) return undefined;
  const forMs = fullReadAt - rollout.lastSchedulingDecision;
  return forMs > schedulerStoppedAfter ? forMs : undefined;
}
