import { isVisibleLine } from '../domain/base/harmless.ts';
import type { RunOrigin } from '../domain/operations/run.ts';

/** An environment variable that changes what dre does. */
interface ReadVariable {
  readonly name: string;
  /**
   * `strip`: taken out of every run. Its name is so general that a terminal can carry it by accident, and it would change
   * what the shown command does or make every command fail (dre.md 0, traps 8 and 9). `keep`: people set it on purpose;
   * it is named before a run.
   */
  readonly treatment: 'strip' | 'keep';
  /** Its value is a secret: never shown. */
  readonly secret?: true;
}

/** An environment variable that dre reads for an option (dre.md 1.1, 1.2). */
interface OptionVariable extends ReadVariable {
  readonly option: `--${string}`;
}

export const optionVariables: readonly OptionVariable[] = [
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

/** Those that dre or its HTTP client reads besides the ones that stand for an option (dre.md 2.6), with the proxies. */
const others: readonly ReadVariable[] = [
  ...['DRE_OVERRIDE_HEALTH', 'DRE_LOCAL_REGISTRY_DIR_OVERRIDE', 'LOCAL_REGISTRY_PATH', 'REPO_CACHE_PATH'].map(kept),
  { name: 'GITHUB_TOKEN', treatment: 'keep', secret: true },
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [kept(name), kept(name.toLowerCase())]),
];

function kept(name: string): ReadVariable {
  return { name, treatment: 'keep' };
}

const variables: readonly ReadVariable[] = [...optionVariables, ...others];

/** A variable that was found and that dre would read. */
export interface FoundVariable extends ReadVariable {
  /** Undefined when it is a secret. Text from outside. */
  readonly value: string | undefined;
}

/** The environment of a run, and what is said of it before. */
export interface RunEnvironment {
  /** All of it: nothing is added to it. */
  readonly variables: Readonly<Record<string, string>>;
  /** What dre would have read and was taken out. */
  readonly stripped: readonly FoundVariable[];
  /** What stays and changes what a command does: to be shown beside it. */
  readonly kept: readonly FoundVariable[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment for a run of dre, made from the editor's own. Taken out: what would make the command do something else
 * than what is shown, our credentials, what is the editor's, and what makes a program load code (Node's own variables and
 * those of the dynamic linker).
 */
export function runEnvironment(env: Environment): RunEnvironment {
  const found = variables.flatMap((variable): FoundVariable[] => {
    const value = env[variable.name];
    return value === undefined ? [] : [{ ...variable, value: variable.secret === true ? undefined : value }];
  });
  const strip = new Set(variables.flatMap(({ name, treatment }) => (treatment === 'strip' ? [name] : [])));
  const left = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !strip.has(entry[0]) && !foreign.test(entry[0]),
  );
  return {
    variables: Object.fromEntries(left),
    stripped: found.filter(({ treatment }) => treatment === 'strip'),
    kept: found.filter(({ treatment }) => treatment === 'keep'),
  };
}

/** What the environment of a run says of what it was started from. A variable cannot hold NUL, and a name has one line. */
export function originVariables({ alertId, ticket, proposal, rollout }: RunOrigin): Readonly<Record<string, string>> {
  const all = { DRE_ALERT_ID: alertId, DRE_TICKET: ticket, DRE_PROPOSAL: proposal, DRE_ROLLOUT: rollout };
  const known = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(known.filter(([, value]) => isVisibleLine(value)));
}

const foreign = /^(DR_DRE_|NODE_|ELECTRON_|VSCODE_|LD_PRELOAD$|LD_AUDIT$|DYLD_INSERT_LIBRARIES$)/;

/**
 * The `.env` files that dre would load when started in a folder: there and in every parent (dre.md 0, trap 10). They can
 * set a neuron, a network or YES, and taking variables away does not help against them: start where there is none.
 */
export function dotenvPaths(folder: string): readonly string[] {
  const parts = folder.replace(/\/+$/, '').split('/');
  return parts.map((_, index) => [...parts.slice(0, parts.length - index), '.env'].join('/'));
}

/** The variables that a `.env` file sets and dre reads, by name. */
export function dotenvNames(text: string): readonly string[] {
  const set = new Set(
    [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=/gm)].map(([, name]) => name),
  );
  return variables.flatMap(({ name }) => (set.has(name) ? [name] : []));
}
