import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '../../../src/domain/base/failure.ts';
import { Drafts } from '../../../src/engine/disk/drafts.ts';
import { isoWeeks } from '../../../src/domain/base/isoWeek.ts';
import { Journal } from '../../../src/engine/disk/journal.ts';
import { Store, type FeedKey } from '../../../src/engine/read/store.ts';
import { alertsKey } from '../../../src/feeds/alerts/keys.ts';
import { pullRequestsKey } from '../../../src/feeds/ci/pullRequests.ts';
import { workflowRunsKey } from '../../../src/feeds/ci/workflowRuns.ts';
import { proposalsKey } from '../../../src/feeds/proposals/proposals.ts';
import { queueKey } from '../../../src/feeds/queue/queue.ts';
import { rolloutsKey } from '../../../src/feeds/releases/keys.ts';
import { rotationsKey } from '../../../src/feeds/rotation/keys.ts';
import { CreatedTickets } from '../../../src/feeds/queue/creation.ts';
import { writeKinds } from '../../../src/feeds/writeKinds.ts';
import type { CommandParts } from '../../../src/ui/commandTable.ts';
import { memoryLog, rethrow } from '../../support/engine/engine.ts';
import { FakeClock } from '../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../support/engine/memoryDisk.ts';
import { newWrites } from '../../support/engine/newWrites.ts';
import { drawnFault, hostile, invisibleFault } from '../../support/ui/oracle.ts';
import { host, Uri } from '../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../support/ui/vscodeDouble.ts';
import { listedKinds } from '../../support/views/everyView.ts';
import { spoiled } from '../../support/views/spoiled.ts';

useVscodeDouble();
const { addCommands } = await import('../../../src/ui/commandTable.ts');
const { Commands } = await import('../../../src/ui/kit/commands.ts');

