import type { Failure } from '../../domain/base/failure.ts';
import { isWhole, type Listed } from '../../domain/base/listed.ts';
import type { Result } from '../../domain/base/result.ts';
import type { Confirmation, Sent } from '../../engine/writes/kind.ts';

/** Whether a failed request may have been carried out all the same: then only the service can show it. */
function mayHaveArrived({ kind, notSent }: Failure): boolean {
  if (notSent === true) return false;
  return (
    kind === 'timeout' || kind === 'malformed' || kind === 'server' || kind === 'unreachable' || kind === 'intercepted'
  );
}

/** A request that was not accepted, as the engine reads it. */
export function notAccepted(failure: Failure): Sent<Failure> {
  if (failure.kind === 'rateLimited') return { kind: 'busy', failure, retryAfterMs: failure.retryAfterMs };
  return { kind: mayHaveArrived(failure) ? 'unknown' : 'refused', failure };
}

/** The answer to a write that the service takes and carries out later. */
export function acceptedOr(sent: Result<{ readonly requestId: string }, Failure>): Sent<Failure> {
  return sent.ok ? { kind: 'accepted', receipt: sent.value.requestId } : notAccepted(sent.failure);
}

/** The answer to a write that is done when the service answers. */
export function appliedOr(sent: Result<unknown, Failure>): Sent<Failure> {
  return sent.ok ? { kind: 'applied' } : notAccepted(sent.failure);
}

/** A question that failed. */
export function notKnown(failure: Failure): Confirmation<Failure> {
  return { kind: 'unknown', failure, retryAfterMs: failure.retryAfterMs };
}

/**
 * What reading back a record, or a list of it, shows: `shown` says whether the change is there. That it is not there
 * counts only for what was read whole.
 */
export function shownOr<T>(read: Result<T, Failure>, shown: (value: T) => boolean): Confirmation<Failure> {
  if (!read.ok) return notKnown(read.failure);
  if (shown(read.value)) return { kind: 'applied' };
  return { kind: isPartial(read.value) ? 'pending' : 'absent' };
}

function isPartial(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'completeness' in value && !isWhole(value as Listed<unknown>);
}
