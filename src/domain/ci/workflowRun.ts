import type { Checks, ChecksState } from './pullRequest.ts';
import type { Instant } from '../base/time.ts';

/**
 * Where a run stands. `waiting`: for the approval of a deployment. `actionRequired`: for a person's approval, as the
 * runs of a fork do. `stale`: GitHub gave up on it. `unknown`: a word of GitHub that is new to us; it must not be shown
 * as success.
 */
export type RunState =
  | 'queued'
  | 'running'
  | 'waiting'
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'skipped'
  | 'actionRequired'
  | 'stale'
  | 'unknown';

/** One run of a GitHub Actions workflow. Keyed by its id as text. */
export interface WorkflowRun {
  readonly id: number;
  /** The workflow's name: "Build and test". */
  readonly workflow: string;
  /** The workflow's file: "main.yaml". */
  readonly file: string;
  readonly state: RunState;
  /** GitHub's word where `state` is `unknown`. */
  readonly unknownState?: string | undefined;
  /** The commit's or pull request's title. */
  readonly title: string;
  readonly branch: string;
  /** The commit in full. */
  readonly commit: string;
  /** What started it: "push", "schedule", "workflow_dispatch". */
  readonly event: string;
  /** Login of who started it; bots end in `[bot]`. Absent where that is not known. */
  readonly actor?: string | undefined;
  /** 1 for the first; more when it was started again. */
  readonly attempt: number;
  readonly createdAt: Instant;
  readonly startedAt: Instant;
  readonly updatedAt: Instant;
}

/** Whether a run is over. */
function isOver(run: WorkflowRun): boolean {
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
    case 'stale':
    case 'unknown':
      return true;
  }
}

/**
 * What identifies a workflow: its file and its name, as those that GitHub makes itself (the updates of
 * Dependabot) share one path. Their names end in a number of the run.
 */
function workflowOf({ file, workflow }: WorkflowRun): string {
  return JSON.stringify([file, workflow.replace(/(?: - Update)? #\d+$/, '')]);
}

/**
 * For each workflow its latest run, and while that one runs, the latest finished one too: a failing main branch must
 * stay visible when a new run begins. Newest first.
 */
export function latestRuns(runs: readonly WorkflowRun[]): readonly WorkflowRun[] {
  const newestFirst = [...runs].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
  const latest = new Map<string, WorkflowRun>();
  const latestOver = new Map<string, WorkflowRun>();
  for (const run of newestFirst) {
    const workflow = workflowOf(run);
    if (!latest.has(workflow)) latest.set(workflow, run);
    if (isOver(run) && !latestOver.has(workflow)) latestOver.set(workflow, run);
  }
  const wanted = new Set([...latest.values(), ...latestOver.values()]);
  return newestFirst.filter((run) => wanted.has(run));
}

/** What starts the checks of a commit. Others (schedules, a person) may run on the same commit for other reasons. */
const checkEvents: ReadonlySet<string> = new Set(['push', 'pull_request', 'pull_request_target']);

/** Each takes precedence over those after it (github.md 3.3). */
const weights: readonly (readonly [state: ChecksState, of: readonly RunState[]])[] = [
  ['failing', ['failure']],
  ['waiting', ['actionRequired', 'waiting']],
  ['cancelled', ['cancelled']],
  ['stale', ['stale']],
  ['running', ['running', 'queued']],
  ['unknown', ['unknown']],
];

/** Its workflow, with GitHub's own word for how it stands where that is none that is known. */
function withWord({ workflow, unknownState }: WorkflowRun): string {
  return unknownState === undefined ? workflow : `${workflow} “${unknownState}”`;
}

/** The combined state of the runs of one commit: the latest of each workflow and event. Other runs do not count. */
export function checksOf(runs: readonly WorkflowRun[]): Checks {
  const latest = new Map<string, WorkflowRun>();
  for (const run of runs) {
    if (!checkEvents.has(run.event)) continue;
    const key = `${workflowOf(run)} ${run.event}`;
    const known = latest.get(key);
    if (known === undefined || run.id > known.id) latest.set(key, run);
  }
  const all = [...latest.values()];
  const namesOf = (some: readonly WorkflowRun[], nameOf = ({ workflow }: WorkflowRun): string => workflow) =>
    [...new Set(some.map(nameOf))].sort();
  const looked = namesOf(all);
  for (const [state, of] of weights) {
    const such = all.filter((run) => of.includes(run.state));
    if (such.length > 0) return { state, workflows: namesOf(such, withWord), looked };
  }
  return { state: all.length === 0 ? 'unknown' : 'passing', workflows: looked, looked };
}
