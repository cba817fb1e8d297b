import { passUntil } from '../engine/passUntil.ts';
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Failure } from '../../../src/domain/base/failure.ts';
import { minute } from '../../../src/domain/base/time.ts';
import type { Account } from '../../../src/domain/base/account.ts';
import type { Person } from '../../../src/domain/rotation/rotation.ts';
import { Drafts } from '../../../src/engine/disk/drafts.ts';
import type { JournalEntry } from '../../../src/engine/disk/journal.ts';
import { Store, type FeedKey, type FeedState } from '../../../src/engine/read/store.ts';
import type { WriteKind } from '../../../src/engine/writes/kind.ts';
import type { Writes } from '../../../src/engine/writes/writes.ts';
import { CreatedTickets } from '../../../src/feeds/queue/creation.ts';
import { writeKinds, type WriteKinds } from '../../../src/feeds/writeKinds.ts';
import type { Jira } from '../../../src/sources/atlassian/jira/client.ts';
import type { AlertCommandParts } from '../../../src/ui/alerts/commands.ts';
import type { Handlers } from '../../../src/ui/kit/commands.ts';
import type { RecordActionParts } from '../../../src/ui/links/recordAction.ts';
import type { QueueCommandParts } from '../../../src/ui/queue/commands.ts';
import type { RotationCommandParts } from '../../../src/ui/rotation/commands.ts';
import type { WriteFollowUp } from '../../../src/ui/writes/followUp.ts';
import type { WriteCommandParts } from '../../../src/ui/writes/commands.ts';
import { pendingActions, type PendingAction } from '../../../src/views/kit/pendingActions.ts';
import type { Row, RowToken } from '../../../src/views/kit/row.ts';
import { memoryLog, rethrow } from '../engine/engine.ts';
import { FakeClock } from '../engine/fakeClock.ts';
import { MemoryDisk } from '../engine/memoryDisk.ts';
import { newWrites } from '../engine/newWrites.ts';
import { ScriptedOps, type Reads } from './scriptedOps.ts';
import { useVscodeDouble } from './vscodeDouble.ts';

useVscodeDouble();
const { Commands } = await import('../../../src/ui/kit/commands.ts');
const { argumentsFor } = await import('../../../src/ui/kit/rowTree.ts');
const { finishCreated } = await import('../../../src/ui/queue/creating.ts');
const { TicketDrafts } = await import('../../../src/ui/queue/ticketDrafts.ts');
const { reportEnds } = await import('../../../src/ui/writes/reports.ts');
const { writeCommands } = await import('../../../src/ui/writes/commands.ts');
const { WriteFollowUp: FollowUp } = await import('../../../src/ui/writes/followUp.ts');

/** All that the commands of verbs need. */
type CommandParts = AlertCommandParts & QueueCommandParts & RotationCommandParts & WriteCommandParts;

/** The records of a desk, and how they are shown and changed. */
export interface DeskSetup<R extends { readonly id: string }> {
  readonly feed: FeedKey<R>;
  /** The name of the feed of its writes, where that is another one. */
  readonly writes?: string;
  readonly records: readonly R[];
  /** The record that its commands are about; the first one when absent. */
  readonly about?: string | undefined;
  /** Who is signed in. */
  readonly me: Account;
  readonly people: readonly Person[];
  readonly rows: (
    state: FeedState<R, Failure>,
    now: number,
    pending: ReadonlyMap<string, PendingAction>,
  ) => readonly Row[];
  /** Before the last part of the ids of its commands: "drDre.alerts". */
  readonly noun: string;
  readonly commands: (parts: CommandParts) => Handlers;
  /** The client of tickets, where it is not the scripted one. */
  readonly jira?: Jira | undefined;
  /** What the service answers to what reads. */
  readonly reads: Reads;
  /** Called for each call that changes something, once it is applied; returns the answer, if it is not `answer`. */
  readonly applied?: (method: string, args: readonly unknown[]) => unknown;
  /** What the service answers to what changes something; a receipt when absent. */
  readonly answer?: { readonly body: unknown };
}

/** Where a command is called: at the first row with a token, or in the palette. */
type CalledAt = RowToken | 'palette';

/** The commands for the records of a feed on the stand-in for VS Code, with a service that does as a test says. */
export class VerbDesk<R extends { readonly id: string }> {
  readonly clock = new FakeClock();
  readonly ops: ScriptedOps;
  readonly kinds: WriteKinds;
  readonly #noted: JournalEntry[] = [];
  #linked = 0;
  readonly #followUp: WriteFollowUp;
  #finishing: Promise<void> = Promise.resolve();
  readonly #setup: DeskSetup<R>;
  readonly #store = new Store<Failure>(rethrow);
  readonly #writes: Writes<Failure>;
  readonly #commands: InstanceType<typeof Commands>;

