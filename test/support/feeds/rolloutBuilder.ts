import type { HostBatch } from '../../../src/domain/releases/hostBatch.ts';
import type {
  Batch,
  CellState,
  HostStage,
  Rollout,
  RolloutKind,
  Target,
} from '../../../src/domain/releases/rollout.ts';
import { day, hour, minute, second, type Instant } from '../../../src/domain/base/time.ts';

// Rollouts of a believable Wednesday, built from the domain's types: what the dashboard's samples look like.

/** Wednesday 26 August 2026, 13:50:11 UTC. */
export const wednesday: Instant = Date.UTC(2026, 7, 26, 13, 50, 11);
const monday = Date.UTC(2026, 7, 24);

/** An instant of that week: `at(2, 13)` is Wednesday 13:00 UTC. */
export function at(weekday: number, hours: number, minutes = 0): Instant {
  return monday + weekday * day + hours * hour + minutes * minute;
}

export const revision = '79c01052b5f7f49d3cf53d04d696cb2893294cd3';
const featureRevision = 'c0ffee0000b5f7f49d3cf53d04d696cb28932abc';
const nns = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';

/** A principal that begins with these five letters. The rest is of the right shape. */
export function principal(label: string): string {
  return label === 'tdb26' ? nns : `${label}-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-jop6k-eqe`;
}

export function target(label: string, over: Partial<Target> = {}): Target {
  return { id: principal(label), state: 'pending', comment: '', url: '', revision, ...over };
}

export function batch(number: number, plannedStart: Instant, over: Partial<Batch> = {}): Batch {
  return {
    number,
    stage: undefined,
    plannedStart,
    actualStart: undefined,
    end: undefined,
    state: 'pending',
    comment: '',
    url: '',
    targets: [],
    plannedNodes: undefined,
    actualNodes: undefined,
    ...over,
  };
}

export function rollout(over: Partial<Rollout> = {}): Rollout {
  return {
    kind: 'rollout_ic_os_to_mainnet_subnets',
    name: 'rc--2026-08-20_03-30',
    state: 'upgrading_subnets',
    url: 'https://airflow.example.org/dags/rollout/grid?dag_run_id=rc',
    note: undefined,
    dispatchedAt: at(-1, 18, 3),
    lastSchedulingDecision: wednesday - 20 * second,
    revision,
    simulated: false,
    batches: [],
    planned: true,
    ...over,
  };
}

/** A batch that ran: began `late` minutes after the plan and took `took` minutes. */
export function finished(number: number, planned: Instant, labels: readonly string[], took = 49, late = 0): Batch {
  const actualStart = planned + late * minute + 3 * second;
  const targets = labels.map((label) =>
    target(label, { state: 'complete', comment: taskComment(number, 'join', 'Success') }),
  );
  return batch(number, planned, { actualStart, end: actualStart + took * minute, state: 'complete', targets });
}

/** What the dashboard says of a task. */
export function taskComment(number: number, task: string, state: string): string {
  return `Task batch_${number}.${task} in state ${state}`;
}

function coming(number: number, planned: Instant, labels: readonly string[], state: CellState = 'pending'): Batch {
  return batch(number, planned, { state, targets: labels.map((label) => target(label, { state })) });
}

const split = (labels: string): readonly string[] => labels.split(' ');

/** Half way, batch 12 in flight: one subnet in error, one adopting, one ready. */
export function guestOs(over: Partial<Rollout> = {}): Rollout {
  const airflow = 'https://airflow.example.org/dags/rollout/grid?task_id=';
  const running = batch(12, at(2, 13), {
    actualStart: at(2, 13) + second,
    state: 'error',
    targets: [
      target('opn46', {
        state: 'waiting_for_alerts_gone',
        comment: taskComment(12, 'wait_until_no_alerts.0', 'Success'),
        url: `${airflow}wait_until_no_alerts`,
      }),
      target('lspz2', {
        state: 'error',
        comment: taskComment(12, 'wait_for_replica_revision.1', 'UpForRetry'),
        url: `${airflow}wait_for_replica_revision`,
      }),
      target('o3ow2', {
        state: 'waiting_for_adoption',
        comment: taskComment(12, 'wait_for_replica_revision.2', 'Deferred'),
        url: `${airflow}wait_for_replica_revision`,
      }),
    ],
  });
  const batches = [
    finished(1, at(0, 9), split('io67a xok3w')),
    finished(2, at(0, 11), split('shefu fuqsr'), 45),
    finished(3, at(0, 13), split('vcpt7 4utr6'), 48),
    finished(4, at(1, 7), split('pjljw qdvhd 2fq7c'), 57),
    finished(5, at(1, 9), split('snjp4 w4asl qxesv'), 55),
    finished(6, at(1, 11), split('4zbus ejbmu uzr34'), 48),
    finished(7, at(1, 13), split('re2t4 c4isl'), 148),
    finished(8, at(1, 15), split('mkbc3'), 39, 28),
    finished(9, at(2, 7), split('pae4o 5kdm2 csyj4'), 78),
    finished(10, at(2, 9), split('eq6en lhg73 brlsh'), 55),
    finished(11, at(2, 11), split('k44fs cv73p 4ecnw'), 43),
    running,
    coming(13, at(2, 15), split('2zs4v 6excn kp5jj')),
    coming(14, at(3, 7), split('w4rem 6pbhf')),
    coming(15, at(3, 8), split('e66qm')),
    coming(16, at(3, 9), split('yinp6 bkfrj jtdsg')),
    coming(17, at(3, 11), split('mpubz x33ed')),
    coming(18, at(3, 12), split('gmq5v')),
    coming(19, at(3, 13), split('3hhby nl6hn pzp6e')),
    coming(20, at(3, 14), split('rtvil xlkub')),
    coming(21, at(3, 15), split('3zsyy')),
    coming(30, at(7, 7), split('tdb26')),
  ];
  const withFeature = batches.map((each) =>
    each.number === 16
      ? {
          ...each,
          targets: each.targets.map((one, index) => (index === 0 ? { ...one, revision: featureRevision } : one)),
        }
      : each,
  );
  return rollout({
    state: 'problem',
    note: '`yinp6` gets the **revert_dmt** build this week, see the feature sheet.',
    batches: withFeature,
    ...over,
  });
}

