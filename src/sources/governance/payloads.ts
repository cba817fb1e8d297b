import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import type { Payload, PayloadValue } from '../../domain/proposals/payload.ts';

// The Candid interfaces of the NNS functions that the team's proposals call, as the registry canister declares them (its
// `registry.did`). By Candid's rules a payload may hold more than is named here: what is not named is left out. This file
// is loaded with the agent only.

const { Bool, Float32, Int32, Nat32, Nat64, Null, Opt, Principal: Id, Record, Text, Tuple, Variant, Vec } = IDL;

const blob = Vec(IDL.Nat8);
const nodes = Record({ node_ids: Vec(Id) });
const nodesWithVersion = Record({ version: Text, node_ids: Vec(Id) });
const hostElection = Record({
  release_package_urls: Vec(Text),
  hostos_version_to_elect: Opt(Text),
  hostos_versions_to_unelect: Vec(Text),
  release_package_sha256_hex: Opt(Text),
});
const hostOnNodes = Record({ hostos_version_id: Opt(Text), node_ids: Vec(Id) });
const scope = Variant({ Node: Id, ReplicaNodes: Null, ApiBoundaryNodes: Null, Subnet: Id, Global: Null });
const rule = Record({
  ipv4_prefixes: Vec(Text),
  ipv6_prefixes: Vec(Text),
  ports: Vec(Nat32),
  action: Int32,
  direction: Opt(Int32),
  user: Opt(Text),
  comment: Text,
});
const rules = Record({ scope, rules: Vec(rule), positions: Vec(Int32), expected_hash: Text });
const rewardable = Vec(Tuple(Text, Nat32));
const features = Record({ canister_sandboxing: Bool, http_requests: Bool, sev_enabled: Opt(Bool) });
const sshOfNode = Record({ node_id: Opt(Id), public_key: Opt(Text) });

/** By the number of the function (dre.md 8.3). */
const interfaces: Readonly<Record<number, IDL.Type>> = {
  2: Record({ subnet_id: Id, node_ids: Vec(Id) }),
  6: Record({
    subnet_id: Id,
    height: Nat64,
    time_ns: Nat64,
    state_hash: blob,
    replacement_nodes: Opt(Vec(Id)),
    registry_store_uri: Opt(Tuple(Text, Text, Nat64)),
  }),
  7: Record({
    subnet_id: Id,
    features: Opt(features),
    is_halted: Opt(Bool),
    halt_at_cup_height: Opt(Bool),
    max_number_of_canisters: Opt(Nat64),
    max_ingress_bytes_per_message: Opt(Nat64),
    max_ingress_messages_per_block: Opt(Nat64),
    max_block_payload_size: Opt(Nat64),
    unit_delay_millis: Opt(Nat64),
    initial_notary_delay_millis: Opt(Nat64),
    dkg_interval_length: Opt(Nat64),
    dkg_dealings_per_block: Opt(Nat64),
    start_as_nns: Opt(Bool),
    ssh_readonly_access: Opt(Vec(Text)),
    ssh_backup_access: Opt(Vec(Text)),
  }),
  8: Record({
    node_operator_principal_id: Opt(Id),
    node_provider_principal_id: Opt(Id),
    node_allowance: Nat64,
    rewardable_nodes: rewardable,
    max_rewardable_nodes: Opt(rewardable),
    dc_id: Text,
    ipv6: Opt(Text),
  }),
  11: Record({ subnet_id: Id, replica_version_id: Text }),
  13: nodes,
  16: Record({
    node_operator_id: Opt(Id),
    node_provider_id: Opt(Id),
    node_allowance: Opt(Nat64),
    rewardable_nodes: rewardable,
    max_rewardable_nodes: Opt(rewardable),
    dc_id: Opt(Text),
    ipv6: Opt(Text),
    set_ipv6_to_none: Opt(Bool),
  }),
  18: nodes,
  20: Record({
    new_entries: Vec(
      Tuple(
        Text,
        Record({
          rates: Vec(
            Tuple(Text, Record({ xdr_permyriad_per_node_per_month: Nat64, reward_coefficient_percent: Opt(Int32) })),
          ),
        }),
      ),
    ),
  }),
  21: Record({
    data_centers_to_add: Vec(
      Record({
        id: Text,
        region: Text,
        owner: Text,
        gps: Opt(Record({ latitude: Float32, longitude: Float32 })),
      }),
    ),
    data_centers_to_remove: Vec(Text),
  }),
  23: Record({
    node_operators_to_remove: Vec(blob),
    node_operator_principals_to_remove: Opt(Record({ principals: Vec(Id) })),
  }),
  25: rules,
  26: Record({ scope, positions: Vec(Int32), expected_hash: Text }),
  27: rules,
  31: Record({ subnet_id: Id, node_ids_add: Vec(Id), node_ids_remove: Vec(Id) }),
  38: Record({
    replica_version_to_elect: Opt(Text),
    replica_versions_to_unelect: Vec(Text),
    release_package_urls: Vec(Text),
    release_package_sha256_hex: Opt(Text),
  }),
  40: hostElection,
  41: hostOnNodes,
  43: nodesWithVersion,
  44: nodes,
  46: nodesWithVersion,
  47: nodesWithVersion,
  48: Record({ elected_replica_version: Text }),
  49: Record({ ssh_readonly_keys: Vec(Text) }),
  50: hostElection,
  51: hostOnNodes,
  55: Record({
    subnet_id: Opt(Id),
    operational_level: Opt(Int32),
    ssh_readonly_access: Opt(Vec(Text)),
    ssh_node_state_write_access: Opt(Vec(sshOfNode)),
  }),
};

/** The payload of an NNS function as plain data. */
export function decodePayload(nnsFunction: number, payload: Uint8Array): Payload {
  const size = payload.byteLength;
  const type = interfaces[nnsFunction];
  if (type === undefined) return { kind: 'notDecoded', reason: 'unknownInterface', size };
  try {
    const [value] = IDL.decode([type], payload);
    return { kind: 'decoded', value: plain(value) };
  } catch {
    // It was made for another version of the interface: that it cannot be read is what is shown.
    return { kind: 'notDecoded', reason: 'otherInterface', size };
  }
}

/** What Candid decoded, as texts, lists and records. An `opt` is its value, or nothing in a list. */
function plain(value: unknown): PayloadValue {
  if (value instanceof Principal) return value.toText();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<unknown>, plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
  }
  return String(value);
}
