import type { CommandLine } from './commandLine.ts';
import type { RunReport } from './report.ts';

/** Cursor and colour sequences: `dre vote` writes them to standard output as well (dre.md 2.4). */
const escapeSequence = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;

const plainText = (text: string): string => text.replaceAll(escapeSequence, '');

/** How a run ended. */
export type Ending =
  /** Proposals were submitted, and the tool ended well. */
  | 'submitted'
  /** It ended well without a proposal: the answer was no, or there was nothing to do (dre.md 2.2). */
  | 'notSubmitted'
  /** A dry run ended well. */
  | 'simulated'
  /**
   * A round or loop of voting ended well. It does not cover single votes: a failed one does not change the exit code.
   */
  | 'voted'
  /** Something that only reads ended well. */
  | 'done'
  | 'failed'
  | 'usageError'
  | 'panicked'
  | 'interrupted'
  | 'killed'
  | 'notStarted';

/** What came of a run. */
export interface RunOutcome {
  readonly ending: Ending;
  /** Ids of the proposals that were submitted, in decimal; can hold some even when the run failed later. */
  readonly proposals: readonly string[];
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly durationMs: number;
}

/**
 * The submitted proposals. Only the block of `proposal N` lines at the very end counts: what a simulation shows before
 * holds text of people (dre.md 2.2, 2.4).
 */
export function submittedProposals(stdout: string): readonly string[] {
  const lines = plainText(stdout)
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  const last = lines.findLastIndex((line) => !/^proposal \d{1,20}$/.test(line));
  return lines.slice(last + 1).map((line) => line.slice('proposal '.length));
}

function endingOf(line: CommandLine, report: RunReport, proposals: readonly string[]): Ending {
  if (report.spawnError !== undefined) return 'notStarted';
  if (report.signal !== null) return report.signal === 'SIGINT' ? 'interrupted' : 'killed';
  switch (report.exitCode) {
    case 0:
      break;
    case 2:
      return 'usageError';
    case 101:
      return 'panicked';
    case 130:
      return 'interrupted';
    default:
      return 'failed';
  }
  if (line.effect === 'read') return 'done';
  if (line.dryRun) return 'simulated';
  if (line.effect === 'votes') return 'voted';
  return proposals.length > 0 ? 'submitted' : 'notSubmitted';
}

/** Reads what a finished run left behind. */
export function readOutcome(line: CommandLine, report: RunReport): RunOutcome {
  const proposals = line.effect === 'submits' && !line.dryRun ? submittedProposals(report.stdoutTail) : [];
  return {
    ending: endingOf(line, report, proposals),
    proposals,
    exitCode: report.exitCode,
    signal: report.signal,
    durationMs: Math.max(0, report.endedAt - report.startedAt),
  };
}

export interface OutcomeDescription {
  readonly severity: 'info' | 'warning' | 'error';
  /** One sentence. Holds no text from outside besides the title of the run and decimal ids. */
  readonly sentence: string;
  /** What to know or do besides. */
  readonly advice?: string;
}

const listed = (ids: readonly string[]): string => `proposal${ids.length === 1 ? '' : 's'} ${ids.join(', ')}`;

const seeTerminal = 'The terminal shows why.';

/** What to tell a person about a run. */
export function describeOutcome(line: CommandLine, outcome: RunOutcome): OutcomeDescription {
  const { proposals, exitCode, signal } = outcome;
  // A run that failed may have submitted something before: that must be reported.
  const before =
    proposals.length === 0 ? {} : { advice: `It had submitted ${listed(proposals)} before. ${seeTerminal}` };
  const { title } = line;
  switch (outcome.ending) {
    case 'submitted':
      return { severity: 'info', sentence: `${title}: submitted ${listed(proposals)}.` };
    case 'notSubmitted':
      return {
        severity: 'warning',
        sentence: `${title}: Nothing submitted.`,
        advice: 'Either the answer at the prompt was no, or there was nothing to do.',
      };
    case 'simulated':
      return {
        severity: 'info',
        sentence: `${title}: Dry run succeeded; nothing ${line.effect === 'votes' ? 'voted on' : 'submitted'}.`,
        advice: 'A dry run also ends well without a hardware key: look for "Couldn\'t detect neuron" in the terminal.',
      };
    case 'voted':
      return {
        severity: 'info',
        sentence: `${title}: voting ended.`,
        advice: 'The terminal shows each vote; one that failed does not change how the run ends.',
      };
    case 'done':
      return { severity: 'info', sentence: `${title}: done.` };
    case 'failed':
      return {
        severity: 'error',
        sentence: `${title}: failed with exit code ${exitCode ?? '?'}.`,
        advice: seeTerminal,
        ...before,
      };
    case 'usageError':
      return {
        severity: 'error',
        sentence: `${title}: dre did not accept the command (exit code 2).`,
        advice: 'It may be another version than the one this command is written for, or a .env file may set options.',
      };
    case 'panicked':
      return { severity: 'error', sentence: `${title}: dre crashed (exit code 101).`, advice: seeTerminal, ...before };
    case 'interrupted':
      return { severity: 'warning', sentence: `${title}: interrupted.`, ...before };
    case 'killed':
      return { severity: 'warning', sentence: `${title}: ended by ${signal ?? 'a signal'}.`, ...before };
    case 'notStarted':
      return {
        severity: 'error',
        sentence: `${title}: dre could not be started (exit code ${exitCode ?? '?'}).`,
        advice: 'Install dre, or set drDre.dre.path to where it is.',
      };
  }
}
