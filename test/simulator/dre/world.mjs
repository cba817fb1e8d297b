// The part of the network that the stand-in knows: enough to answer in the formats of dre.md section 3. The same for
// the same first free proposal id. The ids of the accepted proposers are public, texts are invented.
import { createHash } from 'node:crypto';
import { boundaryNodes, dataCenters, member, nodeId, nodes as allNodes, spareNodes, subnets as allSubnets } from '../network.mjs'; // prettier-ignore

/** The subnets that its proposals and operations are about. */
export const subnets = [
  'io67a-2jmkw-zup3h-snbwi-g6a5n-rm5dn-b6png-lvdpl-nqnto-yih6l-gqe',
  'shefu-t3kr5-t5q3w-mqmdq-jabyv-vyvtf-cyyey-3kmo4-toyln-emubw-4qe',
  'uzr34-akd3s-xrdag-3ql62-ocgoh-ld2ao-tamcv-54e7j-krwgb-2gm4z-oqe',
  'o3ow2-2ipam-6fcjo-3j5vt-fzbge-2g7my-5fz2m-p4o2t-dwlc4-gt2q7-5ae',
  'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe',
];

const guest = '79c01052b5f7f49d3cf53d04d696cb2893294cd3';
const host = createHash('sha1').update('host').digest('hex');
const bigNeuron = 17511507705568200227n;

/** topic number -> how the tool writes it (dre.md 8.1) and its word for `-t`. */
export const topics = new Map(
  [
    [0, 'Unspecified'],
    [1, 'NeuronManagement'],
    [2, 'ExchangeRate'],
    [3, 'NetworkEconomics'],
    [4, 'Governance'],
    [5, 'NodeAdmin'],
    [6, 'ParticipantManagement'],
    [7, 'SubnetManagement'],
    [8, 'ApplicationCanisterManagement'],
    [9, 'Kyc'],
    [10, 'NodeProviderRewards'],
    [12, 'IcOsVersionDeployment'],
    [13, 'IcOsVersionElection'],
    [14, 'SnsAndCommunityFund'],
    [15, 'ApiBoundaryNodeManagement'],
    [16, 'SubnetRental'],
    [17, 'ProtocolCanisterManagement'],
    [18, 'ServiceNervousSystemManagement'],
  ].map(([id, name]) => [id, { name, word: name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase() }]),
);

/** status number -> how the tool writes it (dre.md 8.2). */
export const statuses = ['Unspecified', 'Open', 'Rejected', 'Adopted', 'Executed', 'Failed'];

const membership = {
  topic: 7,
  nnsFunction: 31,
  proposer: 40n,
  title: (subnet) => `Replace a node in subnet ${subnet.slice(0, 5)}`,
  payload: (subnet) => ({ subnet_id: subnet, node_ids_add: [spareNodes[5]], node_ids_remove: [member(subnet, 'c')] }),
};
const deployment = (proposer) => ({
  topic: 12,
  nnsFunction: 11,
  proposer,
  title: (subnet) => `Update subnet ${subnet.slice(0, 5)} to replica version ${guest.slice(0, 7)}`,
  payload: (subnet) => ({ subnet_id: subnet, replica_version_id: guest }),
});

const kinds = [
  deployment(80n),
  deployment(80n),
  deployment(bigNeuron),
  membership,
  {
    topic: 12,
    nnsFunction: 51,
    proposer: 39n,
    title: () => `Set HostOS version: ${host} on 2 nodes`,
    payload: () => ({ node_ids: [nodeId('host-1'), nodeId('host-2')], hostos_version_id: host }),
  },
  {
    topic: 13,
    nnsFunction: 38,
    proposer: 61n,
    title: () => `Elect new IC/GuestOS revision (commit ${guest.slice(0, 7)})`,
    payload: () => ({
      replica_version_to_elect: guest,
      replica_versions_to_unelect: [],
      release_package_urls: [`https://download.dfinity.systems/ic/${guest}/guest-os/update-img/update-img.tar.zst`],
      release_package_sha256_hex: createHash('sha256').update(guest).digest('hex'),
      guest_launch_measurements: null,
    }),
  },
  {
    topic: 4,
    proposer: 27n,
    title: () => 'A motion to keep the topology as it is',
    payload: () => ({ motion_text: 'Keep the target topology of this year.' }),
  },
  deployment(77n),
];

const openProposals = 8;
const secondsApart = 3 * 3600;

/** The proposals that exist when the next one gets `nextId`; `now` is in epoch milliseconds. */
export function proposalsBefore(nextId, now) {
  const seconds = Math.floor(now / 1000);
  const one = (id) => {
    const kind = kinds[id % kinds.length];
    const subnet = subnets[id % subnets.length];
    const status = id >= nextId - openProposals ? 1 : id % 97 === 0 ? 2 : 4;
    return { id, kind, subnet, status, topic: kind.topic, proposer: kind.proposer, title: kind.title(subnet), createdAt: seconds - (nextId - id) * secondsApart }; // prettier-ignore
  };
  return {
    get: (id) => (id >= 1n && id < BigInt(nextId) ? one(Number(id)) : undefined),
    /** Newest first. */
    *newestFirst(before = nextId) {
      for (let id = Math.min(before, nextId) - 1; id >= 1; id--) yield one(id);
    },
  };
}

