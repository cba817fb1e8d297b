import { flag, option, type Argument } from './shape.ts';

/** What is given before the subcommand; those of the scope `below` also after it (dre.md 1.1). */
export const topLevelOptions: readonly Argument[] = [
  option('--private-key-pem', 'path', 'PEM file with the signing key (instead of an HSM)', {
    aliases: ['--pem', '--key', '--private-key'],
    conflictsWith: ['hsmPin', 'hsmSlot', 'hsmKeyId'],
    env: 'PRIVATE_KEY_PEM',
    scope: 'below',
  }),
  option('--hsm-pin', 'text', 'PIN that unlocks the HSM key', {
    aliases: ['--hsm-pim'],
    conflictsWith: ['privateKeyPem'],
    env: 'HSM_PIN',
    scope: 'below',
  }),
  option('--hsm-slot', 'u64OrHex', 'HSM slot number, decimal or 0x hex', {
    conflictsWith: ['privateKeyPem'],
    env: 'HSM_SLOT',
    scope: 'below',
  }),
  option('--hsm-key-id', 'u8OrHex', 'HSM key id, decimal or 0x hex, 0-255', {
    conflictsWith: ['privateKeyPem'],
    env: 'HSM_KEY_ID',
    scope: 'below',
  }),
  option('--neuron-id', 'u64', 'Id of the neuron that proposes or votes', {
    aliases: ['--neuron', '--proposer'],
    env: 'NEURON_ID',
    scope: 'below',
  }),
  option('--ic-admin', 'path', 'Use this ic-admin binary instead of downloading one', {
    env: 'IC_ADMIN',
    scope: 'below',
  }),
  option(
    '--ic-admin-version',
    'text',
    'Which ic-admin to use: from-registry (default), fallback, or a dfinity/ic commit',
    { default: 'from-registry', env: 'IC_ADMIN_VERSION', scope: 'below' },
  ),
  option('--network', 'text', 'Target network: mainnet, staging or a testnet name', {
    default: 'mainnet',
    env: 'NETWORK',
    scope: 'topLevel',
  }),
  option('--nns-urls', 'url', 'NNS URLs of the network, comma separated; needed for testnets', {
    aliases: ['--registry-url', '--nns-url'],
    repeatable: true,
    isCommaList: true,
    env: 'NNS_URLS',
    scope: 'topLevel',
  }),
  flag('--verbose', 'Print as much as possible', { env: 'VERBOSE', scope: 'below' }),
  flag('--offline', 'Do not sync registry or public dashboard data; use local copies', { scope: 'topLevel' }),
  option('--cordoned-features-file', 'path', 'Local YAML file of cordoned features', {
    aliases: ['--cf-file', '--cfff', '--cordone'],
    scope: 'below',
  }),
  option(
    '--override-health',
    'text',
    'Pretend a data center or node has this health, as ID:healthy|degraded|dead|unknown',
    { aliases: ['--oh', '--override-healths'], takes: 'many', scope: 'below' },
  ),
];

/** Of commands that simulate and ask before they act (dre.md 1.2). */
export const confirmation: readonly Argument[] = [
  flag('--yes', 'Go ahead without asking; skips the simulation too', {
    short: '-y',
    conflictsWith: ['dryRun'],
    env: 'YES',
  }),
  flag('--dry-run', 'Only show what would be done', {
    aliases: ['--dryrun', '--simulate', '--no'],
    conflictsWith: ['yes'],
    env: 'DRY_RUN',
  }),
];

/** Of commands that submit proposals (dre.md 1.2). */
export const submission: readonly Argument[] = [
  option('--forum-post-link', 'forumLink', 'discourse, ask, omit, or a URL to use as the proposal link', {
    aliases: ['--forum-link', '--forum', '--proposal-url'],
    default: 'ask',
    env: 'FORUM_POST_LINK',
  }),
  option('--discourse-api-key', 'text', 'Key for the Discourse API', { env: 'DISCOURSE_API_KEY' }),
  option('--discourse-api-user', 'text', 'User for the Discourse API', {
    default: 'DRE-Team',
    env: 'DISCOURSE_API_USER',
  }),
  option('--discourse-api-url', 'text', 'Base URL of the forum', {
    default: 'https://forum.dfinity.org',
    env: 'DISCOURSE_API_URL',
  }),
  flag('--discourse-skip-post-creation', 'With --forum-post-link discourse: create no post, use no link', {
    env: 'DISCOURSE_SKIP_POST_CREATION',
  }),
  option(
    '--discourse-subnet-topic-override-file-path',
    'path',
    'JSON file mapping subnet to forum topic, replaces the embedded one',
    { env: 'DISCOURSE_SUBNET_TOPIC_OVERRIDE_FILE_PATH' },
  ),
  ...confirmation,
];
