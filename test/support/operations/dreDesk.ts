import assert from 'node:assert/strict';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '../../../src/domain/base/failure.ts';
import { isoWeek, isoWeeks, weekRange } from '../../../src/domain/base/isoWeek.ts';
import { serialise } from '../../../src/domain/documents/serialise.ts';
import type { Links } from '../../../src/domain/links/join.ts';
import { runFiles } from '../../../src/dre/runFiles.ts';
import { Drafts } from '../../../src/engine/disk/drafts.ts';
import { Journal } from '../../../src/engine/disk/journal.ts';
import { nodeDisk } from '../../../src/engine/disk/nodeDisk.ts';
import { Store } from '../../../src/engine/read/store.ts';
import type { TerminalProgram, Terminals } from '../../../src/platform/terminals.ts';
import type { Handlers } from '../../../src/ui/kit/commands.ts';
import type { Operations as OperationsType, OperationsParts } from '../../../src/ui/operations/operations.ts';
import type { RunsFollowing as RunsFollowingType } from '../../../src/ui/operations/runsFollowing.ts';
import { journalDocument } from '../../../src/views/journal/document.ts';
import type { Row } from '../../../src/views/kit/row.ts';
import { memoryLog, rethrow } from '../engine/engine.ts';
import { FakeClock } from '../engine/fakeClock.ts';
import { MemoryDisk } from '../engine/memoryDisk.ts';
import { host } from '../ui/vscode.ts';
import { useVscodeDouble } from '../ui/vscodeDouble.ts';

useVscodeDouble();
const { operationCommands } = await import('../../../src/ui/operations/commands.ts');
const { RunsFollowing } = await import('../../../src/ui/operations/runsFollowing.ts');
const { RegistryIndex } = await import('../../../src/ui/operations/registryIndex.ts');
const { RunTerminals } = await import('../../../src/ui/operations/runTerminals.ts');
const { Operations } = await import('../../../src/ui/operations/operations.ts');

/** How the next run ends; undefined: its terminal is closed before; `goesOn`: it does not end. */
interface End {
  readonly exitCode: number;
  readonly stdoutTail: string;
  /** What its terminal shows. */
  readonly shown?: string;
}

/** Windows of VS Code in which dre is run, on the stand-in for VS Code, with a runner that a test directs. */
export class DreDesk {
  readonly clock = new FakeClock();
  readonly log = memoryLog();
  readonly store = new Store<Failure>(rethrow);
  readonly ends: (End | 'goesOn' | undefined)[] = [];
  readonly programs: TerminalProgram[] = [];
  readonly shownTerminals: string[] = [];
  readonly renamed: string[] = [];
  readonly openedDocuments: (readonly string[])[] = [];
  /** What is chosen in a list that does not have the operation. */
  choose: typeof host.pick = () => undefined;
  /** The rows whose menu was used. */
  rowsMeant: readonly Row[] = [];
  /** The links between records. */
  readonly links: { current: Links | undefined } = { current: undefined };
  /** The texts for tickets that were opened in an editor, with the key of the ticket. */
  readonly offered: (readonly [key: string, markdown: string])[] = [];
  folder = '';
  program = '';
  following: RunsFollowingType | undefined;
  commands: Handlers = {};
  operations: OperationsType | undefined;
  runTerminals = new RunTerminals();
  /** Where the registry that was read is kept. */
  registryDisk = new MemoryDisk();
  #journalDisk = new MemoryDisk();

