import { operation, type Operation } from '../operations.ts';
import { parameter } from '../parameters.ts';
import { filterProblem, forumPostLink, icAdminWords, monthProblem, numberProblem } from './parts.ts';

/** What is left: settings, rewards, look-ups, and the own neuron. */
export const otherOperations: readonly Operation[] = [
  operation({
    id: 'firewall.change',
    title: 'Change firewall rules',
    description:
      'Opens the rules in your editor, also in a dry run. One kind of change in each run: add, update or remove.',
    group: 'Firewall and Settings',
    path: ['firewall'],
    duration: 'As long as you edit the rules',
    parameters: [
      parameter({
        name: 'rulesScope',
        label: 'Scope',
        kind: 'value',
        required: true,
        placeholder: 'global, replica_nodes, api_boundary_nodes, subnet(ID) or node(ID)',
      }),
      parameter({
        name: 'summary',
        label: 'Summary',
        kind: 'text',
        required: true,
        placeholder: 'What changes, for the voters',
      }),
      parameter({
        name: 'title',
        label: 'Title',
        kind: 'text',
        placeholder: 'Proposal to modify firewall rules, when empty',
      }),
      forumPostLink,
    ],
  }),
  operation({
    id: 'firewall.read',
    title: 'Read firewall rules',
    description: 'Prints the rules of a scope.',
    group: 'Firewall and Settings',
    path: ['get'],
    parameters: [
      icAdminWords(
        'Command of ic-admin',
        'firewall-rules, and on the next line global, replica_nodes or another scope',
      ),
    ],
  }),
  operation({
    id: 'settings.subnet',
    title: 'Change the settings of a subnet',
    description: 'Passes a command on to ic-admin, which makes the proposal.',
    group: 'Firewall and Settings',
    path: ['propose'],
    parameters: [
      forumPostLink,
      icAdminWords(
        'Arguments for ic-admin',
        'update-subnet, then --subnet, its ID, --features and so on, each on its own line',
      ),
    ],
  }),
  operation({
    id: 'registry.read',
    title: 'Read the registry',
    description:
      'Reads subnets, nodes, operators and versions, as JSON. Forms then offer its nodes, data centers and providers, and proposals show them.',
    group: 'Registry',
    duration: 'Tens of seconds',
    path: ['registry'],
    parameters: [],
  }),
  operation({
    id: 'registry.save',
    title: 'Save the registry to a file',
    description: 'Writes subnets, nodes, operators and versions as JSON. Takes tens of seconds.',
    group: 'Registry',
    duration: 'Tens of seconds',
    path: ['registry'],
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
  operation({
    id: 'registry.find',
    title: 'Look up in the registry',
    description: 'Prints what matches of subnets, nodes, operators and versions, as JSON.',
    group: 'Registry',
    path: ['registry'],
    duration: 'Tens of seconds',
    parameters: [
      parameter(
        {
          name: 'filters',
          label: 'Filters',
          kind: 'lines',
          required: true,
          placeholder: 'dc_id eq bo1, one on each line',
        },
        filterProblem,
      ),
    ],
  }),
  operation({
    id: 'metrics.nodes',
    title: 'Metrics of nodes',
    description: 'Prints how many blocks nodes made and failed to make, as JSON.',
    group: 'Registry',
    path: ['node-metrics'],
    duration: 'Minutes',
    parameters: [
      parameter(
        {
          name: 'startAtTimestamp',
          label: 'Since',
          kind: 'value',
          required: true,
          placeholder: 'Nanoseconds since 1970; 0 for all that is kept',
        },
        numberProblem,
      ),
      parameter({ name: 'subnetIds', label: 'Subnets', kind: 'idList', placeholder: 'All when empty' }),
    ],
  }),
  operation({
    id: 'rewards.ongoing',
    title: 'Rewards of the present period',
    description: 'Works out the rewards of node providers so far. Fails on the day of the payout.',
    group: 'Rewards',
    path: ['node-rewards', 'ongoing'],
    duration: 'Minutes',
    parameters: [
      parameter({ name: 'csvDetailedOutputPath', label: 'Folder for details as CSV', kind: 'path' }),
      parameter({ name: 'compareWithGovernance', label: 'Compare with what governance has', kind: 'flag' }),
    ],
  }),
  operation({
    id: 'rewards.past',
    title: 'Rewards of a past month',
    description: 'Works out the rewards of node providers of one month.',
    group: 'Rewards',
    path: ['node-rewards', 'past-rewards'],
    duration: 'Minutes',
    parameters: [
      parameter({ name: 'month', label: 'Month', kind: 'value', required: true, placeholder: '2026-10' }, monthProblem),
      parameter({ name: 'csvDetailedOutputPath', label: 'Folder for details as CSV', kind: 'path' }),
      parameter({ name: 'compareWithGovernance', label: 'Compare with what governance has', kind: 'flag' }),
    ],
  }),
  operation({
    id: 'rewards.table',
    title: 'Change the table of node rewards',
    description: 'Passes the new rewards on to ic-admin, which makes the proposal.',
    group: 'Rewards',
    path: ['propose'],
    parameters: [
      forumPostLink,
      icAdminWords(
        'Arguments for ic-admin',
        'update-node-rewards-table, then --summary-file, the file and so on, each on its own line',
      ),
    ],
  }),
  operation({
    id: 'neuron.balance',
    title: 'Balance of your neuron',
    description: 'Prints its stake and voting power.',
    group: 'Neuron',
    path: ['neuron', 'balance'],
    parameters: [],
  }),
  operation({
    id: 'neuron.topUp',
    title: 'Ask for ICP',
    description: 'Prints the message for the channel in which ICP is requested.',
    group: 'Neuron',
    path: ['neuron', 'top-up'],
    parameters: [],
  }),
  operation({
    id: 'neuron.refresh',
    title: 'Refresh your neuron',
    description: 'Makes governance count a top-up. Changes the neuron at once, harmlessly.',
    group: 'Neuron',
    path: ['neuron', 'refresh'],
    parameters: [],
  }),
];
