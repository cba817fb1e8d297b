import type { CommandLine } from '../domain/operations/run.ts';
import { type CommandGrammar, dryRunFlag } from './grammar.ts';

/** Values of the positional and the options by their names in the grammar; a flag's list is empty. */
export type Given = ReadonlyMap<string, readonly string[]>;

function optionWords(flag: string, takes: 'one' | 'commas' | 'many', values: readonly string[]): readonly string[] {
  if (takes === 'many') return [flag, ...values];
  const value = values.join(',');
  // A separate word that starts with a hyphen would be read as an option (dre.md 1.3).
  return value.startsWith('-') ? [`${flag}=${value}`] : [flag, value];
}

/**
 * The arguments of a command. The positional goes first: a greedy option before it would take it (dre.md 0, trap
 * 11). `--dry-run` goes last, so that the submitting form is the same list without its last word.
 */
export function argumentsOf(grammar: CommandGrammar, given: Given, dryRun: boolean): readonly string[] {
  const positional = grammar.positional === undefined ? [] : (given.get(grammar.positional.name) ?? []);
  const options = Object.entries(grammar.options).flatMap(([name, option]) => {
    const values = given.get(name);
    if (values === undefined) return [];
    return option.takes === 'nothing' ? [option.flag] : optionWords(option.flag, option.takes, values);
  });
  return [...grammar.words, ...positional, ...options, ...(dryRun ? [dryRunFlag] : [])];
}

/** The submitting or voting form of what was simulated: the same arguments without `--dry-run`, which is the last one. */
export function realForm(line: CommandLine): CommandLine {
  const args = line.args.at(-1) === dryRunFlag ? line.args.slice(0, -1) : line.args;
  return { program: line.program, args, title: line.title, effect: line.effect, dryRun: false };
}

/** The simulating form: the same arguments with `--dry-run` as the last one, where the command has it. */
export function dryForm(line: CommandLine): CommandLine {
  const simulates = line.effect === 'submits' || line.effect === 'votes';
  if (!simulates || line.dryRun) return line;
  return {
    program: line.program,
    args: [...line.args, dryRunFlag],
    title: line.title,
    effect: line.effect,
    dryRun: true,
  };
}
