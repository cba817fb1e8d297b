import { command, flag, group, option, positional, type Argument, type Command } from './shape.ts';
import { submission } from './common.ts';

const boundaryNodes = option('--nodes', 'principal', 'API boundary node ids', { takes: 'many', required: true });
const electedVersion = option('--version', 'text', 'Elected GuestOS version', { required: true });
const neededReason = option('--motivation', 'text', 'Reason', { short: '-m', aliases: ['--summary'], required: true });
const exclude = option('--exclude', 'text', 'Features or node ids never to pick', { takes: 'many' });
const only = option('--only', 'text', 'Pick only from these features or node ids', { takes: 'many' });
const addNodes = (help: string): Argument =>
  option('--add-nodes', 'principal', help, {
    aliases: ['--add', '--add-node', '--add-node-id', '--add-node-ids'],
    takes: 'many',
  });
const election = (name: string, about: string): Command =>
  command(name, about, 'submits', 'neuron', {
    group: submission,
    rules: [{ kind: 'notValue', name: 'forumPostLink', value: 'omit' }],
    args: [
      option('--version', 'text', 'Commit of the version to elect', { required: true }),
      option('--release-tag', 'text', 'Git tag of the release'),
      flag('--ignore-missing-urls', 'Submit even when only one download URL works', { aliases: ['--force'] }),
      flag('--security-fix', 'Mark as security hotfix'),
    ],
  });

