import type { Alert } from './alert.ts';
import { minute, type Instant } from '../base/time.ts';

/** Who took an alert a moment ago, and when at the latest. */
export interface Taken {
  readonly by: string;
  readonly at: Instant;
  /** `acknowledged`: it stopped paging. `owned`: they became its owner; that time is its last change. */
  readonly how: 'acknowledged' | 'owned';
}

/** Whoever is signed in, by the two names under which the service may keep an owner. */
interface Taker {
  readonly accountId: string;
  readonly name: string;
}

/** Within this time a person may not have noticed that somebody else has begun. */
const momentLong = 5 * minute;

/**
 * Who else took an alert a moment ago; undefined when nobody did. As long as nobody is known to be signed in, all are
 * others.
 */
export function takenLately(alert: Alert, account: Taker | undefined, now: Instant): Taken | undefined {
  const { status, owner } = alert;
  if (status === 'closed' || owner === undefined || owner === account?.name || owner === account?.accountId) {
    return undefined;
  }
  const acknowledged = status === 'acknowledged';
  // Without a time of its own, the last change is used: the latest time that it can have been.
  const at = (acknowledged ? alert.acknowledgedAt : undefined) ?? alert.updatedAt;
  if (now - at > momentLong) return undefined;
  return { by: owner, at, how: acknowledged ? 'acknowledged' : 'owned' };
}
