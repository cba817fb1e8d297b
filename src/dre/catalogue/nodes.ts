import { operation, type Operation } from '../operations.ts';
import { parameter } from '../parameters.ts';
import {
  choice,
  commit,
  countProblem,
  exclude,
  forumPostLink,
  icAdminWords,
  motivation,
  nodes,
  nodeWords,
  revision,
} from './parts.ts';

/** Nodes and versions. */
export const nodeOperations: readonly Operation[] = [
  operation({
    id: 'nodes.remove',
    title: 'Remove nodes from the registry',
    description: 'Removes dead and duplicate nodes, and those that match.',
    group: 'Nodes',
    path: ['nodes', 'remove'],
    parameters: [
      parameter({
        name: 'extraNodesFilter',
        label: 'Further nodes',
        kind: 'wordList',
        placeholder: `${nodeWords}, such as aw1`,
        help: 'Nodes to remove besides dead and duplicate ones',
      }),
      parameter({ name: 'noAuto', label: 'Only those that match', kind: 'flag' }),
      parameter({ name: 'removeDegraded', label: 'Degraded nodes too', kind: 'flag' }),
      exclude,
      motivation(false),
      forumPostLink,
    ],
    check: (isGiven) =>
      isGiven('extraNodesFilter') && !isGiven('motivation')
        ? { parameter: 'motivation', sentence: 'Nodes that are named need a motivation.' }
        : undefined,
  }),
  operation({
    id: 'operators.remove',
    title: 'Remove node operators',
    description: 'Passes a command on to ic-admin, which makes the proposal.',
    group: 'Nodes',
    path: ['propose'],
    parameters: [
      forumPostLink,
      icAdminWords(
        'Arguments for ic-admin',
        'remove-node-operators, then IDs, --summary and the text, each on its own line',
      ),
    ],
  }),
  operation({
    id: 'hostOs.rollout',
    title: 'Roll out a HostOS version',
    description: 'Proposes the version for the given nodes.',
    group: 'Nodes',
    path: ['host-os', 'rollout'],
    parameters: [commit('HostOS version'), nodes, forumPostLink],
  }),
  operation({
    id: 'hostOs.group',
    title: 'Roll out a HostOS version to a group',
    description: 'Proposes the version for some of the nodes of each group. Prints a link to follow it.',
    group: 'Nodes',
    path: ['host-os', 'rollout-from-node-group'],
    parameters: [
      commit('HostOS version'),
      parameter(
        { name: 'nodesInGroup', label: 'Nodes of each group', kind: 'value', required: true, placeholder: '10 or 10%' },
        countProblem,
      ),
      choice('assignment', 'Assignment', ['unassigned', 'assigned', 'all']),
      choice('owner', 'Owner', ['dfinity', 'others', 'all']),
      parameter({
        name: 'only',
        label: 'Only',
        kind: 'wordList',
        placeholder: `${nodeWords}, such as bo1`,
        help: 'Nodes that dre picks from; all when empty',
      }),
      exclude,
      forumPostLink,
    ],
  }),
  operation({
    id: 'unassignedNodes.update',
    title: 'Update unassigned nodes',
    description: 'Proposes the NNS version for all unassigned nodes. Does nothing when they have it.',
    group: 'Versions',
    path: ['update-unassigned-nodes'],
    parameters: [forumPostLink],
  }),
  operation({
    id: 'version.reviseGuestOs',
    title: 'Elect a GuestOS version',
    description: 'Opens your editor to choose the versions to retire, also in a dry run.',
    group: 'Versions',
    duration: 'As long as you edit the list',
    path: ['version', 'revise-elected-versions', 'guest-os'],
    parameters: revision,
  }),
  operation({
    id: 'version.reviseHostOs',
    title: 'Elect a HostOS version',
    description: 'Opens your editor to choose the versions to retire, also in a dry run.',
    group: 'Versions',
    duration: 'As long as you edit the list',
    path: ['version', 'revise-elected-versions', 'host-os'],
    parameters: revision,
  }),
  operation({
    id: 'boundary.add',
    title: 'Add API boundary nodes',
    description: 'Proposes to make API boundary nodes of unassigned nodes.',
    group: 'API Boundary Nodes',
    path: ['api-boundary-nodes', 'add'],
    parameters: [nodes, commit('Version'), motivation(true), forumPostLink],
  }),
  operation({
    id: 'boundary.update',
    title: 'Update API boundary nodes',
    description: 'Proposes a version for API boundary nodes. The rollout does that for all by itself.',
    group: 'API Boundary Nodes',
    path: ['api-boundary-nodes', 'update'],
    parameters: [nodes, commit('Version'), motivation(true), forumPostLink],
  }),
  operation({
    id: 'boundary.remove',
    title: 'Remove API boundary nodes',
    description: 'Proposes to make unassigned nodes of API boundary nodes.',
    group: 'API Boundary Nodes',
    path: ['api-boundary-nodes', 'remove'],
    parameters: [nodes, motivation(true), forumPostLink],
  }),
];
