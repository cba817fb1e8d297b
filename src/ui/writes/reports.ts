import { capitalized } from '../../domain/base/capitalized.ts';
import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { Contest } from '../../engine/writes/contest.ts';
import type { EndedWrite, WriteKind } from '../../engine/writes/kind.ts';
import type { Writes } from '../../engine/writes/writes.ts';
import { counted, messageText, shorten } from '../../views/kit/format.ts';
import {
  alreadyUndoneWords,
  changedWords,
  endSentence,
  nounOf,
  timePassedWords,
} from '../../views/kit/pendingActions.ts';
import { recordKinds, type Row } from '../../views/kit/row.ts';
import type { Commands } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { confirm } from '../kit/confirm.ts';
import { inform, showMessage } from '../kit/messages.ts';
import { progressInNotification, type ProgressStep } from '../kit/progress.ts';
import { argumentsFor } from '../kit/rowTree.ts';
import { viewpoint } from '../kit/viewpoint.ts';

/** From this number on a progress notification is shown, which can cancel what was not sent yet. */
const many = 5;

/** What running writes needs. */
export interface WriteTools extends Pick<Host, 'clock'> {
  readonly writes: Writes<Failure>;
  readonly commands: Pick<Commands, 'showFailure'>;
}

/** One write, ready to be sent. `signal` cancels it while its turn has not come. */
export type Start = (signal: AbortSignal) => Promise<EndedWrite<Failure>>;

/** Runs one write for each record, with progress when there are many, and reports how they ended. */
export async function runWrites<R, P>(
  tools: WriteTools,
  kind: WriteKind<R, P, Failure>,
  records: readonly string[],
  payload: P,
): Promise<void> {
  const starts = records.map(
    (record): Start =>
      (signal) =>
        tools.writes.run(kind, record, payload, signal),
  );
  await reportEnds(tools, await performWrites(kind, starts));
}

/** What is said of writes while they run. */
export type DoingWords = Pick<WriteKind<unknown, unknown, Failure>, 'title' | 'doing'>;

/** Runs writes in their order, with progress when there are many. Resolves with how they ended. */
export async function performWrites(
  { title, doing = title }: DoingWords,
  starts: readonly Start[],
): Promise<readonly EndedWrite<Failure>[]> {
  const abort = new AbortController();
  let done = 0;
  const step: { report: () => void } = { report: () => undefined };
  const ends = Promise.all(
    starts.map(async (start) => {
      const ended = await start(abort.signal);
      done++;
      step.report();
      return ended;
    }),
  );
  if (starts.length >= many) {
    const run = async (showStep: (step: ProgressStep) => void): Promise<void> => {
      const report = (increment: number): void =>
        showStep({ message: `${done} of ${starts.length}`, increment: (100 * increment) / starts.length });
      report(done);
      step.report = () => report(1);
      await ends;
    };
    void progressInNotification(capitalized(doing), run, () => abort.abort());
  }
  return ends;
}

/** Shows a message about what did not go through, which can retry it, or one that can undo what was applied. */
export async function reportEnds(tools: WriteTools, ends: readonly EndedWrite<Failure>[]): Promise<void> {
  const cancelled = ends.filter(({ state }) => state.kind === 'notSent' && state.because === 'cancelled');
  const troubled = ends.filter((ended) => ended.state.kind !== 'applied' && !cancelled.includes(ended));
  const first = troubled.find(isOpenQuestion) ?? troubled[0];
  if (first === undefined) {
    if (cancelled.length > 0) inform(cancelledSentence(ends));
    else await offerUndo(tools, ends);
    return;
  }
  if (first.state.kind === 'failed' && first.state.failure?.kind === 'notSignedIn') {
    await tools.commands.showFailure(first.state.failure, first.title);
    return;
  }
  const rest = cancelled.length > 0 ? ` ${cancelledSentence(ends)}` : '';
  if (first.state.kind === 'overtaken') {
    inform(troubleSentence(tools, troubled, first) + rest);
    return;
  }
  // Trying again would send an unconfirmed write only where that is harmless: these two always do what they say.
  const ways = first.state.kind === 'unconfirmed' ? (['Check Again', 'Send Again Anyway'] as const) : ['Retry'];
  const choice = await showMessage('error', troubleSentence(tools, troubled, first) + rest, ...ways, 'Show Log');
  if (choice === 'Show Log') await vscode.commands.executeCommand('drDre.showLog');
  if (choice === 'Retry') await retryWrites(tools, troubled);
  if (choice === 'Check Again') await checkWrites(tools, troubled);
  if (choice === 'Send Again Anyway') await sendWritesAgain(tools, troubled);
}

