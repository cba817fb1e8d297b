import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import type { NnsGovernanceDid } from '@icp-sdk/canisters/nns';
import { nnsFunction } from './proposal.ts';

// What the team's proposals hand to the registry canister (dre.md 3.2, its `registry.did`).

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

/** Moves nodes into a subnet and out of it. */
export function changeMembership(subnet: string, added: readonly string[], removed: readonly string[]): Action {
  const nodes = IDL.Vec(IDL.Principal);
  const type = IDL.Record({ subnet_id: IDL.Principal, node_ids_add: nodes, node_ids_remove: nodes });
  const ids = (texts: readonly string[]): Principal[] => texts.map((text) => Principal.fromText(text));
  const value = {
    subnet_id: Principal.fromText(subnet),
    node_ids_add: ids(added),
    node_ids_remove: ids(removed),
  };
  return nnsFunction(31, IDL.encode([type], [value]));
}
