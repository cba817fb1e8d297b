import type { PagingSituation } from '../../domain/alerts/paging.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Instant } from '../../domain/base/time.ts';
import { withinHours } from '../../domain/base/workingHours.ts';
import { rotationOf } from '../../domain/rotation/rotation.ts';
import type { Store } from '../../engine/read/store.ts';
import { accountKey } from '../kit/account.ts';
import { isPaged } from './paged.ts';
import { rotationsKey } from './keys.ts';

/** What decides, with the settings, whether notifications of what pages the one on call for alerts are shown. */
export function onCallNow(
  store: Pick<Store<Failure>, 'state'>,
  now: Instant,
): Pick<PagingSituation, 'onCall' | 'withinHours' | 'doNotDisturb'> {
  const rotations = store.state(rotationsKey);
  const rotation = rotationOf(rotations.records.values(), 'alerts');
  return {
    onCall: isPaged({ rotations, account: store.state(accountKey) }, now),
    withinHours: rotation === undefined || withinHours(rotation, now),
    // Extensions cannot read it; VS Code holds warnings back by itself (alerts/notifications.ts).
    doNotDisturb: false,
  };
}
