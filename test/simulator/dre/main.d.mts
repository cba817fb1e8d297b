/** The streams and the person at the terminal, as the stand-in uses them. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** Whether standard input and standard error are a terminal. */
  readonly isTerminal: boolean;
  readonly colours: boolean;
  line(): Promise<string>;
  key(): Promise<string>;
  onInterrupt(act: () => void): void;
  sleep(seconds: number, interrupted: AbortSignal): Promise<boolean>;
}

export const version: string;
export const grammar: Grammar;
export function run(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  io: Io,
): Promise<number>;

/** One option or positional of grammar.json. */
export interface GrammarArg {
  readonly name: string;
  readonly positional?: true;
  readonly long?: string;
  readonly short?: string;
  readonly env?: string;
  /** Free text when absent. */
  readonly type?: string;
  /** Least and most words; [0, 0] for a flag and [1, 1] otherwise when absent. */
  readonly words?: readonly [number, number | null];
  readonly values?: readonly string[];
  readonly default?: string;
  readonly valueDelimiter?: string;
  readonly aliases?: readonly string[];
  readonly required?: true;
  readonly multiple?: true;
  readonly allowHyphenValues?: true;
  readonly global?: true;
  readonly conflictsWith?: readonly string[];
}

export interface GrammarCommand {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly subcommandRequired?: true;
  readonly noHelp?: true;
  readonly auth?: string;
  readonly effect?: string;
  readonly group?: string;
  readonly args?: readonly GrammarArg[];
  readonly checks?: readonly Readonly<Record<string, unknown>>[];
  readonly commands?: readonly GrammarCommand[];
}

export interface Grammar extends GrammarCommand {
  readonly options: readonly GrammarArg[];
  readonly groups: Readonly<Record<string, readonly GrammarArg[]>>;
  readonly commands: readonly GrammarCommand[];
}
