import { fail, ok, type Result } from '../domain/base/result.ts';
import type { CommandLine, Effect } from '../domain/operations/run.ts';
import { argumentsOf } from './commandLine.ts';
import { check } from './grammar/check.ts';
import { commandAt } from './grammar/commands.ts';
import type { GivenArgument } from './grammar/level.ts';
import type { Auth, Command } from './grammar/shape.ts';
import { type Parameter, textOf, valuesOf } from './parameters.ts';

/** How an operation is run. What submits or votes is simulated unless `real` is chosen. */
export type Mode = 'dryRun' | 'real';

/** What a person entered, by the parameters' names. A flag is `true` or `false`; what is missing counts as empty. */
export type ParameterValues = Readonly<Record<string, string | undefined>>;

/** Why no command can be built. */
export interface Problem {
  /** The parameter to mend. */
  readonly parameter: string;
  readonly sentence: string;
}

export interface BuildRequest {
  /** The dre program: a name on the PATH or an absolute path. */
  readonly program: string;
  readonly values: ParameterValues;
  /** Only for what submits or votes; `dryRun` when absent. */
  readonly mode?: Mode | undefined;
}

/** One thing to do with the tool, offered to a person. */
export interface Operation {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly group: OperationGroup;
  /** The words that lead to its command, without the program. */
  readonly path: readonly string[];
  readonly effect: Effect;
  readonly auth: Auth;
  /** How long it takes, in words; undefined where only runs show it. */
  readonly duration: string | undefined;
  readonly parameters: readonly Parameter[];
  /** Everything that is wrong with the values, the first one of each parameter, in the order of the parameters. */
  problems(values: ParameterValues): readonly Problem[];
  /**
   * The exact command, or the first problem. The real form of what was simulated is built from the same values and is
   * the same list of arguments without `--dry-run`.
   */
  build(request: BuildRequest): Result<CommandLine, Problem>;
  /** As `build`, whatever is wrong: what cannot be read of the values is left out. To be shown while a person types. */
  preview(request: BuildRequest): CommandLine;
  /** The values that these arguments were built from, by either form; undefined where they are those of something else. */
  valuesOf(args: readonly string[]): ParameterValues | undefined;
}

export type OperationGroup =
  | 'Proposals'
  | 'Network'
  | 'Subnets'
  | 'Nodes'
  | 'Versions'
  | 'API Boundary Nodes'
  | 'Firewall and Settings'
  | 'Registry'
  | 'Rewards'
  | 'Neuron'
  | 'All Commands';

/** What an operation is made of. */
export interface OperationPlan extends Pick<Operation, 'id' | 'title' | 'description' | 'group' | 'path'> {
  readonly duration?: string;
  /** What is always given: by the names of the grammar, with the words that it takes. */
  readonly fixed?: Readonly<Record<string, readonly string[]>>;
  readonly parameters: readonly Parameter[];
  /** A rule over several parameters. */
  check?(isGiven: (name: string) => boolean): Problem | undefined;
}

function problemsOf(plan: OperationPlan, command: Command, values: ParameterValues): readonly Problem[] {
  const found = plan.parameters.flatMap((each): Problem[] => {
    const { name } = each;
    const sentence = each.validate(values[name] ?? '');
    return sentence === undefined ? [] : [{ parameter: name, sentence }];
  });
  if (found.length > 0) return found;
  const isGiven = (name: string): boolean =>
    plan.parameters.some((each) => each.name === name && valuesOf(each.kind, values[name] ?? '') !== undefined);
  const ruled = plan.check?.(isGiven) ?? refusal(plan, command, values);
  return ruled === undefined ? [] : [ruled];
}

/** What dre itself would say. */
function refusal(plan: OperationPlan, command: Command, values: ParameterValues): Problem | undefined {
  const given = givenOf(plan, values);
  const verdict = check(argumentsOf(plan.path, command, given, false));
  const problem = (name: string | undefined, sentence: string): Problem => {
    const about = plan.parameters.find((each) => each.name === name) ?? plan.parameters[0];
    return { parameter: about?.name ?? '', sentence };
  };
  if (verdict.outcome === 'refused') return problem(verdict.fault.argument, verdict.fault.sentence);
  const arrived = verdict.outcome === 'accepted' ? verdict.line.given : undefined;
  // What is passed on to ic-admin may begin with a word that is an option of dre.
  const [other] = [...given].find(([name, words]) => !isSame(arrived?.get(name), words)) ?? [];
  return other === undefined ? undefined : problem(other, 'dre would read this as an option of its own.');
}

function isSame(arrived: GivenArgument | undefined, words: readonly string[]): boolean {
  return arrived?.values.length === words.length && arrived.values.every(({ text }, at) => text === words[at]);
}

function givenOf(plan: OperationPlan, values: ParameterValues): ReadonlyMap<string, readonly string[]> {
  const given = new Map(Object.entries(plan.fixed ?? {}));
  for (const { name, kind } of plan.parameters) {
    const words = valuesOf(kind, values[name] ?? '');
    if (words !== undefined) given.set(name, words);
  }
  return given;
}

function readBack(plan: OperationPlan, args: readonly string[]): ParameterValues | undefined {
  const verdict = check(args);
  if (verdict.outcome !== 'accepted' || verdict.line.path.join(' ') !== plan.path.join(' ')) return undefined;
  const { given } = verdict.line;
  const fixed = Object.entries(plan.fixed ?? {});
  const named = new Set([...plan.parameters.map(({ name }) => name), ...fixed.map(([name]) => name), 'dryRun']);
  const words = (name: string): readonly string[] | undefined => given.get(name)?.values.map(({ text }) => text);
  const isFixed = fixed.every(([name, values]) => words(name)?.join(' ') === values.join(' '));
  if (!isFixed || [...given.keys()].some((name) => !named.has(name))) return undefined;
  return Object.fromEntries(plan.parameters.map(({ name, kind }) => [name, textOf(kind, words(name))]));
}

/** Makes an operation of its plan. */
export function operation(plan: OperationPlan): Operation {
  const { id, title, description, group, path, parameters, duration } = plan;
  const command = commandAt(path);
  const { effect = 'read', auth = 'anonymous' } = command;
  const simulates = effect === 'submits' || effect === 'votes';
  const preview = ({ program, values, mode = 'dryRun' }: BuildRequest): CommandLine => {
    const dryRun = simulates && mode === 'dryRun';
    return { program, args: argumentsOf(path, command, givenOf(plan, values), dryRun), title, effect, dryRun };
  };
  return {
    id,
    title,
    description,
    group,
    path,
    effect,
    auth,
    duration,
    parameters,
    problems: (values) => problemsOf(plan, command, values),
    build(request) {
      const [problem] = problemsOf(plan, command, request.values);
      return problem === undefined ? ok(preview(request)) : fail(problem);
    },
    preview,
    valuesOf: (args) => readBack(plan, args),
  };
}
