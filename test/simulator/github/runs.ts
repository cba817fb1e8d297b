import { createHash } from 'node:crypto';
import { guestRevision, rcName, type World } from '../world.ts';
import type { PullRequest } from './pulls.ts';

// The workflow runs of the pull requests and of the main branch. The names of workflows: dre.md section 6.

export interface WorkflowRun {
  readonly id: number;
  readonly name: string;
  readonly file: string;
  readonly branch: string;
  readonly commit: string;
  readonly event: string;
  /** Login of who started it. */
  readonly actor: string;
  readonly title: string;
  readonly status: 'completed' | 'in_progress' | 'queued';
  readonly conclusion: 'success' | 'failure' | 'cancelled' | null;
  readonly startedAt: number;
}

/** The runs of a pull request's last commit. */
export function runsOf(pull: PullRequest): WorkflowRun[] {
  const outcome = pull.checks === 'in_progress' ? null : pull.checks;
  const make = (id: number, name: string, file: string, conclusion: WorkflowRun['conclusion']): WorkflowRun => ({
    id,
    name,
    file,
    branch: pull.branch,
    commit: pull.sha,
    event: 'pull_request',
    actor: pull.login,
    title: pull.title,
    status: conclusion === null ? 'in_progress' : 'completed',
    conclusion,
    startedAt: pull.updatedAt,
  });
  return [
    make(17_300_000 + pull.number * 10, 'Build and test', 'main.yaml', outcome),
    make(17_300_001 + pull.number * 10, 'Release controller', 'release-controller.yaml', 'success'),
  ];
}

export function makeRuns(world: World): WorkflowRun[] {
  const make = (
    id: number,
    name: string,
    file: string,
    event: string,
    title: string,
    started: string,
    conclusion: WorkflowRun['conclusion'],
    status: WorkflowRun['status'] = 'completed',
  ): WorkflowRun => ({
    id,
    name,
    file,
    branch: 'main',
    commit: createHash('sha1').update(`${world.seed}/run/${id}`).digest('hex'),
    event,
    actor: event === 'push' ? 'dana-oncall' : 'github-actions[bot]',
    title,
    status,
    conclusion,
    startedAt: world.at(started),
  });
  return [
    make(
      17_400_120,
      'Build and test',
      'main.yaml',
      'push',
      'docs: explain the release index',
      '2026-08-26T13:31:00Z',
      null,
      'in_progress',
    ),
    make(
      17_400_101,
      'Build and test',
      'main.yaml',
      'push',
      `chore(release): release ${rcName}`,
      '2026-08-26T09:12:00Z',
      'success',
    ),
    make(
      17_400_090,
      'Release controller',
      'release-controller.yaml',
      'push',
      `Roll out ${guestRevision.slice(0, 7)}`,
      '2026-08-25T15:02:00Z',
      'failure',
    ),
    make(
      17_400_055,
      'Update dependencies',
      'update-dependencies.yaml',
      'schedule',
      'Update dependencies',
      '2026-08-24T01:30:00Z',
      'success',
    ),
    make(
      17_399_001,
      'Update dependencies',
      'update-dependencies.yaml',
      'schedule',
      'Update dependencies',
      '2026-08-17T01:30:00Z',
      'failure',
    ),
  ];
}
