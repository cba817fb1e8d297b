import type { PullRequest } from './pulls.ts';
import type { WorkflowRun } from './runs.ts';

// Records as the REST API writes them.

export const repository = 'dfinity/dre';

export function iso(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

export function user(login: string, bot: boolean): unknown {
  return {
    login,
    id: login.length * 1000,
    type: bot ? 'Bot' : 'User',
    html_url: `https://github.com/${bot ? 'apps/' : ''}${login.replace('[bot]', '')}`,
    site_admin: false,
  };
}

export function pullBody(pull: PullRequest, revision = 0): unknown {
  return {
    id: 2_000_000 + pull.number,
    number: pull.number,
    state: 'open',
    locked: false,
    title: revision === 0 ? pull.title : `${pull.title} (${revision})`,
    user: user(pull.login, pull.bot),
    body: null,
    draft: pull.draft,
    labels: pull.labels.map((name) => ({ name })),
    html_url: `https://github.com/${repository}/pull/${pull.number}`,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: null,
    merged_at: null,
    head: { ref: pull.branch, sha: pull.sha },
    base: { ref: 'main' },
    requested_reviewers: [],
    requested_teams: pull.bot ? [{ name: 'DRE', slug: 'dre' }] : [],
    auto_merge: null,
  };
}

export function runBody(run: WorkflowRun): unknown {
  return {
    id: run.id,
    name: run.name,
    path: `.github/workflows/${run.file}`,
    head_branch: run.branch,
    head_sha: run.commit,
    workflow_id: 100 + run.file.length,
    pull_requests: [],
    event: run.event,
    actor: user(run.actor, run.actor.endsWith('[bot]')),
    display_title: run.title,
    status: run.status,
    conclusion: run.conclusion,
    run_number: run.id % 10_000,
    run_attempt: 1,
    html_url: `https://github.com/${repository}/actions/runs/${run.id}`,
    created_at: iso(run.startedAt),
    updated_at: iso(run.startedAt + 900_000),
    run_started_at: iso(run.startedAt),
  };
}
