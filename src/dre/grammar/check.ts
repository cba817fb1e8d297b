import { confirmation, submission, topLevelOptions } from './common.ts';
import { calledOf, Level, refused, type GivenArgument, type Stop, type LineWord } from './level.ts';
import { otherCommands } from './others.ts';
import { brokenRule } from './rules.ts';
import type { Argument, Command } from './shape.ts';
import { topologyCommands } from './topology.ts';

/** The whole of dre: what stands before a subcommand, and all subcommands (dre.md 1). */
export const dre: Command = {
  name: 'dre',
  about: '',
  effect: undefined,
  auth: undefined,
  rules: [],
  args: topLevelOptions,
  commands: [...topologyCommands, ...otherCommands],
};

/** A line that dre accepts. */
export interface AcceptedLine {
  readonly command: Command;
  /** The names of command and groups: `subnet`, `replace`. No aliases. */
  readonly path: readonly string[];
  /** The index of the word after the last one of the subcommand. */
  readonly after: number;
  /** By the name of the argument. Of an option that was given on two levels, the lower one. */
  readonly given: ReadonlyMap<string, GivenArgument>;
}

export type LineVerdict = Stop | { readonly outcome: 'accepted'; readonly line: AcceptedLine };

export interface CheckOptions {
  /** Whether a path is that of a file. Where it is absent, files that must exist are taken to do so. */
  readonly isFile?: (path: string) => boolean;
}

/** What dre says of these arguments, before it does anything: accepted, or which fault at which argument. */
export function check(args: readonly string[], options: CheckOptions = {}): LineVerdict {
  const words = args.map((text, at) => ({ text, at }));
  const read = readLevel(dre, [], [], words, args.length);
  if ('outcome' in read) return read;
  const broken = brokenRule(read, args, options.isFile ?? (() => true));
  return broken === undefined ? { outcome: 'accepted', line: read } : refused(broken);
}

function readLevel(
  command: Command,
  inherited: readonly Argument[],
  path: readonly string[],
  words: readonly LineWord[],
  count: number,
): Stop | AcceptedLine {
  const level = new Level(command, inherited, command === dre, (flag) => placeOf(flag, command === dre));
  const found = level.read(words);
  if (found !== undefined && 'outcome' in found) return found;
  const passedOn = level.arguments.filter(({ scope }) => scope === 'below');
  const below =
    found === undefined
      ? undefined
      : readLevel(found.command, passedOn, [...path, found.command.name], found.rest, count);
  if (below !== undefined && 'outcome' in below) return below;
  const stop = levelFault(command, level, below !== undefined, count);
  if (stop !== undefined) return stop;
  if (below === undefined) return { command, path, after: words[0]?.at ?? count, given: level.given };
  return { ...below, given: new Map([...level.given, ...below.given]) };
}

/** What is wrong with the words of one command as a whole. */
function levelFault(
  command: Command,
  { arguments: all, given }: Level,
  hasBelow: boolean,
  at: number,
): Stop | undefined {
  if (command.commands !== undefined && !hasBelow) {
    const after = command === dre ? 'dre' : command.name;
    return refused({ kind: 'missingCommand', at, sentence: `A command must follow ${after}.` });
  }
  for (const argument of all) {
    const here = given.get(argument.name);
    if (here === undefined) continue;
    const rival = argument.conflictsWith?.map((name) => given.get(name)).find((each) => each !== undefined);
    if (rival === undefined) continue;
    const sentence = `${calledOf(argument)} cannot be given together with ${calledOf(rival.argument)}.`;
    return refused({ kind: 'conflict', at: Math.max(here.at, rival.at), argument: argument.name, sentence });
  }
  const missing = all.find(({ name, required }) => required === true && !given.has(name));
  return missing === undefined
    ? undefined
    : refused({
        kind: 'missingArgument',
        at,
        argument: missing.name,
        sentence: `${calledOf(missing)} is needed.`,
      });
}

/** Where an option belongs that is not known where it stands (dre.md 0, traps 1 and 12). */
function placeOf(flag: string, isTop: boolean): string | undefined {
  const isNamed = ({ flag: long, short, aliases = [] }: Argument): boolean =>
    [long, short, ...aliases].includes(flag as `--${string}`);
  if (!isTop && topLevelOptions.some((each) => each.scope === 'topLevel' && isNamed(each))) {
    return `${flag} goes before the subcommand: dre does not take it after.`;
  }
  return [...submission, ...confirmation].some(isNamed)
    ? `${flag} goes after a command that submits: dre does not take it here.`
    : undefined;
}