/** Reads once more whether writes were applied of which that is not known. Sends nothing. */
export async function checkWrites(tools: WriteTools, which: readonly Retried[]): Promise<void> {
  await reportEnds(tools, await endsOf(which.map(({ id }) => tools.writes.check(id))));
}

/** Sends writes again of which it is not known whether they were applied, once a person has read what that can do. */
export async function sendWritesAgain(tools: WriteTools, which: readonly Retried[]): Promise<void> {
  const [first] = which;
  if (first === undefined) return;
  const isSure = await confirm({
    severity: 'warning',
    text: `Send “${shorten(first.subject, 80)}”${which.length === 1 ? '' : ` and ${which.length - 1} more`} again?`,
    detail: 'The service may have applied it already. Sending it again may then apply it twice.',
    yes: 'Send Again',
  });
  if (!isSure || !(await uncontested(tools, which))) return;
  await reportEnds(tools, await endsOf(which.map(({ id }) => tools.writes.sendAgain(id))));
}

/** Undoes writes that were applied a moment ago. */
export async function undoWrites(tools: WriteTools, which: readonly Pick<Retried, 'id'>[]): Promise<void> {
  const { writes } = tools;
  const found = await contestsOf(writes, which, 'undo');
  const undone = found.filter(({ contest }) => contest?.isUndone === true);
  const contests = undone.flatMap(({ contest }) => contest ?? []);
  const [first] = contests;
  if (first !== undefined) {
    const names = contests.map(({ subject }) => subject);
    inform(alreadyUndoneWords(names, nounOf(first.feed)));
  }
  for (const { id } of undone) writes.discard(id);
  const left = found.filter((each) => !undone.includes(each));
  if (!(await mayReplace(left))) return;
  await reportEnds(tools, await endsOf(left.map(({ id }) => writes.undo(id))));
}

/** How writes ended that were requested once more, without those that are gone meanwhile. */
export function endsOf(
  running: readonly (Promise<EndedWrite<Failure>> | undefined)[],
): Promise<readonly EndedWrite<Failure>[]> {
  return Promise.all(running.filter((end) => end !== undefined));
}

/** What is needed to try a write again. */
type Retried = Pick<EndedWrite<Failure>, 'id' | 'record' | 'subject' | 'askAnew'>;

/** Tries writes again that did not go through. Those that are gone meanwhile are left out. */
export async function retryWrites(tools: WriteTools, which: readonly Retried[]): Promise<void> {
  if (await uncontested(tools, which)) await reportEnds(tools, await startAgain(tools.writes, which));
}

/** Each record is a request: of more than this, what is known is taken for what is. */
const mostRead = 5;

/** A write, and what somebody else has changed of that which it replaces. */
interface Contested {
  readonly id: string;
  readonly contest: Contest | undefined;
}

/** Reads what somebody else has changed of that which these writes replace. */
function contestsOf(
  writes: Writes<Failure>,
  which: readonly Pick<Retried, 'id'>[],
  by: 'retry' | 'undo',
): Promise<readonly Contested[]> {
  const mayRead = which.length <= mostRead;
  return Promise.all(which.map(async ({ id }) => ({ id, contest: await writes.contest(id, by, mayRead) })));
}

async function uncontested({ writes }: Pick<WriteTools, 'writes'>, which: readonly Retried[]): Promise<boolean> {
  return mayReplace(await contestsOf(writes, which, 'retry'));
}

/** Shows both versions where somebody else has changed something, and asks. False when the person does not want it replaced. */
async function mayReplace(which: readonly Contested[]): Promise<boolean> {
  const contests = which.flatMap(({ contest }) => contest ?? []);
  const [first] = contests;
  if (first === undefined) return true;
  const what = contests.length === 1 ? `“${shorten(first.subject, 80)}”` : counted(contests.length, nounOf(first.feed));
  return confirm({
    severity: 'warning',
    text: `${what} ${contests.length === 1 ? 'was' : 'were'} changed meanwhile. Replace it?`,
    detail: contests.map(({ subject, before, now }) => changedWords(shorten(subject, 80), before, now)).join('\n'),
    yes: 'Replace',
  });
}

