import type { CommandLine } from '../domain/operations/run.ts';
import { check } from './grammar/check.ts';
import { topLevelOptions } from './grammar/common.ts';
import type { Argument, Command } from './grammar/shape.ts';

/** Values of arguments by their names in the grammar; a flag's list is empty. */
export type GivenValues = ReadonlyMap<string, readonly string[]>;

/** Only simulates; conflicts with `--yes`, which is never offered: it skips the simulation as well (dre.md 0, trap 4). */
export const dryRunFlag = '--dry-run';

/** Whether everything after the first positional goes to another program (dre.md 0, trap 12). */
function hasTail({ args }: Command): boolean {
  return args.some(({ flag, takesHyphens }) => flag === undefined && takesHyphens === true);
}

function optionWords(argument: Argument, values: readonly string[]): readonly string[] {
  const { flag, takes, repeatable, isCommaList, takesHyphens } = argument;
  if (flag === undefined) return [];
  if (takes === 'nothing' || takesHyphens === true) return [flag, ...values];
  // A separate word that starts with a hyphen would be read as an option (dre.md 1.3).
  const alone = (value: string): readonly string[] => (value.startsWith('-') ? [`${flag}=${value}`] : [flag, value]);
  if (isCommaList === true) return alone(values.join(','));
  if (takes === 'one' || values.some((value) => value.startsWith('-'))) {
    return (repeatable === true || takes !== 'one' ? values : values.slice(0, 1)).flatMap(alone);
  }
  return [flag, ...values];
}

function positionalWords({ args }: Command, given: GivenValues): readonly string[] {
  const positionals = args.filter(({ flag }) => flag === undefined);
  const last = positionals.findLastIndex(({ name }) => given.has(name));
  // What stands before one that is given must be given too: with its default.
  return positionals
    .slice(0, last + 1)
    .flatMap(({ name, default: usual }) => given.get(name) ?? (usual === undefined ? [] : [usual]));
}

/**
 * The arguments of a command; `path` has the words that lead to it. Options of the top level go before it (dre.md 0, trap
 * 1). Positionals go before options, as a greedy option would take them (trap 11), except those that are passed on to
 * ic-admin with all that follows (trap 12). `--dry-run` is the last one of dre's own.
 */
export function argumentsOf(
  path: readonly string[],
  command: Command,
  given: GivenValues,
  dryRun: boolean,
): readonly string[] {
  // In the order in which they are given.
  const words = (args: readonly Argument[]): readonly string[] =>
    [...given].flatMap(([name, values]) => {
      const argument = args.find((each) => each.name === name);
      return argument === undefined ? [] : optionWords(argument, values);
    });
  const own = new Set(command.args.map(({ name }) => name));
  const shared = topLevelOptions.filter(({ name }) => !own.has(name));
  const options = [...command.args, ...shared.filter(({ scope }) => scope === 'below')];
  const first = [...words(shared.filter(({ scope }) => scope === 'topLevel')), ...path];
  const last = dryRun ? [dryRunFlag] : [];
  const positionals = positionalWords(command, given);
  if (!hasTail(command)) return [...first, ...positionals, ...words(options), ...last];
  const named = [...given.keys()].map((name) => options.find((each) => each.flag !== undefined && each.name === name));
  const greedy = named.findLast((each) => each !== undefined)?.takes === 'many';
  return [...first, ...words(options), ...last, ...(greedy && positionals.length > 0 ? ['--'] : []), ...positionals];
}

/** The submitting or voting form of what was simulated: the same arguments without `--dry-run`. */
export function realForm(line: CommandLine): CommandLine {
  const { program, args, title, effect } = line;
  const verdict = check(args);
  const given = verdict.outcome === 'accepted' ? verdict.line.given.get('dryRun')?.at : undefined;
  const at = given ?? args.lastIndexOf(dryRunFlag);
  return { program, args: at < 0 ? args : args.toSpliced(at, 1), title, effect, dryRun: false };
}

/** The simulating form: the same arguments with `--dry-run`, where the command has it. */
export function dryForm(line: CommandLine): CommandLine {
  const { program, args, title, effect } = line;
  const simulates = effect === 'submits' || effect === 'votes';
  if (!simulates || line.dryRun) return line;
  return { program, args: args.toSpliced(placeOfDryRun(args), 0, dryRunFlag), title, effect, dryRun: true };
}

/** Where `--dry-run` is read as dre's own and takes nothing from another option: at the end, or before the tail. */
function placeOfDryRun(args: readonly string[]): number {
  const verdict = check(args);
  if (verdict.outcome !== 'accepted' || !hasTail(verdict.line.command)) return args.length;
  const { command, given } = verdict.line;
  const tail = command.args.find(({ flag }) => flag === undefined);
  const begin = tail === undefined ? undefined : given.get(tail.name)?.at;
  if (begin === undefined) return args.length;
  return args[begin - 1] === '--' ? begin - 1 : begin;
}