  constructor(setup: DeskSetup<R>) {
    const { clock } = this;
    const store = this.#store;
    const log = memoryLog();
    this.#setup = setup;
    this.ops = new ScriptedOps(clock, setup.reads, setup.applied, setup.answer);
    store.update(setup.feed, { status: 'fresh', asOf: clock.now(), records: setup.records });
    let ids = 0;
    const newId = (): string => `w${++ids}`;
    this.#writes = newWrites({ store, clock, log, newId });
    const ops = (): Promise<typeof this.ops.client> => Promise.resolve(this.ops.client);
    const jira = (): Promise<Jira> => Promise.resolve(setup.jira ?? this.ops.jira);
    const createdTickets = new CreatedTickets();
    const readAgain = (): undefined => undefined;
    this.kinds = writeKinds(this.#writes, {
      alerts: {
        ops,
        around: () => ({ account: setup.me, people: setup.people }),
        readAgain,
        noted: () => undefined,
      },
      rotations: { me: () => setup.me.accountId, ops, readAgain },
      queue: { jira, epic: () => 'DRE-350', readAgain, created: createdTickets },
    });
    this.#commands = new Commands(log);
    const drafts = new Drafts({ disk: new MemoryDisk(), clock, log, secrets: () => [] });
    this.#writes.onDidEnd(({ kind, record, state }) => drafts.ended(kind, record, state.kind === 'applied'));
    const parts = {
      clock,
      log,
      store,
      commands: this.#commands,
      writes: this.#writes,
      writeKinds: () => Promise.resolve(this.kinds),
      drafts,
      settings: {
        current: {
          team: 'og-1',
          epic: 'DRE-350',
          ticketTemplates: [],
          atlassianSite: new URL('https://example.atlassian.net'),
        },
      },
      clients: { ops, jira },
      feeds: { alerts: { burst: () => undefined }, queue: { burst: () => undefined } },
      account: { current: setup.me },
      documents: { readAgain: () => Promise.resolve(), open: () => Promise.resolve(), refresh: () => undefined },
      ticketDrafts: () => Promise.resolve(ticketDrafts),
      createdTickets,
      views: { selection: () => [], focusedRow: () => Promise.resolve(undefined), select: () => Promise.resolve() },
    };
    this.#followUp = new FollowUp({
      ...parts,
      journal: {
        append: (entry) => {
          this.#noted.push(entry);
          return Promise.resolve();
        },
      },
      pageOf: async (_feed, record) => {
        // What the first line needs is loaded for it, which takes longest.
        if (this.#linked++ === 0) await setTimeout(20);
        return `https://example.atlassian.net/browse/${record}`;
      },
    });
    const ticketDrafts = new TicketDrafts({ ...parts, newId, window: 'here' });
    this.#writes.onDidEnd(({ record, state }) => {
      if (state.kind === 'applied') this.#finishing = finishCreated(parts as unknown as CommandParts, record);
    });
    // Only what the commands use.
    const commands = setup.commands(parts as unknown as CommandParts);
    this.#commands.addGroup({ names: [setup.noun], load: () => Promise.resolve(commands) });
    this.#commands.addGroup({ names: ['drDre.writes'], load: () => Promise.resolve(writeCommands(parts)) });
  }

  /** The first record as it was. */
  get before(): R {
    return this.#setup.records[0] ?? assert.fail('this desk has no record');
  }

  /** The first record as it is shown. */
  get shown(): R {
    return this.#store.state(this.#setup.feed).records.get(this.before.id) ?? assert.fail('the record is gone');
  }

  /** What its row says of what is done to it. */
  get text(): string {
    return this.pending()?.text ?? '';
  }

  pending(): PendingAction | undefined {
    return this.#pending.get(this.#setup.about ?? this.before.id);
  }

  /** All rows, those below others too. */
  get rows(): readonly Row[] {
    const flat = (rows: readonly Row[]): Row[] => rows.flatMap((row) => [row, ...flat(row.children ?? [])]);
    return flat(this.#setup.rows(this.#store.state(this.#setup.feed), this.clock.now(), this.#pending));
  }

  /** What follows an address of ours needs of it. */
  get addressParts(): Pick<RecordActionParts, 'store' | 'commands'> {
    return { store: this.#store, commands: this.#commands };
  }

  /** The lines of the journal. */
  async noted(): Promise<readonly JournalEntry[]> {
    await this.#followUp.flush();
    return this.#noted;
  }

  offers(token: RowToken): boolean {
    return this.rows.some(({ tokens }) => tokens.includes(token));
  }

  /** Calls a command, and lets time pass until it has ended, and what follows on a ticket that it created. */
  async run(id: string, at: CalledAt | Row): Promise<void> {
    await this.ended(this.begin(id, at));
    await this.ended(this.#finishing);
  }

  begin(id: string, at: CalledAt | Row): Promise<void> {
    return this.#commands.run(
      id,
      at === 'palette' ? [] : argumentsFor([typeof at === 'string' ? this.#rowWith(at) : at]),
    );
  }

  async ended(command: Promise<void>): Promise<void> {
    const ended = command.then(() => 'ended');
    const isOver = async (): Promise<boolean> => (await Promise.race([ended, Promise.resolve('runs')])) === 'ended';
    assert.ok(await passUntil(this.clock, isOver, { mostMs: 3 * minute, stepMs: 250 }), 'the command has not ended');
  }

  /** Runs a write that no command is for, and reports how it ended. */
  protected async perform<T, P>(kind: WriteKind<T, P, Failure>, record: string, payload: P): Promise<void> {
    const ended = await this.#writes.run(kind, record, payload);
    await reportEnds({ clock: this.clock, writes: this.#writes, commands: this.#commands }, [ended]);
  }

  dispose(): void {
    this.#followUp.dispose();
    this.#writes.dispose();
  }

  get #pending(): ReadonlyMap<string, PendingAction> {
    return pendingActions(this.#writes.list(this.#setup.writes ?? this.#setup.feed.name));
  }

  #rowWith(token: RowToken): Row {
    return this.rows.find(({ tokens }) => tokens.includes(token)) ?? assert.fail(`no row has ${token}`);
  }
}
