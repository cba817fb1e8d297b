import * as vscode from 'vscode';
import { proposalUrl } from '../../domain/proposals/governance.ts';
import type { Run } from '../../domain/operations/run.ts';
import { namedTitle } from '../../dre/targets.ts';
import { describeEnd, withoutTitle } from '../../dre/output.ts';
import { summarize, summaryLine } from '../../dre/summary.ts';
import type { JournalEntry } from '../../engine/disk/journal.ts';
import { isSubmittable } from '../../views/operations/view.ts';
import { showMessage, type Severity } from '../kit/messages.ts';
import { openPage } from '../kit/openPage.ts';
import { isJson } from './outputs.ts';
import type { EndedRun } from './runBook.ts';

/** What a person can do about a run that ended. */
export interface NextSteps {
  submit(run: Run): Promise<void>;
  openRun(id: string): Promise<void>;
  openOutput(run: Run): Promise<void>;
  addToTicket(run: Run): Promise<void>;
  showTerminal(run: Run): Promise<void>;
}

/** The words about a run that ended, as they follow its title and a colon, without what can be done. */
function wordsOf(run: EndedRun): { readonly severity: Severity; readonly text: string } {
  const { end } = run;
  const { severity, sentence, advice } = describeEnd(run, end);
  const code =
    end.exitCode === null || end.exitCode === 0 || /exit code/i.test(sentence) ? '' : `Exit code ${end.exitCode}.`;
  const summary = end.ending === 'simulated' && run.effect === 'submits' ? summaryLine(summarize(end.output)) : '';
  const [first, ...others] = end.warnings;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const warned = first === undefined ? '' : `Warning: ${first}${more}`;
  const parts = [sentence, code, summary, advice ?? '', warned].filter((part) => part !== '');
  return { severity: severity === 'info' && first !== undefined ? 'warning' : severity, text: parts.join(' ') };
}

/** The lines of the journal about a run that ended: one for each proposal, or one. */
export function journalLines(run: EndedRun): readonly JournalEntry[] {
  const { end, reason } = run;
  const { severity, text: words } = wordsOf(run);
  // The line says before this text that it failed.
  const text = withoutTitle(words.replace(/^failed with /, ''));
  const detail = reason === undefined ? text : `${text} Run in spite of a warning: ${reason}`;
  const isFine = severity === 'info' || ['submitted', 'simulated', 'voted', 'done'].includes(end.ending);
  const line: JournalEntry = {
    at: end.endedAt,
    what: 'ran',
    title: `dre: ${namedTitle(run)}`,
    outcome: isCutShort(run) ? 'unconfirmed' : isFine ? 'succeeded' : 'failed',
    who: run.startedBy,
    detail,
  };
  const [first, ...others] = end.proposals;
  if (first === undefined) return [line];
  const linked = (id: string): string => proposalUrl(BigInt(id));
  return [
    { ...line, link: linked(first) },
    ...others.map((id) => ({ ...line, detail: `Submitted proposal ${id} as well.`, link: linked(id) })),
  ];
}

/** Whether it is not known what a run did: it was lost, or ended before dre said what it had submitted. */
function isCutShort({ effect, dryRun, end: { ending } }: EndedRun): boolean {
  const isStopped = ending === 'interrupted' || ending === 'killed';
  return ending === 'lost' || (isStopped && (effect === 'submits' || effect === 'votes') && !dryRun);
}

/** Longer ones are hard to read in a terminal. Characters. */
const longOutput = 10_000;

/** Whether an output is better read in an editor. Of a very long one only the end is known here, which is no JSON by itself. */
function isWorthOpening(output: string): boolean {
  return output.length > longOutput || isJson(output);
}

/** Shows that a run ended, with what can follow. */
export async function showEnd(run: EndedRun, next: NextSteps): Promise<void> {
  const { end } = run;
  const { severity, text } = wordsOf(run);
  const steps = new Map<string, () => Promise<unknown> | Thenable<unknown>>();
  const [first] = end.proposals;
  if (first !== undefined) {
    steps.set(`Open Proposal ${first} in Dashboard`, () => openPage(proposalUrl(BigInt(first))));
    steps.set(run.ticket === undefined ? 'Add to Ticket…' : `Comment on ${run.ticket}…`, () => next.addToTicket(run));
  }
  if (isSubmittable(run)) steps.set(run.effect === 'votes' ? 'Vote…' : 'Submit…', () => next.submit(run));
  if (end.ending === 'done' && isWorthOpening(end.output)) steps.set('Open Output', () => next.openOutput(run));
  if (end.ending === 'simulated') steps.set('Show Summary', () => next.openRun(run.id));
  if (end.ending === 'notStarted') {
    steps.set('Open Setting', () => vscode.commands.executeCommand('drDre.openSettings', 'drDre.dre.path'));
  }
  if (end.ending === 'usageError') {
    steps.set('Upgrade dre', () => vscode.commands.executeCommand('drDre.operations.upgrade'));
  }
  if (severity === 'error') steps.set('Show Terminal', () => next.showTerminal(run));
  const choice = await showMessage(severity, `${namedTitle(run)}: ${text}`, ...steps.keys());
  if (choice !== undefined) await steps.get(choice)?.();
}
