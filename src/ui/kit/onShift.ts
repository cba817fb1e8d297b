import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { isOnShift } from '../../feeds/kit/attention.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import type { Host } from './host.ts';

/** What says who is on shift. */
export interface OnShiftParts extends Pick<Host, 'clock'> {
  readonly store: Pick<Store<Failure>, 'state'>;
  readonly account: Pick<SignedInAccount, 'current'>;
}

/** Whether the person at this window is on shift now, or may be, as that is not known. */
export function mayBeOnShift({ store, account, clock }: OnShiftParts): boolean {
  return isOnShift(store.state(rotationsKey).records.values(), account.current, clock.now()) !== false;
}
