import { environment, type EnvironmentVariable } from './grammar.ts';

/** A variable that was found and that dre would read. */
export interface FoundVariable extends EnvironmentVariable {
  /** Undefined when it is a secret. Text from outside. */
  readonly value: string | undefined;
}

export interface CleanEnvironment {
  /**
   * To merge into a terminal's environment: null takes the variable away. Holds every variable to strip, found or not,
   * because a terminal may carry ones that the editor's own process does not.
   */
  readonly unset: Readonly<Record<string, null>>;
  /** Those of them that are there now. */
  readonly stripped: readonly FoundVariable[];
  /** Variables that stay and that change what a command does: to be shown beside it. */
  readonly kept: readonly FoundVariable[];
}

/** What to take out of an environment so that a command does what is shown, and what of it was found. */
export function cleanEnvironment(env: Readonly<Record<string, string | undefined>>): CleanEnvironment {
  const found = environment.flatMap((variable): FoundVariable[] => {
    const value = env[variable.name];
    return value === undefined ? [] : [{ ...variable, value: variable.secret === true ? undefined : value }];
  });
  const toStrip = environment.filter((variable) => variable.treatment === 'strip');
  return {
    unset: Object.fromEntries(toStrip.map((variable) => [variable.name, null])),
    stripped: found.filter((variable) => variable.treatment === 'strip'),
    kept: found.filter((variable) => variable.treatment === 'keep'),
  };
}

/**
 * The `.env` files that dre would load when started in a folder: there and in every parent (dre.md 0, trap 10). They can
 * set a neuron, a network or YES, and taking variables away does not help against them: start where there is none.
 */
export function dotenvPaths(folder: string): readonly string[] {
  const parts = folder.replace(/\/+$/, '').split('/');
  return parts.map((_, index) => [...parts.slice(0, parts.length - index), '.env'].join('/'));
}
