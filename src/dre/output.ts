import { capitalized } from '../domain/base/capitalized.ts';
import { nounFor } from '../domain/base/counted.ts';
import type { CommandLine, Ending, RunEnd } from '../domain/operations/run.ts';
import { hasSubmitted } from './outcome.ts';
import type { RunReport } from './report.ts';
import { lacksNeuron } from './warnings.ts';
import { plainText } from './plainText.ts';

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
  if (line.effect !== 'submits' && line.effect !== 'votes') return 'done';
  if (line.dryRun) return 'simulated';
  if (line.effect === 'votes') return 'voted';
  return proposals.length > 0 ? 'submitted' : 'notSubmitted';
}

/** What a run warned of, as far as its terminal was read. */
export type SeenWarnings = Pick<RunEnd, 'warnings' | 'sawAll'>;

/** Reads what a finished run left behind. */
export function readEnd(line: CommandLine, report: RunReport, { warnings, sawAll }: SeenWarnings): RunEnd {
  const proposals = line.effect === 'submits' && !line.dryRun ? submittedProposals(report.stdoutTail) : [];
  return {
    endedAt: report.endedAt,
    ending: endingOf(line, report, proposals),
    exitCode: report.exitCode,
    signal: report.signal,
    proposals,
    warnings,
    sawAll,
    output: plainText(report.stdoutTail),
  };
}

/** What is known of a run that is over and left no report. */
export function lostEnd(endedAt: number, { warnings, sawAll }: SeenWarnings): RunEnd {
  return { endedAt, ending: 'lost', exitCode: null, signal: null, proposals: [], warnings, sawAll, output: '' };
}

export interface OutcomeDescription {
  readonly severity: 'info' | 'warning' | 'error';
  /** One sentence, as it follows the title of the run and a colon. Holds no text from outside besides decimal ids. */
  readonly sentence: string;
  /** What to know or do besides. */
  readonly advice?: string | undefined;
}

const listed = (ids: readonly string[]): string => `${nounFor(ids.length, 'proposal')} ${ids.join(', ')}`;

const noNeuron =
  'dre found no key or neuron and went on with a made-up one: to submit or vote would fail. Is the hardware key plugged in?';
const notSeen = 'A dry run also ends well without a hardware key: look for "Couldn\'t detect neuron" in the terminal.';
const seeTerminal = 'The terminal shows why.';

/** What a run that did not end well submitted before; undefined where it submitted nothing. */
function submittedBefore(line: CommandLine, end: RunEnd): string | undefined {
  if (line.effect !== 'submits' || line.dryRun) return undefined;
  switch (hasSubmitted(end)) {
    case 'yes':
      return `It had submitted ${listed(end.proposals)} before.`;
    case 'unknown':
      return 'It may have submitted a proposal: look for one before you run it again.';
    case 'no':
      return undefined;
  }
}

/** What did not end well, as one sentence, and what to do besides where there is something. */
export interface RunFailure {
  readonly sentence: string;
  readonly advice: string | undefined;
}

/** How a run failed, and in which step; undefined for one that ended well. */
export function failedOf(line: CommandLine, end: RunEnd): RunFailure | undefined {
  const { sentence, advice } = describeEnd(line, end);
  const words = withoutTitle(sentence).slice(0, -1);
  switch (end.ending) {
    case 'submitted':
    case 'notSubmitted':
    case 'simulated':
    case 'voted':
    case 'done':
      return undefined;
    case 'failed':
    case 'panicked':
    case 'interrupted':
    case 'killed':
      return { sentence: `${words}${stepOf(line)}.`, advice: submittedBefore(line, end) };
    case 'usageError':
    case 'notStarted':
    case 'lost':
      return { sentence: `${words}.`, advice };
  }
}

/** The step in which a run was, with a space before it; nothing for what has one step. */
function stepOf({ dryRun, effect }: CommandLine): string {
  if (dryRun) return ' in the dry run';
  switch (effect) {
    case 'submits':
      return ' in the run that submits';
    case 'votes':
      return ' in the run that votes';
    case 'read':
    case 'local':
    case 'changes':
      return '';
  }
}

/** A sentence about the end of a run where no title is before it: with a capital letter, but for the name of the tool. */
export function withoutTitle(sentence: string): string {
  return /^dre\b/.test(sentence) ? sentence : capitalized(sentence);
}

/** What is shown to a person about a run. */
export function describeEnd(line: CommandLine, end: RunEnd): OutcomeDescription {
  const { proposals, exitCode, signal } = end;
  // A run that failed may have submitted something before: that must be reported.
  const submitted = submittedBefore(line, end);
  const before = submitted === undefined ? undefined : `${submitted} ${seeTerminal}`;
  switch (end.ending) {
    case 'submitted':
      return { severity: 'info', sentence: `submitted ${listed(proposals)}.` };
    case 'notSubmitted':
      return {
        severity: 'warning',
        sentence: 'Nothing submitted.',
        advice: 'Either the answer at the prompt was no, or there was nothing to do.',
      };
    case 'simulated': {
      const sentence = `Dry run succeeded; nothing ${line.effect === 'votes' ? 'voted on' : 'submitted'}.`;
      if (lacksNeuron(end.warnings)) return { severity: 'warning', sentence, advice: noNeuron };
      return end.sawAll ? { severity: 'info', sentence } : { severity: 'info', sentence, advice: notSeen };
    }
    case 'voted':
      return {
        severity: 'info',
        sentence: 'voting ended.',
        advice: 'The terminal shows each vote; one that failed does not change how the run ends.',
      };
    case 'done':
      return { severity: 'info', sentence: 'done.' };
    case 'failed':
      return {
        severity: 'error',
        sentence: `failed with ${exitCode === null ? 'an exit code that is not known' : `exit code ${exitCode}`}.`,
        advice: before ?? seeTerminal,
      };
    case 'usageError':
      return {
        severity: 'error',
        sentence: 'dre did not accept the command (exit code 2).',
        advice: 'It may be another version than the one this command is written for, or a .env file may set options.',
      };
    case 'panicked':
      return { severity: 'error', sentence: 'dre crashed (exit code 101).', advice: before ?? seeTerminal };
    case 'interrupted':
      return { severity: 'warning', sentence: 'interrupted.', advice: before };
    case 'killed':
      return { severity: 'warning', sentence: `ended by ${signal ?? 'a signal'}.`, advice: before };
    case 'notStarted':
      return {
        severity: 'error',
        sentence: `Can't start dre (exit code ${exitCode ?? '?'}).`,
        advice: 'Install dre, or set drDre.dre.path to where it is.',
      };
    case 'lost':
      return {
        severity: 'warning',
        sentence: 'how it ended is not known.',
        advice: 'Its terminal was closed, or the machine stopped. Look for its proposals before you run it again.',
      };
  }
}
