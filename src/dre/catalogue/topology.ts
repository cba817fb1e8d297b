import { operation, type Operation } from '../operations.ts';
import { parameter } from '../parameters.ts';
import {
  commit,
  exclude,
  forumPostLink,
  motivation,
  nodesExample,
  omissions,
  subnetExample,
  subnetsExample,
} from './parts.ts';

/** Changes of subnets and their nodes. */
export const topologyOperations: readonly Operation[] = [
  operation({
    id: 'network.heal',
    title: 'Heal the network',
    description: 'Replaces unhealthy nodes in all subnets. Prompts before each proposal.',
    group: 'Network',
    path: ['network'],
    fixed: { heal: [] },
    parameters: [...omissions, forumPostLink],
  }),
  operation({
    id: 'network.weekly',
    title: 'Weekly topology',
    description:
      'Heals, optimizes, spreads the nodes of operators and takes out cordoned nodes. Prompts before each proposal.',
    group: 'Network',
    path: ['network'],
    fixed: {
      heal: [],
      optimizeDecentralization: [],
      ensureOperatorNodesUnassigned: [],
      ensureOperatorNodesAssigned: [],
      removeCordonedNodes: [],
    },
    parameters: [...omissions, forumPostLink],
  }),
  operation({
    id: 'network.optimize',
    title: 'Optimize the network',
    description: 'Replaces nodes of subnets that break the rules of the target topology. Prompts before each proposal.',
    group: 'Network',
    path: ['network'],
    fixed: { optimizeDecentralization: [] },
    parameters: [...omissions, forumPostLink],
  }),
  operation({
    id: 'network.operators',
    title: 'Spread the nodes of operators',
    description: 'Sees to it that each operator has a node in a subnet, and one outside. Prompts before each proposal.',
    group: 'Network',
    path: ['network'],
    fixed: { ensureOperatorNodesUnassigned: [], ensureOperatorNodesAssigned: [] },
    parameters: [...omissions, forumPostLink],
  }),
  operation({
    id: 'network.cordoned',
    title: 'Take out cordoned nodes',
    description: 'Takes nodes that are cordoned out of their subnets. Prompts before each proposal.',
    group: 'Network',
    path: ['network'],
    fixed: { removeCordonedNodes: [] },
    parameters: [...omissions, forumPostLink],
  }),
  operation({
    id: 'subnet.replace',
    title: 'Replace unhealthy nodes of a subnet',
    description: 'Heals one subnet, and replaces further nodes if that makes it more decentralized.',
    group: 'Subnets',
    path: ['subnet', 'replace'],
    parameters: [
      parameter({
        name: 'subnetId',
        label: 'Subnet',
        kind: 'principal',
        required: true,
        placeholder: subnetExample,
        help: 'Id of the subnet to heal',
      }),
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
    path: ['subnet', 'replace'],
    parameters: [
      parameter({ name: 'removeNodes', label: 'Nodes', kind: 'idList', required: true, placeholder: nodesExample }),
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
    path: ['subnet', 'whatif-decentralization'],
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
    id: 'subnet.resize',
    title: 'Add or remove nodes of a subnet',
    description: 'Makes a subnet larger or smaller.',
    group: 'Subnets',
    path: ['subnet', 'resize'],
    parameters: [
      parameter({ name: 'id', label: 'Subnet', kind: 'principal', required: true, placeholder: subnetExample }),
      parameter({ name: 'addCount', label: 'Nodes to add', kind: 'count', placeholder: 'How many, 0 when empty' }),
      parameter({
        name: 'removeCount',
        label: 'Nodes to remove',
        kind: 'count',
        placeholder: 'How many, 0 when empty',
      }),
      parameter({ name: 'addNodes', label: 'These nodes to add', kind: 'idList', placeholder: nodesExample }),
      exclude,
      motivation(true),
      forumPostLink,
    ],
    check: (isGiven) =>
      isGiven('addCount') || isGiven('removeCount') || isGiven('addNodes')
        ? undefined
        : { parameter: 'addCount', sentence: 'Say how many nodes to add, to remove, or both.' },
  }),
  operation({
    id: 'subnet.deploy',
    title: 'Upgrade a subnet',
    description: 'Proposes a GuestOS version for one subnet. The rollout does that for all by itself.',
    group: 'Subnets',
    path: ['subnet', 'deploy'],
    parameters: [
      parameter({ name: 'id', label: 'Subnet', kind: 'principal', required: true, placeholder: subnetExample }),
      commit('GuestOS version'),
      forumPostLink,
    ],
  }),
  operation({
    id: 'subnet.authorize',
    title: 'Open or close subnets',
    description: 'Opens subnets to the public, or closes them.',
    group: 'Subnets',
    path: ['subnet', 'set-authorization'],
    parameters: [
      parameter({ name: 'open', label: 'Subnets to open', kind: 'idList', placeholder: subnetsExample }),
      parameter({ name: 'close', label: 'Subnets to close', kind: 'idList', placeholder: subnetsExample }),
      motivation(false),
      forumPostLink,
    ],
    check: (isGiven) =>
      isGiven('open') || isGiven('close')
        ? undefined
        : { parameter: 'open', sentence: 'Name subnets to open, subnets to close, or both.' },
  }),
  operation({
    id: 'subnet.defaults',
    title: 'Update the list of public subnets',
    description: 'Works out which subnets are public. Proposes nothing where the list stays the same.',
    group: 'Subnets',
    path: ['update-default-subnets'],
    parameters: [
      parameter({
        name: 'openVerifiedSubnets',
        label: 'Verified subnets to open',
        kind: 'count',
        placeholder: 'How many, 1 when empty',
      }),
      forumPostLink,
    ],
  }),
];