const root = join(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const ids: readonly string[] = manifest.contributes.commands.map(({ command }: { command: string }) => command);

const person = { accountId: 'eli', name: hostile };
const failure: Failure = { kind: 'rejected', service: 'ops', operation: 'x', status: 400, detail: hostile };

/** What services answer: everything is refused, or names are hostile. */
function services(isWell: boolean): unknown {
  const answer = (value: unknown) => async () => (isWell ? { ok: true, value } : { ok: false, failure });
  const listed = (...records: readonly unknown[]) => ({ records, skipped: 0, completeness: { kind: 'complete' } });
  const known: Readonly<Record<string, unknown>> = {
    listEscalations: answer(listed({ id: 'e', name: hostile })),
    listOverrides: answer(listed()),
    scheduleMembers: answer([person]),
  };
  return new Proxy({}, { get: (_, name) => known[String(name)] ?? (async () => ({ ok: false, failure })) });
}

/** Resolves when a command ends, or has had time to: some wait for an answer of a service that never comes. */
async function ended(run: Promise<void>, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([run, new Promise((resolve) => (timer = setTimeout(resolve, patienceMs)))]);
  clearTimeout(timer);
}

describe('hostile text in every field', function () {
  this.timeout(60_000);
  let folder = '';
  let program = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dr-dre-'));
    program = join(folder, 'dre');
    await writeFile(program, '', { mode: 0o700 });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** The commands with a store full of one text; `round` decides what a person does. */
  function commandsFor(
    round: number,
    text = hostile,
  ): { readonly commands: InstanceType<typeof Commands>; readonly clock: FakeClock } {
    const clock = new FakeClock();
    const log = memoryLog();
    const store = new Store<Failure>(rethrow);
    const keys: Readonly<Record<string, FeedKey<never>>> = {
      alerts: alertsKey,
      tickets: queueKey,
      proposals: proposalsKey,
      rollouts: rolloutsKey,
      schedules: rotationsKey,
      'pull requests': pullRequestsKey,
      'workflow runs': workflowRunsKey,
    };
    for (const { name, record } of listedKinds) {
      const key = keys[name];
      if (key === undefined) continue;
      const records = [1, 2].map((number) => spoiled(record(number), text) as never);
      store.update(key, { status: 'fresh', asOf: clock.now(), records });
    }
    const ops = async () => services(round % 2 === 0) as never;
    const writes = newWrites({ store, clock, log });
    const account = { accountId: 'dana', name: hostile, timeZone: undefined };
    const kinds = writeKinds(writes, {
      alerts: {
        ops,
        around: () => ({ account, people: [person] }),
        readAgain: () => undefined,
        noted: () => undefined,
      },
      rotations: { me: () => undefined, ops, readAgain: () => undefined },
      queue: { jira: ops, epic: () => 'DRE-350', readAgain: () => undefined, created: new CreatedTickets() },
    });
    const commands = new Commands(log);
    const site = new URL('https://example.atlassian.net');
    const parts = {
      clock,
      log,
      store,
      writes,
      commands,
      writeKinds: async () => kinds,
      drafts: new Drafts({ disk: new MemoryDisk(), clock, log, secrets: () => [] }),
      journal: new Journal({ disk: new MemoryDisk(), log, secrets: () => [], weeks: isoWeeks }),
      settings: {
        current: {
          atlassianSite: site,
          atlassianApi: site,
          team: hostile,
          epic: hostile,
          githubApi: new URL('https://github.example'),
          repository: 'dfinity/dre',
          alertFilters: [{ name: hostile, query: hostile }],
          drePath: round % 2 === 0 ? program : hostile,
          airflowUrl: site,
        },
      },
      clients: {
        ops,
        account: async () => ({ ok: false, failure }),
        connectWith: async () => ({
          checkSignIn: async () => ({
            jira: round % 2 === 0 ? { ok: true, value: { name: hostile } } : { ok: false, failure },
            ops: { ok: false, failure },
          }),
        }),
      },
      credentials: {
        email: async () => hostile,
        withheld: async () =>
          round % 4 < 2 ? undefined : { email: hostile, givenFor: { site: hostile, api: hostile } },
        confirm: async () => undefined,
        storeAtlassian: async () => undefined,
        forgetAtlassian: async () => 'signedOut',
      },
      githubCredentials: { store: async () => undefined, remove: async () => undefined },
      feeds: { refresh: async () => undefined, alerts: { burst: () => undefined } },
      account: { current: account },
      views: { ids: [], selection: () => [], focusedRow: async () => undefined, select: async () => undefined },
      look: { grouping: 'priority', filter: undefined, group: () => undefined, filterBy: () => undefined },
      rowLimits: { raise: () => undefined },
      documents: { open: async () => undefined, refresh: () => undefined, readAgain: async () => undefined },
      timeline: { open: async () => undefined },
      terminals: { run: () => ({ show: () => undefined }) },
      extension: { extensionUri: Uri.file(folder), globalStorageUri: Uri.file(folder), subscriptions: [] },
      showLog: () => undefined,
    };
    // Only what the commands use.
    addCommands(commands, parts as unknown as CommandParts);
    return { commands, clock };
  }

  const answers = [hostile, '3h', '143590', 'registry.json', 'dana@example.com', 'now'];

  /** A person who does something else in each round. */
  function act(round: number): void {
    let step = 0;
    host.pick = (items, options) => {
      const choices = items.filter(({ kind }) => kind?.valueOf() !== -1);
      const chosen = choices[(round + step++) % Math.max(1, choices.length)];
      const isMany = 'canPickMany' in (options ?? {}) && options?.canPickMany === true;
      return isMany ? (chosen === undefined ? [] : [chosen]) : chosen;
    };
    let copies = 0;
    host.press = ({ buttons }) => {
      const pressed = buttons[Math.floor(round / 2) % Math.max(1, buttons.length)];
      // The dialog is there again after it.
      return pressed === 'Copy Command' && copies++ > 0 ? buttons[0] : pressed;
    };
    host.answer = () => answers[(round + step++) % answers.length];
    host.line = () => answers[(Math.floor(round / 2) + step++) % answers.length];
    host.usePicker = (picker) => {
      picker.type(hostile);
      picker.accept(picker.items[round % picker.items.length]);
    };
  }

  for (const id of ids) {
    it(`makes no link and no icon in what ${id} shows`, async () => {
      for (let round = 0; round < 24; round++) {
        host.drawn.length = 0;
        act(round);
        const { commands, clock } = commandsFor(round);
        const run = commands.run(id, []);
        for (let tick = 0; tick < 20; tick++) await clock.advance(10_000);
        await ended(run, 5);
        for (const { place, text } of host.drawn) {
          const fault = place === 'dialog' ? invisibleFault(text) : drawnFault(text);
          assert.equal(fault, undefined, `${place}: ${text}`);
        }
      }
    });
  }

  it('calls no record by a text in which nothing can be seen', async () => {
    let named = 0;
    for (const id of ids) {
      for (let round = 0; round < 4; round++) {
        host.drawn.length = 0;
        act(round);
        const { commands, clock } = commandsFor(round, '\u200b');
        const run = commands.run(id, []);
        for (let tick = 0; tick < 20; tick++) await clock.advance(10_000);
        await ended(run, 5);
        for (const { place, text } of host.drawn) {
          assert.doesNotMatch(text, /“[\s\p{Cf}]*”/u, `${id}, ${place}: ${text}`);
          if (text.includes('“#')) named++;
        }
      }
    }
    assert.ok(named > 0);
  });

  it('reached the places that draw', async () => {
    const seen = new Set<string>();
    // These end by themselves.
    for (const id of ['drDre.operations.run', 'drDre.signIn']) {
      for (let round = 0; round < 12; round++) {
        host.drawn.length = 0;
        act(round);
        const { commands, clock } = commandsFor(round);
        const run = commands.run(id, []);
        for (let tick = 0; tick < 20; tick++) await clock.advance(10_000);
        await ended(run, 2_000);
        for (const { place, text } of host.drawn) if (text.includes('command:')) seen.add(place);
      }
    }
    for (const place of ['message', 'list', 'field']) assert.ok(seen.has(place), place);
  });
});
