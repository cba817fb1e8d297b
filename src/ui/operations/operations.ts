import { randomUUID } from 'node:crypto';
import { accessSync, constants, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { proposalUrl } from '../../domain/proposals/governance.ts';
import { operations } from '../../dre/catalogue.ts';
import type { CommandLine } from '../../dre/commandLine.ts';
import { dotenvNames, dotenvPaths, runEnvironment, type RunEnvironment } from '../../dre/environment.ts';
import type { Mode, Operation } from '../../dre/operations.ts';
import { describeOutcome, readOutcome } from '../../dre/output.ts';
import { findProgram } from '../../dre/program.ts';
import type { Parameter } from '../../dre/parameters.ts';
import { showCommandLine } from '../../dre/quoting.ts';
import { readReport } from '../../dre/report.ts';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Drafts } from '../../engine/disk/drafts.ts';
import type { JournalEntry, Outcome } from '../../engine/disk/journal.ts';
import type { Log } from '../../engine/base/log.ts';
import type { Terminals } from '../../platform/terminals.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Documents } from '../kit/documents.ts';
import type { Host } from '../kit/host.ts';
import { confirm, tell, warn } from '../kit/messages.ts';
import { openPage } from '../kit/openPage.ts';
import { pickOne, type Entry } from '../kit/picks.ts';
import { askTyped } from '../kit/typedQuestion.ts';

export interface OperationCommandParts extends Pick<Host, 'clock' | 'log' | 'drafts' | 'settings' | 'journal'> {
  readonly terminals: Terminals;
  readonly documents: Pick<Documents, 'refresh'>;
  readonly extension: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalStorageUri' | 'subscriptions'>;
}

/** What running dre needs. */
interface OperationsContext {
  readonly terminals: Terminals;
  readonly clock: Clock;
  readonly log: Log;
  /** The runner script that is the terminal's own process. */
  readonly runner: string;
  /** Where reports are kept for a moment, and where dre starts: a folder of ours, without a `.env` file of its own. */
  readonly folder: string;
  /** A name on the PATH, or an absolute path. */
  readonly program: () => string;
  readonly proposalUrl: (id: string) => string;
  readonly drafts: Drafts;
  /** Notes what was run and how it ended. */
  readonly note: (entry: JournalEntry) => void;
}

/** What can follow when a run ended well. */
interface NextStep {
  readonly label: string;
  readonly run: () => Promise<void>;
}

/** The command that runs dre operations. */
export function operationCommands(parts: OperationCommandParts): Handlers {
  const { terminals, clock, log, drafts, settings, extension, journal, documents } = parts;
  const runs = new Operations({
    terminals,
    clock,
    log,
    drafts,
    runner: vscode.Uri.joinPath(extension.extensionUri, 'dist', 'dreRunner.js').fsPath,
    folder: vscode.Uri.joinPath(extension.globalStorageUri, 'runs').fsPath,
    program: () => settings.current.drePath,
    proposalUrl: (id) => proposalUrl(BigInt(id)),
    note: (entry) => void journal.append(entry).then(() => documents.refresh('journal')),
  });
  extension.subscriptions.push(runs);
  return { 'drDre.operations.run': () => runs.choose() };
}

/** How often a running operation's report is looked for. */
const checkEveryMs = 250;

/** Offers operations, asks for what they need, shows the exact command, runs it in a terminal and tells how it ended. */
class Operations implements Disposable {
  readonly #context: OperationsContext;
  readonly #lifetime = new Lifetime();

  constructor(context: OperationsContext) {
    this.#context = context;
  }

