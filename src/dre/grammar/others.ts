import { command, flag, group, option, positional, type Command } from './shape.ts';
import { confirmation, submission } from './common.ts';

/** The commands that read, vote, and submit other proposals (dre.md 1.3). */
export const otherCommands: readonly Command[] = [
  command('der-to-principal', 'Print the principal of a DER public key file', 'read', 'neuron', {
    args: [positional('path', 'path', 'DER file', { required: true })],
  }),
  command('get', 'Run an ic-admin get-* command', 'read', 'anonymous', {
    args: [
      positional('args', 'text', 'ic-admin arguments; the get- prefix may be left out', {
        takes: 'any',
        takesHyphens: true,
      }),
    ],
  }),
  command('propose', 'Run an ic-admin propose-to-* command', 'submits', 'neuron', {
    group: submission,
    hasNoHelp: true,
    rules: [
      {
        kind: 'notAmong',
        name: 'args',
        words: ['--forum', '--proposal-url', '--forum-post-link', '--yes', '--dry-run', '--no'],
      },
    ],
    args: [
      positional('args', 'text', 'ic-admin arguments; the propose-to- prefix may be left out', {
        takes: 'any',
        takesHyphens: true,
      }),
    ],
  }),
  command('node-metrics', 'Print node metrics history as JSON', 'read', 'signer', {
    rules: [{ kind: 'neededWith', name: 'wallet', given: 'trustworthy' }],
    args: [
      flag('--trustworthy', 'Ask the subnets through a wallet canister'),
      option('--wallet', 'text', 'Wallet canister id for --trustworthy'),
      positional('startAtTimestamp', 'u64', 'Start time in nanoseconds', { required: true }),
      positional('subnetIds', 'principal', 'Subnets; none means all', { takes: 'any' }),
    ],
  }),
  group('node-rewards', 'Show node provider rewards', [
    command('ongoing', 'Rewards since the last payout, up to yesterday', 'read', 'signer', {
      args: [
        option('--csv-detailed-output-path', 'path', 'Write detailed CSV files below this directory'),
        flag('--compare-with-governance', 'Also compare with the rewards governance paid'),
      ],
    }),
    command('past-rewards', 'Rewards of a past month', 'read', 'signer', {
      args: [
        positional('month', 'month', 'Month as YYYY-MM', { required: true }),
        option('--csv-detailed-output-path', 'path', 'Write detailed CSV files below this directory'),
        flag('--compare-with-governance', 'Also compare with the rewards governance paid'),
      ],
    }),
  ]),
  command('vote', 'Vote yes on matching open proposals, in a loop', 'votes', 'neuron', {
    group: confirmation,
    args: [
      option('--accepted-neurons', 'u64', 'Proposers whose proposals get a vote', {
        repeatable: true,
        isCommaList: true,
        default: '80,39,40,46,58,61,77,17511507705568200227',
      }),
      option('--accepted-topics', 'i32', 'Topic ids that get a vote', {
        repeatable: true,
        isCommaList: true,
        default: '12',
      }),
      option('--sleep-time', 'duration', 'Pause between rounds; 0s means one round', { default: '60s' }),
    ],
  }),
  command('registry', 'Dump the registry as JSON', 'read', 'anonymous', {
    args: [
      option('--output', 'path', 'Write to this file; the extension becomes .json', { short: '-o' }),
      option('--filters', 'registryFilter', 'Keep entries where KEY OP VALUE; repeatable', {
        short: '-f',
        aliases: ['--filter'],
        repeatable: true,
      }),
      option('--height', 'u64', 'Registry version to read', { aliases: ['--registry-height', '--version'] }),
      option('--dump-versions', 'i64', 'Dump raw registry versions FROM..TO, Python-style', {
        aliases: ['--dump-version', '--dump-versions-json', '--dump-json-versions', '--json-versions'],
        takes: 'upToTwo',
        takesHyphens: true,
        conflictsWith: ['filters'],
      }),
    ],
  }),
  command('firewall', 'Edit firewall rules in an editor and propose the change', 'submits', 'neuron', {
    group: submission,
    args: [
      option('--title', 'text', 'Proposal title', { default: 'Proposal to modify firewall rules' }),
      option('--summary', 'text', 'Proposal summary', { required: true }),
      option('--rules-scope', 'firewallScope', 'global, replica_nodes, api_boundary_nodes, subnet(ID) or node(ID)', {
        required: true,
      }),
    ],
  }),
  command('upgrade', 'Update the dre binary from GitHub releases', 'local', 'anonymous', {
    args: [option('--version', 'text', 'Release to install; default the first listed', { short: '-v' })],
  }),
  group(
    'proposals',
    'List, show or analyze NNS proposals',
    [
      command('pending', 'Print open proposals, raw, on one line', 'read', 'anonymous'),
      command('get', 'Print one proposal, raw', 'read', 'anonymous', {
        args: [positional('proposalId', 'u64', 'Proposal id', { required: true })],
      }),
      command(
        'analyze',
        'Show the decentralization effect of an open change-subnet-membership proposal',
        'read',
        'anonymous',
        { args: [positional('proposalId', 'u64', 'Proposal id', { required: true })] },
      ),
      command('filter', 'Print proposals by status and topic name', 'read', 'anonymous', {
        args: [
          option('--limit', 'u32', 'How many to return; pages as needed', { default: '100' }),
          option('--statuses', 'word', 'Status to include; repeatable', {
            short: '-s',
            aliases: ['--status'],
            repeatable: true,
            choices: ['unspecified', 'open', 'rejected', 'adopted', 'executed', 'failed'],
          }),
          option('--topics', 'word', 'Topic to include; repeatable', {
            short: '-t',
            aliases: ['--topic'],
            repeatable: true,
            choices: [
              'unspecified',
              'neuron-management',
              'exchange-rate',
              'network-economics',
              'governance',
              'node-admin',
              'participant-management',
              'subnet-management',
              'application-canister-management',
              'kyc',
              'node-provider-rewards',
              'ic-os-version-deployment',
              'ic-os-version-election',
              'sns-and-community-fund',
              'api-boundary-node-management',
              'subnet-rental',
              'protocol-canister-management',
              'service-nervous-system-management',
            ],
          }),
        ],
      }),
      command('list', "Print proposals with the canister's own filters", 'read', 'anonymous', {
        args: [
          option('--limit', 'u32', 'How many, at most 100', { default: '100' }),
          option('--before-proposal', 'u64', 'Only proposals with a smaller id'),
          option('--exclude-topic', 'i32', 'Topic number to leave out; repeatable', { repeatable: true }),
          option('--include-reward-status', 'i32', 'Reward status number to include; repeatable', { repeatable: true }),
          option('--include-status', 'i32', 'Status number to include; repeatable', { repeatable: true }),
          option('--include-all-manage-neuron-proposals', 'boolean', 'Include all ManageNeuron proposals'),
          option('--omit-large-fields', 'boolean', 'Leave out large fields'),
        ],
      }),
    ],
    { aliases: ['proposal'] },
  ),
  command('completions', 'Print a shell completion script', 'local', 'anonymous', {
    args: [
      option('--shell', 'word', 'Shell', {
        short: '-s',
        default: 'bash',
        choices: ['bash', 'elvish', 'fish', 'powershell', 'zsh'],
      }),
    ],
  }),
  group('qualify', 'Qualify a GuestOS version on a testnet', [
    command('list', 'List the qualification steps', 'read', 'anonymous', {
      args: [option('--step-range', 'text', 'Steps to run: 4, 3.., ..3 or 1..3')],
    }),
    command('execute', 'Run the qualification', 'changes', 'neuron', {
      rules: [{ kind: 'neededWith', name: 'grafanaUrl', given: 'artifacts' }],
      args: [
        option('--version', 'text', 'Version to qualify', { short: '-v', required: true }),
        option('--from-version', 'text', 'Starting version; default the NNS version on mainnet', { short: '-f' }),
        option('--step-range', 'text', 'Steps to run: 4, 3.., ..3 or 1..3'),
        option('--deployment-name', 'text', "Value of the Prometheus 'ic' label", { required: true }),
        option('--prometheus-endpoint', 'text', 'Prometheus endpoint', { required: true }),
        option('--artifacts', 'path', 'Where to write artifacts'),
        positional('grafanaUrl', 'text', 'Grafana URL; needed with --artifacts'),
      ],
    }),
  ]),
  group('neuron', 'Neuron balance, top-up and refresh', [
    command('balance', 'Print stake and voting power', 'read', 'neuron'),
    command('top-up', 'Print the Slack message that asks for ICP', 'read', 'neuron'),
    command('refresh', "Refresh the neuron's stake after a top-up", 'changes', 'neuron'),
  ]),
  group('governance', 'NNS governance commands', [
    group('propose', 'Create proposals directly in governance', [
      command('motion', 'Submit a motion', 'submits', 'neuron', {
        group: submission,
        args: [
          positional('summaryFile', 'path', 'Markdown summary file, or - for standard input', { required: true }),
          option('--title', 'text', 'Title; default the first level-1 heading of the summary'),
          option('--motion-text-file', 'path', 'File with the motion text', { conflictsWith: ['motionText'] }),
          option('--motion-text', 'text', 'Motion text', { conflictsWith: ['motionTextFile'] }),
        ],
      }),
    ]),
  ]),
];