  readonly #terminals: Terminals = {
    run: (program, events) => {
      this.programs.push(program);
      const [, runs = '', id = ''] = program.args;
      const end = this.ends.shift();
      const names = runFiles(id);
      const work = async (): Promise<void> => {
        if (end === 'goesOn') return;
        if (end === undefined) {
          events.closed();
          return;
        }
        const { shown = '', ...rest } = end;
        await writeFile(join(runs, names.output), end.stdoutTail);
        events.output(shown);
        // As the runner does it: a window finds the whole report, or none.
        await writeFile(
          join(runs, `${id}.tmp`),
          JSON.stringify({ ...rest, signal: null, startedAt: 0, endedAt: this.clock.now() }),
        );
        await rename(join(runs, `${id}.tmp`), join(runs, names.report));
        events.outputEnded();
      };
      void work();
      return { show: () => this.shownTerminals.push(id), rename: (name) => this.renamed.push(name) };
    },
    find: () => Promise.resolve(undefined),
    dispose: () => undefined,
  };

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'dr-dre-'));
    this.program = join(this.folder, 'dre');
    await writeFile(this.program, '#!/bin/sh\necho dre 0.7.9-816e0bd0\n', { mode: 0o700 });
    this.programs.length = 0;
    this.#journalDisk = new MemoryDisk();
    this.registryDisk = new MemoryDisk();
    this.openWindow();
  }

  async close(): Promise<void> {
    this.following?.dispose();
    this.rowsMeant = [];
    this.choose = () => undefined;
    host.answer = () => undefined;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The one before is closed: what is on disk stays. */
  openWindow(): void {
    this.following?.dispose();
    const { clock, log, store, folder } = this;
    const following: RunsFollowingType = new RunsFollowing({
      clock,
      log,
      store,
      disk: nodeDisk(join(folder, 'runs')),
      redact: (text) => text,
      reporters: async () => operations,
    });
    const settings = { current: { drePath: this.program } };
    Object.defineProperty(settings.current, 'drePath', { get: () => this.program });
    // Only what running dre reaches for.
    const parts = {
      terminals: this.#terminals,
      runTerminals: (this.runTerminals = new RunTerminals()),
      clock,
      log,
      store,
      settings,
      journal: this.#journal(),
      drafts: new Drafts({ disk: new MemoryDisk(), clock, log, secrets: () => [] }),
      documents: {
        refresh: () => undefined,
        open: (...of: readonly string[]) => void this.openedDocuments.push(of),
      },
      links: this.links,
      ticketEditors: {
        comment: async (key: string, markdown: string) => void this.offered.push([key, markdown]),
        create: async ({ summary, markdown }: { summary: string; markdown: string }) =>
          void this.offered.push([`new: ${summary}`, markdown]),
      },
      account: { current: { name: 'Dana Doe' } },
      runner: join(folder, 'dist', 'dreRunner.js'),
      folder: join(folder, 'runs'),
      book: following.book,
      registry: async () => new RegistryIndex({ log, store, disk: this.registryDisk }),
    };
    const operations = new Operations(parts as unknown as OperationsParts);
    this.following = following;
    this.operations = operations;
    this.commands = operationCommands({
      clock,
      store,
      links: this.links,
      operations: async () => operations,
      operationsPage: { open: async () => undefined },
    });
  }

  async call(id: string, rows = this.rowsMeant): Promise<void> {
    await this.commands[`drDre.operations.${id}`]?.({ rows, args: [] });
  }

  /**
   * Runs an operation, pressing these buttons on the way, and *Copy Command* while a function says so; resolves when how
   * it ended was reported.
   */
  async run(title: string, ...rest: readonly (string | (() => boolean))[]): Promise<void> {
    const presses = rest.filter((each) => typeof each === 'string');
    const [copies = () => false] = rest.filter((each) => typeof each === 'function');
    host.pick = (items, options) => items.find((item) => item.label === title) ?? this.choose(items, options);
    const reported = new Promise<void>((resolve) => {
      host.press = ({ buttons }) => {
        if (buttons.includes('Copy Command') && copies()) return 'Copy Command';
        const pressed = buttons.find((each) => presses.includes(each));
        if (pressed === undefined || /^(Open|Manage|Comment|Add)/.test(pressed)) resolve();
        return pressed;
      };
    });
    await this.call('run');
    await reported;
  }

  /** The lines of the journal's document, read from the disk anew. */
  async written(): Promise<readonly string[]> {
    const now = this.clock.now();
    const week = isoWeek(now);
    const range = weekRange(week) ?? assert.fail(week);
    const pages = await this.#journal().read(range);
    const text = serialise(journalDocument(week, pages, { now, timeZone: 'UTC' }));
    return text.split('\n').filter((line) => line.startsWith('- '));
  }

  #journal(): Journal {
    return new Journal({ disk: this.#journalDisk, log: this.log, secrets: () => [], weeks: isoWeeks });
  }
}
