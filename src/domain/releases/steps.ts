import type { CellState, Target } from './rollout.ts';

/** The last task that a subnet went through, in Airflow's words. They carry no index where a task is for the whole batch. */
const adoptedTask = /\bwait_for_replica_revision(\.\d+)? in state Success$/;
const clearedTask = /\bwait_until_no_alerts(\.\d+)? in state Success$/;
const slackTask = /\brequest_proposal_vote(\.\d+)? in state (UpForRetry|Restarting)$/;

/**
 * How far a subnet is that the dashboard says to wait for alerts (rollout-dashboard.md 0.1): `adopted`, its alerts were not
 * checked yet; `ready`, it is done and waits for the rest of its batch. Undefined where it waits for its own alerts, and in
 * other states.
 */
export function stepOf({ state, comment }: Pick<Target, 'state' | 'comment'>): 'adopted' | 'ready' | undefined {
  if (state !== 'waiting_for_alerts_gone') return undefined;
  if (clearedTask.test(comment)) return 'ready';
  return adoptedTask.test(comment) ? 'adopted' : undefined;
}

/** Airflow retries a task in these states; `Failed` needs a person (rollout-dashboard.md 2.3). */
export function isRetrying(comment: string): boolean {
  return /\b(UpForRetry|Restarting)$/.test(comment);
}

/**
 * Whether the error is only that the message to Slack for votes failed. From one read to the next such a subnet
 * may be in error or not, as the dashboard takes the tasks in any order (rollout-dashboard.md 0.1).
 */
export function isSlackRetry({ state, comment }: { readonly state: CellState; readonly comment: string }): boolean {
  return state === 'error' && slackTask.test(comment);
}

/** The state that a task works on, by Airflow's name for it (rollout-dashboard.md 2.4). */
const stateOfTask: Readonly<Partial<Record<string, CellState>>> = {
  collect_nodes: 'determining_targets',
  create_proposal_if_none_exists: 'proposing',
  request_proposal_vote: 'waiting_for_election',
  wait_until_proposal_is_accepted: 'waiting_for_election',
  wait_for_replica_revision: 'waiting_for_adoption',
  wait_for_revision_adoption: 'waiting_for_adoption',
  wait_until_no_alerts: 'waiting_for_alerts_gone',
  wait_until_nodes_healthy: 'waiting_until_nodes_healthy',
};

/** The step that something is at, also while its task fails: the state that this task works on. Undefined where not known. */
export function stepState({ state, comment }: Pick<Target, 'state' | 'comment'>): CellState | undefined {
  if (state !== 'error') return state;
  const task = /\.(\w+)(?:\.\d+)? in state \w+$/.exec(comment)?.[1] ?? '';
  return Object.hasOwn(stateOfTask, task) ? stateOfTask[task] : undefined;
}

/** The course of a batch, as far as it takes time of its own; a kind of rollouts goes through some of these. */
export const course: readonly CellState[] = [
  'determining_targets',
  'proposing',
  'waiting_for_election',
  'waiting_for_adoption',
  'waiting_for_alerts_gone',
  'waiting_until_nodes_healthy',
];

/** Trouble first, then from not begun to done (the order of the dashboard's own enum, rollout-dashboard.md 2.2). */
const advance: readonly CellState[] = [
  'error',
  'predecessor_failed',
  'unknown',
  'pending',
  'waiting',
  ...course,
  'complete',
  'skipped',
];

/** The one that is least far, trouble first; undefined where there is none. */
export function leastAdvanced<T extends Pick<Target, 'state'>>(targets: readonly T[]): T | undefined {
  return [...targets].sort((a, b) => advance.indexOf(a.state) - advance.indexOf(b.state))[0];
}