/** The form of `proposals filter` and `list`. */
export function decoded(proposal) {
  return {
    id: proposal.id,
    proposer: proposal.proposer,
    title: proposal.title,
    summary: `# ${proposal.title}\n\nText of the proposal.`,
    proposal_timestamp_seconds: proposal.createdAt,
    topic: topics.get(proposal.topic).name,
    status: statuses[proposal.status],
    payload: proposal.kind.payload(proposal.subnet),
  };
}

/** The form of `proposals pending` and `get`. */
export function raw(proposal) {
  const { kind, createdAt, status } = proposal;
  const done = status === 1 ? 0 : createdAt + 86_400;
  return {
    id: { id: proposal.id },
    status,
    topic: proposal.topic,
    failure_reason: null,
    ballots: [],
    proposal_timestamp_seconds: createdAt,
    reward_event_round: status === 1 ? 0 : 2700,
    deadline_timestamp_seconds: createdAt + 4 * 86_400,
    failed_timestamp_seconds: 0,
    reject_cost_e8s: 2_500_000_000,
    derived_proposal_information: null,
    latest_tally: { timestamp_seconds: createdAt + 60, yes: 31_000_000_000_000_000n, no: 1_000_000n, total: 51_000_000_000_000_000n }, // prettier-ignore
    reward_status: status === 1 ? 1 : 3,
    decided_timestamp_seconds: done,
    proposal: {
      url: 'https://forum.dfinity.org/t/1',
      title: proposal.title,
      action:
        kind.nnsFunction === undefined
          ? { Motion: kind.payload(proposal.subnet) }
          : { ExecuteNnsFunction: { nns_function: kind.nnsFunction, payload: [68, 73, 68, 76, 0, 0] } },
      summary: `# ${proposal.title}\n\nText of the proposal.`,
      self_describing_action: null,
    },
    proposer: { id: proposal.proposer },
    executed_timestamp_seconds: status === 4 ? done : 0,
    total_potential_voting_power: 51_000_000_000_000_000n,
  };
}

/** JSON with integers of any size; `indent` as for JSON.stringify. */
export function json(value, indent) {
  const marked = (_key, each) => (typeof each === 'bigint' ? `\u0000${each}` : each);
  return JSON.stringify(value, marked, indent).replace(/"\\u0000(\d+)"/g, '$1');
}

/** What `registry` prints, in small. */
export function registry() {
  const nodes = allNodes.map(({ id, subnet, dataCenter, provider, operator, status }, at) => ({
    node_id: id,
    xnet: { ip_addr: `2001:db8::${(at + 1).toString(16)}`, port: 2497 },
    http: { ip_addr: `2001:db8::${(at + 1).toString(16)}`, port: 8080 },
    node_operator_id: operator,
    chip_id: null,
    hostos_version_id: host,
    public_ipv4_config: null,
    subnet_id: subnet,
    dc_id: dataCenter,
    node_provider_id: provider,
    status,
    node_reward_type: 'type1',
    dc_owner: 'Example Data Centers',
    guestos_version_id: guest,
    country: 'Switzerland',
  }));
  return {
    subnets: allSubnets.map((subnet) => ({
      subnet_id: subnet,
      membership: nodes.filter((node) => node.subnet_id === subnet).map((node) => node.node_id),
      nodes: {},
      replica_version_id: guest,
      subnet_type: 'application',
      features: {},
      is_halted: false,
      halt_at_cup_height: false,
      chain_key_config: null,
      subnet_admins: [],
    })),
    nodes,
    unassigned_nodes_config: { ssh_readonly_access: [], replica_version: guest },
    dcs: dataCenters.map((id) => ({ id, region: 'Europe,CH,Zurich', owner: 'Example Data Centers', gps: null })), // prettier-ignore
    node_operators: [],
    node_rewards_table: { table: {} },
    api_bns: boundaryNodes.map((principal) => ({ principal, version: guest })),
    elected_guest_os_versions: [{ replica_version_id: guest }],
    elected_host_os_versions: [{ hostos_version_id: host }],
    node_providers: [],
  };
}

/** The text that what-if, replace and network show for a change of members. */
export function decentralization(subnet, added, removed) {
  const statusOf = (id) => allNodes.find((node) => node.id === id)?.status ?? 'Unknown';
  const list = (ids) => ids.map((id) => `- \`${id}\` [health: ${statusOf(id).toLowerCase()}]`);
  return [
    `Decentralization Nakamoto coefficient changes for subnet \`${subnet}\`:`,
    '```',
    ...['node_provider', 'data_center', 'data_center_owner', 'area', 'country'].map((feature) => `${feature.padStart(17)}: 5.00 -> 5.00  (+0%)`), // prettier-ignore
    '```',
    '',
    '**Mean Nakamoto comparison:** 5.00 -> 5.00 (+0%)',
    '',
    'Overall replacement impact: equal decentralization across all features',
    '',
    '# Details',
    '',
    'Nodes removed:',
    ...list(removed),
    '',
    'Nodes added:',
    ...list(added),
    '',
  ].join('\n');
}
