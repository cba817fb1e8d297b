import { capitalized } from '../domain/base/capitalized.ts';
import { topLevelOptions } from './grammar/common.ts';
import { commandAt, runnableCommands } from './grammar/commands.ts';
import type { Argument } from './grammar/shape.ts';
import { valueFault } from './grammar/values.ts';
import { operation, type Operation } from './operations.ts';
import { parameter, type Parameter, type ParameterKind } from './parameters.ts';

/** Options that are never offered, by the names of the grammar, with the reason. */
export const leftOut: Readonly<Record<string, string>> = {
  yes: 'It skips the simulation and the question before each proposal.',
  hsmKeyId: 'dre crashes when it is given.',
  hsmPin: 'A PIN does not belong into a command, which is shown and kept. dre prompts for it in the terminal.',
  discourseApiKey: 'A key does not belong into a command, which is shown and kept. Set DISCOURSE_API_KEY instead.',
};

/** What is offered by the buttons of a form. */
const byButton: ReadonlySet<string> = new Set(['dryRun']);

function kindOf({ kind, takes, repeatable, isCommaList, takesHyphens, flag }: Argument): ParameterKind {
  const isList = repeatable === true || isCommaList === true || takes !== 'one';
  switch (kind) {
    case 'flag':
      return 'flag';
    case 'text':
      if (takesHyphens === true && flag === undefined) return 'lines';
      return isList ? 'wordList' : 'text';
    case 'path':
      return 'path';
    case 'principal':
      return isList ? 'idList' : 'principal';
    case 'forumLink':
      return 'forumLink';
    case 'word':
    case 'boolean':
      return isList ? 'choices' : 'choice';
    case 'registryFilter':
      return 'lines';
    case 'url':
    case 'u32':
    case 'u64':
    case 'i32':
    case 'i64':
    case 'u64OrHex':
    case 'u8OrHex':
    case 'duration':
    case 'month':
    case 'countOrPercent':
    case 'firewallScope':
      return isList ? 'valueList' : 'value';
  }
}

/** Words that are not written in small letters. */
const abbreviations: Readonly<Record<string, string>> = {
  api: 'API',
  csv: 'CSV',
  hsm: 'HSM',
  ic: 'IC',
  id: 'ID',
  ids: 'IDs',
  nns: 'NNS',
  pem: 'PEM',
  url: 'URL',
  urls: 'URLs',
};

/** The words of a name, as a label: `omitSubnets` is "Omit subnets". */
function labelOf(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(' ');
  const label = words.map((word) => abbreviations[word] ?? word).join(' ');
  return capitalized(label);
}

/** The words that are entered, each checked as dre does when it parses them. */
function valuesFault(argument: Argument, kind: ParameterKind, text: string): string | undefined {
  const values = kind === 'lines' ? text.split('\n') : kind === 'valueList' ? text.split(/[ ,]+/) : [text];
  return values
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .map((value) => positionalFault(argument, value) ?? valueFault(argument, value))
    .find((fault) => fault !== undefined);
}

function positionalFault({ flag, takesHyphens }: Argument, value: string): string | undefined {
  const isOption = flag === undefined && takesHyphens !== true && value.startsWith('-');
  return isOption ? 'dre would read this as an option: it cannot start with a hyphen.' : undefined;
}

const placeholders: Partial<Record<ParameterKind, string>> = {
  idList: 'Full ids, with spaces or commas between',
  wordList: 'With spaces or commas between',
  valueList: 'With spaces or commas between',
  lines: 'One on each line',
};

function parameterOf(argument: Argument): Parameter {
  const kind = kindOf(argument);
  const usual = argument.default === undefined ? undefined : `${argument.default} when empty`;
  const choices = argument.kind === 'boolean' ? ['true', 'false'] : argument.choices;
  const shape = {
    name: argument.name,
    label: labelOf(argument.name),
    kind,
    required: argument.required ?? false,
    placeholder: usual ?? placeholders[kind] ?? '',
  };
  return parameter(choices === undefined ? shape : { ...shape, choices }, (text) => valuesFault(argument, kind, text));
}

/** The arguments of a command that are offered: its own, what is needed first, then those of all commands. */
function offeredArguments(path: readonly string[]): readonly Argument[] {
  const { args } = commandAt(path);
  const own = new Set(args.map(({ name }) => name));
  const rank = ({ flag, required }: Argument): number => (flag === undefined ? 0 : required === true ? 1 : 2);
  return [
    ...args.toSorted((one, other) => rank(one) - rank(other)),
    ...topLevelOptions.filter(({ name }) => !own.has(name)),
  ].filter(({ name }) => leftOut[name] === undefined && !byButton.has(name));
}

/** Every command of dre as an operation, with all arguments that are offered. */
export const allCommands: readonly Operation[] = runnableCommands().map(({ path, command }) =>
  operation({
    id: ['dre', ...path].join(' '),
    title: ['dre', ...path].join(' '),
    description: `${command.about}.`,
    group: 'All Commands',
    path,
    parameters: offeredArguments(path).map(parameterOf),
  }),
);
