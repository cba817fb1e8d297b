import type { ChecksState, PullRequestOrigin } from '../../domain/ci/pullRequest.ts';
import type { RunState } from '../../domain/ci/workflowRun.ts';
import type { Icon } from '../kit/row.ts';

const running: Icon = { id: 'play-circle', color: 'charts.blue' };
const failed: Icon = { id: 'error', color: 'problemsErrorIcon.foreground' };
const passed: Icon = { id: 'pass', color: 'charts.green' };

const waitsForPerson: Icon = { id: 'person', color: 'drDre.warning' };

export const checkIcons: Record<ChecksState, Icon> = {
  failing: failed,
  waiting: waitsForPerson,
  cancelled: { id: 'circle-slash', color: 'drDre.warning' },
  stale: { id: 'history', color: 'drDre.warning' },
  running,
  passing: passed,
  unknown: { id: 'git-pull-request' },
};

export const runIcons: Record<RunState, Icon> = {
  queued: { id: 'watch' },
  running,
  waiting: waitsForPerson,
  success: passed,
  failure: failed,
  cancelled: { id: 'circle-slash' },
  skipped: { id: 'debug-step-over' },
  actionRequired: waitsForPerson,
  stale: { id: 'history', color: 'drDre.warning' },
  unknown: { id: 'question' },
};

/** As short as is clear; `waiting` for the approval of a deployment, `actionRequired` for that of a run. */
export const runWords: Record<RunState, string> = {
  queued: 'queued',
  running: 'running',
  waiting: 'needs approval',
  success: 'passed',
  failure: 'failed',
  cancelled: 'cancelled',
  skipped: 'skipped',
  actionRequired: 'needs approval',
  stale: 'stale',
  unknown: 'unknown',
};

export const checkWords: Record<ChecksState, string> = {
  failing: 'failed',
  waiting: 'needs approval',
  cancelled: 'cancelled',
  stale: 'stale',
  running: 'running',
  passing: 'passed',
  unknown: 'unknown',
};

/** A word as rows have it: all of "needs approval" leaves no room for the age. */
export function inRow(word: string): string {
  return word === runWords.waiting ? 'to approve' : word;
}

/** Those that need a person, the worst first. */
export const troubledChecks: readonly ChecksState[] = ['failing', 'waiting', 'cancelled', 'stale'];
/** What needs a person comes first. */
export const checkOrder: readonly ChecksState[] = [...troubledChecks, 'unknown', 'running', 'passing'];
export const troubledRuns: readonly RunState[] = ['failure', 'actionRequired', 'waiting', 'stale', 'unknown'];
/** The words for these, in their order: several states have one word. */
export const troubledWords: readonly string[] = [...new Set(troubledRuns.map((state) => runWords[state]))];
export const runOrder: readonly RunState[] = [...troubledRuns, 'running', 'queued', 'cancelled', 'success', 'skipped'];

export const originOrder: readonly PullRequestOrigin[] = ['dependencies', 'release', 'person'];
export const originLabels: Record<PullRequestOrigin, string> = {
  dependencies: 'Dependency upgrades',
  release: 'Releases',
  person: 'By people',
};