  /** From the choice of an operation to its start. Leaves at every step when the person does. */
  async choose(): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      const manage = 'Manage Workspace Trust';
      const choice = await tell('warning', 'dre operations need a trusted workspace.', manage);
      if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
      return;
    }
    const operation = await pickOperation();
    if (operation === undefined) return;
    const values = await askValues(this.#context, operation);
    if (values === undefined) return;
    await this.#review(operation, values, 'dryRun');
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #review(operation: Operation, values: Record<string, string>, mode: Mode): Promise<void> {
    const { folder } = this.#context;
    const environment = runEnvironment(process.env);
    const name = this.#context.program();
    const program = findProgram(name, environment.variables['PATH'] ?? '', isExecutable);
    if (program === undefined) {
      const setting = 'Open Setting';
      const text = `Can't find the program ${name}. Install dre, or set drDre.dre.path to its full path.`;
      const choice = await tell('error', text, setting);
      if (choice === setting) await vscode.commands.executeCommand('workbench.action.openSettings', 'drDre.dre.path');
      return;
    }
    const built = operation.build({ program, values: withFullPaths(operation, values), mode });
    if (!built.ok) {
      void tell('error', `${operation.title}: ${built.failure.sentence}`);
      return;
    }
    const line = built.value;
    if (!(await askToRun(operation, line, await notesOn(operation, line, environment, folder)))) return;
    this.#context.drafts.forget(draftKind(operation));
    // After a simulation: the same command without it, again shown before it runs.
    const next = line.dryRun
      ? {
          label: operation.effect === 'votes' ? 'Vote for Real…' : 'Submit for Real…',
          run: () => this.#review(operation, values, 'real'),
        }
      : undefined;
    await this.#run(line, environment, next);
  }

  async #run(line: CommandLine, environment: RunEnvironment, next: NextStep | undefined): Promise<void> {
    const { terminals, log, runner, folder } = this.#context;
    await vscode.workspace.fs.createDirectory(vscode.Uri.file(folder));
    const report = join(folder, `run-${randomUUID()}.json`);
    log.info('dre', `runs ${line.args[0] ?? ''} (${line.effect}${line.dryRun ? ', dry run' : ''})`);
    let told = false;
    const tell = async (): Promise<boolean> => {
      const text = await readFile(report, 'utf8').catch(() => undefined);
      if (text === undefined || told) return told;
      told = true;
      await rm(report, { force: true });
      await this.#tell(line, text, next);
      return true;
    };
    const watch = this.#watch(tell);
    terminals.run(
      {
        name: `dre: ${line.title}`,
        program: process.execPath,
        args: [runner, report, line.program, ...line.args],
        env: { ...environment.variables, ELECTRON_RUN_AS_NODE: '1' },
        cwd: folder,
      },
      ({ code }) => {
        watch.dispose();
        void tell().then((done) => {
          if (!done) {
            const detail = `the terminal was closed before dre ended (${code ?? 'no exit code'})`;
            this.#note(line, 'unconfirmed', detail);
            warn(`${line.title}: ${detail}.`);
          }
        });
      },
    );
  }

  /** Checks for the report until it is there: the terminal itself stays open until somebody presses Enter. */
  #watch(tell: () => Promise<boolean>): Disposable {
    const timer = this.#lifetime.timer(this.#context.clock);
    const check = (): void =>
      timer.set(checkEveryMs, () => {
        void tell().then((done) => {
          if (!done) check();
        });
      });
    check();
    return { dispose: () => this.#lifetime.end(timer) };
  }

  async #tell(line: CommandLine, text: string, next: NextStep | undefined): Promise<void> {
    const report = readReport(text);
    if (!report.ok) {
      this.#context.log.error('dre', 'the report of a run cannot be read', report.failure.cause);
      this.#note(line, 'unconfirmed', 'how it ended cannot be told');
      void tell('error', `${line.title}: how it ended cannot be told. The terminal shows it.`);
      return;
    }
    const outcome = readOutcome(line, report.value);
    const { severity, sentence, advice } = describeOutcome(line, outcome);
    const code = outcome.exitCode === null ? '' : ` Exit code ${outcome.exitCode}.`;
    const message = `${sentence}${outcome.exitCode === 0 || /exit code/i.test(sentence) ? '' : code}${advice === undefined ? '' : ` ${advice}`}`;
    this.#context.log.info('dre', message);
    const [first] = outcome.proposals;
    this.#note(line, severity === 'info' ? 'succeeded' : 'failed', message, first);
    const open = first === undefined ? undefined : `Open Proposal ${first} in Dashboard`;
    const step = outcome.ending === 'simulated' ? next : undefined;
    const actions = [open, step?.label].filter((action) => action !== undefined);
    const choice = await tell(severity, message, ...actions);
    if (choice === undefined) return;
    if (choice === open && first !== undefined) {
      await openPage(this.#context.proposalUrl(first));
    } else {
      await step?.run();
    }
  }

  #note({ title }: CommandLine, outcome: Outcome, detail: string, proposal?: string): void {
    const { clock, note, proposalUrl: urlOf } = this.#context;
    note({
      at: clock.now(),
      what: 'ran',
      title: `dre: ${title}`,
      outcome,
      detail,
      ...(proposal === undefined ? {} : { link: urlOf(proposal) }),
    });
  }
}

