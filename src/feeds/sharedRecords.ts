import type { Failure } from '../domain/base/failure.ts';
import type { Snapshots } from '../engine/read/snapshot.ts';
import type { FeedKey, Store } from '../engine/read/store.ts';
import { isStoredTeam, teamKey } from './alerts/keys.ts';
import { isStoredOfOthers, ofOthersKey } from './alerts/ofOthers.ts';
import { isStoredUrgentRead, urgentReadKey } from './alerts/urgentReads.ts';
import { decidedProposalsKey } from './proposals/decidedKey.ts';
import { isStoredNamedProposal, namedProposalsKey } from './proposals/namedKey.ts';
import { isStoredProposal } from './proposals/proposals.ts';
import { isStoredList, ticketListsKey } from './queue/listsKey.ts';
import { isStoredTexts, ticketTextsKey } from './queue/textsKey.ts';
import { isStoredEngine, isStoredFullRead } from './releases/rollouts.ts';
import { enginesKey, fullReadKey, isStoredLengths, isStoredTimes, pastLengthsKey, timesKey } from './releases/keys.ts';

/** What no feed of its own reads is taken over from the window that reads as it is. */
export function shareOthers(snapshots: Snapshots<Failure>, store: Store<Failure>): void {
  const share = <R>(key: FeedKey<R>, readable: (record: unknown) => record is R): void =>
    snapshots.share({ key, readable, adopt: (state) => store.update(key, state) });
  share(enginesKey, isStoredEngine);
  share(fullReadKey, isStoredFullRead);
  share(timesKey, isStoredTimes);
  share(pastLengthsKey, isStoredLengths);
  share(ofOthersKey, isStoredOfOthers);
  share(teamKey, isStoredTeam);
  share(urgentReadKey, isStoredUrgentRead);
  share(ticketTextsKey, isStoredTexts);
  share(ticketListsKey, isStoredList);
  share(namedProposalsKey, isStoredNamedProposal);
  share(decidedProposalsKey, isStoredProposal);
}
