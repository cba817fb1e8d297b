import type * as z from 'zod/mini';
import type { Failure } from '../domain/base/failure.ts';
import { fail, ok, type Result } from '../domain/base/result.ts';

/** Reads JSON that dre or its runner has written. `operation`: what it is read for. */
export function readJson<T>(text: string, schema: z.ZodMiniType<T>, operation: string): Result<T, Failure> {
  const malformed = (cause: unknown): Result<T, Failure> =>
    fail({ kind: 'malformed', service: 'dre', operation, cause });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return malformed(error);
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? ok(parsed.data) : malformed(parsed.error);
}
