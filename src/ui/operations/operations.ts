import { randomUUID } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import {
  byNewest,
  originOf,
  runTitle,
  sameArguments,
  type CommandLine,
  type Run,
  type RunOrigin,
} from '../../domain/operations/run.ts';
import { operations } from '../../dre/catalogue.ts';
import { dryForm, realForm } from '../../dre/commandLine.ts';
import { originVariables, runEnvironment } from '../../dre/environment.ts';
import { guardsOf } from '../../dre/guards.ts';
import { readsRegistry } from '../../dre/registry.ts';
import type { Mode, Operation, ParameterValues } from '../../dre/operations.ts';
import { WarningReader } from '../../dre/warnings.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { registryNodesKey } from '../../feeds/operations/keys.ts';
import { rolloutsKey } from '../../feeds/releases/keys.ts';
import type { Terminals } from '../../platform/terminals.ts';
import type { RunContext } from '../../views/operations/context.ts';
import { simulatedRun } from '../../views/operations/page.ts';
import { isSubmittable, stateWords } from '../../views/operations/view.ts';
import { offeredPlaces } from '../../views/links/places.ts';
import { withBack } from '../kit/chain.ts';
import type { Documents } from '../kit/documents.ts';
import type { Host } from '../kit/host.ts';
import { confirm } from '../kit/confirm.ts';
import { inform, showMessage } from '../kit/messages.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import { findDre, type FoundDre } from './findDre.ts';
import { RunOutputs } from './outputs.ts';
import { askValues, draftKind, pickOperation, type Chosen } from './questions.ts';
import { askReason, askToRun, copyCommand } from './review.ts';
import type { RegistryIndex } from './registryIndex.ts';
import type { EndedRun, RunBook } from './runBook.ts';
import type { RunReporters } from './runsFollowing.ts';
import type { RunTerminals } from './runTerminals.ts';
import { journalLines, showEnd } from './showEnd.ts';
import { RunTrouble } from './trouble.ts';
import { addToTicket, type TicketReportParts } from './ticketReport.ts';

export interface OperationsParts
  extends Pick<Host, 'clock' | 'log' | 'drafts' | 'settings' | 'journal'>, TicketReportParts {
  readonly terminals: Terminals;
  readonly runTerminals: RunTerminals;
  readonly documents: Pick<Documents, 'open' | 'refresh'>;
  readonly account: Pick<SignedInAccount, 'current'>;
  /** The runner script that is the terminal's own process. */
  readonly runner: string;
  /** The folder of runs, where dre starts too: without a `.env` file of its own. */
  readonly folder: string;
  /** The runs of all windows. */
  readonly book: () => Promise<RunBook>;
  /** What takes in a registry that was read. */
  readonly registry: () => Promise<Pick<RegistryIndex, 'take'>>;
}

/** Offers operations, asks for what they need, shows the exact command, runs it in a terminal and shows how it ended. */
export class Operations implements RunReporters, Disposable {
  readonly #parts: OperationsParts;
  readonly #lifetime = new Lifetime();
  readonly #outputs: RunOutputs;

  constructor(parts: OperationsParts) {
    this.#parts = parts;
    this.#outputs = this.#lifetime.own(new RunOutputs(async (id) => (await parts.book()).output(id)));
  }

  /** From the choice of an operation, of those that fit where it is chosen from, to its start. Leaves at every step when the person does. */
  async choose({ origin, about }: RunContext = nowhere): Promise<void> {
    await this.#fillIn(origin, () => pickOperation(about, { title: 'Run dre Operation', from: origin.startedFrom }));
  }

  /** The same with the vote chosen already. */
  async vote(origin: RunOrigin): Promise<void> {
    const operation = operations.find(({ id }) => id === 'vote.once');
    if (operation !== undefined) await this.#fillIn(origin, () => Promise.resolve({ operation, values: {} }));
  }

