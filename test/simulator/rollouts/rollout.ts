import type { World } from '../world.ts';

// What the rollouts of every kind have in common.

export interface Rollout {
  name: string;
  display_url: string;
  note: string | null;
  dispatch_time: string;
  last_scheduling_decision: string | null;
  update_count: number;
  kind: string;
  state: string;
  batches?: Record<string, unknown>;
  stages?: Record<string, Record<string, unknown>> | null;
  conf: Record<string, unknown>;
}

export const guestKind = 'rollout_ic_os_to_mainnet_subnets';
export const boundaryKind = 'rollout_ic_os_to_mainnet_api_boundary_nodes';
export const hostKind = 'rollout_ic_os_to_mainnet_nodes';
const airflow = 'https://airflow.ch1-rel1.dfinity.network';

export function iso(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, -1)}000Z`;
}

export function link(kind: string, run: string, task?: string): string {
  const query = new URLSearchParams({ dag_run_id: run });
  if (task !== undefined) {
    query.set('task_id', task);
    query.set('tab', 'logs');
  }
  return `${airflow}/dags/${kind}/grid?${query}`;
}

export function conf(revision: string): Record<string, unknown> {
  return { git_revision: revision, simulate: false };
}

export function header(
  world: World,
  kind: string,
  name: string,
  dispatched: string,
  state: string,
): Omit<Rollout, 'conf' | 'batches' | 'stages'> {
  const running = state !== 'complete' && state !== 'failed';
  return {
    name,
    display_url: link(kind, name),
    note: null,
    dispatch_time: iso(world.at(dispatched)),
    last_scheduling_decision: iso(running ? world.now() - 9_000 : world.at(dispatched) + 6 * 86_400_000),
    // It begins near the number of the run's tasks (rollout-dashboard.md 0.6).
    update_count: 900,
    kind,
    state,
  };
}
