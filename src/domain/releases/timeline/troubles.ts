import { isActive, type Rollout } from '../rollout.ts';
import { minute, type Instant } from '../../base/time.ts';
import { isRetrying, type TimelineRow } from './rows.ts';

/** The moment that a timeline is made for. */
export interface TimelineMoment {
  readonly now: Instant;
  /**
   * When the whole state was last read, where known. The time of the last scheduling decision is true only then: the
   * event stream does not refresh it (rollout-dashboard.md 0.7).
   */
  readonly fullReadAt?: Instant | undefined;
}

/**
 * What needs a person (rollout-dashboard.md 2.6, as far as one snapshot tells):
 * - `error`: tasks of targets, or of a batch, are in error
 * - `blocked`: batches cannot start because an earlier task failed for good
 * - `votes`: proposals wait for votes
 * - `waiting`: a batch should have begun
 * - `long`: a batch takes more than twice the usual time
 * - `scheduler`: Airflow made no decision for a while, though the rollout runs
 */
export type TroubleKind = 'error' | 'blocked' | 'votes' | 'waiting' | 'long' | 'scheduler';

export interface Trouble {
  readonly kind: TroubleKind;
  readonly severity: 'error' | 'warning' | 'attention';
  /** The first batch that it is about; undefined when it is about the rollout. */
  readonly row: string | undefined;
  /** How many batches it is about. */
  readonly rows: number;
  /** Labels of the targets concerned; empty when it is about a batch as a whole. */
  readonly targets: readonly string[];
  /** For how long at least, in milliseconds, where that can be told. */
  readonly forMs: number | undefined;
  /** `error` only: Airflow tries again by itself. */
  readonly retrying: boolean;
}

const patience = 10 * minute;
const schedulerPatience = 5 * minute;
const shortestLong = 30 * minute;

/** The list of troubles, worst first. */
export function troubles(
  rollout: Rollout,
  rows: readonly TimelineRow[],
  usual: number,
  moment: TimelineMoment,
): readonly Trouble[] {
  return [
    ...rows.flatMap(errors),
    ...blocked(rows),
    ...rows.flatMap(votes),
    ...late(rollout, rows, moment.now),
    ...rows.flatMap((row) => long(row, usual, moment.now)),
    ...silentScheduler(rollout, moment),
  ];
}

const plain = { rows: 1, targets: [], forMs: undefined, retrying: false } as const;

function errors(row: TimelineRow): readonly Trouble[] {
  const cells = row.cells.filter((cell) => cell.state === 'error');
  if (cells.length === 0 && row.state !== 'error') return [];
  const retrying = cells.length === 0 ? isRetrying(row.comment) : cells.every((cell) => cell.retrying === true);
  const targets = cells.map((cell) => cell.label);
  return [{ ...plain, kind: 'error', severity: 'error', row: row.id, targets, retrying }];
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
  return forMs > patience ? [{ ...plain, kind: 'waiting', severity: 'warning', row: row.id, forMs }] : [];
}

function long(row: TimelineRow, usual: number, now: number): readonly Trouble[] {
  if (row.phase !== 'running' || row.actual === undefined) return [];
  const forMs = now - row.actual.start;
  const tooLong = forMs > Math.max(2 * usual, shortestLong);
  return tooLong ? [{ ...plain, kind: 'long', severity: 'warning', row: row.id, forMs }] : [];
}

function silentScheduler(rollout: Rollout, { fullReadAt }: TimelineMoment): readonly Trouble[] {
  if (!isActive(rollout) || fullReadAt === undefined || rollout.lastSchedulingDecision === undefined) return [];
  const forMs = fullReadAt - rollout.lastSchedulingDecision;
  if (!(forMs > schedulerPatience)) return [];
  return [{ ...plain, kind: 'scheduler', severity: 'warning', row: undefined, rows: 0, forMs }];
}
