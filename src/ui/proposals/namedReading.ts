import type { Failure } from '../../domain/base/failure.ts';
import { watchedProposals, type StatusOf } from '../../dre/outcome.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Windows } from '../../engine/windows/windows.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { runsKey } from '../../feeds/operations/keys.ts';
import { knownProposal } from '../../feeds/proposals/known.ts';
import type { NamedProposalsReader } from '../../feeds/proposals/named.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import type { Host } from '../kit/host.ts';
import { mayBeOnShift } from '../../feeds/rotation/onShift.ts';
import { afterChangeOf, RepeatedReading } from '../kit/repeatedReading.ts';
import type { LiveLinks } from '../links/liveLinks.ts';

export interface NamedProposalsReadingParts extends Pick<Host, 'clock' | 'log' | 'settings'> {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
  readonly links: Pick<LiveLinks, 'current' | 'onDidChange'>;
  readonly namedProposals: () => Promise<NamedProposalsReader>;
  readonly windows: Windows;
}

/**
 * Reads the proposals that are not open: those that runs of dre have submitted, until they have ended, and those that
 * tickets name, while a person on shift can see the Queue view of any window, or wants comments on what becomes of them.
 * In the window that reads the services.
 */
export function namedProposalsReading(parts: NamedProposalsReadingParts): RepeatedReading {
  const { links, namedProposals, windows, store, clock, log } = parts;
  return new RepeatedReading({
    clock,
    log,
    scope: 'proposals',
    trouble: 'the proposals of runs and tickets were not read',
    events: [
      windows.onDidChangeRole,
      windows.onDidChangeAttention,
      links.onDidChange,
      afterChangeOf(store, proposalsKey),
      (run) =>
        store.onDidChange(({ feed, added, changed }) => {
          if (feed === runsKey.name && added.length + changed.length > 0) run();
        }),
    ],
    read() {
      if (!canRead(parts)) return undefined;
      const statusOf: StatusOf = (id) => knownProposal(store, id)?.status;
      const submitted = watchedProposals(store.state(runsKey).records.values(), statusOf);
      const ids = [...submitted, ...(isWanted(parts) ? (links.current?.unknownProposals ?? []) : [])];
      if (ids.length === 0) return undefined;
      return namedProposals().then((reader) => reader.readNext(ids));
    },
  });
}

function canRead({ store, windows }: Pick<NamedProposalsReadingParts, 'store' | 'windows'>): boolean {
  if (windows.role === 'follower') return false;
  // What is not in a list that is old or cut may be open nevertheless.
  const { status, completeness } = store.state(proposalsKey);
  return status === 'fresh' && completeness.kind === 'complete';
}

function isWanted(
  parts: Pick<NamedProposalsReadingParts, 'store' | 'account' | 'windows' | 'clock' | 'settings'>,
): boolean {
  const { windows, settings } = parts;
  if (windows.attention(queueKey.name) !== 'active' && !settings.current.outcomeComments) return false;
  return mayBeOnShift(parts);
}
