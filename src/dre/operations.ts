import { fail, ok, type Result } from '../domain/base/result.ts';
import type { CommandLine, Effect } from '../domain/operations/run.ts';
import { argumentsOf } from './commandLine.ts';
import type { CommandGrammar } from './grammar.ts';
import { type Parameter, valuesOf } from './parameters.ts';

/** How an operation is run. What submits or votes is simulated unless `real` is asked for. */
export type Mode = 'dryRun' | 'real';

/** What a person entered, by the parameters' names. A flag is `true` or `false`; what is missing counts as empty. */
export type Values = Readonly<Record<string, string | undefined>>;

/** Why no command can be built. */
export interface Problem {
  /** The parameter to mend. */
  readonly parameter: string;
  readonly sentence: string;
}

export interface BuildRequest {
  /** The dre program: a name on the PATH or an absolute path. */
  readonly program: string;
  readonly values: Values;
  /** Only for what submits or votes; `dryRun` when absent. */
  readonly mode?: Mode;
}

/** One thing to do with the tool, offered to a person. */
export interface Operation {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly group: OperationGroup;
  readonly effect: Effect;
  readonly parameters: readonly Parameter[];
  /**
   * The exact command, or the first problem. The real form of what was simulated is built from the same values and is
   * the same list of arguments without `--dry-run`.
   */
  build(request: BuildRequest): Result<CommandLine, Problem>;
}

export type OperationGroup = 'Proposals' | 'Network' | 'Subnets' | 'Nodes' | 'Versions' | 'Registry';

/** What an operation is made of. */
export interface OperationPlan {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly group: OperationGroup;
  readonly grammar: CommandGrammar;
  /** Options that are always given. */
  readonly fixed?: Readonly<Record<string, readonly string[]>>;
  readonly parameters: readonly Parameter[];
  /** A rule over several parameters. */
  check?(isGiven: (name: string) => boolean): Problem | undefined;
}

function firstProblem(plan: OperationPlan, values: Values): Problem | undefined {
  for (const parameter of plan.parameters) {
    const sentence = parameter.validate(values[parameter.name] ?? '');
    if (sentence !== undefined) return { parameter: parameter.name, sentence };
  }
  const isGiven = (name: string): boolean =>
    plan.parameters.some((each) => each.name === name && valuesOf(each.kind, values[name] ?? '') !== undefined);
  return plan.check?.(isGiven);
}

function givenOf(plan: OperationPlan, values: Values): ReadonlyMap<string, readonly string[]> {
  const given = new Map(Object.entries(plan.fixed ?? {}));
  for (const { name, kind } of plan.parameters) {
    const words = valuesOf(kind, values[name] ?? '');
    if (words !== undefined) given.set(name, words);
  }
  return given;
}

/** Makes an operation of its plan. */
export function operation(plan: OperationPlan): Operation {
  const { id, title, description, group, grammar, parameters } = plan;
  return {
    id,
    title,
    description,
    group,
    effect: grammar.effect,
    parameters,
    build({ program, values, mode = 'dryRun' }) {
      const problem = firstProblem(plan, values);
      if (problem !== undefined) return fail(problem);
      const dryRun = grammar.effect !== 'read' && mode === 'dryRun';
      return ok({
        program,
        args: argumentsOf(grammar, givenOf(plan, values), dryRun),
        title,
        effect: grammar.effect,
        dryRun,
      });
    },
  };
}
