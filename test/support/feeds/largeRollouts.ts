import { minute } from '../../../src/domain/base/time.ts';
import type { Batch, Rollout, RolloutKind, RolloutState, Target } from '../../../src/domain/releases/rollout.ts';
import { batch, revision, rollout, taskComment, wednesday } from './rolloutBuilder.ts';

const states: readonly (readonly [RolloutKind, RolloutState])[] = [
  ['rollout_ic_os_to_mainnet_subnets', 'upgrading_subnets'],
  ['rollout_ic_os_to_mainnet_api_boundary_nodes', 'upgrading_api_boundary_nodes'],
  ['rollout_ic_os_to_mainnet_nodes', 'main'],
];
const [batchCount, targetCount, running] = [60, 50, 3];

/** Ten rollouts of each kind with 60 batches of 50 subnets or nodes each. `done`: how many of the third batch, which runs, are done. */
export function largeRollouts(done = 0): readonly Rollout[] {
  return states.flatMap(([kind, state]) =>
    Array.from({ length: 10 }, (_, index) => largeRollout(done, { kind, state, name: `large-${index}` })),
  );
}

/** One of them. */
function largeRollout(done: number, over: Pick<Rollout, 'kind' | 'state' | 'name'>): Rollout {
  const batches = Array.from({ length: batchCount }, (_, index) => largeBatch(index + 1, done));
  if (over.kind !== 'rollout_ic_os_to_mainnet_nodes') return rollout({ batches, ...over });
  const ofNodes = batches.map((each): Batch => ({ ...each, stage: 'main', targets: [], plannedNodes: targetCount }));
  return rollout({ batches: ofNodes, ...over });
}

function largeBatch(number: number, done: number): Batch {
  const start = wednesday + (number - running - 0.5) * 30 * minute;
  const url = `https://airflow.example.org/dags/rollout/grid?task_id=batch_${number}.wait_for_replica_revision`;
  const comment = taskComment(number, 'wait_for_replica_revision', 'Deferred');
  const targets = Array.from({ length: targetCount }, (_, index): Target => {
    const isDone = number < running || (number === running && index < done);
    const state = isDone ? 'complete' : number === running ? 'waiting_for_adoption' : 'pending';
    const label = `${number.toString(36).padStart(2, 'a')}${index.toString(36).padStart(3, 'a')}`;
    return { id: `${label}-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-jop6k-eqe`, state, comment, url, revision };
  });
  if (number > running) return batch(number, start, { targets, url });
  const actualStart = start + minute;
  if (number === running) return batch(number, start, { targets, url, actualStart, state: 'waiting_for_adoption' });
  return batch(number, start, { targets, url, actualStart, end: start + 25 * minute, state: 'complete' });
}
