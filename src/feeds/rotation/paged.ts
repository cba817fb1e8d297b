import type { Failure } from '../../domain/base/failure.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { Account } from '../../domain/base/account.ts';
import { rotationOf, type Rotation } from '../../domain/rotation/rotation.ts';
import { isOnCall } from '../../domain/rotation/shift.ts';
import type { FeedState } from '../../engine/read/store.ts';

/** The feeds of who is on call, and of who is signed in. */
export interface PagedFacts {
  readonly rotations: FeedState<Rotation, Failure>;
  readonly account: FeedState<Account, Failure>;
}

/**
 * Whether the person signed in is on call for the schedule that pages. `notReported`: the services do not say it, so it may be
 * this person. Undefined while it is not read yet, and while nobody is signed in.
 */
export function isPaged({ rotations, account }: PagedFacts, now: Instant): boolean | 'notReported' | undefined {
  const rotation = rotationOf(rotations.records.values(), 'alerts');
  const [me] = account.records.values();
  if (rotation !== undefined && me !== undefined) return isOnCall(rotation, me.accountId, now) ?? 'notReported';
  return isAnswered(rotations) && isAnswered(account) ? 'notReported' : undefined;
}

/** Whether something was read, or the service failed. Without a token neither is to be expected. */
function isAnswered({ asOf, failure, records }: FeedState<unknown, Failure>): boolean {
  if (records.size > 0) return true;
  return failure === undefined ? asOf !== undefined : failure.kind !== 'notSignedIn';
}
