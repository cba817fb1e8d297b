import type { Effect } from '../../domain/operations/run.ts';

/** What a value is, as dre reads it (dre.md 1.1 to 1.5). */
export type ValueKind =
  | 'flag'
  | 'text'
  | 'path'
  | 'principal'
  | 'forumLink'
  | 'url'
  | 'u32'
  | 'u64'
  | 'i32'
  | 'i64'
  | 'u64OrHex'
  | 'u8OrHex'
  | 'boolean'
  /** One of the choices. */
  | 'word'
  | 'duration'
  | 'month'
  | 'countOrPercent'
  | 'registryFilter'
  | 'firewallScope';

/**
 * How many words follow an option or stand as positional: none, one, one or more up to the next option ("greedy"), any
 * number including none, or at most two.
 */
export type Takes = 'nothing' | 'one' | 'many' | 'any' | 'upToTwo';

/** An option or a positional. */
export interface Argument {
  /** Unique in its command: the long name of an option, or the name of a positional, in camel case. */
  readonly name: string;
  /** The long name; undefined for a positional. */
  readonly flag: `--${string}` | undefined;
  readonly help: string;
  readonly kind: ValueKind;
  readonly takes: Takes;
  readonly short?: `-${string}`;
  readonly aliases?: readonly `--${string}`[];
  /** It may be given several times. What takes many, any or two words may be, too. */
  readonly repeatable?: true;
  /** One word can hold several values with commas between. */
  readonly isCommaList?: true;
  /** Words that look like options are values of it. */
  readonly takesHyphens?: true;
  readonly required?: true;
  readonly default?: string;
  /** Of the kind `word`. */
  readonly choices?: readonly string[];
  readonly conflictsWith?: readonly string[];
  /** The environment variable that stands for it. */
  readonly env?: string;
  /** Of an option of the top level: whether subcommands take it as well. */
  readonly scope?: 'topLevel' | 'below';
}

/** What dre checks itself once a line is parsed (dre.md 1.4). Names are those of arguments. */
export type Rule =
  /** `unlessWord`: a word that excuses from it wherever it stands. */
  | { readonly kind: 'oneOf'; readonly names: readonly string[]; readonly unlessWord?: string }
  | { readonly kind: 'neededWith'; readonly name: string; readonly given: string }
  | { readonly kind: 'neededUnless'; readonly name: string; readonly given: string }
  | { readonly kind: 'disjoint'; readonly names: readonly [string, string] }
  /** Neither a word nor `word=…`. */
  | { readonly kind: 'notAmong'; readonly name: string; readonly words: readonly string[] }
  | { readonly kind: 'notValue'; readonly name: string; readonly value: string }
  | { readonly kind: 'fileExists'; readonly name: string };

/** Whether a command signs: never, with a key, or as a neuron (dre.md 2.1). */
export type Auth = 'anonymous' | 'signer' | 'neuron';

/** A subcommand: a group of further ones, or what runs. */
export interface Command {
  readonly name: string;
  readonly about: string;
  readonly aliases?: readonly string[];
  /** Of a group; one of them must follow. */
  readonly commands?: readonly Command[];
  /** Undefined for a group. */
  readonly effect: Effect | undefined;
  readonly auth: Auth | undefined;
  /** Its own; positionals in their order. */
  readonly args: readonly Argument[];
  readonly rules: readonly Rule[];
  /** It has no `--help` of its own. */
  readonly hasNoHelp?: true;
}

type More = Omit<Argument, 'name' | 'flag' | 'help' | 'kind' | 'takes'>;

function camelCase(flag: string): string {
  return flag.slice(2).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** An option without a value. */
export function flag(name: `--${string}`, help: string, more: More = {}): Argument {
  return { name: camelCase(name), flag: name, help, kind: 'flag', takes: 'nothing', ...more };
}

/** An option with a value; with one word unless `takes` says otherwise. */
export function option(
  name: `--${string}`,
  kind: ValueKind,
  help: string,
  { takes = 'one', ...more }: More & { readonly takes?: Takes } = {},
): Argument {
  return { name: camelCase(name), flag: name, help, kind, takes, ...more };
}

/** A positional; of one word unless `takes` says otherwise. */
export function positional(
  name: string,
  kind: ValueKind,
  help: string,
  { takes = 'one', ...more }: More & { readonly takes?: Takes } = {},
): Argument {
  return { name, flag: undefined, help, kind, takes, ...more };
}

interface CommandDetails {
  readonly aliases?: readonly string[];
  readonly args?: readonly Argument[];
  /** Options that it shares with other commands. */
  readonly group?: readonly Argument[];
  readonly rules?: readonly Rule[];
  readonly hasNoHelp?: true;
}

/** A command that runs. */
export function command(
  name: string,
  about: string,
  effect: Effect,
  auth: Auth,
  { args = [], group: shared = [], rules = [], ...parts }: CommandDetails = {},
): Command {
  return { name, about, effect, auth, args: [...args, ...shared], rules, ...parts };
}

/** A group of commands. */
export function group(
  name: string,
  about: string,
  commands: readonly Command[],
  parts: Pick<CommandDetails, 'aliases'> = {},
): Command {
  return { name, about, effect: undefined, auth: undefined, args: [], rules: [], commands, ...parts };
}
