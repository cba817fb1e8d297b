import { hour, type Instant } from '../base/time.ts';
import type { Proposal, Tally } from './proposal.ts';

/** A proposal that ends within this time without a majority needs attention. */
const closeToEnd = 6 * hour;

/** How the votes stand, by what the network decides with at once: more than half of all voting power. */
type Majority = 'yes' | 'no' | 'none';

/** Which side has more than half of all voting power. `none` also where the votes are not known. */
function majorityOf(tally: Tally | undefined): Majority {
  if (tally === undefined) return 'none';
  const { yes, no, total } = tally;
  if (yes * 2n > total) return 'yes';
  return no * 2n > total ? 'no' : 'none';
}

/** Whether one can still vote on it, as far as is known. */
function isVotedOn({ status, deadline }: Proposal, now: Instant): boolean {
  return status === 'open' && (deadline === undefined || deadline > now);
}

/** Whether it needs votes: one of ours that is open and that neither side has a majority on. */
export function needsVotes(proposal: Proposal, isOurs: boolean, now: Instant): boolean {
  return isOurs && isVotedOn(proposal, now) && majorityOf(proposal.tally) === 'none';
}

/** Whether it ends soon and neither side has a majority yet. */
export function endsUndecided(proposal: Proposal, now: Instant): boolean {
  const { deadline, tally } = proposal;
  if (deadline === undefined || !isVotedOn(proposal, now)) return false;
  return deadline - now < closeToEnd && majorityOf(tally) === 'none';
}

/** How a vote goes that would be rejected as it stands: more power votes no than yes, or more than half of all of it does. */
export type Losing = 'moreNo' | 'noMajority';

/** Whether one can still vote on it and it would be rejected as the votes stand; undefined where not, or not known. */
export function losingVote(proposal: Proposal, now: Instant): Losing | undefined {
  const { tally } = proposal;
  if (tally === undefined || !isVotedOn(proposal, now) || tally.no <= tally.yes) return undefined;
  return majorityOf(tally) === 'no' ? 'noMajority' : 'moreNo';
}
