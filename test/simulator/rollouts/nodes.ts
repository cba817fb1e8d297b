import { boundaryNodes, rcName, type World } from '../world.ts';
import { boundaryKind, hostKind, iso, link } from './rollout.ts';

// The batches of the API boundary nodes and the stages of HostOS.

export function boundaryBatches(world: World): Record<string, unknown> {
  const start = world.at('2026-08-26T07:00:00Z');
  return Object.fromEntries(
    boundaryNodes.map((node, index) => {
      const task = `batch_${index + 1}.join`;
      const planned = start + index * 15 * 60_000;
      return [
        index + 1,
        {
          planned_start_time: `${new Date(planned).toISOString().slice(0, 19)}Z`,
          actual_start_time: iso(planned + 5_000),
          end_time: iso(planned + 14 * 60_000),
          state: 'complete',
          comment: `Task ${task} in state Success`,
          display_url: link(boundaryKind, rcName, task),
          api_boundary_nodes: [{ node_id: node }],
        },
      ];
    }),
  );
}

export function hostStages(world: World): Record<string, Record<string, unknown>> {
  const run = 'rc--2026-08-13_03-55';
  const selectors = {
    assignment: 'unassigned',
    owner: 'DFINITY',
    nodes_per_group: 1,
    group_by: null,
    status: 'Healthy',
    datacenter: null,
    subnet_healthy_threshold: null,
  };
  const stage = (name: string, count: number, firstStart: string, nodes: number): Record<string, unknown> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => {
        const planned = world.at(firstStart) + index * 3_600_000;
        const begun = world.now() >= planned;
        const done = world.now() >= planned + 55 * 60_000;
        const task = `${name}_${index + 1}.${done ? 'join' : begun ? 'wait_for_revision_adoption' : 'plan'}`;
        const state = done ? 'complete' : begun ? 'waiting_for_adoption' : 'pending';
        const comment = done
          ? `Task ${task} in state Success`
          : begun
            ? `Task ${task} in state UpForReschedule`
            : `Task ${task} has no known state`;
        return [
          index + 1,
          {
            planned_start_time: `${new Date(planned).toISOString().slice(0, 19)}Z`,
            actual_start_time: begun ? iso(planned + 3_000) : null,
            end_time: done ? iso(planned + 55 * 60_000) : null,
            state,
            comment,
            display_url: link(hostKind, run, task),
            planned_nodes: nodes,
            selectors,
            actual_nodes: begun ? nodes : null,
          },
        ];
      }),
    );
  return {
    canary: stage('canary', 4, '2026-08-25T07:00:00Z', 5),
    main: stage('main', 14, '2026-08-26T03:20:00Z', 42),
    unassigned: stage('unassigned', 3, '2026-08-27T07:00:00Z', 100),
    stragglers: {},
  };
}
