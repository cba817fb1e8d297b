import * as z from 'zod/mini';
import { originOf, type PullRequest } from '../../domain/ci/pullRequest.ts';
import { parseInstant } from '../../domain/base/time.ts';
import type { RunState, WorkflowRun } from '../../domain/ci/workflowRun.ts';

// GitHub's REST API, version 2022-11-28: "List pull requests", "List workflow runs". Strict on what we use.

const idSchema = z.int().check(z.positive());
const named = z.optional(z.nullable(z.array(z.object({ name: z.string() }))));
const pullSchema = z.object({
  number: idSchema,
  title: z.string(),
  user: z.nullable(z.object({ login: z.string() })),
  draft: z.optional(z.boolean()),
  auto_merge: z.optional(z.nullable(z.unknown())),
  labels: named,
  requested_reviewers: z.optional(z.nullable(z.array(z.object({ login: z.string() })))),
  requested_teams: named,
  created_at: z.string(),
  updated_at: z.string(),
  head: z.object({ ref: z.string(), sha: z.string() }),
});
const runSchema = z.object({
  id: idSchema,
  name: z.optional(z.nullable(z.string())),
  path: z.string(),
  display_title: z.optional(z.string()),
  head_branch: z.nullable(z.string()),
  head_sha: z.string(),
  event: z.string(),
  status: z.nullable(z.string()),
  conclusion: z.nullable(z.string()),
  run_attempt: z.optional(z.number()),
  created_at: z.string(),
  updated_at: z.string(),
  run_started_at: z.optional(z.string()),
});

/** A pull request as the list tells it: its checks are in another list. */
export type ListedPull = Omit<PullRequest, 'checks'> & { readonly commit: string };

/** Records that could be read, and how many could not. */
export interface ReadList<T> {
  readonly records: readonly T[];
  readonly skipped: number;
}

/** A page of pull requests; undefined when it is no list. */
export function toPulls(body: unknown): ReadList<ListedPull> | undefined {
  return Array.isArray(body) ? readEach(body, toPull) : undefined;
}

/** A page of workflow runs; undefined when it is none. */
export function toRuns(body: unknown): ReadList<WorkflowRun> | undefined {
  const parsed = z.object({ workflow_runs: z.array(z.unknown()) }).safeParse(body);
  return parsed.success ? readEach(parsed.data.workflow_runs, toRun) : undefined;
}

function readEach<T>(raw: readonly unknown[], read: (raw: unknown) => T | undefined): ReadList<T> {
  const records = raw.map(read).filter((record) => record !== undefined);
  return { records, skipped: raw.length - records.length };
}

function toPull(raw: unknown): ListedPull | undefined {
  const parsed = pullSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { number, title, user, draft, auto_merge: autoMerge, head, labels } = parsed.data;
  const { requested_reviewers: people, requested_teams: teams } = parsed.data;
  const [createdAt, updatedAt] = [parseInstant(parsed.data.created_at), parseInstant(parsed.data.updated_at)];
  if (createdAt === undefined || updatedAt === undefined) return undefined;
  // The account of an author may be gone; GitHub shows it as "ghost".
  const author = user?.login ?? 'ghost';
  return {
    number,
    title,
    author,
    origin: originOf(author, head.ref),
    branch: head.ref,
    commit: head.sha,
    draft: draft ?? false,
    autoMerge: autoMerge !== undefined && autoMerge !== null,
    labels: (labels ?? []).map((label) => label.name),
    reviewers: [...(people ?? []).map((person) => person.login), ...(teams ?? []).map((team) => team.name)],
    createdAt,
    updatedAt,
  };
}

function toRun(raw: unknown): WorkflowRun | undefined {
  const parsed = runSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const run = parsed.data;
  const [createdAt, updatedAt] = [parseInstant(run.created_at), parseInstant(run.updated_at)];
  if (createdAt === undefined || updatedAt === undefined) return undefined;
  // The path may carry a ref behind an "@".
  const file = run.path.replace(/@.*$/, '').replace(/^.*\//, '');
  return {
    id: run.id,
    workflow: run.name ?? file,
    file,
    state: toState(run.status, run.conclusion),
    title: run.display_title ?? '',
    branch: run.head_branch ?? '',
    commit: run.head_sha,
    event: run.event,
    attempt: run.run_attempt ?? 1,
    createdAt,
    startedAt: parseInstant(run.run_started_at) ?? createdAt,
    updatedAt,
  };
}

/** GitHub's two words as one state. */
function toState(status: string | null, conclusion: string | null): RunState {
  switch (status) {
    case 'queued':
    case 'requested':
    case 'pending':
      return 'queued';
    case 'in_progress':
      return 'running';
    case 'waiting':
      return 'waiting';
    case 'completed':
      return toOutcome(conclusion);
    default:
      return 'unknown';
  }
}

function toOutcome(conclusion: string | null): RunState {
  switch (conclusion) {
    case 'success':
    case 'neutral':
      return 'success';
    case 'failure':
    case 'timed_out':
    case 'startup_failure':
      return 'failure';
    case 'cancelled':
      return 'cancelled';
    case 'skipped':
      return 'skipped';
    case 'action_required':
      return 'actionRequired';
    default:
      return 'unknown';
  }
}
