import { day, type Instant } from '../../domain/base/time.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import type { FeedKey } from '../../engine/read/store.ts';

/**
 * The proposals that were decided lately, by id, without their summaries. The window that reads the services reads them
 * for all, while somebody can see the Proposals view.
 */
export const decidedProposalsKey: FeedKey<Proposal> = { name: 'decidedProposals', keyOf: ({ id }) => `${id}` };

/** How far back proposals are shown, by when they were executed, failed or were rejected. */
export const endedWithinMs = 7 * day;

/**
 * Whether a decided proposal ended so lately that it is shown; also where it is not known when it ended, and as long as it
 * is adopted and not executed yet.
 */
export function isOfLately({ endedAt }: Pick<Proposal, 'endedAt'>, now: Instant): boolean {
  return endedAt === undefined || now - endedAt <= endedWithinMs;
}
