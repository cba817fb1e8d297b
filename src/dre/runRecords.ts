import * as z from 'zod/mini';
import { isAlertId, isIssueKey, isProposalId, isRunId } from '../domain/base/ids.ts';
import { endings, type RunEnd, type RunStart } from '../domain/operations/run.ts';

const texts = z.readonly(z.array(z.string()));

const startSchema = z.object({
  id: z.string().check(z.refine(isRunId)),
  program: z.string(),
  args: texts,
  title: z.string(),
  effect: z.enum(['read', 'submits', 'votes', 'local', 'changes']),
  dryRun: z.boolean(),
  startedAt: z.int(),
  startedBy: z.string(),
  reason: z.optional(z.string()),
  startedFrom: z.optional(z.string()),
  alertId: z.optional(z.string().check(z.refine(isAlertId))),
  ticket: z.optional(z.string().check(z.refine(isIssueKey))),
  proposal: z.optional(z.string().check(z.refine(isProposalId))),
  rollout: z.optional(z.string()),
});

const endSchema = z.object({
  endedAt: z.int(),
  ending: z.enum(endings),
  exitCode: z.nullable(z.int()),
  signal: z.nullable(z.string()),
  proposals: z.readonly(z.array(z.string().check(z.regex(/^\d{1,20}$/)))),
  warnings: texts,
  sawAll: z.boolean(),
  output: z.string(),
});

/** The start of a run, from a value of the disk; undefined for what has another form. */
export function readRunStart(value: unknown): RunStart | undefined {
  return startSchema.safeParse(value).data;
}

/** The end of a run, from a value of the disk; undefined for what has another form. */
export function readRunEnd(value: unknown): RunEnd | undefined {
  return endSchema.safeParse(value).data;
}

/** The process of a run that goes on; undefined for what has another form. */
export function readLive(value: unknown): { readonly pid: number } | undefined {
  return z.object({ pid: z.int().check(z.positive()) }).safeParse(value).data;
}

/** What a run warned of so far. */
export function readWarnings(value: unknown): readonly string[] | undefined {
  return texts.safeParse(value).data;
}