/** Sends again what still makes sense; for what is outdated a person is asked anew. */
function startAgain(writes: Writes<Failure>, which: readonly Retried[]): Promise<readonly EndedWrite<Failure>[]> {
  const outdated = which.filter(({ id }) => writes.isOutdated(id));
  const commands = new Set(outdated.map(({ askAnew }) => askAnew?.command));
  for (const command of commands) {
    void askAgain(
      writes,
      outdated.filter(({ askAnew }) => askAnew?.command === command),
    );
  }
  return endsOf(which.map(({ id }) => writes.retry(id)));
}

/** Says that the time of these writes has passed, and offers the command that asks for another one. */
async function askAgain(writes: Writes<Failure>, outdated: readonly Retried[]): Promise<void> {
  const [first] = outdated;
  if (first?.askAnew === undefined) return;
  const { command, button, noun } = first.askAnew;
  const words = timePassedWords(first.askAnew, first.subject, outdated.length);
  if ((await showMessage('warning', words, button)) === undefined) return;
  for (const { id } of outdated) writes.discard(id);
  const kind = recordKinds.find((each) => each === noun);
  if (kind === undefined) return;
  const rows = outdated.map(({ record, subject }): Row => ({
    id: `${kind}/${record}`,
    label: subject,
    tokens: [],
    record: { kind, key: record },
  }));
  await vscode.commands.executeCommand(command, ...argumentsFor(rows));
}

/** Shows one message about the writes that closed windows had under way. */
export async function reportRecovered(
  tools: Pick<WriteTools, 'clock' | 'writes'>,
  ends: readonly EndedWrite<Failure>[],
): Promise<void> {
  const troubled = ends.filter(({ state }) => state.kind !== 'applied');
  const first = troubled.find(isOpenQuestion) ?? troubled[0];
  if (first === undefined) {
    const [one] = ends;
    if (one === undefined) return;
    const what = ends.length === 1 ? sentenceOf(tools, one, quoted(one)) : `${counted(ends.length, 'action')} applied`;
    inform(`${beforeClosing}: ${what}.`);
    return;
  }
  const sentence = `${beforeClosing}: ${troubleSentence(tools, troubled, first)}`;
  if (first.state.kind === 'overtaken') {
    inform(sentence);
    return;
  }
  const choice = await showMessage('warning', sentence, 'Retry', 'Show Journal');
  if (choice === 'Show Journal') await vscode.commands.executeCommand('drDre.journal.show');
  if (choice === 'Retry' && (await uncontested(tools, troubled))) void startAgain(tools.writes, troubled);
}

/** Whether something is left to do about it: nothing can be done to a record that has changed meanwhile. */
function isOpenQuestion({ state }: EndedWrite<Failure>): boolean {
  return state.kind !== 'applied' && state.kind !== 'overtaken';
}

async function offerUndo(tools: WriteTools, ends: readonly EndedWrite<Failure>[]): Promise<void> {
  const [first] = ends;
  // What needs a warning first is undone from the row only.
  const undoable = ends.filter(({ undoUntil, undoWarning }) => undoUntil !== undefined && undoWarning === undefined);
  if (first === undefined || undoable.length === 0) return;
  const choice = await showMessage('info', `${sentenceOf(tools, first, namesOf(ends, first))}.`, 'Undo');
  if (choice === 'Undo') await undoWrites(tools, undoable);
}

/** What messages say first of writes that an earlier window had under way. */
const beforeClosing = 'Before the window closed';

function sentenceOf({ clock }: Pick<WriteTools, 'clock'>, ended: EndedWrite<Failure>, names: string): string {
  return endSentence(ended, names, ended.state, viewpoint(clock));
}

function troubleSentence(
  tools: Pick<WriteTools, 'clock'>,
  troubled: readonly EndedWrite<Failure>[],
  first: EndedWrite<Failure>,
): string {
  const kept = troubled.some(({ typed }) => typed !== undefined) ? ' Your text is kept.' : '';
  // The reason may be in the words of the service.
  return messageText(`${sentenceOf(tools, first, namesOf(troubled, first))}.${kept}`, 500);
}

/** The name of the record, or the number of records. */
function namesOf(ends: readonly EndedWrite<Failure>[], first: EndedWrite<Failure>): string {
  const count = new Set(ends.map(({ record }) => record)).size;
  return count === 1 ? quoted(first) : counted(count, nounOf(first.feed));
}

function cancelledSentence(ends: readonly EndedWrite<Failure>[]): string {
  const applied = ends.filter(({ state }) => state.kind === 'applied').length;
  return `Cancelled: ${counted(applied, 'action')} of ${ends.length} applied, the rest not sent.`;
}

function quoted({ subject }: EndedWrite<Failure>): string {
  return `“${messageText(subject, 60)}”`;
}
