import type { Alert } from '../alerts/alert.ts';
import { isActive, type Batch, type HostStage, type Rollout, type Target } from '../releases/rollout.ts';
import { rowId } from '../releases/timeline/rowId.ts';
import { day, type Instant } from '../base/time.ts';
import type { Subject } from './mention.ts';

/** How an alert is related to the batch of a rollout that upgrades its subnet or node. */
export interface BatchFact {
  readonly rollout: Rollout;
  readonly batch: number;
  readonly stage: HostStage | undefined;
  /** Its id within the rollout (`rowId`). */
  readonly row: string;
  /** The subnet or node. */
  readonly subject: Subject;
  /** When the batch began; undefined before that: then `plannedStart` says when it will. */
  readonly startedAt: Instant | undefined;
  readonly plannedStart: Instant;
  /** From the beginning of the batch to the alert in milliseconds, negative when the alert is older. */
  readonly afterMs: number | undefined;
  /** The rollout waits for the alerts of this subnet or node to go, and this is one of them. */
  readonly holdsUp: boolean;
}

interface BatchTarget {
  readonly rollout: Rollout;
  readonly batch: Batch;
  readonly target: Target;
}

/** An alert this long after a batch is not related to it, nor is one that is open this long before the next batch. */
const nearMs = day;

/** Which batches reach a subnet or a node. Simulated rollouts change nothing, so they are left out. */
export class Batches {
  readonly #byTarget = new Map<string, BatchTarget[]>();

  constructor(rollouts: Iterable<Rollout>) {
    for (const rollout of rollouts) {
      if (rollout.simulated) continue;
      for (const batch of rollout.batches) for (const target of batch.targets) this.#add({ rollout, batch, target });
    }
  }

  /**
   * The batch that counts most for an alert on a subnet or node: one that it holds up, else the one nearest in time.
   * `now` decides whether a planned one is near.
   */
  of(alert: Alert, subject: Subject, now: Instant): BatchFact | undefined {
    if (subject.kind !== 'subnet' && subject.kind !== 'node') return undefined;
    let best: BatchFact | undefined;
    for (const reached of this.#byTarget.get(subject.id) ?? []) {
      const fact = factOf(alert, subject, reached, now);
      if (fact !== undefined && (best === undefined || weight(fact) < weight(best))) best = fact;
    }
    return best;
  }

  #add(reached: BatchTarget): void {
    const same = this.#byTarget.get(reached.target.id);
    if (same === undefined) this.#byTarget.set(reached.target.id, [reached]);
    else same.push(reached);
  }
}

function weight({ holdsUp, afterMs }: BatchFact): number {
  return holdsUp ? -1 : Math.abs(afterMs ?? nearMs);
}

function factOf(
  alert: Alert,
  subject: Subject,
  { rollout, batch, target }: BatchTarget,
  now: Instant,
): BatchFact | undefined {
  const { actualStart: startedAt, plannedStart } = batch;
  const holdsUp = isActive(rollout) && waitsForAlerts(target) && countsForRollout(alert);
  const afterMs = startedAt === undefined ? undefined : alert.createdAt - startedAt;
  const isNear = afterMs === undefined ? isDue(alert, rollout, batch, now) : Math.abs(afterMs) <= nearMs;
  if (!holdsUp && !isNear) return undefined;
  const { number, stage } = batch;
  return { rollout, batch: number, stage, row: rowId(batch), subject, startedAt, plannedStart, afterMs, holdsUp };
}

function isDue(alert: Alert, rollout: Rollout, batch: Batch, now: Instant): boolean {
  const isOver = batch.state === 'complete' || batch.state === 'skipped' || batch.state === 'unknown';
  return alert.status !== 'closed' && isActive(rollout) && !isOver && batch.plannedStart - now <= nearMs;
}

/**
 * A subnet whose own wait is over keeps the state until its whole batch has joined; its comment then names the finished
 * task (rollout-dashboard.md 0.8).
 */
function waitsForAlerts({ state, comment }: Target): boolean {
  if (state !== 'waiting_for_alerts_gone' && state !== 'waiting_until_nodes_healthy') return false;
  return !/\.(?:wait_until_no_alerts|wait_until_nodes_healthy)(?:\.\d+)? in state Success$/.test(comment);
}

/**
 * Whether the rollout waits for this alert at all: it counts what pages (rollout-dashboard.md 2.3). The severity that
 * Prometheus gave is known only where an integration passes it on; without it the alert counts.
 */
function countsForRollout(alert: Alert): boolean {
  const severity = alert.properties['severity'];
  return alert.status !== 'closed' && (severity === undefined || severity === 'page');
}