  async #fillIn(origin: RunOrigin, pick: () => Promise<Chosen | undefined>): Promise<void> {
    if (!(await isTrusted())) return;
    const { drafts, clock } = this.#parts;
    const meant = await withBack(async () => {
      const picked = await pick();
      if (picked === undefined) return undefined;
      const { operation } = picked;
      const values = await askValues({ drafts, clock, places: (kind) => this.places(kind) }, operation, picked.values);
      if (values === undefined) return undefined;
      const dre = await this.#dre();
      if (dre === undefined) return undefined;
      const built = operation.build({ program: dre.program, values: withFullPaths(operation, values), mode: 'dryRun' });
      if (!built.ok) {
        void showMessage('error', `${operation.title}: ${built.failure.sentence}`);
        return undefined;
      }
      const reviewed = await this.#review(built.value, dre);
      return reviewed === undefined ? undefined : { operation, reviewed };
    });
    if (meant === undefined) return;
    await this.#run(meant.reviewed, origin);
    drafts.remove(draftKind(meant.operation));
  }

  /**
   * From the values of a form to its start. What submits or votes is run for real only after a dry run with the same
   * arguments that ended well. `origin`: where the form was opened from.
   */
  async start(operation: Operation, values: ParameterValues, mode: Mode, origin: RunOrigin = {}): Promise<void> {
    if (!(await isTrusted())) return;
    const dre = await this.#dre();
    if (dre === undefined) return;
    const built = operation.build({ program: dre.program, values: withFullPaths(operation, values), mode });
    if (!built.ok) {
      void showMessage('error', `${operation.title}: ${built.failure.sentence}`);
      return;
    }
    const { value: line } = built;
    const needsDryRun = !line.dryRun && (line.effect === 'submits' || line.effect === 'votes');
    const simulated = needsDryRun ? simulatedRun(line, await this.runs()) : undefined;
    if (!needsDryRun) await this.#reviewAndRun(line, dre, origin);
    else if (simulated === undefined) inform(`${operation.title}: run the dry run first, with the same arguments.`);
    else await this.submit(simulated);
  }

  /** From its command: what forms and proposals show of nodes is known from then on. */
  async readRegistry(): Promise<void> {
    const operation = operations.find(({ id }) => id === 'registry.read');
    if (operation !== undefined) await this.start(operation, {}, 'real');
  }

  /** The step after what was run last: for real after a dry run that ended well, else the same again. */
  async runLast(): Promise<void> {
    const last = await this.#newest();
    if (last === undefined) inform(noneRun);
    else if (isSubmittable(last)) await this.submit(last);
    else await this.runAgain(last);
  }

  async copyLast(): Promise<void> {
    const last = await this.#newest();
    if (last === undefined) inform(noneRun);
    else await copyCommand(last);
  }

  /** The same again; what submits or votes starts with a dry run. */
  async runAgain(run: Run): Promise<void> {
    if (await isTrusted()) await this.#reviewRun(run, dryForm(run));
  }

  /** What was simulated, for real. It is shown before it runs. */
  async submit(run: Run): Promise<void> {
    if (!isSubmittable(run)) inform(`${runTitle(run)}: only a dry run that ended well is submitted.`);
    else if (await isTrusted()) await this.#reviewRun(run, realForm(run), run);
  }

  async openRun(id: string): Promise<void> {
    await this.#parts.documents.open('run', id);
  }

  async openOutput(run: Run): Promise<void> {
    await this.#outputs.open(run);
  }

  addToTicket(run: Run): Promise<void> {
    return addToTicket(this.#parts, run);
  }

  showTerminal(run: Run): Promise<void> {
    const terminal = this.#parts.runTerminals.get(run.id);
    if (terminal !== undefined) terminal.show();
    else inform(`${runTitle(run)}: its terminal is not open in this window.`);
    return Promise.resolve();
  }

  async upgrade(): Promise<void> {
    if (!(await isTrusted())) return;
    const dre = await this.#dre();
    if (dre === undefined) return;
    const { program } = dre;
    const line: CommandLine = { program, args: ['upgrade'], title: 'Upgrade dre', effect: 'local', dryRun: false };
    await this.#reviewAndRun(line, dre, {});
  }

  async ended(run: EndedRun): Promise<void> {
    const { journal, documents, log, clock } = this.#parts;
    log.info('dre', `${runTitle(run)}: ${run.end.ending}`);
    this.#parts.runTerminals.get(run.id)?.rename(`dre: ${runTitle(run)}, ${stateWords(run, viewpoint(clock))}`);
    await Promise.all(journalLines(run).map((line) => journal.append(line)));
    documents.refresh('journal');
    if (run.end.ending === 'done' && readsRegistry(run)) await this.#takeRegistry(run);
    void showEnd(run, this);
  }

  async goesOn(id: string): Promise<void> {
    const book = await this.#parts.book();
    const process = await book.processOf(id);
    if (process === undefined) return;
    const terminal = await this.#parts.terminals.find(process, () => this.#closed(book, id));
    if (terminal === undefined) return;
    this.#parts.runTerminals.opened(id, terminal);
    book.adopt(id);
  }

  /** The runs that are known, the newest first. */
  async runs(): Promise<readonly Run[]> {
    return byNewest((await this.#parts.book()).runs);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #takeRegistry({ id, title, end }: EndedRun): Promise<void> {
    const output = (await (await this.#parts.book()).output(id)) ?? '';
    if (await (await this.#parts.registry()).take(output, end.endedAt)) return;
    void showMessage('warning', `${title}: Can't read its output, so what was known before stays. The log says why.`);
  }

  async #newest(): Promise<Run | undefined> {
    let newest: Run | undefined;
    for (const run of (await this.#parts.book()).runs) {
      if (newest === undefined || run.startedAt >= newest.startedAt) newest = run;
    }
    return newest;
  }

  /** The subnets or nodes that records are about. */
  places(kind: 'subnet' | 'node'): ReturnType<typeof offeredPlaces> {
    const { store, links } = this.#parts;
    return offeredPlaces(kind, {
      alerts: store.state(alertsKey).records.values(),
      rollouts: store.state(rolloutsKey).records.values(),
      registry: store.state(registryNodesKey).records.values(),
      links: links.current,
    });
  }

  /** The program; where it is missing, says so. */
  async #dre(): Promise<FoundDre | undefined> {
    const { settings, folder } = this.#parts;
    await vscode.workspace.fs.createDirectory(vscode.Uri.file(folder));
    const name = settings.current.drePath;
    const found = await findDre(name, runEnvironment(process.env), folder);
    if (found !== undefined) return found;
    const setting = 'Open Setting';
    const text = `Can't find the program ${name}. Install dre, or set drDre.dre.path to its full path.`;
    const choice = await showMessage('error', text, setting);
    if (choice === setting) await vscode.commands.executeCommand('drDre.openSettings', 'drDre.dre.path');
    return undefined;
  }

  async #reviewRun(run: Run, line: CommandLine, simulated?: Run): Promise<void> {
    const dre = await this.#dre();
    if (dre !== undefined) await this.#reviewAndRun({ ...line, program: dre.program }, dre, originOf(run), simulated);
  }

  async #reviewAndRun(line: CommandLine, dre: FoundDre, origin: RunOrigin, simulated?: Run): Promise<void> {
    const reviewed = await this.#review(line, dre, simulated);
    if (reviewed !== undefined) await this.#run(reviewed, origin);
  }

  /** Shows what will run and asks. Undefined when the person leaves. */
  async #review(line: CommandLine, dre: FoundDre, simulated?: Run): Promise<ReviewedLine | undefined> {
    const { clock, store, folder } = this.#parts;
    const book = await this.#parts.book();
    const environment = runEnvironment(process.env);
    const guards = guardsOf(line, {
      now: clock.now(),
      runs: book.runs,
      proposals: store.state(proposalsKey).records.values(),
      rollouts: store.state(rolloutsKey).records.values(),
      registry: store.state(registryNodesKey).records,
      simulated: simulated?.end?.output,
    });
    if (!(await askToRun({ line, dre, environment, folder, guards, simulated }))) return undefined;
    const same = [...book.runs].find((run) => run.end === undefined && sameArguments(run, line));
    if (same !== undefined && !(await askToRunTwice(same))) return undefined;
    const needsReason = guards.length > 0 && !line.dryRun;
    const reason = needsReason ? await askReason(this.#parts, line, guards) : undefined;
    return needsReason && reason === undefined ? undefined : { line, variables: environment.variables, reason };
  }

  async #run({ line, variables, reason }: ReviewedLine, origin: RunOrigin): Promise<void> {
    const book = await this.#parts.book();
    const { terminals, log, runner, folder, clock, account } = this.#parts;
    const id = randomUUID();
    const { program, args, title, effect, dryRun } = line;
    const startedBy = account.current?.name ?? userInfo().username;
    const known = { id, program, args, title, effect, dryRun, startedAt: clock.now(), startedBy, reason };
    await book.begin({ ...known, ...origin });
    log.info('dre', `runs ${args[0] ?? ''} (${effect}${dryRun ? ', dry run' : ''})`);
    const reader = new WarningReader();
    const trouble = new RunTrouble(line, () => this.#parts.runTerminals.get(id)?.show());
    const terminal = terminals.run(
      {
        name: `dre: ${runTitle(line)}`,
        program: process.execPath,
        args: [runner, folder, id, program, ...args],
        env: { ...variables, ...originVariables(origin), ELECTRON_RUN_AS_NODE: '1' },
        cwd: folder,
      },
      {
        output(text) {
          book.reads(id);
          if (reader.add(text)) book.warned(id, reader.found);
          trouble.warn(reader);
        },
        outputEnded: () => book.readToEnd(id),
        closed: () => this.#closed(book, id),
      },
    );
    this.#parts.runTerminals.opened(id, terminal);
  }

  #closed(book: RunBook, id: string): void {
    const { runTerminals, documents } = this.#parts;
    runTerminals.closed(id);
    documents.refresh('run');
    book.closed(id);
  }
}

/** What a person was shown and means to run. */
interface ReviewedLine {
  readonly line: CommandLine;
  readonly variables: Readonly<Record<string, string>>;
  /** Why it is right in spite of what is against it, where something is. */
  readonly reason: string | undefined;
}

const nowhere: RunContext = { origin: {}, about: { subjects: [] } };

const noneRun = 'No dre operation has been run.';

/** Whether operations may run here; where not, leads to what lets them. */
async function isTrusted(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const choice = await showMessage('warning', 'dre operations need a trusted workspace.', manage);
  if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}

function askToRunTwice(run: Run): Promise<boolean> {
  const text = `${runTitle(run)} is running with the same arguments. Run it twice at once?`;
  return confirm({ severity: 'warning', text, yes: 'Run Twice' });
}

/** Paths in full: a relative one counts from the folder that is open, else from the home folder, and is shown so. */
export function withFullPaths({ parameters }: Operation, values: ParameterValues): Record<string, string> {
  const base = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath ?? homedir();
  const paths = parameters.flatMap((parameter) => {
    const { name, kind } = parameter;
    const text = (values[name] ?? '').trim();
    return kind === 'path' && text !== '' && parameter.validate(text) === undefined
      ? [[name, resolve(base, text)] as const]
      : [];
  });
  const entered = Object.entries(values).map(([name, text]) => [name, text ?? ''] as const);
  return { ...Object.fromEntries(entered), ...Object.fromEntries(paths) };
}
