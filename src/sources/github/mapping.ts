import * as z from 'zod/mini';
import { completenessOf, type Listed } from '../../domain/base/listed.ts';
import { originOf, type PullRequest } from '../../domain/ci/pullRequest.ts';
import type { RunState, WorkflowRun } from '../../domain/ci/workflowRun.ts';
import {
  anything,
  count,
  cutReason,
  each,
  flag,
  instant,
  object,
  readFields,
  recordOf,
  rowsOf,
  text,
  type Report,
} from '../records.ts';

// GitHub's REST API, version 2022-11-28: "List pull requests", "List workflow runs".

const idSchema = z.int().check(z.positive());
const pullFields = {
  title: text,
  user: object,
  draft: flag,
  auto_merge: anything,
  labels: each(z.object({ name: z.string() })),
  requested_reviewers: each(z.object({ login: z.string() })),
  requested_teams: each(z.object({ name: z.string() })),
  created_at: instant,
  updated_at: instant,
  head: object,
};
const runFields = {
  name: text,
  path: text,
  display_title: text,
  head_branch: text,
  head_sha: text,
  event: text,
  actor: object,
  status: text,
  conclusion: text,
  run_attempt: count,
  created_at: instant,
  updated_at: instant,
  run_started_at: instant,
};

/** A pull request as it is in the list: its checks are in another list. */
export type ListedPull = Omit<PullRequest, 'checks'> & { readonly commit: string };

/** A page of pull requests; undefined when it is no list. */
export function toPulls(body: unknown, report: Report): Listed<ListedPull> | undefined {
  return readEach(body, (raw) => toPull(raw, report));
}

/** A page of workflow runs; undefined when it is none. */
export function toRuns(body: unknown, report: Report): Listed<WorkflowRun> | undefined {
  return readEach(recordOf(body)?.['workflow_runs'], (raw) => toRun(raw, report));
}

/** The login of an account; undefined when it is none. */
export function toLogin(body: unknown): string | undefined {
  const login = recordOf(body)?.['login'];
  return typeof login === 'string' && login !== '' ? login : undefined;
}

function readEach<T>(list: unknown, read: (raw: unknown) => T | undefined): Listed<T> | undefined {
  const found = rowsOf(list);
  if (found === undefined) return undefined;
  const records = found.rows.map(read).filter((record) => record !== undefined);
  return { records, skipped: found.rows.length - records.length, completeness: completenessOf(cutReason(found.cut)) };
}

/** The pull request, whatever its lesser fields are; undefined for a record without a number or any instant. */
function toPull(raw: unknown, report: Report): ListedPull | undefined {
  const record = recordOf(raw) ?? {};
  const id = idSchema.safeParse(record['number']);
  if (!id.success) {
    report.skipped('pull request', record['number'], 'number');
    return undefined;
  }
  const found = readFields(record, pullFields, (field) => report.unclear('pull request', `${id.data}`, field));
  const createdAt = found.created_at ?? found.updated_at;
  if (createdAt === undefined) {
    report.skipped('pull request', id.data, 'created_at');
    return undefined;
  }
  const { ref, sha } = readFields(found.head ?? {}, { ref: text, sha: text }, (field) =>
    report.unclear('pull request', `${id.data}`, `head.${field}`),
  );
  const login = found.user?.['login'];
  // The account of an author may be gone; GitHub shows it as "ghost".
  const author = typeof login === 'string' ? login : 'ghost';
  const branch = ref ?? '';
  return {
    number: id.data,
    title: found.title ?? '',
    author,
    origin: originOf(author, branch),
    branch,
    commit: sha ?? '',
    draft: found.draft ?? false,
    autoMerge: found.auto_merge !== undefined && found.auto_merge !== null,
    labels: (found.labels ?? []).map((label) => label.name),
    reviewers: [
      ...(found.requested_reviewers ?? []).map((person) => person.login),
      ...(found.requested_teams ?? []).map((team) => team.name),
    ],
    createdAt,
    updatedAt: found.updated_at ?? createdAt,
  };
}

/** The run, whatever its lesser fields are; undefined for a record without an id or any instant. */
function toRun(raw: unknown, report: Report): WorkflowRun | undefined {
  const record = recordOf(raw) ?? {};
  const id = idSchema.safeParse(record['id']);
  if (!id.success) {
    report.skipped('workflow run', record['id'], 'id');
    return undefined;
  }
  const run = readFields(record, runFields, (field) => report.unclear('workflow run', `${id.data}`, field));
  const createdAt = run.created_at ?? run.run_started_at ?? run.updated_at;
  if (createdAt === undefined) {
    report.skipped('workflow run', id.data, 'created_at');
    return undefined;
  }
  // The path may carry a ref behind an "@".
  const file = (run.path ?? '').replace(/@.*$/, '').replace(/^.*\//, '');
  const state = toState(run.status, run.conclusion);
  const word = state === 'unknown' ? (run.status === 'completed' ? run.conclusion : run.status) : undefined;
  if (word !== undefined) report.newWord('workflow run', `${id.data}`, 'status', word);
  const actor = run.actor?.['login'];
  return {
    id: id.data,
    workflow: run.name ?? file,
    file,
    state,
    unknownState: word,
    title: run.display_title ?? '',
    branch: run.head_branch ?? '',
    commit: run.head_sha ?? '',
    event: run.event ?? '',
    actor: typeof actor === 'string' ? actor : undefined,
    attempt: run.run_attempt ?? 1,
    createdAt,
    startedAt: run.run_started_at ?? createdAt,
    updatedAt: run.updated_at ?? createdAt,
  };
}

/** GitHub's two words as one state. */
function toState(status: string | undefined, conclusion: string | undefined): RunState {
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

function toOutcome(conclusion: string | undefined): RunState {
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
    case 'stale':
      return 'stale';
    default:
      return 'unknown';
  }
}
