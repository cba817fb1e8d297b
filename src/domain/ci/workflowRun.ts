import type { Checks } from './pullRequest.ts';
import type { Instant } from '../base/time.ts';

/** Where a run stands. `unknown`: a word of GitHub that is new to us; it must not look like success. */
export type RunState =
  'queued' | 'running' | 'waiting' | 'success' | 'failure' | 'cancelled' | 'skipped' | 'actionRequired' | 'unknown';

/** One run of a GitHub Actions workflow. Keyed by its id as text. */
export interface WorkflowRun {
  readonly id: number;
  /** The workflow's name: "Build and test". */
  readonly workflow: string;
  /** The workflow's file: "main.yaml". */
  readonly file: string;
  readonly state: RunState;
  /** The commit's or pull request's title. */
  readonly title: string;
  readonly branch: string;
  /** The commit in full. */
  readonly commit: string;
  /** What started it: "push", "schedule", "workflow_dispatch". */
  readonly event: string;
  /** 1 for the first; more when it was started again. */
  readonly attempt: number;
  readonly createdAt: Instant;
  readonly startedAt: Instant;
  readonly updatedAt: Instant;
}

/** Whether a run is over. */
export function isOver(run: WorkflowRun): boolean {
  switch (run.state) {
    case 'queued':
    case 'running':
    case 'waiting':
      return false;
    case 'success':
    case 'failure':
    case 'cancelled':
    case 'skipped':
    case 'actionRequired':
    case 'unknown':
      return true;
  }
}

/**
 * For each workflow its latest run, and where that is not over yet the latest that is: a red main branch must not
 * hide behind a run that has just begun. Newest first.
 */
export function latestRuns(runs: readonly WorkflowRun[]): readonly WorkflowRun[] {
  const newestFirst = [...runs].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
  const latest = new Map<string, WorkflowRun>();
  const latestOver = new Map<string, WorkflowRun>();
  for (const run of newestFirst) {
    if (!latest.has(run.file)) latest.set(run.file, run);
    if (isOver(run) && !latestOver.has(run.file)) latestOver.set(run.file, run);
  }
  const wanted = new Set([...latest.values(), ...latestOver.values()]);
  return newestFirst.filter((run) => wanted.has(run));
}

/** What the runs of one commit say together: a failure outweighs what still runs. */
export function checksOf(runs: readonly WorkflowRun[]): Checks {
  const latest = new Map<string, WorkflowRun>();
  for (const run of runs) {
    const known = latest.get(run.file);
    if (known === undefined || run.id > known.id) latest.set(run.file, run);
  }
  const all = [...latest.values()];
  const failed = all.filter(({ state }) => state === 'failure' || state === 'cancelled');
  if (failed.length > 0) return { state: 'failing', failed: failed.map((run) => run.workflow).sort() };
  if (all.some((run) => !isOver(run))) return { state: 'running', failed: [] };
  const passed = all.length > 0 && all.every(({ state }) => state === 'success' || state === 'skipped');
  return { state: passed ? 'passing' : 'unknown', failed: [] };
}
