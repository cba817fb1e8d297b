import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Windows } from '../../engine/windows/windows.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { isOnShift } from '../../feeds/kit/attention.ts';
import type { NamedProposalsReader } from '../../feeds/proposals/named.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import type { Host } from '../kit/host.ts';
import { RepeatedReading } from '../kit/repeatedReading.ts';
import type { LiveLinks } from '../links/liveLinks.ts';

export interface NamedProposalsReadingParts extends Pick<Host, 'clock' | 'log'> {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
  readonly links: Pick<LiveLinks, 'current' | 'onDidChange'>;
  readonly namedProposals: () => Promise<NamedProposalsReader>;
  readonly windows: Windows;
}

/**
 * Reads the proposals that tickets name and that are not open, in the window that reads the services, while a person on
 * shift can see the Queue view of any window.
 */
export function namedProposalsReading(parts: NamedProposalsReadingParts): RepeatedReading {
  const { links, namedProposals, windows, clock, log } = parts;
  return new RepeatedReading({
    clock,
    log,
    scope: 'proposals',
    trouble: 'the proposals that tickets name were not read',
    events: [windows.onDidChangeRole, windows.onDidChangeAttention, links.onDidChange],
    read() {
      const ids = links.current?.unknownProposals ?? [];
      if (ids.length === 0 || !isWanted(parts)) return undefined;
      return namedProposals().then((reader) => reader.readNext(ids));
    },
  });
}

function isWanted({ store, account, clock, windows }: NamedProposalsReadingParts): boolean {
  if (windows.role === 'follower' || windows.attention(queueKey.name) !== 'active') return false;
  // What is not in a list that is old or cut may be open nevertheless.
  const { status, completeness } = store.state(proposalsKey);
  if (status !== 'fresh' || completeness.kind !== 'complete') return false;
  return isOnShift(store.state(rotationsKey).records.values(), account.current, clock.now()) !== false;
}
