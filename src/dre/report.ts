import * as z from 'zod/mini';
import type { Failure } from '../domain/base/failure.ts';
import { fail, ok, type Result } from '../domain/base/result.ts';

const schema = z.object({
  exitCode: z.nullable(z.int()),
  signal: z.nullable(z.string()),
  stdoutTail: z.string(),
  startedAt: z.int(),
  endedAt: z.int(),
  spawnError: z.optional(z.string()),
});

/** What the runner writes when the program has ended. */
export interface RunReport {
  /** Null when a signal ended the program. 127: there is no such program, 126: it cannot be run. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** At most the last 64 kB of standard output, from the start of a line. */
  readonly stdoutTail: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Epoch milliseconds. */
  readonly endedAt: number;
  /** Why the program could not be started. */
  readonly spawnError?: string;
}

/** Reads a runner's report. The file could be cut off or not ours, hence a failure. */
export function readReport(text: string): Result<RunReport, Failure> {
  const malformed = (cause: unknown): Result<RunReport, Failure> =>
    fail({ kind: 'malformed', service: 'dre', operation: 'read run report', cause });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return malformed(error);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return malformed(parsed.error);
  const { spawnError, ...rest } = parsed.data;
  return ok(spawnError === undefined ? rest : { ...rest, spawnError });
}
