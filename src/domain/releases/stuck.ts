import { minute, type Instant } from '../base/time.ts';
import { batchKey } from './batchKey.ts';
import { isActive, type Batch, type CellState, type Engine, type Rollout, type Target } from './rollout.ts';
import { isRetrying, isSlackRetry, stepOf } from './steps.ts';
import { engineOf, isStopped } from './timeline/troubles.ts';
import { staysOf, type AllTimes } from './times/current.ts';

/** Why a batch needs a person. */
export type StuckReason = 'failed' | 'error' | 'votes' | 'adoption' | 'alerts' | 'start';

/** A batch that does not go on by itself, or longer than it should take (rollout-dashboard.md 2.6). */
export interface StuckBatch {
  /** Names it for as long as it is stuck for this reason. */
  readonly key: string;
  readonly rollout: Rollout;
  readonly batch: Batch;
  readonly reason: StuckReason;
  /** The subnets or nodes that hold it up; none where it is the batch as a whole. */
  readonly targets: readonly Target[];
  /** Since when it is so; undefined where that is not recorded. */
  readonly since: Instant | undefined;
  /** Whether it was seen to begin then; else it may have begun earlier. */
  readonly began: boolean;
}

/** How long a state may last before it is stuck. A task that failed for good is stuck at once. */
const stuckAfter: Readonly<Record<Exclude<StuckReason, 'failed'>, number>> = {
  error: 15 * minute,
  votes: 45 * minute,
  adoption: 45 * minute,
  alerts: 60 * minute,
  start: 10 * minute,
};

const reasons: Readonly<Partial<Record<CellState, Exclude<StuckReason, 'failed' | 'start'>>>> = {
  error: 'error',
  waiting_for_election: 'votes',
  waiting_for_adoption: 'adoption',
  waiting_for_alerts_gone: 'alerts',
  waiting_until_nodes_healthy: 'alerts',
};

/** In the order in which they need a person. */
const order: readonly StuckReason[] = ['failed', 'error', 'votes', 'alerts', 'adoption', 'start'];

/**
 * The batches of these rollouts that are stuck, one for each batch, the worst first. How long they are in their states is
 * taken from the record: while it is not there, only what failed for good is stuck. HostOS is slower: of its steps only errors
 * and votes count.
 */
export function stuckBatches(
  rollouts: Iterable<Rollout>,
  times: AllTimes,
  now: Instant,
  engines: readonly Engine[] = [],
): readonly StuckBatch[] {
  const found: StuckBatch[] = [];
  for (const rollout of rollouts) {
    const isOver = !isActive(rollout) && rollout.state !== 'failed';
    if (isOver || rollout.simulated || rollout.unlistedSince !== undefined || isAbandoned(rollout, now)) continue;
    for (const batch of rollout.batches) {
      const stuck = stuckBatch(rollout, batch, times, now);
      // While the engine does not run nothing starts: its own row says so.
      const isHalted = stuck?.reason === 'start' && isStopped(rollout, { engine: engineOf(rollout, engines) });
      if (stuck !== undefined && !isHalted) found.push(stuck);
    }
  }
  return found.sort((a, b) => order.indexOf(a.reason) - order.indexOf(b.reason));
}

/** Airflow no longer schedules a run that somebody marked as failed. */
function isAbandoned({ state, lastSchedulingDecision }: Rollout, now: Instant): boolean {
  return state === 'failed' && lastSchedulingDecision !== undefined && now - lastSchedulingDecision > 60 * minute;
}

type HeldBatch = Pick<StuckBatch, 'reason' | 'since' | 'began'> & { readonly target: Target | undefined };

function stuckBatch(rollout: Rollout, batch: Batch, times: AllTimes, now: Instant): StuckBatch | undefined {
  if (batch.end !== undefined) return undefined;
  const stays = staysOf(times, rollout, batch);
  const parts = batch.targets.length === 0 ? [undefined] : batch.targets;
  const held = parts.flatMap((target, index): readonly HeldBatch[] => {
    const of = target ?? batch;
    const stay = target === undefined ? stays.batch : stays.targets[index];
    const reason = reasonOf(of, batch);
    if (reason === undefined) return [];
    const stuck = { reason, target, since: stay?.since, began: stay?.began ?? false };
    if (reason === 'failed') return [stuck];
    const since = reason === 'start' ? Math.max(batch.plannedStart, stay?.since ?? now) : stay?.since;
    return since !== undefined && now - since > stuckAfter[reason] ? [{ ...stuck, since }] : [];
  });
  const [worst] = held.toSorted((a, b) => order.indexOf(a.reason) - order.indexOf(b.reason));
  if (worst === undefined) return undefined;
  const same = held.filter(({ reason }) => reason === worst.reason);
  const first = same.toSorted((a, b) => (a.since ?? now) - (b.since ?? now))[0] ?? worst;
  return {
    key: `${batchKey(rollout, batch)}#${worst.reason}`,
    rollout,
    batch,
    reason: worst.reason,
    targets: same.flatMap(({ target }) => (target === undefined ? [] : [target])),
    since: first.since,
    began: first.began,
  };
}

function reasonOf(of: Target | Batch, batch: Batch): StuckReason | undefined {
  if (isSlackRetry(of) || stepOf(of) === 'ready') return undefined;
  if (of.state === 'waiting') return batch.stage === undefined && batch.actualStart === undefined ? 'start' : undefined;
  const reason = reasons[of.state];
  if (reason === 'error') return isRetrying(of.comment) ? 'error' : 'failed';
  if (batch.stage !== undefined && reason !== 'votes') return undefined;
  return reason;
}
