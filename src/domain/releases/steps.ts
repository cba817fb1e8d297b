import type { CellState, Target } from './rollout.ts';

/** The last task that a subnet went through, in Airflow's words. They carry no index where a task is for the whole batch. */
const adoptedTask = /\bwait_for_replica_revision(\.\d+)? in state Success$/;
const clearedTask = /\bwait_until_no_alerts(\.\d+)? in state Success$/;
const slackTask = /\brequest_proposal_vote(\.\d+)? in state (UpForRetry|Restarting)$/;

/**
 * How far a subnet is that the dashboard says to wait for alerts (rollout-dashboard.md 0.1): `adopted`, its alerts were not
 * looked at yet; `ready`, it is done and waits for the rest of its batch. Undefined where it waits for its own alerts, and in
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
 * Whether the error is only that the message to Slack, which asks for votes, failed. From one read to the next such a subnet
 * may be in error or not, as the dashboard takes the tasks in any order (rollout-dashboard.md 0.1).
 */
export function isSlackRetry({ state, comment }: { readonly state: CellState; readonly comment: string }): boolean {
  return state === 'error' && slackTask.test(comment);
}

/** Trouble first, then from not begun to done (the order of the dashboard's own enum, rollout-dashboard.md 2.2). */
const advance: readonly CellState[] = [
  'error',
  'predecessor_failed',
  'unknown',
  'pending',
  'waiting',
  'determining_targets',
  'proposing',
  'waiting_for_election',
  'waiting_for_adoption',
  'waiting_for_alerts_gone',
  'waiting_until_nodes_healthy',
  'complete',
  'skipped',
];

/** The one that is least far, trouble first; undefined where there is none. */
export function leastAdvanced<T extends Pick<Target, 'state'>>(targets: readonly T[]): T | undefined {
  return [...targets].sort((a, b) => advance.indexOf(a.state) - advance.indexOf(b.state))[0];
}
