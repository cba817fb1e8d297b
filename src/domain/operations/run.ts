import type { Instant } from '../base/time.ts';

/**
 * What a command of dre does to the outside (dre.md 2.1). `local`: it changes this machine alone. `changes`: it changes
 * something at once, without a proposal and without a dry run.
 */
export type Effect = 'read' | 'submits' | 'votes' | 'local' | 'changes';

/** One run of the tool, argument by argument: arguments are never joined into a line for a shell. */
export interface CommandLine {
  /** The full path of the program. */
  readonly program: string;
  readonly args: readonly string[];
  /** What it does, in words. Whether it only simulates is not part of it. */
  readonly title: string;
  readonly effect: Effect;
  /** It only simulates. */
  readonly dryRun: boolean;
}

/** How a run ended. */
export const endings = [
  /** Proposals were submitted, and the tool ended well. */
  'submitted',
  /** It ended well without a proposal: the answer was no, or there was nothing to do (dre.md 2.2). */
  'notSubmitted',
  /** A dry run ended well. */
  'simulated',
  /** A round or loop of voting ended well. It does not cover single votes: a failed one does not change the exit code. */
  'voted',
  /** Something that only reads, or changes this machine alone, ended well. */
  'done',
  'failed',
  'usageError',
  'panicked',
  'interrupted',
  'killed',
  'notStarted',
  /** It is over, and left nothing that says how it ended. */
  'lost',
] as const;
export type Ending = (typeof endings)[number];

/** What a run was started from, as far as it was started from something. */
export interface RunOrigin {
  /** In words: "alert #4711", "batch 12 of rc--2026-08-20_03-30". May hold text from outside. */
  readonly startedFrom?: string | undefined;
  readonly alertId?: string | undefined;
  /** The key of a ticket. */
  readonly ticket?: string | undefined;
  /** The id of a proposal, in decimal. */
  readonly proposal?: string | undefined;
  /** The name of a rollout. */
  readonly rollout?: string | undefined;
}

/** What is known of a run from its start on. It never changes. */
export interface RunStart extends CommandLine, RunOrigin {
  /** Unique for all runs of all windows; letters, digits and hyphens. */
  readonly id: string;
  readonly startedAt: Instant;
  /** Who started it, by name. */
  readonly startedBy: string;
  /** Why it was run although something was against it; undefined where nothing was. */
  readonly reason?: string | undefined;
}

/** The origin of a run alone, for another run. */
export function originOf({ startedFrom, alertId, ticket, proposal, rollout }: RunOrigin): RunOrigin {
  return { startedFrom, alertId, ticket, proposal, rollout };
}

/** What came of a run. It never changes. */
export interface RunEnd {
  readonly endedAt: Instant;
  readonly ending: Ending;
  /** Null where a signal ended it, or where it is not known. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Ids of the proposals that were submitted, in decimal; can hold some even when the run failed later. */
  readonly proposals: readonly string[];
  /** What it warned of, line by line. Text from outside. */
  readonly warnings: readonly string[];
  /** Whether its terminal was read from start to end; without it there may be further warnings. */
  readonly sawAll: boolean;
  /** The end of its standard output. Text from outside. */
  readonly output: string;
}

/** A run of dre. Without an end it is going on. */
export interface Run extends RunStart {
  readonly end?: RunEnd | undefined;
}

/** What a run does, in words, and whether it only simulates. */
export function runTitle({ title, dryRun }: Pick<CommandLine, 'title' | 'dryRun'>): string {
  return dryRun ? `${title} (dry run)` : title;
}

/** Whether two command lines do the same: the same arguments for the same program. */
export function sameArguments(
  one: Pick<CommandLine, 'program' | 'args'>,
  other: Pick<CommandLine, 'program' | 'args'>,
): boolean {
  return (
    one.program === other.program &&
    one.args.length === other.args.length &&
    one.args.every((word, index) => word === other.args[index])
  );
}

/** The newest first; those that go on before all others. */
export function byNewest(runs: Iterable<Run>): readonly Run[] {
  const rank = ({ end }: Run): number => (end === undefined ? 0 : 1);
  return [...runs].sort((one, other) => rank(one) - rank(other) || other.startedAt - one.startedAt);
}
