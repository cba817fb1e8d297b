import { commands } from './grammar.ts';
import { operation, type Operation } from './operations.ts';
import { parameter, type Parameter } from './parameters.ts';

const subnetExample = 'tdb26-jop6k-…';
const nodesExample = 'Full ids, with spaces or commas between';

const forumPostLink = parameter({
  name: 'forumPostLink',
  label: 'Forum post',
  kind: 'forumLink',
  placeholder: 'https://forum.dfinity.org/t/…, ask, omit or discourse; dre asks when empty',
});

/** Elections must be announced: dre refuses `omit` for them (dre.md 1.4). */
const electionPostLink = parameter(
  {
    name: 'forumPostLink',
    label: 'Forum post',
    kind: 'forumLink',
    placeholder: 'https://forum.dfinity.org/t/…, ask or discourse; dre asks when empty',
  },
  (text) => (text === 'omit' ? 'An election needs a forum post: dre refuses omit.' : undefined),
);

const motivation = (required: boolean): Parameter =>
  parameter({ name: 'motivation', label: 'Motivation', kind: 'text', required, placeholder: 'Why, for the voters' });

const exclude = parameter({
  name: 'exclude',
  label: 'Leave out',
  kind: 'wordList',
  placeholder: 'Data centers, providers or parts of ids, such as bo1',
});

const proposalId = parameter({
  name: 'proposalId',
  label: 'Proposal',
  kind: 'proposalId',
  required: true,
  placeholder: '143574',
});

const commit = (label: string): Parameter =>
  parameter({
    name: 'version',
    label,
    kind: 'version',
    required: true,
    placeholder: 'Commit of dfinity/ic, 40 digits',
  });

const omissions: readonly Parameter[] = [
  parameter({
    name: 'omitSubnets',
    label: 'Subnets to exclude',
    kind: 'wordList',
    placeholder: 'Ids or parts of them',
  }),
  parameter({ name: 'omitNodes', label: 'Nodes not to add', kind: 'wordList', placeholder: 'Ids or parts of them' }),
];

const voteFilters: readonly Parameter[] = [
  parameter({
    name: 'acceptedNeurons',
    label: 'Proposers',
    kind: 'numberList',
    placeholder: "Neuron ids; dre's own list when empty",
  }),
  parameter(
    {
      name: 'acceptedTopics',
      label: 'Topics',
      kind: 'numberList',
      placeholder: 'Topic numbers; 12 (version deployment) when empty',
    },
    (text) => (/\d{3}/.test(text) ? 'Topics have one or two digits.' : undefined),
  ),
];

const revision: readonly Parameter[] = [
  commit('Version to elect'),
  parameter({
    name: 'releaseTag',
    label: 'Release tag',
    kind: 'releaseTag',
    placeholder: 'release-2026-08-20_03-30-base',
  }),
  parameter({ name: 'securityFix', label: 'Security fix', kind: 'flag' }),
  electionPostLink,
];

