import type { Account } from '../../domain/base/account.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { Rotation } from '../../domain/rotation/rotation.ts';
import { isOnCall } from '../../domain/rotation/shift.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Store } from '../../engine/read/store.ts';
import type { SignedInAccount } from '../kit/account.ts';
import { rotationsKey } from './keys.ts';

/**
 * Whether a person is on call for one of the schedules at an instant; undefined while that is not known. Outside of a
 * schedule's hours nobody is, unless the service says otherwise.
 */
export function isOnShift(
  rotations: Iterable<Rotation>,
  account: Account | undefined,
  now: Instant,
): boolean | undefined {
  if (account === undefined) return undefined;
  const answers = [...rotations].map((rotation) => isOnCall(rotation, account.accountId, now));
  if (answers.includes(true)) return true;
  return answers.length === 0 || answers.includes(undefined) ? undefined : false;
}

/** What says who is on shift. */
export interface OnShiftParts {
  readonly clock: Clock;
  readonly store: Pick<Store<Failure>, 'state'>;
  readonly account: Pick<SignedInAccount, 'current'>;
}

/** Whether the person at this window is on shift now, or may be, as that is not known. */
export function mayBeOnShift({ store, account, clock }: OnShiftParts): boolean {
  return isOnShift(store.state(rotationsKey).records.values(), account.current, clock.now()) !== false;
}
