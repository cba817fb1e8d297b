import type { NnsGovernanceDid } from '@icp-sdk/canisters/nns';
import { spareNodes } from '../network.mjs';
import { subnets, troubledSubnet, type World, writtenFor } from '../world.ts';
import { day, engineer, hour, proposal, short, trusted, votingPeriod, type Written } from './proposal.ts';
import { coming, history, membership, open, upgradeTitle } from './writtenProposals.ts';

// The proposals of the simulated week. A proposal's state is a function of the world's time, so that proposals come, collect
// votes and close while the clock runs. Numbers in comments: sections of dre.md.

export type ProposalInfo = NnsGovernanceDid.ProposalInfo;

/** A written proposal with its number. */
export interface SimProposal extends Written {
  readonly id: bigint;
}

/** From the decision to the end of the execution. */
const executionTime = 20_000;

/** About 500 million ICP of voting power in e8s: more than a double holds exactly. */
const totalVotingPower = 50_412_338_904_817_233n;

/** The number of the troubled subnet's upgrade; all others follow from the order in time. */
const troubledProposal = 138123n;

/** All proposals of the world, past, present and to come, oldest first. */
export function makeProposals(world: World): readonly SimProposal[] {
  const written = [...history(world), ...open(world), ...coming(world)].sort((a, b) => a.createdAt - b.createdAt);
  const first = troubledProposal - BigInt(written.findIndex((each) => each.title === upgradeTitle(troubledSubnet)));
  const numbered = written.map((each, index): SimProposal => ({ ...each, id: first + BigInt(index) }));
  return [...filler(world, numbered, first), ...numbered];
}

/** As the canister answers at this time; undefined when it has not been made yet. */
export function infoAt(proposal: SimProposal, now: number): ProposalInfo | undefined {
  if (now < proposal.createdAt) return undefined;
  const decided = now >= proposal.decidedAt;
  const done = now >= proposal.decidedAt + executionTime;
  const endedAt = proposal.decidedAt + executionTime;
  return {
    id: [{ id: proposal.id }],
    status: statusAt(proposal, now),
    topic: proposal.topic,
    failure_reason:
      done && proposal.result === 'failed'
        ? [{ error_type: 12, error_message: 'The call to the registry failed' }]
        : [],
    ballots: [],
    proposal_timestamp_seconds: seconds(proposal.createdAt),
    reward_event_round: 0n,
    deadline_timestamp_seconds: [seconds(proposal.deadline)],
    failed_timestamp_seconds: done && proposal.result === 'failed' ? seconds(endedAt) : 0n,
    reject_cost_e8s: 2_500_000_000n,
    derived_proposal_information: [],
    latest_tally: [tallyAt(proposal, now)],
    total_potential_voting_power: [totalVotingPower],
    reward_status: now < proposal.deadline ? 1 : now < proposal.deadline + day ? 2 : 3,
    decided_timestamp_seconds: decided ? seconds(proposal.decidedAt) : 0n,
    proposal: [
      {
        url: proposal.url,
        title: [proposal.title],
        action: [proposal.action],
        summary: proposal.summary,
        self_describing_action: [],
      },
    ],
    proposer: [{ id: proposal.proposer }],
    executed_timestamp_seconds: done && proposal.result === 'executed' ? seconds(endedAt) : 0n,
  };
}

/** dre.md 8.2: 1 open, 2 rejected, 3 adopted, 4 executed, 5 failed. */
function statusAt(proposal: SimProposal, now: number): number {
  if (now < proposal.decidedAt) return 1;
  if (proposal.result === 'rejected') return 2;
  if (now < proposal.decidedAt + executionTime) return 3;
  return proposal.result === 'executed' ? 4 : 5;
}

/** Votes come evenly until the decision, and none after it. */
function tallyAt(proposal: SimProposal, now: number): NnsGovernanceDid.Tally {
  const counted = Math.min(now, proposal.decidedAt);
  const share = BigInt(
    Math.floor((1_000_000 * (counted - proposal.createdAt)) / (proposal.decidedAt - proposal.createdAt)),
  );
  const [yes, no] = proposal.result === 'rejected' ? [83_000n, 412_000n] : [517_000n, 4_000n];
  return {
    yes: (((totalVotingPower * yes) / 1_000_000n) * share) / 1_000_000n,
    no: (((totalVotingPower * no) / 1_000_000n) * share) / 1_000_000n,
    total: totalVotingPower,
    timestamp_seconds: seconds(counted),
  };
}

function seconds(instant: number): bigint {
  return BigInt(Math.floor(instant / 1000));
}

/** As many open proposals as the world asks for: older than the written ones and still open on the Wednesday. */
function filler(world: World, written: readonly SimProposal[], before: bigint): SimProposal[] {
  const wednesday = world.at(new Date(writtenFor).toISOString());
  const openNow = written.filter((each) => each.createdAt <= wednesday && each.decidedAt > wednesday).length;
  const missing = Math.max(0, (world.sizeOf('proposals') ?? 0) - openNow);
  const random = world.random('governance');
  const earliest = wednesday - votingPeriod + hour;
  return Array.from({ length: missing }, (_, index) => {
    const subnet = Math.floor(random() * subnets.length);
    return {
      ...proposal({
        title: `Replace a node in subnet ${short(subnet)}`,
        topic: 7,
        proposer: random() < 0.5 ? engineer : trusted,
        action: membership(subnet, [spareNodes[index % spareNodes.length] ?? ''], ['a']),
        created: earliest + Math.floor((index / missing) * 12 * hour),
        result: random() < 0.9 ? 'executed' : 'rejected',
      }),
      id: before - BigInt(missing - index),
    };
  });
}
