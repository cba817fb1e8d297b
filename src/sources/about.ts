import type { Failure, FailureKind } from '../domain/base/failure.ts';
import type { Result } from '../domain/base/result.ts';

/** The answers for a name that the service does not have, or does not show to this account. */
const ofNames: ReadonlySet<FailureKind> = new Set(['forbidden', 'notFound', 'moved', 'rejected']);

/**
 * A read of what a setting names: where the service does not have it, does not show it or refuses it, that setting can
 * mend it. The read of a single record names none.
 */
export function namedBy<T>(setting: string, read: Result<T, Failure>): Result<T, Failure> {
  if (read.ok || read.failure.setting !== undefined || !ofNames.has(read.failure.kind)) return read;
  return { ok: false, failure: { ...read.failure, setting } };
}
