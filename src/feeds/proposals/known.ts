import type { Failure } from '../../domain/base/failure.ts';
import { finalStatus, type Proposal } from '../../domain/proposals/proposal.ts';
import type { Store } from '../../engine/read/store.ts';
import { decidedProposalsKey } from './decidedKey.ts';
import { namedProposalsKey } from './namedKey.ts';
import { proposalsKey } from './proposals.ts';

/** What is known of a proposal, from the list that has most of how it stands; undefined where none has it. */
export function knownProposal(store: Pick<Store<Failure>, 'state'>, id: string): Proposal | undefined {
  const named = store.state(namedProposalsKey).records.get(id)?.proposal;
  if (named !== undefined && finalStatus(named) !== undefined) return named;
  return store.state(decidedProposalsKey).records.get(id) ?? store.state(proposalsKey).records.get(id) ?? named;
}
