import { boundaryNodes, rcName, type World } from '../world.ts';
import { boundaryKind, iso, link } from './rollout.ts';

// The batches of the API boundary nodes.

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
