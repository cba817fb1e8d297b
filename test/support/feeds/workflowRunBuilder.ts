import type { Instant } from '../../../src/domain/base/time.ts';
import type { WorkflowRun } from '../../../src/domain/ci/workflowRun.ts';

/** A workflow run of the main branch that succeeded, created, started and updated at one time, except where a test says. */
export function workflowRun(id: number, at: Instant, more: Partial<WorkflowRun>): WorkflowRun {
  return {
    id,
    workflow: `Workflow ${id}`,
    file: 'main.yaml',
    state: 'success',
    title: '',
    branch: 'main',
    commit: 'a'.repeat(40),
    event: 'push',
    attempt: 1,
    createdAt: at,
    startedAt: at,
    updatedAt: at,
    ...more,
  };
}
