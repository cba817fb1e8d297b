import { second } from '../../domain/base/time.ts';
import { sameArguments, type CommandLine, type Effect, type Run } from '../../domain/operations/run.ts';
import type {
  CheckedForm,
  FormField,
  FieldControl,
  FieldValues,
  OfferedValue,
  ListedOperation,
  OperationForm,
  PastRun,
} from '../../domain/operations/pageMessages.ts';
import { allCommands, leftOut } from '../../dre/allCommands.ts';
import { operations } from '../../dre/catalogue.ts';
import { dryForm } from '../../dre/commandLine.ts';
import { topLevelOptions } from '../../dre/grammar/common.ts';
import { commandAt } from '../../dre/grammar/commands.ts';
import type { Argument, Auth } from '../../dre/grammar/shape.ts';
import type { Operation } from '../../dre/operations.ts';
import type { Parameter, ParameterKind } from '../../dre/parameters.ts';
import { showCommandLine } from '../../dre/quoting.ts';
import { ago, duration, type Viewpoint } from '../kit/format.ts';
import { offeredKinds, ownWords, registryKinds, type OfferedKind } from './offered.ts';
import { isSubmittable, stateWords } from './view.ts';

/** Everything that the Operations page offers: the week's operations, then every command. */
export const pageOperations: readonly Operation[] = [...operations, ...allCommands];

/** Where the values come from that can be taken over. */
export type OfferedValues = (kind: Exclude<OfferedKind, keyof typeof ownWords>) => readonly OfferedValue[];

const does: Readonly<Record<Effect, string>> = {
  read: 'Reads only',
  submits: 'Submits proposals',
  votes: 'Votes',
  local: 'Changes this machine alone',
  changes: 'Changes something at once',
};

const needs: Readonly<Record<Auth, string | undefined>> = {
  anonymous: undefined,
  signer: 'Hardware key or key file',
  neuron: 'Hardware key and neuron',
};

/** The operations with their last runs, by the newest runs that are kept. */
export function listedOperations(
  runs: readonly Run[],
  favorites: ReadonlySet<string>,
  from: Viewpoint,
): readonly ListedOperation[] {
  const last = new Map<string, Run>();
  for (const run of runs) {
    const before = last.get(run.title);
    if (before === undefined || before.startedAt < run.startedAt) last.set(run.title, run);
  }
  return pageOperations.map((operation) => {
    const { id, title, description, group, effect, auth } = operation;
    const run = last.get(title);
    return {
      id,
      title,
      description,
      group,
      effect,
      does: does[effect],
      // It never loads a key (dre.md 2.1).
      needs: id === 'dre der-to-principal' ? undefined : needs[auth],
      duration: durationWords(operation, run),
      last: run === undefined ? undefined : runWords(run, from),
      isFavorite: favorites.has(id),
    };
  });
}

/** What is known beforehand, and how long the last run took. */
function durationWords({ duration: usual }: Operation, run: Run | undefined): string {
  const { startedAt, end } = run ?? {};
  const measured =
    startedAt === undefined || end === undefined || end.ending === 'lost'
      ? undefined
      : lengthWords(end.endedAt - startedAt);
  const known = [usual, measured].filter((text) => text !== undefined);
  return known.length === 0 ? 'Not known before the first run' : known.join('; ');
}

/** "4 min last time". What took less than ten seconds has no shorter words. */
function lengthWords(ms: number): string {
  return ms < 10 * second ? 'Seconds last time' : `${duration(ms)} last time`;
}

function runWords(run: Run, from: Viewpoint): string {
  const state = stateWords(run, from);
  return `${state}, ${ago(run.end?.endedAt ?? run.startedAt, from)}, by ${run.startedBy}`;
}

/** So many earlier runs of an operation are offered. */
const mostPast = 5;

/** The form of an operation. `registryReadAt`: when the registry was read last, if it ever was. */
export function operationForm(
  operation: Operation,
  runs: readonly Run[],
  {
    valuesOfKind,
    registryReadAt,
  }: { readonly valuesOfKind: OfferedValues; readonly registryReadAt: number | undefined },
  from: Viewpoint,
): OperationForm {
  const { id, path, parameters, group } = operation;
  const kinds = new Set(parameters.flatMap(offeredKinds));
  const { args } = commandAt(path);
  const isFull = group === 'All Commands';
  const offered = isFull ? [...args, ...topLevelOptions] : args;
  return {
    id,
    fields: parameters.map((parameter) => fieldOf(parameter, argumentNamed(offered, parameter.name), isFull)),
    known: Object.fromEntries([...kinds].map((kind) => [kind, valuesOf(kind, valuesOfKind)])),
    registry: registryNote(operation, kinds, registryReadAt, from),
    leftOut: isFull
      ? offered.flatMap(({ name, flag }) => {
          const reason = leftOut[name];
          return reason === undefined || flag === undefined ? [] : [{ option: flag, reason }];
        })
      : [],
    past: pastRuns(operation, runs, from),
    full: isFull ? undefined : allCommands.find((each) => each.path.join(' ') === path.join(' '))?.id,
  };
}

