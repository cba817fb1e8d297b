import { randomUUID } from 'node:crypto';
import { accessSync, constants, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { Subject } from '../../domain/links/mention.ts';
import { proposalUrl } from '../../domain/proposals/governance.ts';
import { targetKind } from '../../domain/releases/rollout.ts';
import type { CommandLine } from '../../dre/commandLine.ts';
import { dotenvNames, dotenvPaths, runEnvironment, type RunEnvironment } from '../../dre/environment.ts';
import type { Mode, Operation } from '../../dre/operations.ts';
import { describeOutcome, readOutcome } from '../../dre/output.ts';
import { findProgram } from '../../dre/program.ts';
import { showCommandLine } from '../../dre/quoting.ts';
import { readReport } from '../../dre/report.ts';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Drafts } from '../../engine/disk/drafts.ts';
import type { JournalEntry, Outcome } from '../../engine/disk/journal.ts';
import type { Log } from '../../engine/base/log.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { rolloutsKey } from '../../feeds/releases/keys.ts';
import type { Terminals } from '../../platform/terminals.ts';
import type { Row } from '../../views/kit/row.ts';
import { knownPlaces } from '../../views/links/places.ts';
import { withBack } from '../kit/chain.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Documents } from '../kit/documents.ts';
import type { Host } from '../kit/host.ts';
import { confirm, inform, tell, warn } from '../kit/messages.ts';
import { openPage } from '../kit/openPage.ts';
import type { LiveLinks } from '../links/liveLinks.ts';
import { askValues, draftKind, pickOperation, type Asking } from './questions.ts';

export interface OperationCommandParts extends Pick<Host, 'clock' | 'log' | 'drafts' | 'settings' | 'journal'> {
  readonly terminals: Terminals;
  readonly documents: Pick<Documents, 'refresh'>;
  readonly store: Store<Failure>;
  readonly links: Pick<LiveLinks, 'current'>;
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
  readonly places: Asking['places'];
  /** Notes what was run and how it ended. */
  readonly note: (entry: JournalEntry) => void;
}

/** What can follow when a run ended well. */
interface NextStep {
  readonly label: string;
  readonly run: () => Promise<void>;
}

/** The commands that run dre operations. */
export function operationCommands(parts: OperationCommandParts): Handlers {
  const { terminals, clock, log, drafts, settings, extension, journal, documents, store, links } = parts;
  const runs = new Operations({
    terminals,
    clock,
    log,
    drafts,
    runner: vscode.Uri.joinPath(extension.extensionUri, 'dist', 'dreRunner.js').fsPath,
    folder: vscode.Uri.joinPath(extension.globalStorageUri, 'runs').fsPath,
    program: () => settings.current.drePath,
    proposalUrl: (id) => proposalUrl(BigInt(id)),
    places: (kind) =>
      knownPlaces(kind, {
        alerts: store.state(alertsKey).records.values(),
        rollouts: store.state(rolloutsKey).records.values(),
        links: links.current,
      }),
    note: (entry) => void journal.append(entry).then(() => documents.refresh('journal')),
  });
  extension.subscriptions.push(runs);
  return {
    'drDre.operations.run': ({ rows }) => runs.choose(placeOf(rows[0], store)),
    'drDre.operations.runLast': () => runs.runLast(),
    'drDre.operations.copyLast': () => runs.copyLast(),
  };
}

/** What was run last in this window. */
interface LastRun {
  readonly line: CommandLine;
  /** The step after it: the same again, or for real after a dry run that ended well. It is shown before it runs. */
  next: () => Promise<void>;
}

/** How often a running operation's report is looked for. */
const checkEveryMs = 250;

/** Offers operations, asks for what they need, shows the exact command, runs it in a terminal and tells how it ended. */
class Operations implements Disposable {
  readonly #context: OperationsContext;
  readonly #lifetime = new Lifetime();
  #last: LastRun | undefined;

  constructor(context: OperationsContext) {
    this.#context = context;
  }

  /** From the choice of an operation, about a subnet or node if one is given, to its start. Leaves at every step when the person does. */
  async choose(place?: Subject): Promise<void> {
    if (!(await isTrusted())) return;
    const chosen = await withBack(async () => {
      const operation = await pickOperation(place);
      if (operation === undefined) return undefined;
      const values = await askValues(this.#context, operation, place);
      return values === undefined ? undefined : { operation, values };
    });
    if (chosen !== undefined) await this.#review(chosen.operation, chosen.values, 'dryRun');
  }

  /** The step after what was run last: for real after a dry run that ended well, else the same again. */
  async runLast(): Promise<void> {
    if (this.#last === undefined) inform(noneRun);
    else if (await isTrusted()) await this.#last.next();
  }

  async copyLast(): Promise<void> {
    if (this.#last === undefined) inform(noneRun);
    else await copyCommand(this.#last.line);
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
    const last: LastRun = { line, next: () => this.#review(operation, values, 'dryRun') };
    this.#last = last;
    void vscode.commands.executeCommand('setContext', 'drDre.operations.hasLast', true);
    await this.#run(last, environment, next);
  }

  async #run(last: LastRun, environment: RunEnvironment, next: NextStep | undefined): Promise<void> {
    const { line } = last;
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
      await this.#tell(last, text, next);
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

  async #tell(last: LastRun, text: string, next: NextStep | undefined): Promise<void> {
    const { line } = last;
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
    if (step !== undefined) last.next = step.run;
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

/** The subnet or node that a row of a rollout stands for. */
function placeOf(row: Row | undefined, store: Store<Failure>): Subject | undefined {
  if (row?.record?.kind !== 'rollout' || row.batch === undefined || row.copied === undefined) return undefined;
  const rollout = store.state(rolloutsKey).records.get(row.record.key);
  return rollout === undefined ? undefined : { kind: targetKind(rollout), id: row.copied };
}

const noneRun = 'No dre operation has been run in this window.';

/** Whether operations may run here; where not, leads to what lets them. */
async function isTrusted(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const choice = await tell('warning', 'dre operations need a trusted workspace.', manage);
  if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}

async function copyCommand(line: CommandLine): Promise<void> {
  await vscode.env.clipboard.writeText(showCommandLine(line));
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
  const other = { label: 'Copy Command', run: () => copyCommand(line) };
  return confirm({ severity: 'info', text: line.title, detail, yes, other });
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
