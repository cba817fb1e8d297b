import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import type { NnsGovernanceDid } from '@icp-sdk/canisters/nns';
import { nnsFunction } from './proposal.ts';

// What the team's proposals pass to the registry canister (dre.md 3.2, its `registry.did`).

type Action = NnsGovernanceDid.Action;

/** Elects a GuestOS version and retires others. It has fields that clients need not know. */
export function electGuestOs(version: string, retired: readonly string[]): Action {
  const measurements = IDL.Record({
    guest_launch_measurements: IDL.Vec(IDL.Record({ measurement: IDL.Vec(IDL.Nat8) })),
  });
  const type = IDL.Record({
    replica_version_to_elect: IDL.Opt(IDL.Text),
    replica_versions_to_unelect: IDL.Vec(IDL.Text),
    release_package_urls: IDL.Vec(IDL.Text),
    release_package_sha256_hex: IDL.Opt(IDL.Text),
    guest_launch_measurements: IDL.Opt(measurements),
  });
  const value = {
    replica_version_to_elect: [version],
    replica_versions_to_unelect: retired,
    release_package_urls: [
      `https://download.dfinity.systems/ic/${version}/guest-os/update-img/update-img.tar.zst`,
      `https://download.dfinity.network/ic/${version}/guest-os/update-img/update-img.tar.zst`,
    ],
    release_package_sha256_hex: ['7c'.repeat(32)],
    guest_launch_measurements: [{ guest_launch_measurements: [{ measurement: new Uint8Array(48).fill(9) }] }],
  };
  return nnsFunction(38, IDL.encode([type], [value]));
}

/** Elects a HostOS version and retires others. */
export function electHostOs(version: string, retired: readonly string[]): Action {
  const type = IDL.Record({
    hostos_version_to_elect: IDL.Opt(IDL.Text),
    hostos_versions_to_unelect: IDL.Vec(IDL.Text),
    release_package_urls: IDL.Vec(IDL.Text),
    release_package_sha256_hex: IDL.Opt(IDL.Text),
  });
  const value = {
    hostos_version_to_elect: [version],
    hostos_versions_to_unelect: retired,
    release_package_urls: [`https://download.dfinity.systems/ic/${version}/host-os/update-img/update-img.tar.zst`],
    release_package_sha256_hex: ['1f'.repeat(32)],
  };
  return nnsFunction(50, IDL.encode([type], [value]));
}

const principals = (texts: readonly string[]): Principal[] => texts.map((text) => Principal.fromText(text));

/** Sets the HostOS version of nodes. */
export function deployHostOs(version: string, nodes: readonly string[]): Action {
  const type = IDL.Record({ hostos_version_id: IDL.Opt(IDL.Text), node_ids: IDL.Vec(IDL.Principal) });
  return nnsFunction(51, IDL.encode([type], [{ hostos_version_id: [version], node_ids: principals(nodes) }]));
}

/** Makes nodes API boundary nodes (43), or updates those that are (47). */
export function boundaryNodesAt(id: 43 | 47, version: string, nodes: readonly string[]): Action {
  const type = IDL.Record({ version: IDL.Text, node_ids: IDL.Vec(IDL.Principal) });
  return nnsFunction(id, IDL.encode([type], [{ version, node_ids: principals(nodes) }]));
}

/** Updates all nodes without a subnet. */
export function deployToUnassigned(version: string): Action {
  return nnsFunction(
    48,
    IDL.encode([IDL.Record({ elected_replica_version: IDL.Text })], [{ elected_replica_version: version }]),
  );
}

/** Takes nodes out of the network. */
export function removeNodes(nodes: readonly string[]): Action {
  return nnsFunction(
    18,
    IDL.encode([IDL.Record({ node_ids: IDL.Vec(IDL.Principal) })], [{ node_ids: principals(nodes) }]),
  );
}

/** What nodes of a type earn a month in a region, in ten thousandths of an XDR. */
export function setRewards(region: string, rewards: Readonly<Record<string, bigint>>): Action {
  const rate = IDL.Record({
    xdr_permyriad_per_node_per_month: IDL.Nat64,
    reward_coefficient_percent: IDL.Opt(IDL.Int32),
  });
  const rates = IDL.Record({ rates: IDL.Vec(IDL.Tuple(IDL.Text, rate)) });
  const type = IDL.Record({ new_entries: IDL.Vec(IDL.Tuple(IDL.Text, rates)) });
  const entries = Object.entries(rewards).map(([node, permyriad]) => [
    node,
    { xdr_permyriad_per_node_per_month: permyriad, reward_coefficient_percent: [] },
  ]);
  return nnsFunction(20, IDL.encode([type], [{ new_entries: [[region, { rates: entries }]] }]));
}

/** Adds a data center. */
export function addDataCenter(center: {
  readonly id: string;
  readonly region: string;
  readonly owner: string;
}): Action {
  const gps = IDL.Record({ latitude: IDL.Float32, longitude: IDL.Float32 });
  const type = IDL.Record({
    data_centers_to_add: IDL.Vec(IDL.Record({ id: IDL.Text, region: IDL.Text, owner: IDL.Text, gps: IDL.Opt(gps) })),
    data_centers_to_remove: IDL.Vec(IDL.Text),
  });
  const added = { ...center, gps: [{ latitude: 51.5, longitude: -0.25 }] };
  return nnsFunction(21, IDL.encode([type], [{ data_centers_to_add: [added], data_centers_to_remove: [] }]));
}

/** Moves nodes into a subnet and out of it. */
export function changeMembership(subnet: string, added: readonly string[], removed: readonly string[]): Action {
  const nodes = IDL.Vec(IDL.Principal);
  const type = IDL.Record({ subnet_id: IDL.Principal, node_ids_add: nodes, node_ids_remove: nodes });
  const value = {
    subnet_id: Principal.fromText(subnet),
    node_ids_add: principals(added),
    node_ids_remove: principals(removed),
  };
  return nnsFunction(31, IDL.encode([type], [value]));
}