/** Everything that Run dre Operation… offers, in the order of the list. */
export const operations: readonly Operation[] = [
  operation({
    id: 'vote.once',
    title: 'Vote once',
    description:
      'Votes yes on the open proposals of the accepted proposers and topics, then ends. dre vote never asks.',
    group: 'Proposals',
    grammar: commands.vote,
    fixed: { sleepTime: ['0s'] },
    parameters: voteFilters,
  }),
  operation({
    id: 'vote.loop',
    title: 'Keep voting',
    description: 'Votes yes on what comes in, every minute, until Ctrl+C. dre vote never asks.',
    group: 'Proposals',
    grammar: commands.vote,
    parameters: voteFilters,
  }),
  operation({
    id: 'proposals.get',
    title: 'Show a proposal',
    description: 'Prints the raw proposal as JSON.',
    group: 'Proposals',
    grammar: commands.proposalsGet,
    parameters: [proposalId],
  }),
  operation({
    id: 'proposals.analyze',
    title: 'Analyze a proposal',
    description: 'Shows what an open change of subnet membership does to decentralization.',
    group: 'Proposals',
    grammar: commands.proposalsAnalyze,
    parameters: [proposalId],
  }),
  operation({
    id: 'network.heal',
    title: 'Heal the network',
    description: 'Replaces unhealthy nodes in all subnets. Asks before each proposal.',
    group: 'Network',
    grammar: commands.network,
    fixed: { heal: [] },
    parameters: [...omissions, forumPostLink],
  }),
  operation({
    id: 'network.weekly',
    title: 'Weekly topology',
    description:
      'Heals, optimizes, spreads the nodes of operators and takes out cordoned nodes. Asks before each proposal.',
    group: 'Network',
    grammar: commands.network,
    fixed: {
      heal: [],
      optimize: [],
      ensureOperatorNodesUnassigned: [],
      ensureOperatorNodesAssigned: [],
      removeCordonedNodes: [],
    },
    parameters: [...omissions, forumPostLink],
  }),
  operation({
    id: 'subnet.replace',
    title: 'Replace unhealthy nodes of a subnet',
    description: 'Heals one subnet, and replaces further nodes if that makes it more decentralized.',
    group: 'Subnets',
    grammar: commands.subnetReplace,
    parameters: [
      parameter({ name: 'subnetId', label: 'Subnet', kind: 'principal', required: true, placeholder: subnetExample }),
      parameter({ name: 'replaceCount', label: 'Further nodes', kind: 'count', placeholder: 'How many, 0 when empty' }),
      exclude,
      motivation(false),
      forumPostLink,
    ],
  }),
  operation({
    id: 'subnet.replaceNodes',
    title: 'Take nodes out of a subnet',
    description: 'Replaces the given nodes. All must be in the same subnet.',
    group: 'Subnets',
    grammar: commands.subnetReplace,
    parameters: [
      parameter({ name: 'nodes', label: 'Nodes', kind: 'idList', required: true, placeholder: nodesExample }),
      motivation(true),
      exclude,
      forumPostLink,
    ],
  }),
  operation({
    id: 'subnet.whatif',
    title: 'What if nodes changed',
    description: 'Shows what adding and removing nodes would do to decentralization.',
    group: 'Subnets',
    grammar: commands.subnetWhatif,
    parameters: [
      parameter({ name: 'subnetId', label: 'Subnet', kind: 'principal', required: true, placeholder: subnetExample }),
      parameter({ name: 'addNodes', label: 'Nodes to add', kind: 'idList', placeholder: nodesExample }),
      parameter({ name: 'removeNodes', label: 'Nodes to remove', kind: 'idList', placeholder: nodesExample }),
    ],
    check: (isGiven) =>
      isGiven('addNodes') || isGiven('removeNodes')
        ? undefined
        : { parameter: 'addNodes', sentence: 'Name nodes to add, nodes to remove, or both.' },
  }),
  operation({
    id: 'nodes.remove',
    title: 'Remove nodes from the registry',
    description: 'Removes dead and duplicate nodes, and those that match.',
    group: 'Nodes',
    grammar: commands.nodesRemove,
    parameters: [
      parameter({
        name: 'filter',
        label: 'Further nodes',
        kind: 'wordList',
        placeholder: 'Data centers, providers or parts of ids, such as aw1',
      }),
      parameter({ name: 'noAuto', label: 'Only those that match', kind: 'flag' }),
      parameter({ name: 'removeDegraded', label: 'Degraded nodes too', kind: 'flag' }),
      exclude,
      motivation(false),
      forumPostLink,
    ],
    check: (isGiven) =>
      isGiven('filter') && !isGiven('motivation')
        ? { parameter: 'motivation', sentence: 'Nodes that are named need a motivation.' }
        : undefined,
  }),
  operation({
    id: 'hostOs.rollout',
    title: 'Roll out a HostOS version',
    description: 'Proposes the version for the given nodes.',
    group: 'Nodes',
    grammar: commands.hostOsRollout,
    parameters: [
      commit('HostOS version'),
      parameter({ name: 'nodes', label: 'Nodes', kind: 'idList', required: true, placeholder: nodesExample }),
      forumPostLink,
    ],
  }),
  operation({
    id: 'unassignedNodes.update',
    title: 'Update unassigned nodes',
    description: 'Proposes the NNS version for all unassigned nodes. Does nothing when they have it.',
    group: 'Versions',
    grammar: commands.updateUnassignedNodes,
    parameters: [forumPostLink],
  }),
  operation({
    id: 'version.reviseGuestOs',
    title: 'Elect a GuestOS version',
    description: 'Opens your editor to choose the versions to retire, also in a dry run.',
    group: 'Versions',
    grammar: commands.reviseGuestOs,
    parameters: revision,
  }),
  operation({
    id: 'version.reviseHostOs',
    title: 'Elect a HostOS version',
    description: 'Opens your editor to choose the versions to retire, also in a dry run.',
    group: 'Versions',
    grammar: commands.reviseHostOs,
    parameters: revision,
  }),
  operation({
    id: 'registry.save',
    title: 'Save the registry to a file',
    description: 'Writes subnets, nodes, operators and versions as JSON. Takes tens of seconds.',
    group: 'Registry',
    grammar: commands.registry,
    parameters: [
      parameter({
        name: 'output',
        label: 'File',
        kind: 'path',
        required: true,
        placeholder: 'registry.json (in the open folder, else in your home folder), or a full path',
      }),
    ],
  }),
];
