// The part of dre's grammar that the offered operations need (dre.md 1.1 to 1.3), in the tool's own long names. The
// order of words is decided in commandLine.ts alone.

import type { Effect } from '../domain/operations/run.ts';

/**
 * What follows an option or stands as positional: no word, one word, one word with a comma-separated list, or every
 * following word up to the next option ("greedy").
 */
export type Takes = 'nothing' | 'one' | 'commas' | 'many';

export interface OptionGrammar {
  readonly flag: `--${string}`;
  readonly takes: Takes;
}

export interface CommandGrammar {
  /** The subcommand's words. */
  readonly words: readonly [string, ...string[]];
  readonly effect: Effect;
  /** The positional argument's name and how many words it takes. */
  readonly positional?: { readonly name: string; readonly takes: 'one' | 'many' };
  readonly options: Readonly<Record<string, OptionGrammar>>;
}

/** Only simulates; conflicts with `--yes`, which is never offered: it skips the simulation as well (dre.md 0, trap 4). */
export const dryRunFlag = '--dry-run';

const flag = (name: `--${string}`): OptionGrammar => ({ flag: name, takes: 'nothing' });
const one = (name: `--${string}`): OptionGrammar => ({ flag: name, takes: 'one' });
const many = (name: `--${string}`): OptionGrammar => ({ flag: name, takes: 'many' });
const commas = (name: `--${string}`): OptionGrammar => ({ flag: name, takes: 'commas' });

const forumPostLink = one('--forum-post-link');

const revise = {
  version: one('--version'),
  releaseTag: one('--release-tag'),
  ignoreMissingUrls: flag('--ignore-missing-urls'),
  securityFix: flag('--security-fix'),
  forumPostLink,
} as const;

/** The commands behind the operations. */
export const commands = {
  vote: {
    words: ['vote'],
    effect: 'votes',
    options: {
      acceptedNeurons: commas('--accepted-neurons'),
      acceptedTopics: commas('--accepted-topics'),
      sleepTime: one('--sleep-time'),
    },
  },
  network: {
    words: ['network'],
    effect: 'submits',
    options: {
      heal: flag('--heal'),
      optimize: flag('--optimize-decentralization'),
      ensureOperatorNodesUnassigned: flag('--ensure-operator-nodes-unassigned'),
      ensureOperatorNodesAssigned: flag('--ensure-operator-nodes-assigned'),
      removeCordonedNodes: flag('--remove-cordoned-nodes'),
      omitSubnets: many('--omit-subnets'),
      omitNodes: many('--omit-nodes'),
      forumPostLink,
    },
  },
  subnetReplace: {
    words: ['subnet', 'replace'],
    effect: 'submits',
    options: {
      subnetId: one('--subnet-id'),
      nodes: many('--remove-nodes'),
      replaceCount: one('--replace-count'),
      noHeal: flag('--no-heal'),
      exclude: many('--exclude'),
      only: many('--only'),
      motivation: one('--motivation'),
      forumPostLink,
    },
  },
  subnetWhatif: {
    words: ['subnet', 'whatif-decentralization'],
    effect: 'read',
    positional: { name: 'subnetId', takes: 'one' },
    options: { addNodes: many('--add-nodes'), removeNodes: many('--remove-nodes') },
  },
  nodesRemove: {
    words: ['nodes', 'remove'],
    effect: 'submits',
    positional: { name: 'filter', takes: 'many' },
    options: {
      noAuto: flag('--no-auto'),
      removeDegraded: flag('--remove-degraded'),
      exclude: many('--exclude'),
      motivation: one('--motivation'),
      forumPostLink,
    },
  },
  proposalsAnalyze: {
    words: ['proposals', 'analyze'],
    effect: 'read',
    positional: { name: 'proposalId', takes: 'one' },
    options: {},
  },
  proposalsGet: {
    words: ['proposals', 'get'],
    effect: 'read',
    positional: { name: 'proposalId', takes: 'one' },
    options: {},
  },
  registry: { words: ['registry'], effect: 'read', options: { output: one('--output') } },
  updateUnassignedNodes: { words: ['update-unassigned-nodes'], effect: 'submits', options: { forumPostLink } },
  hostOsRollout: {
    words: ['host-os', 'rollout'],
    effect: 'submits',
    options: { version: one('--version'), nodes: many('--nodes'), forumPostLink },
  },
  reviseGuestOs: { words: ['version', 'revise-elected-versions', 'guest-os'], effect: 'submits', options: revise },
  reviseHostOs: { words: ['version', 'revise-elected-versions', 'host-os'], effect: 'submits', options: revise },
} as const satisfies Record<string, CommandGrammar>;

/** An environment variable that dre reads for an option (dre.md 1.1, 1.2). */
export interface EnvironmentVariable {
  readonly name: string;
  readonly option: `--${string}`;
  /**
   * `strip`: its name is so general that a terminal can carry it by accident, and it would change what the shown
   * command does or make every command fail (traps 8 and 9). `keep`: people set it on purpose to say who they are.
   */
  readonly treatment: 'strip' | 'keep';
  /** Its value is a secret: never shown. */
  readonly secret?: true;
}

export const environment: readonly EnvironmentVariable[] = [
  { name: 'YES', option: '--yes', treatment: 'strip' },
  { name: 'DRY_RUN', option: '--dry-run', treatment: 'strip' },
  { name: 'VERBOSE', option: '--verbose', treatment: 'strip' },
  { name: 'NETWORK', option: '--network', treatment: 'strip' },
  { name: 'NNS_URLS', option: '--nns-urls', treatment: 'strip' },
  { name: 'FORUM_POST_LINK', option: '--forum-post-link', treatment: 'strip' },
  { name: 'HSM_KEY_ID', option: '--hsm-key-id', treatment: 'strip' },
  { name: 'DISCOURSE_SKIP_POST_CREATION', option: '--discourse-skip-post-creation', treatment: 'strip' },
  { name: 'PRIVATE_KEY_PEM', option: '--private-key-pem', treatment: 'keep' },
  { name: 'HSM_PIN', option: '--hsm-pin', treatment: 'keep', secret: true },
  { name: 'HSM_SLOT', option: '--hsm-slot', treatment: 'keep' },
  { name: 'NEURON_ID', option: '--neuron-id', treatment: 'keep' },
  { name: 'IC_ADMIN', option: '--ic-admin', treatment: 'keep' },
  { name: 'IC_ADMIN_VERSION', option: '--ic-admin-version', treatment: 'keep' },
  { name: 'DISCOURSE_API_KEY', option: '--discourse-api-key', treatment: 'keep', secret: true },
  { name: 'DISCOURSE_API_USER', option: '--discourse-api-user', treatment: 'keep' },
  { name: 'DISCOURSE_API_URL', option: '--discourse-api-url', treatment: 'keep' },
  {
    name: 'DISCOURSE_SUBNET_TOPIC_OVERRIDE_FILE_PATH',
    option: '--discourse-subnet-topic-override-file-path',
    treatment: 'keep',
  },
];
