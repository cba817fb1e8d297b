import type { Failure } from '../../domain/base/failure.ts';
import { minute } from '../../domain/base/time.ts';
import type { WorkflowRun } from '../../domain/ci/workflowRun.ts';
import type { FeedDefinition } from '../../engine/read/definition.ts';
import type { FeedKey } from '../../engine/read/store.ts';
import type { GitHub } from '../../sources/github/client.ts';

/** The latest runs of the repository's workflows, by id. */
export const workflowRunsKey: FeedKey<WorkflowRun> = { name: 'workflowRuns', keyOf: (run) => `${run.id}` };

/** Reads the latest workflow runs of a repository (`owner/name`). */
export function workflowRunsFeed(
  github: () => Promise<GitHub>,
  repository: () => string,
): FeedDefinition<WorkflowRun, Failure> {
  return {
    key: workflowRunsKey,
    pace: { activeMs: 4 * minute, idleMs: 10 * minute, quietMs: 90 * minute },
    requests: 2,
    staleAfterMs: 50 * minute,
    async fetch(signal) {
      const read = await (await github()).workflowRuns(repository(), signal);
      return read.ok ? { kind: 'records', ...read.value } : { kind: 'failed', failure: read.failure };
    },
  };
}

/** Whether a record from disk has the form of a workflow run. */
export function isStoredWorkflowRun(record: unknown): record is WorkflowRun {
  return typeof record === 'object' && record !== null && 'id' in record && 'workflow' in record && 'state' in record;
}