/** HostOS in its main stage: four stages, 51 batches, numbers of nodes only. */
export function hostOs(over: Partial<Rollout> = {}): Rollout {
  const slots = Array.from({ length: 51 }, (_, index) => slot(index));
  const stages: readonly (readonly [HostStage, readonly number[]])[] = [
    ['canary', [1, 5, 67, 41]],
    ['main', Array.from({ length: 39 }, (_, index) => (index < 12 ? 43 : index < 33 ? 5 : 1))],
    ['unassigned', [100, 100, 100, 100, 100, 100, 96]],
    ['stragglers', [14]],
  ];
  let index = 0;
  const batches = stages.flatMap(([stage, sizes]) =>
    sizes.map((plannedNodes, position) => {
      const planned = slots[index] ?? 0;
      const over = hostState(index, planned, plannedNodes);
      index += 1;
      return batch(position + 1, planned, { stage, plannedNodes, ...over });
    }),
  );
  return rollout({
    kind: 'rollout_ic_os_to_mainnet_nodes',
    name: 'rc--2026-08-13_03-55',
    state: 'main',
    dispatchedAt: at(1, 6, 41),
    batches,
    ...over,
  });
}

/** Eight starts a day from 7:00, Monday to Thursday, from Tuesday on. */
function slot(index: number): Instant {
  const working = Math.floor(index / 8);
  const days = [1, 2, 3, 7, 8, 9, 10][working] ?? 10;
  return at(days, 7 + (index % 8));
}

function hostState(index: number, planned: Instant, nodes: number): Partial<Batch> {
  if (index < 14) {
    const actualStart = planned + 2 * second;
    return { actualStart, end: actualStart + (47 + (index % 5) * 4) * minute, state: 'complete', actualNodes: nodes };
  }
  if (index > 14) return {};
  const comment = 'Task main_11.wait_for_revision_adoption in state UpForReschedule';
  return { actualStart: planned + 3 * second, state: 'waiting_for_adoption', actualNodes: nodes - 1, comment };
}

/** API boundary nodes, complete: a batch each quarter of an hour as planned, in fact later. */
export function apiBoundaryNodes(over: Partial<Rollout> = {}): Rollout {
  let free = 0;
  const batches = Array.from({ length: 20 }, (_, index) => {
    const planned = at(2, 7, 15 * index);
    const actualStart = Math.max(planned, free) + 5 * second;
    const end = actualStart + (13 + (index % 6)) * minute;
    free = end;
    const targets = [
      target(`n${'abcdefghijklmnopqrstuvwxyz'.charAt(index)}bcd`, { state: 'complete', revision: undefined }),
    ];
    return batch(index + 1, planned, { actualStart, end, state: 'complete', targets });
  });
  return rollout({
    kind: 'rollout_ic_os_to_mainnet_api_boundary_nodes',
    state: 'complete',
    batches,
    ...over,
  });
}

/** Abandoned two weeks ago in its ninth batch. */
export function abandoned(): Rollout {
  const weeksAgo = -21 * day;
  const shifted = guestOs().batches.map((each): Batch => {
    const moved = { ...each, plannedStart: each.plannedStart + weeksAgo };
    if (each.number > 9) return { ...moved, actualStart: undefined, end: undefined, ...ofAll(each, 'unknown') };
    const actualStart = (each.actualStart ?? each.plannedStart) + weeksAgo;
    if (each.number < 9) return { ...moved, actualStart, end: (each.end ?? 0) + weeksAgo };
    const state = ofAll(each, 'error', taskComment(9, 'wait_until_no_alerts', 'Failed'));
    return { ...moved, actualStart, end: undefined, ...state };
  });
  return rollout({
    name: 'rc--2026-07-31_04-23',
    state: 'failed',
    note: 'Abandoned on Wednesday: regression on `eq6en`. Superseded by rc--2026-08-06_04-21.',
    dispatchedAt: at(-1, 18, 2) + weeksAgo,
    lastSchedulingDecision: at(2, 10, 40) + weeksAgo,
    batches: shifted,
  });
}

function ofAll(of: Batch, state: CellState, comment = ''): Pick<Batch, 'state' | 'targets'> {
  return { state, targets: of.targets.map((each) => ({ ...each, state, comment })) };
}

/** Just dispatched, without a plan. */
export function preparing(kind: RolloutKind = 'rollout_ic_os_to_mainnet_subnets'): Rollout {
  return rollout({
    kind,
    name: 'manual__2026-08-26T13:49:30.112233+00:00',
    state: 'preparing',
    revision: undefined,
    dispatchedAt: wednesday - 41 * second,
    lastSchedulingDecision: undefined,
    planned: false,
  });
}

/** The detail of a HostOS batch without nodes. */
export const emptyHostBatch: HostBatch = {
  nodes: [],
  plannedNodes: [],
  tolerance: '5%',
  adoptionBypassed: undefined,
  healthBypassed: undefined,
  skipped: 0,
};
