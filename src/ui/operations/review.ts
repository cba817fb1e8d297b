import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { runTitle, type CommandLine, type Run } from '../../domain/operations/run.ts';
import { dotenvNames, dotenvPaths, type RunEnvironment } from '../../dre/environment.ts';
import type { Guard } from '../../dre/guards.ts';
import { showCommandLine } from '../../dre/quoting.ts';
import { voteSentence } from '../../dre/voting.ts';
import { summarize, summaryLine } from '../../dre/summary.ts';
import type { Host } from '../kit/host.ts';
import { confirm } from '../kit/confirm.ts';
import { askTyped } from '../kit/typedQuestion.ts';
import { isOlder, knownVersion, type FoundDre } from './findDre.ts';

/** What a person is shown before something runs. */
export interface Review {
  readonly line: CommandLine;
  readonly dre: FoundDre;
  readonly environment: RunEnvironment;
  /** Where it starts. */
  readonly folder: string;
  readonly guards: readonly Guard[];
  /** The dry run before it. */
  readonly simulated?: Run | undefined;
}

/** Shows exactly what will run, and what else decides what it does, and asks in a dialog that cannot be missed. */
export async function askToRun(review: Review): Promise<boolean> {
  const { line, simulated } = review;
  const onlyLooks = line.dryRun || line.effect === 'read' || line.effect === 'local';
  const yes = onlyLooks ? 'Run' : line.effect === 'votes' ? 'Vote' : 'Submit';
  // A command can be long: what must be read about it stands above.
  const detail = `${[...outcomeOf(simulated), ...(await notesOn(review))].join('\n')}\n\n${showCommandLine(line)}`;
  const other = { label: 'Copy Command', run: () => copyCommand(line) };
  return confirm({ severity: 'info', text: runTitle(line), detail, yes, other });
}

/** Puts the command on the clipboard, as a line for a shell. */
export async function copyCommand(line: CommandLine): Promise<void> {
  await vscode.env.clipboard.writeText(showCommandLine(line));
}

/** Asks for the reason to submit in spite of the reasons against it. Undefined when the person leaves. */
export async function askReason(
  host: Pick<Host, 'drafts' | 'clock'>,
  line: CommandLine,
  guards: readonly Guard[],
): Promise<string | undefined> {
  const reason = await askTyped(
    host,
    { kind: reasonKind, records: [] },
    {
      title: runTitle(line),
      prompt: `${guards.join(' ')} Type the reason to go on: it goes into the journal.`,
      placeHolder: 'Why it is right to submit this now',
      check: (text) => (text.trim().length < 5 ? 'Type a reason in a few words.' : undefined),
    },
  );
  if (reason !== undefined) host.drafts.remove(reasonKind);
  return reason?.trim();
}

const reasonKind = 'dre.reason';

/** What the dry run said. */
function outcomeOf(simulated: Run | undefined): readonly string[] {
  if (simulated?.end === undefined) return [];
  const { output, warnings } = simulated.end;
  const summary = simulated.effect === 'submits' ? summarize(output) : undefined;
  return [
    ...(summary === undefined ? [] : [summaryLine(summary), ...summary.titles.map((title) => `• ${title}`)]),
    ...warnings.map((warning) => `⚠ ${warning}`),
  ];
}

async function notesOn({ line, dre, environment, folder, guards }: Review): Promise<readonly string[]> {
  const { stripped, kept } = environment;
  const listed = (variables: readonly { readonly name: string }[]): string =>
    variables.map(({ name }) => name).join(', ');
  const accepts = voteSentence(line);
  const files = await Promise.all(dotenvPaths(folder).map(dotenvNote));
  return [
    line.dryRun ? 'Dry run: nothing is submitted or voted on.' : effectSentence(line),
    ...(accepts === undefined ? [] : [accepts]),
    ...guards.map((guard) => `⚠ ${guard}`),
    ...versionNotes(dre),
    ...(stripped.length === 0 ? [] : [`Taken out of its environment: ${listed(stripped)}.`]),
    ...(kept.length === 0 ? [] : [`Left in its environment, and dre reads it: ${listed(kept)}.`]),
    ...files.filter((note) => note !== undefined),
  ];
}

function versionNotes({ version }: FoundDre): readonly string[] {
  if (version === undefined) return [];
  const old = `Older than ${knownVersion}, whose commands these are: run Upgrade dre first.`;
  return [`dre ${version}.${isOlder(version) ? ` ${old}` : ''}`];
}

/** What is said of a `.env` file that dre reads; undefined where there is none. */
async function dotenvNote(file: string): Promise<string | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    // There is none, or it cannot be read: then dre cannot read it either.
    return undefined;
  }
  const names = dotenvNames(text);
  const sets = names.length === 0 ? '' : ` It sets ${names.join(', ')}.`;
  return `dre also reads ${file}, which can set a neuron, a network or YES: look into it first.${sets}`;
}

function effectSentence({ effect }: CommandLine): string {
  switch (effect) {
    case 'read':
      return 'Only reads.';
    case 'local':
      return 'Changes this machine alone.';
    case 'changes':
      return 'Changes something at once: there is no dry run.';
    case 'submits':
      return 'Submits to the NNS after one more prompt in the terminal.';
    case 'votes':
      return 'Votes yes with your neuron without another prompt.';
  }
}
