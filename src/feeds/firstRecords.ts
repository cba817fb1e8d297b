import type { Failure } from '../domain/base/failure.ts';
import type { Snapshots } from '../engine/read/snapshot.ts';
import type { FeedKey, Store } from '../engine/read/store.ts';
import {
  alertsKey,
  closedAlertsKey,
  heartbeatsKey,
  isStoredAlert,
  isStoredHeartbeat,
  isStoredTeam,
  teamKey,
} from './alerts/keys.ts';
import { isStoredOfOthers, ofOthersKey } from './alerts/ofOthers.ts';
import { accountKey, isStoredAccount } from './kit/account.ts';

/**
 * Brings what the Alerts view shows, and who is signed in, back from disk into the store, as stale: the first rows wait
 * for nothing else.
 */
export function bringBackFirst(snapshots: Snapshots<Failure>, store: Store<Failure>, now: () => number): Promise<void> {
  const share = <R>(key: FeedKey<R>, readable: (record: unknown) => record is R): void =>
    snapshots.share({
      key,
      readable,
      // Later than now: of a clock that was set back since.
      adopt: (state) =>
        store.update(key, state.asOf === undefined ? state : { ...state, asOf: Math.min(state.asOf, now()) }),
    });
  share(alertsKey, isStoredAlert);
  share(teamKey, isStoredTeam);
  share(ofOthersKey, isStoredOfOthers);
  share(heartbeatsKey, isStoredHeartbeat);
  share(closedAlertsKey, isStoredAlert);
  share(accountKey, isStoredAccount);
  return snapshots.restore([() => true]);
}