/** The commands that change subnets, nodes and versions (dre.md 1.3). */
export const topologyCommands: readonly Command[] = [
  command(
    'network',
    "Network-wide fixes: heal, optimize, spread operators' nodes, drop cordoned nodes",
    'submits',
    'neuron',
    {
      aliases: ['heal'],
      group: submission,
      rules: [
        {
          kind: 'oneOf',
          names: [
            'heal',
            'optimizeDecentralization',
            'ensureOperatorNodesAssigned',
            'ensureOperatorNodesUnassigned',
            'removeCordonedNodes',
          ],
          unlessWord: 'heal',
        },
      ],
      args: [
        flag('--heal', 'Replace unhealthy nodes in subnets'),
        flag('--optimize-decentralization', 'Optimize subnets that break the target topology rules', {
          aliases: ['--optimize'],
        }),
        flag('--ensure-operator-nodes-assigned', 'Each operator gets at least one node in a subnet'),
        flag('--ensure-operator-nodes-unassigned', 'Each operator keeps at least one node out of subnets'),
        option('--omit-subnets', 'text', 'Leave these subnets alone (ids or id substrings)', {
          aliases: ['--skip-subnets'],
          takes: 'many',
        }),
        option('--omit-nodes', 'text', 'Do not add these nodes (ids or id substrings)', {
          aliases: ['--cordoned-nodes'],
          takes: 'many',
        }),
        flag('--remove-cordoned-nodes', 'Take cordoned nodes out of their subnets'),
      ],
    },
  ),
  group('subnet', 'Create, change, upgrade or analyze a subnet', [
    command('whatif-decentralization', 'Show the decentralization effect of a membership change', 'read', 'anonymous', {
      aliases: ['analyze', 'analyze-decentralization', 'decentralization', 'whatif', 'what-if'],
      args: [
        option('--add-nodes', 'principal', 'Nodes to add in the analysis', { takes: 'many' }),
        option('--remove-nodes', 'principal', 'Nodes to remove in the analysis', { takes: 'many' }),
        positional('subnetId', 'principal', 'Subnet to analyze', { required: true }),
        option('--subnet-nodes-initial', 'principal', 'Pretend these are the current nodes', { takes: 'many' }),
      ],
    }),
    command('deploy', 'Propose to deploy a GuestOS version to a subnet', 'submits', 'neuron', {
      aliases: ['upgrade', 'update'],
      group: submission,
      args: [
        option('--version', 'text', 'Elected GuestOS version (commit)', { short: '-v', required: true }),
        option('--id', 'principal', 'Subnet id', { short: '-i', required: true }),
      ],
    }),
    command('replace', 'Propose to replace nodes of a subnet', 'submits', 'neuron', {
      group: submission,
      rules: [
        { kind: 'oneOf', names: ['removeNodes', 'subnetId'] },
        { kind: 'neededWith', name: 'motivation', given: 'removeNodes' },
      ],
      args: [
        option('--remove-nodes', 'principal', 'Nodes to take out', {
          short: '-r',
          aliases: [
            '--nodes',
            '--node',
            '--node-id',
            '--node-ids',
            '--remove',
            '--remove-node',
            '--remove-node-id',
            '--remove-node-ids',
          ],
          takes: 'many',
        }),
        flag('--no-heal', 'Keep unhealthy nodes'),
        option('--replace-count', 'u64', 'Number of further nodes to swap for better decentralization', {
          short: '-o',
          aliases: ['--optimize', '--optimise', '--optimize-count'],
        }),
        option('--motivation', 'text', 'Reason for replacing the given nodes', { short: '-m', aliases: ['--summary'] }),
        exclude,
        only,
        addNodes('Nodes to bring in'),
        option('--subnet-id', 'principal', 'Subnet id; may be left out when nodes are given', {
          short: '-s',
          aliases: ['--subnet', '--id'],
        }),
      ],
    }),
    command('resize', 'Propose to grow or shrink a subnet', 'submits', 'neuron', {
      group: submission,
      args: [
        option('--add-count', 'u64', 'How many nodes to add', { default: '0' }),
        option('--remove-count', 'u64', 'How many nodes to remove', { default: '0' }),
        exclude,
        only,
        addNodes('Nodes to bring in'),
        option('--motivation', 'text', 'Reason for the change', {
          short: '-m',
          aliases: ['--summary'],
          required: true,
        }),
        option('--id', 'principal', 'Subnet id', { short: '-i', aliases: ['--subnet-id'], required: true }),
      ],
    }),
    command('create', 'Propose to create a subnet', 'submits', 'neuron', {
      group: submission,
      rules: [{ kind: 'neededUnless', name: 'motivation', given: 'helpOtherArgs' }],
      args: [
        option('--size', 'u64', 'Number of nodes', { default: '13' }),
        exclude,
        only,
        addNodes('Nodes that must be in the subnet'),
        option('--motivation', 'text', 'Reason for the subnet', { short: '-m', aliases: ['--summary'] }),
        option('--replica-version', 'text', 'GuestOS version for the new subnet'),
        positional('otherArgs', 'text', 'Further ic-admin arguments, passed on unchanged', {
          takes: 'any',
          takesHyphens: true,
        }),
        flag('--help-other-args', 'List the ic-admin arguments for subnet creation'),
      ],
    }),
    command('rescue', 'Propose to replace all nodes of a subnet except the given ones', 'submits', 'neuron', {
      group: submission,
      args: [
        option('--keep-nodes', 'text', 'Features or node ids to keep', { takes: 'many' }),
        option('--id', 'principal', 'Subnet id', { short: '-i', required: true }),
      ],
    }),
    command('set-authorization', 'Propose to open or close subnets to the public', 'submits', 'neuron', {
      group: submission,
      rules: [
        { kind: 'oneOf', names: ['open', 'close'] },
        { kind: 'disjoint', names: ['open', 'close'] },
      ],
      args: [
        option('--motivation', 'text', 'Reason, appended to the summary'),
        option('--open', 'principal', 'Subnet to open; repeat the option for more', { repeatable: true }),
        option('--close', 'principal', 'Subnet to close; repeat the option for more', { repeatable: true }),
      ],
    }),
    command('force-replace', 'Propose exactly these node swaps, skipping the usual checks', 'submits', 'neuron', {
      group: submission,
      rules: [{ kind: 'disjoint', names: ['from', 'to'] }],
      args: [
        option('--subnet-id', 'principal', 'Subnet id', { required: true }),
        option('--from', 'principal', 'Nodes to take out', { takes: 'many' }),
        option('--to', 'principal', 'Nodes to bring in', { takes: 'many' }),
        option('--motivation', 'text', 'Reason'),
      ],
    }),
  ]),
  command(
    'update-unassigned-nodes',
    "Propose to bring unassigned nodes to the NNS subnet's GuestOS version",
    'submits',
    'neuron',
    {
      group: submission,
      args: [option('--nns-subnet-id', 'text', 'NNS subnet id; default is the first subnet of the registry')],
    },
  ),
  group('version', 'Elect new versions', [
    group('revise-elected-versions', 'Change the list of elected versions', [
      election('guest-os', 'Propose to elect a GuestOS version'),
      election('host-os', 'Propose to elect a HostOS version'),
    ]),
  ]),
  group('host-os', 'Roll out HostOS versions', [
    command('rollout', 'Propose a HostOS version for given nodes', 'submits', 'neuron', {
      group: submission,
      args: [
        option('--version', 'text', 'Elected HostOS version', { required: true }),
        option('--nodes', 'principal', 'Nodes to update', { takes: 'many' }),
      ],
    }),
    command('rollout-from-node-group', 'Propose a HostOS version for nodes picked by group', 'submits', 'neuron', {
      group: submission,
      args: [
        option('--version', 'text', 'Elected HostOS version', { required: true }),
        option('--assignment', 'word', 'Nodes in subnets, outside, or both', {
          choices: ['unassigned', 'assigned', 'all'],
        }),
        option('--owner', 'word', 'Nodes of DFINITY, of others, or both', { choices: ['dfinity', 'others', 'all'] }),
        option('--only', 'text', 'Only nodes with these features', { takes: 'many' }),
        option('--exclude', 'text', 'Not nodes with these features', { takes: 'many' }),
        option('--nodes-in-group', 'countOrPercent', 'How many nodes: 10 or 10%', { required: true }),
      ],
    }),
  ]),
  group('nodes', 'Node operations', [
    command('remove', 'Propose to remove nodes from the network', 'submits', 'neuron', {
      group: submission,
      rules: [{ kind: 'neededWith', name: 'motivation', given: 'extraNodesFilter' }],
      args: [
        flag('--no-auto', 'Do not pick duplicate or dead nodes automatically'),
        flag('--remove-degraded', 'Also pick degraded nodes'),
        positional('extraNodesFilter', 'text', 'Further nodes: features or node ids', { takes: 'any' }),
        option('--exclude', 'text', 'Features or node ids to spare', { takes: 'many' }),
        option('--motivation', 'text', 'Reason for removing the extra nodes', { aliases: ['--summary'] }),
      ],
    }),
  ]),
  group('api-boundary-nodes', 'Add, update or remove API boundary nodes', [
    command('add', 'Propose to turn nodes into API boundary nodes', 'submits', 'neuron', {
      group: submission,
      args: [boundaryNodes, electedVersion, neededReason],
    }),
    command('update', 'Propose a GuestOS version for API boundary nodes', 'submits', 'neuron', {
      group: submission,
      args: [boundaryNodes, electedVersion, neededReason],
    }),
    command('remove', 'Propose to turn API boundary nodes back into unassigned nodes', 'submits', 'neuron', {
      group: submission,
      args: [boundaryNodes, neededReason],
    }),
  ]),
  command('update-default-subnets', 'Propose a new list of public subnets', 'submits', 'neuron', {
    aliases: ['update-authorized-subnets'],
    group: submission,
    rules: [{ kind: 'fileExists', name: 'path' }],
    args: [
      option('--path', 'path', 'CSV with subnets that stay non-public; default the built-in list'),
      positional('canisterLimit', 'u64', 'Canisters above which a subnet becomes non-public', { default: '60000' }),
      positional('stateSizeLimit', 'u64', 'State bytes above which a subnet becomes non-public', {
        default: '429496729600',
      }),
      option('--open-verified-subnets', 'i32', 'How many verified subnets to newly open', { default: '1' }),
    ],
  }),
];
