import * as z from 'zod/mini';
import type { Failure } from '../domain/base/failure.ts';
import { ok, type Result } from '../domain/base/result.ts';
import { readJson } from './json.ts';

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
  const read = readJson(text, schema, 'read run report');
  if (!read.ok) return read;
  const { spawnError, ...rest } = read.value;
  return ok(spawnError === undefined ? rest : { ...rest, spawnError });
}