async function pickOperation(): Promise<Operation | undefined> {
  const entries: (Entry & { readonly operation?: Operation })[] = [];
  let group: string | undefined;
  for (const operation of operations) {
    if (operation.group !== group) entries.push({ label: operation.group, isHeading: true });
    group = operation.group;
    entries.push({
      label: operation.title,
      description: effectWords[operation.effect],
      detail: operation.description,
      operation,
    });
  }
  const picked = await pickOne(entries, {
    title: 'Run dre Operation',
    placeHolder: 'Operations that submit or vote start with a dry run',
    matchOnDetail: true,
  });
  return picked?.operation;
}

const effectWords = { read: 'reads only', submits: 'submits proposals', votes: 'votes' };

type Asking = Pick<OperationsContext, 'drafts' | 'clock'>;

async function askValues(context: Asking, operation: Operation): Promise<Record<string, string> | undefined> {
  const values: Record<string, string> = {};
  for (const [index, parameter] of operation.parameters.entries()) {
    const step = `${operation.title} (${index + 1} of ${operation.parameters.length})`;
    const value =
      parameter.kind === 'flag'
        ? await askFlag(parameter, step)
        : await askText(context, draftKind(operation), parameter, step);
    if (value === undefined) return undefined;
    values[parameter.name] = value;
  }
  return values;
}

function draftKind({ id }: Operation): string {
  return `dre.${id}`;
}

function askText(context: Asking, kind: string, parameter: Parameter, title: string): Promise<string | undefined> {
  const { name: step, label, placeholder: placeHolder, required } = parameter;
  return askTyped(
    context,
    { kind, step, records: [] },
    {
      title,
      prompt: required ? `${label}.` : `${label} (may be left empty).`,
      placeHolder,
      check: (text) => parameter.validate(text),
    },
  );
}

async function askFlag(parameter: Parameter, title: string): Promise<string | undefined> {
  const picked = await pickOne(
    [
      { label: 'No', value: 'false' },
      { label: 'Yes', value: 'true' },
    ],
    { title, placeHolder: parameter.label, ignoreFocusOut: true },
  );
  return picked?.value;
}

/** Paths in full: a relative one counts from the folder that is open, else from the home folder, and is shown so. */
function withFullPaths({ parameters }: Operation, values: Record<string, string>): Record<string, string> {
  const base = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath ?? homedir();
  const paths = parameters.flatMap((parameter) => {
    const { name, kind } = parameter;
    const text = (values[name] ?? '').trim();
    return kind === 'path' && text !== '' && parameter.validate(text) === undefined
      ? [[name, resolve(base, text)] as const]
      : [];
  });
  return { ...values, ...Object.fromEntries(paths) };
}

/** Shows exactly what will run, and what else decides what it does, and asks in a dialog that cannot be missed. */
function askToRun(operation: Operation, line: CommandLine, notes: readonly string[]): Promise<boolean> {
  const yes = line.dryRun || operation.effect === 'read' ? 'Run' : operation.effect === 'votes' ? 'Vote' : 'Submit';
  // A command can be long: what must be read about it stands above.
  const detail = `${notes.join('\n')}\n\n${showCommandLine(line)}`;
  return confirm({ severity: 'info', text: line.title, detail, yes });
}

async function notesOn(
  operation: Operation,
  line: CommandLine,
  { stripped, kept }: RunEnvironment,
  folder: string,
): Promise<readonly string[]> {
  const listed = (variables: readonly { readonly name: string }[]): string =>
    variables.map(({ name }) => name).join(', ');
  const files = await Promise.all(dotenvPaths(folder).map(dotenvNote));
  return [
    line.dryRun ? 'Dry run: nothing is submitted or voted on.' : effectSentence(operation),
    ...(stripped.length === 0 ? [] : [`Taken out of its environment: ${listed(stripped)}.`]),
    ...(kept.length === 0 ? [] : [`Left in its environment, and dre reads it: ${listed(kept)}.`]),
    ...files.filter((note) => note !== undefined),
  ];
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

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there, or not to be run by this person.
    return false;
  }
}

function effectSentence(operation: Operation): string {
  switch (operation.effect) {
    case 'read':
      return 'Only reads.';
    case 'submits':
      return 'Submits to the NNS after asking once more in the terminal.';
    case 'votes':
      return 'Votes yes with your neuron without asking again.';
  }
}
