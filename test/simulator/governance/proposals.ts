import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import type { NnsGovernanceDid } from '@icp-sdk/canisters/nns';
import { guestRevision, subnets, troubledSubnet, writtenFor, type World } from '../world.ts';

// The proposals of the week. Titles: dre.md 4. Topics: 8.1. NNS functions: 8.3. Proposers: 8.4. A proposal's state is a
// function of the world's time, so that proposals come, collect votes and close while the clock runs.

export type ProposalInfo = NnsGovernanceDid.ProposalInfo;
type Action = NnsGovernanceDid.Action;

type Result = 'executed' | 'rejected' | 'failed';

/** A proposal as it is written down; instants are of this world. */
interface Written {
  readonly title: string;
  readonly summary: string;
  readonly url: string;
  readonly topic: number;
  readonly proposer: bigint;
  readonly action: Action;
  readonly createdAt: number;
  readonly deadline: number;
  /** When it is decided; the deadline, unless an absolute majority votes earlier. */
  readonly decidedAt: number;
  readonly result: Result;
}

/** A written proposal with its number. */
export interface SimProposal extends Written {
  readonly id: bigint;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** The NNS lets vote for four days; a wait for quiet may add to it. */
const votingPeriod = 4 * day;
/** From the decision to the end of the execution. */
const executionTime = 20_000;
/** About 500 million ICP of voting power in e8s: more than a double holds exactly. */
const totalVotingPower = 50_412_338_904_817_233n;

const releaseAutomation = 80n;
const engineer = 39n;
const trusted = 17511507705568200227n;
const hostRevision = '59c42492cd6ee3ef5e60cd35d7b766e7bfd085da';
const nextRevision = '3f1e2d4c5b6a79880716253443526170fedcba98';

/** The number of the troubled subnet's upgrade; all others follow from the order in time. */
const troubledProposal = 138123n;

/** All proposals of the world, past, present and to come, oldest first. */
export function makeProposals(world: World): readonly SimProposal[] {
  const written = [...history(world), ...open(world), ...coming(world)].sort((a, b) => a.createdAt - b.createdAt);
  const first = troubledProposal - BigInt(written.findIndex((each) => each.title === upgradeTitle(troubledSubnet)));
  const numbered = written.map((each, index): SimProposal => ({ ...each, id: first + BigInt(index) }));
  return [...filler(world, numbered, first), ...numbered];
}

/** As the canister would tell it at this time; undefined when it has not been made yet. */
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

interface Draft {
  readonly title: string;
  readonly summary?: string;
  readonly url?: string;
  readonly topic: number;
  readonly proposer?: bigint;
  readonly action: Action;
  readonly created: number;
  /** Without it the voting period ends it. */
  readonly decided?: number;
  readonly result?: Result;
}

function proposal(draft: Draft): Written {
  const deadline = draft.created + votingPeriod;
  return {
    title: draft.title,
    summary: draft.summary ?? `# ${draft.title}\n\nMotivation: regular operations.`,
    url: draft.url ?? '',
    topic: draft.topic,
    proposer: draft.proposer ?? releaseAutomation,
    action: draft.action,
    createdAt: draft.created,
    deadline,
    decidedAt: draft.decided ?? deadline,
    result: draft.result ?? 'executed',
  };
}

function nnsFunction(id: number, payload: Uint8Array = IDL.encode([IDL.Record({})], [{}])): Action {
  return { ExecuteNnsFunction: { nns_function: id, payload } };
}

function upgradeTitle(subnet: string): string {
  return `Update subnet ${subnet.slice(0, 5)} to replica version ${guestRevision.slice(0, 7)}`;
}

/** Rollout proposals get an absolute majority within the half hour. */
function upgrade(subnet: string, created: number): Written {
  const type = IDL.Record({ subnet_id: IDL.Principal, replica_version_id: IDL.Text });
  return proposal({
    title: upgradeTitle(subnet),
    summary: `Update subnet [${subnet}](https://dashboard.internetcomputer.org/subnet/${subnet}) to GuestOS version [${guestRevision}](https://dashboard.internetcomputer.org/release/${guestRevision})`,
    topic: 12,
    action: nnsFunction(
      11,
      IDL.encode([type], [{ subnet_id: Principal.fromText(subnet), replica_version_id: guestRevision }]),
    ),
    created,
    decided: created + 22 * minute,
  });
}

/** Batches of the week's rollout: their number of subnets in the order of `subnets`, and when they start. */
const batches: readonly { readonly size: number; readonly start: string }[] = [
  { size: 2, start: '2026-08-24T09:01:00Z' },
  { size: 2, start: '2026-08-24T11:01:00Z' },
  { size: 2, start: '2026-08-24T13:01:00Z' },
  { size: 3, start: '2026-08-25T07:01:00Z' },
  { size: 3, start: '2026-08-25T09:01:00Z' },
  { size: 3, start: '2026-08-25T11:01:00Z' },
  { size: 2, start: '2026-08-25T13:01:00Z' },
  { size: 1, start: '2026-08-25T15:29:00Z' },
  { size: 3, start: '2026-08-26T07:01:00Z' },
  { size: 3, start: '2026-08-26T09:01:00Z' },
  { size: 3, start: '2026-08-26T11:01:00Z' },
  { size: 3, start: '2026-08-26T13:01:00Z' },
  // Made ahead of the batch's start at 15:00, so that there is something to vote on.
  { size: 3, start: '2026-08-26T13:41:00Z' },
  { size: 2, start: '2026-08-27T07:01:00Z' },
  { size: 1, start: '2026-08-27T08:01:00Z' },
  { size: 3, start: '2026-08-27T09:01:00Z' },
  { size: 2, start: '2026-08-27T11:01:00Z' },
  { size: 1, start: '2026-08-27T12:01:00Z' },
  { size: 3, start: '2026-08-27T13:01:00Z' },
  { size: 2, start: '2026-08-27T14:01:00Z' },
  { size: 1, start: '2026-08-27T15:01:00Z' },
  { size: 1, start: '2026-08-31T07:01:00Z' },
];

function upgrades(world: World): Written[] {
  let next = 0;
  return batches.flatMap((batch) => {
    const members = subnets.slice(next, next + batch.size);
    next += batch.size;
    return members.map((subnet, index) => upgrade(subnet, world.at(batch.start) + index * 20_000));
  });
}

function history(world: World): Written[] {
  const elected = world.at('2026-08-21T14:12:00Z');
  const boundary = Array.from({ length: 20 }, (_, index) =>
    proposal({
      title: `Update ${index === 0 ? 1 : 2} API boundary node(s) to replica version ${guestRevision.slice(0, 7)}`,
      topic: 12,
      action: nnsFunction(47),
      created: world.at('2026-08-26T07:00:30Z') + index * 15 * minute,
      decided: world.at('2026-08-26T07:04:30Z') + index * 15 * minute,
    }),
  );
  return [
    proposal({
      title: `Elect new IC/GuestOS revision (commit ${guestRevision.slice(0, 7)})`,
      url: 'https://forum.dfinity.org/t/proposal-to-elect-new-release',
      topic: 13,
      proposer: trusted,
      action: nnsFunction(38),
      created: elected,
      decided: elected + 2 * day,
    }),
    proposal({
      title: 'Update all unassigned nodes',
      topic: 12,
      action: nnsFunction(48),
      created: world.at('2026-08-24T08:02:00Z'),
      decided: world.at('2026-08-24T08:20:00Z'),
    }),
    proposal({
      title: `Replace nodes in subnet ${short(12)}`,
      topic: 7,
      proposer: engineer,
      action: nnsFunction(31),
      created: world.at('2026-08-20T10:05:00Z'),
      result: 'rejected',
    }),
    proposal({
      title: 'Remove nodes from the network',
      topic: 5,
      proposer: engineer,
      action: nnsFunction(18),
      created: world.at('2026-08-21T09:30:00Z'),
      decided: world.at('2026-08-21T12:00:00Z'),
      result: 'failed',
    }),
    ...boundary,
  ];
}

function short(index: number): string {
  return subnets[index]?.slice(0, 5) ?? '';
}

/** Open on the written Wednesday at 13:50 besides the upgrades of batch 13: closing from minutes to days from then. */
function open(world: World): Written[] {
  return [
    ...upgrades(world),
    proposal({
      title: 'Publish the latency between data centers',
      summary: 'Shall the node providers agree to publish the latency between their data centers every month?',
      url: 'https://forum.dfinity.org/t/publish-the-latency-between-data-centers',
      topic: 4,
      proposer: 9383571398983269667n,
      action: { Motion: { motion_text: 'Node providers publish the latency between their data centers every month.' } },
      created: world.at('2026-08-22T14:17:00Z'),
      result: 'rejected',
    }),
    proposal({
      title: `Replace a node in subnet ${short(9)}`,
      summary: `# Replace a node in subnet ${short(9)}\n\nMotivation:\n- replacing 1 dead node`,
      url: 'https://forum.dfinity.org/t/subnet-management',
      topic: 7,
      proposer: trusted,
      action: nnsFunction(31),
      created: world.at('2026-08-23T17:40:00Z'),
    }),
    proposal({
      title: `Replace nodes in subnet ${short(18)}`,
      summary: `# Replace nodes in subnet ${short(18)}\n\nMotivation:\n- bo1 is under maintenance`,
      url: 'https://forum.dfinity.org/t/subnet-management',
      topic: 7,
      proposer: engineer,
      action: nnsFunction(31),
      created: world.at('2026-08-24T15:20:00Z'),
    }),
    proposal({
      title: 'Update the node rewards table',
      topic: 3,
      proposer: 61n,
      action: nnsFunction(20),
      created: world.at('2026-08-24T16:05:00Z'),
    }),
    proposal({
      title: 'Add the data center ld3',
      topic: 6,
      proposer: 58n,
      action: nnsFunction(21),
      created: world.at('2026-08-25T08:45:00Z'),
    }),
    proposal({
      title: 'Remove nodes from the network',
      summary: '# Remove nodes from the network\n\nMotivation:\n- 3 nodes of aw1 move to another provider',
      topic: 5,
      proposer: engineer,
      action: nnsFunction(18),
      created: world.at('2026-08-25T12:31:00Z'),
    }),
    proposal({
      title: 'Upgrade the ledger canister to commit 8c2f01d',
      url: 'https://forum.dfinity.org/t/nns-updates',
      topic: 17,
      proposer: 16459595263909468577n,
      action: {
        InstallCode: {
          skip_stopping_before_installing: [],
          wasm_module_hash: [new Uint8Array(32).fill(0x8c)],
          canister_id: [Principal.fromText('ryjl3-tyaaa-aaaaa-aaaba-cai')],
          arg_hash: [new Uint8Array()],
          install_mode: [3],
        },
      },
      created: world.at('2026-08-25T13:10:00Z'),
    }),
    proposal({
      title: `Elect new IC/GuestOS revision (commit ${nextRevision.slice(0, 7)})`,
      summary: releaseNotes,
      url: 'https://forum.dfinity.org/t/proposal-to-elect-new-release',
      topic: 13,
      proposer: trusted,
      action: nnsFunction(38),
      created: world.at('2026-08-26T09:15:00Z'),
    }),
    proposal({
      title: `Elect new IC/HostOS revision (commit ${nextRevision.slice(0, 7)})`,
      url: 'https://forum.dfinity.org/t/proposal-to-elect-new-release',
      topic: 13,
      proposer: trusted,
      action: nnsFunction(50),
      created: world.at('2026-08-26T09:16:00Z'),
    }),
    proposal({
      title: 'Add 2 API boundary node(s)',
      topic: 15,
      proposer: engineer,
      action: nnsFunction(43),
      created: world.at('2026-08-26T11:50:00Z'),
    }),
    proposal({
      title: `Set HostOS version: ${hostRevision} on 41 nodes`,
      topic: 12,
      action: nnsFunction(51),
      created: world.at('2026-08-26T13:32:00Z'),
      decided: world.at('2026-08-26T14:05:00Z'),
    }),
  ];
}

/** Made later in the week. */
function coming(world: World): Written[] {
  return [
    proposal({
      title: `Set HostOS version: ${hostRevision} on 44 nodes`,
      topic: 12,
      action: nnsFunction(51),
      created: world.at('2026-08-26T14:32:00Z'),
      decided: world.at('2026-08-26T14:55:00Z'),
    }),
    proposal({
      title: `Resize subnet ${short(27)}`,
      topic: 7,
      proposer: engineer,
      action: nnsFunction(31),
      created: world.at('2026-08-26T15:10:00Z'),
    }),
  ];
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
        action: nnsFunction(31),
        created: earliest + Math.floor((index / missing) * 12 * hour),
        result: random() < 0.9 ? 'executed' : 'rejected',
      }),
      id: before - BigInt(missing - index),
    };
  });
}

/** As people write them: with tables, tasks, code, a picture and HTML. */
const releaseNotes = `# Release Notes for a hot fix

Changes since [${guestRevision.slice(0, 9)}](https://github.com/dfinity/ic/tree/${guestRevision}).<br>
**Verify** the image before you vote; see https://forum.dfinity.org/t/proposal-to-elect-new-release.

## Bugfixes
* [\`3fa9c2d\`](https://github.com/dfinity/ic/commit/3fa9c2d) Consensus: *do not* wait for a peer that left
* Networking: ~~retry for ever~~ give up after 30 s

## Verification
1. Fetch the image
2. Compare its hash
   - [x] built twice
   - [ ] built by another team

| Artifact | SHA-256 |
|---|---|
| \`update-img.tar.zst\` | \`9b1c…e0\` |

\`\`\`bash
curl -fL https://example.com/update-img.tar.zst | sha256sum
\`\`\`

<details><summary>Older builds</summary>
<p>None since <b>Monday</b>.</p>
</details>

![build](https://example.com/badge.svg)
`;
