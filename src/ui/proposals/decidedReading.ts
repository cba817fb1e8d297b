import type { Windows } from '../../engine/windows/windows.ts';
import type { DecidedProposalsReader } from '../../feeds/proposals/decided.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { releasesKey } from '../../feeds/releases/keys.ts';
import type { Host } from '../kit/host.ts';
import { RepeatedReading } from '../kit/repeatedReading.ts';

export interface DecidedProposalsReadingParts extends Pick<Host, 'clock' | 'log'> {
  readonly decidedProposals: () => Promise<DecidedProposalsReader>;
  readonly windows: Windows;
}

/**
 * Reads the proposals that were decided lately, in the window that reads the services, while a person on shift can see
 * the Proposals or the Releases view of any window.
 */
export function decidedProposalsReading(parts: DecidedProposalsReadingParts): RepeatedReading {
  const { decidedProposals, windows, clock, log } = parts;
  return new RepeatedReading({
    clock,
    log,
    scope: 'proposals',
    trouble: 'the decided proposals were not read',
    events: [windows.onDidChangeRole, windows.onDidChangeAttention],
    read() {
      const isSeen = [proposalsKey, releasesKey].some(({ name }) => windows.attention(name) === 'active');
      if (windows.role === 'follower' || !isSeen) return undefined;
      return decidedProposals().then((reader) => reader.readWhenDue());
    },
  });
}