function argumentNamed(args: readonly Argument[], name: string): Argument | undefined {
  return args.find((each) => each.name === name);
}

function fieldOf(parameter: Parameter, argument: Argument | undefined, isFull: boolean): FormField {
  const { name, label, kind, required, placeholder, choices = [] } = parameter;
  const help = parameter.help ?? argument?.help;
  const isShared = argument !== undefined && topLevelOptions.includes(argument);
  return {
    name,
    label,
    option: argument?.flag,
    help: help === undefined ? '' : `${help}.`,
    control: controls[kind],
    isRequired: required,
    placeholder: placeholderWords(placeholder),
    choices,
    known: offeredKinds(parameter),
    isFurther: isFull && (isShared || name.startsWith('discourse')),
  };
}

/** What nobody takes for text that is entered: examples and defaults say that they are. Others are sentences. */
function placeholderWords(text: string): string {
  if (!/^[^A-Z]/.test(text)) return text;
  const usual = /^([^;]+) when empty$/.exec(text)?.[1];
  return usual === undefined ? `e.g. ${text}` : `When empty: ${usual}`;
}

const controls: Readonly<Record<ParameterKind, FieldControl>> = {
  text: 'text',
  idList: 'list',
  wordList: 'list',
  numberList: 'list',
  principal: 'text',
  proposalId: 'text',
  version: 'text',
  releaseTag: 'text',
  count: 'text',
  path: 'text',
  forumLink: 'text',
  flag: 'flag',
  choice: 'choice',
  choices: 'choices',
  value: 'text',
  valueList: 'list',
  lines: 'lines',
};

function valuesOf(kind: OfferedKind, valuesOfKind: OfferedValues): readonly OfferedValue[] {
  return kind === 'forumLink' || kind === 'network' ? ownWords[kind] : valuesOfKind(kind);
}

/** What is said of a form that offers what the registry has; undefined for all others. `readAt`: undefined before any read. */
function registryNote(
  { path }: Operation,
  kinds: ReadonlySet<OfferedKind>,
  readAt: number | undefined,
  from: Viewpoint,
): OperationForm['registry'] {
  if (path.join(' ') === 'registry' || !registryKinds.some((kind) => kinds.has(kind))) return undefined;
  return readAt === undefined
    ? { words: 'Read the registry to pick from all nodes, data centers and providers.', isRead: false }
    : { words: `Nodes, data centers and providers are from the registry read ${ago(readAt, from)}.`, isRead: true };
}

function pastRuns(operation: Operation, runs: readonly Run[], from: Viewpoint): readonly PastRun[] {
  const past: PastRun[] = [];
  for (const run of runs.toSorted((one, other) => other.startedAt - one.startedAt)) {
    if (past.length >= mostPast) break;
    const values = run.title === operation.title ? operation.valuesOf(run.args) : undefined;
    if (values === undefined) continue;
    const command = showCommandLine({ program: 'dre', args: run.args });
    past.push({
      id: run.id,
      words: runWords(run, from),
      command,
      values: Object.fromEntries(Object.entries(values).map(([name, text]) => [name, text ?? ''])),
    });
  }
  return past;
}

/** The dry run that ended well last, of those with the arguments that this line has or would be simulated with. */
export function simulatedRun(line: CommandLine, runs: readonly Run[]): Run | undefined {
  const { args } = dryForm(line);
  return runs
    .filter((run) => isSubmittable(run) && sameArguments({ program: '', args: run.args }, { program: '', args }))
    .toSorted((one, other) => other.startedAt - one.startedAt)[0];
}

/** What is said of the values of a form. */
export function checkedForm(
  operation: Operation,
  values: FieldValues,
  runs: readonly Run[],
  from: Viewpoint,
): Omit<CheckedForm, 'type' | 'request'> {
  const problems = operation.problems(values);
  const line = operation.preview({ program: 'dre', values, mode: 'real' });
  const run = problems.length === 0 && line.effect !== 'read' ? simulatedRun(line, runs) : undefined;
  return {
    id: operation.id,
    command: showCommandLine(line),
    faults: problems.map(({ parameter, sentence }) => {
      return { field: parameter, sentence, isMissing: (values[parameter] ?? '').trim() === '' };
    }),
    simulated: run === undefined ? undefined : runWords(run, from),
  };
}
