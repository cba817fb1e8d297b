import { dre } from './check.ts';
import type { Command } from './shape.ts';

/** The command that these words lead to. Throws where there is none. */
export function commandAt(path: readonly string[]): Command {
  let at: Command | undefined = dre;
  for (const word of path) at = at?.commands?.find(({ name }) => name === word);
  if (at === undefined) throw new Error(`dre has no command ${path.join(' ')}`);
  return at;
}

/** A command that runs, with the words that lead to it. */
export interface CommandPath {
  readonly path: readonly string[];
  readonly command: Command;
}

/** All commands that run, in the order of dre. */
export function runnableCommands(command: Command = dre, path: readonly string[] = []): readonly CommandPath[] {
  const { commands } = command;
  if (commands === undefined) return [{ path, command }];
  return commands.flatMap((each) => runnableCommands(each, [...path, each.name]));
}
