import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { member, spareNodes } from '../network.mjs';
import { boundaryNodes, guestRevision, subnets, type World } from '../world.ts';
import { day, engineer, minute, nnsFunction, proposal, short, trusted, type Written } from './proposal.ts';
import {
  addDataCenter,
  boundaryNodesAt,
  changeMembership,
  deployHostOs,
  deployToUnassigned,
  electGuestOs,
  electHostOs,
  removeNodes,
  setRewards,
} from './payloads.ts';
import { releaseNotes } from './releaseNotes.ts';

// The proposals of the week. Titles: dre.md 4. Topics: 8.1. NNS functions: 8.3. Proposers: 8.4.

type Letter = Parameters<typeof member>[1];

const hostRevision = '59c42492cd6ee3ef5e60cd35d7b766e7bfd085da';
const retiredRevision = '1153c70d23bd42c9bb2d0c9ba7b9e8aea5ec9bd2';
const nextRevision = '3f1e2d4c5b6a79880716253443526170fedcba98';

export function upgradeTitle(subnet: string): string {
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

/** As many as the titles of the HostOS proposals say. */
const hostNodes = subnets.slice(0, 42).map((subnet) => member(subnet, 'b'));

/** Moves nodes into the subnet of this index, and its own members of these letters out of it. */
export function membership(index: number, added: readonly string[], removed: readonly Letter[]): Written['action'] {
  const subnet = subnets[index] ?? '';
  return changeMembership(
    subnet,
    added,
    removed.map((letter) => member(subnet, letter)),
  );
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
  { size: 1, start: '2026-08-25T15:01:00Z' },
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

export function history(world: World): Written[] {
  const elected = world.at('2026-08-21T14:12:00Z');
  const boundary = boundaryNodes.map((node, index) =>
    proposal({
      title: `Update 1 API boundary node(s) to replica version ${guestRevision.slice(0, 7)}`,
      topic: 12,
      action: boundaryNodesAt(47, guestRevision, [node]),
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
      action: electGuestOs(guestRevision, []),
      created: elected,
      decided: elected + 2 * day,
    }),
    proposal({
      title: 'Update all unassigned nodes',
      topic: 12,
      action: deployToUnassigned(guestRevision),
      created: world.at('2026-08-24T08:02:00Z'),
      decided: world.at('2026-08-24T08:20:00Z'),
    }),
    proposal({
      title: `Replace nodes in subnet ${short(12)}`,
      topic: 7,
      proposer: engineer,
      action: membership(12, spareNodes.slice(0, 2), ['a', 'b']),
      created: world.at('2026-08-20T10:05:00Z'),
      result: 'rejected',
    }),
    proposal({
      title: 'Remove nodes from the network',
      topic: 5,
      proposer: engineer,
      action: removeNodes([4, 5].flatMap((index) => spareNodes[index] ?? [])),
      created: world.at('2026-08-21T09:30:00Z'),
      decided: world.at('2026-08-21T12:00:00Z'),
      result: 'failed',
    }),
    ...boundary,
  ];
}

/** Open on the written Wednesday at 13:50 besides the upgrades of batch 13: closing from minutes to days from then. */
export function open(world: World): Written[] {
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
      action: membership(9, spareNodes.slice(0, 1), ['d']),
      created: world.at('2026-08-23T17:40:00Z'),
    }),
    proposal({
      title: `Replace nodes in subnet ${short(18)}`,
      summary: `# Replace nodes in subnet ${short(18)}\n\nMotivation:\n- bo1 and aw1 are under maintenance`,
      url: 'https://forum.dfinity.org/t/subnet-management',
      topic: 7,
      proposer: engineer,
      action: membership(18, spareNodes.slice(1, 3), ['c', 'd']),
      created: world.at('2026-08-24T15:20:00Z'),
    }),
    proposal({
      title: 'Update the node rewards table',
      topic: 3,
      proposer: 61n,
      action: setRewards('Europe,CH', { type1: 10_000_000n, 'type3.1': 22_270_000n }),
      created: world.at('2026-08-24T16:05:00Z'),
    }),
    proposal({
      title: 'Add the data center ld3',
      topic: 6,
      proposer: 58n,
      action: addDataCenter({ id: 'ld3', region: 'Europe,GB,London', owner: 'Digital Realty' }),
      created: world.at('2026-08-25T08:45:00Z'),
    }),
    proposal({
      title: 'Remove nodes from the network',
      summary: '# Remove nodes from the network\n\nMotivation:\n- 3 nodes of aw1 move to another provider',
      topic: 5,
      proposer: engineer,
      action: removeNodes([6, 10, 14].flatMap((index) => spareNodes[index] ?? [])),
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
      action: electGuestOs(nextRevision, [retiredRevision]),
      created: world.at('2026-08-26T09:15:00Z'),
    }),
    proposal({
      title: `Elect new IC/HostOS revision (commit ${nextRevision.slice(0, 7)})`,
      url: 'https://forum.dfinity.org/t/proposal-to-elect-new-release',
      topic: 13,
      proposer: trusted,
      action: electHostOs(nextRevision, []),
      created: world.at('2026-08-26T09:16:00Z'),
    }),
    proposal({
      title: 'Add 2 API boundary node(s)',
      topic: 15,
      proposer: engineer,
      action: boundaryNodesAt(43, guestRevision, spareNodes.slice(8, 10)),
      created: world.at('2026-08-26T11:50:00Z'),
    }),
    proposal({
      title: `Set HostOS version: ${hostRevision} on 42 nodes`,
      topic: 12,
      action: deployHostOs(hostRevision, hostNodes),
      created: world.at('2026-08-26T13:32:00Z'),
      decided: world.at('2026-08-26T14:05:00Z'),
    }),
  ];
}

/** Made later in the week. */
export function coming(world: World): Written[] {
  return [
    proposal({
      title: `Set HostOS version: ${hostRevision} on 42 nodes`,
      topic: 12,
      action: deployHostOs(hostRevision, hostNodes),
      created: world.at('2026-08-26T14:32:00Z'),
      decided: world.at('2026-08-26T14:55:00Z'),
    }),
    proposal({
      title: `Resize subnet ${short(27)}`,
      topic: 7,
      proposer: engineer,
      action: membership(27, spareNodes.slice(3, 5), []),
      created: world.at('2026-08-26T15:10:00Z'),
    }),
  ];
}
