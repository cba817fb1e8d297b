import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Drafts } from '../../../../src/engine/disk/drafts.ts';
import { isoWeek, isoWeeks, weekRange } from '../../../../src/domain/base/isoWeek.ts';
import { Journal } from '../../../../src/engine/disk/journal.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import type { TerminalProgram, Terminals } from '../../../../src/platform/terminals.ts';
import type { Handlers } from '../../../../src/ui/kit/commands.ts';
import { rolloutKey } from '../../../../src/domain/releases/rollout.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import type { OperationCommandParts } from '../../../../src/ui/operations/operations.ts';
import { journalDocument as journalTree } from '../../../../src/views/journal/document.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { weekRollout } from '../../../support/feeds/linkRecords.ts';
import { host, Uri, workspace } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

/** Its Markdown. */
const journalDocument = (...of: Parameters<typeof journalTree>): string => serialise(journalTree(...of));

useVscodeDouble();
const { operationCommands } = await import('../../../../src/ui/operations/operations.ts');

/** How the next run ends; undefined: the terminal is closed before. */
interface End {
  readonly exitCode: number;
  readonly stdoutTail: string;
}

type Choices = Parameters<typeof host.pick>[0];

describe('running dre', () => {
  const clock = new FakeClock();
  const log = memoryLog();
  const journalDisk = new MemoryDisk();
  const ends: (End | undefined)[] = [];
  const programs: TerminalProgram[] = [];
  const store = new Store<Failure>(rethrow);
  /** What is chosen in a list that does not have the operation. */
  let choose: typeof host.pick = () => undefined;
  /** The rows whose menu was used. */
  let rowsMeant: readonly Row[] = [];
  let folder = '';
  let program = '';
  let refreshed = 0;
  let commands: Handlers = {};

  const terminals: Terminals = {
    run: (program, ended) => {
      programs.push(program);
      const end = ends.shift();
      const [, report = ''] = program.args;
      const text = JSON.stringify({ ...end, signal: null, startedAt: 0, endedAt: 1 });
      const reported = end === undefined ? Promise.resolve() : writeFile(report, text);
      void reported.then(() => ended({ code: end?.exitCode }));
      return { show: () => undefined };
    },
    dispose: () => undefined,
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dr-dre-'));
    program = join(folder, 'dre');
    await writeFile(program, '', { mode: 0o700 });
  });
  after(() => rm(folder, { recursive: true }));

  /** Runs an operation, pressing these buttons on the way, and *Copy Command* while a function says so; resolves when how it ended was told. */
  async function run(title: string, ...rest: readonly (string | (() => boolean))[]): Promise<void> {
    const presses = rest.filter((each) => typeof each === 'string');
    const [copies = () => false] = rest.filter((each) => typeof each === 'function');
    const parts = {
      ...{ terminals, clock, log },
      journal: new Journal({ disk: journalDisk, log, secrets: () => [], weeks: isoWeeks }),
      drafts: new Drafts({ disk: new MemoryDisk(), clock, log, secrets: () => [] }),
      settings: { current: { drePath: program } },
      documents: { refresh: () => refreshed++ },
      store,
      links: { current: undefined },
      extension: { extensionUri: Uri.file(folder), globalStorageUri: Uri.file(folder), subscriptions: [] },
    };
    // Only what running dre reaches for.
    commands = operationCommands(parts as unknown as OperationCommandParts);
    host.pick = (items, options) => items.find((item) => item.label === title) ?? choose(items, options);
    const told = new Promise<void>((resolve) => {
      host.press = ({ buttons }) => {
        if (buttons.includes('Copy Command') && copies()) return 'Copy Command';
        const pressed = buttons.find((each) => presses.includes(each));
        if (pressed === undefined || /^(Open|Manage)/.test(pressed)) resolve();
        return pressed;
      };
    });
    await commands['drDre.operations.run']?.({ rows: rowsMeant, args: [] });
    await told;
  }

  /** The lines of the journal's document, read from the disk anew. */
  async function written(): Promise<readonly string[]> {
    const week = isoWeek(clock.now());
    const range = weekRange(week) ?? assert.fail(week);
    const pages = await new Journal({ disk: journalDisk, log, secrets: () => [], weeks: isoWeeks }).read(range);
    const text = journalDocument(week, pages, { now: clock.now(), timeZone: 'UTC' });
    return text.split('\n').filter((line) => line.startsWith('- '));
  }

  it('leaves in the journal what was run and how it ended, newest first', async () => {
    host.opened.length = 0;
    ends.push({ exitCode: 0, stdoutTail: 'simulated\n' }, { exitCode: 0, stdoutTail: 'done\nproposal 138123\n' });
    await run('Heal the network', 'Run', 'Submit for Real…', 'Submit', 'Open Proposal 138123 in Dashboard');
    assert.deepEqual(await written(), [
      '- `13:50` ran [dre: Heal the network](https://dashboard.internetcomputer.org/proposal/138123) — done: Heal the network: submitted proposal 138123.',
      '- `13:50` ran dre: Heal the network (dry run) — done: Heal the network (dry run): Dry run succeeded; nothing submitted. A dry run also ends well without a hardware key: look for "Couldn\'t detect neuron" in the terminal.',
    ]);
    assert.equal(programs.length, 2);
    assert.deepEqual(host.opened, ['https://dashboard.internetcomputer.org/proposal/138123']);
  });

  it('reaches the step after the last run again, when its notification is gone', async () => {
    ends.push({ exitCode: 0, stdoutTail: '' });
    await run('Heal the network', 'Run');
    const shown: string[] = [];
    host.press = ({ text }) => void shown.push(text);
    await commands['drDre.operations.runLast']?.({ rows: [], args: [] });
    assert.deepEqual(shown, ['Heal the network']);
    ends.push({ exitCode: 3, stdoutTail: '' });
    await run('Heal the network', 'Run');
    host.press = ({ text }) => void shown.push(text);
    await commands['drDre.operations.runLast']?.({ rows: [], args: [] });
    assert.deepEqual(shown.slice(1), ['Heal the network (dry run)'], 'what failed is simulated again');
  });

  it('offers the subnets and nodes that are known, and takes others', async () => {
    const rollout = weekRollout();
    const nodes = ['aaaaa-aa', 'rrkah-fqaaa-aaaaa-aaaaq-cai'];
    const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
    const [batch = assert.fail('there is no batch')] = rollout.batches;
    const [target = assert.fail('there is no target')] = batch.targets;
    const ofSubnets = { ...rollout, batches: [{ ...batch, targets: [{ ...target, id: subnet }] }] };
    const ofNodes = {
      ...rollout,
      kind: 'rollout_ic_os_to_mainnet_nodes' as const,
      batches: [{ ...batch, targets: nodes.map((id) => ({ ...target, id })) }],
    };
    store.update(rolloutsKey, { status: 'fresh', records: [ofSubnets, ofNodes] });
    const other = 'ryjl3-tyaaa-aaaaa-aaaba-cai';
    const args = async (
      nodesPicked: (items: Choices) => readonly unknown[],
      typed?: string,
    ): Promise<readonly string[]> => {
      host.answer = () => typed;
      ends.push({ exitCode: 0, stdoutTail: '' });
      choose = (items, options) => {
        if (options?.canPickMany !== true) return items.find(({ detail }) => detail === subnet);
        return options.placeHolder?.startsWith('Nodes to add') === true ? nodesPicked(items) : [];
      };
      await run('What if nodes changed', 'Run');
      choose = () => undefined;
      host.answer = () => undefined;
      return programs.at(-1)?.args.slice(3) ?? [];
    };
    const start = ['subnet', 'whatif-decentralization', subnet, '--add-nodes'];
    assert.deepEqual(await args((items) => items.filter(({ detail }) => detail !== undefined)), [
      ...start,
      ...nodes.toSorted(),
    ]);
    const one = (items: Choices): readonly unknown[] =>
      items.filter(({ detail, label }) => detail === nodes[0] || label === 'Type IDs…');
    assert.deepEqual(await args(one, other), [...start, nodes[0], other]);
    store.update(rolloutsKey, { status: 'fresh', records: [] });
  });

  it('asks not for the subnet whose menu it was chosen from, and offers what is about a subnet', async () => {
    const rollout = weekRollout();
    const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
    store.update(rolloutsKey, { status: 'fresh', records: [rollout] });
    const record = { kind: 'rollout', key: rolloutKey(rollout) } as const;
    rowsMeant = [{ id: 'target', label: 'tdb26', tokens: [], record, batch: 'batch-1', copied: subnet }];
    ends.push({ exitCode: 0, stdoutTail: '' });
    const offered: string[] = [];
    choose = (items) => items.find(({ label }) => label === 'No');
    await run('Replace unhealthy nodes of a subnet', 'Run');
    choose = () => undefined;
    host.pick = (items) => void offered.push(...items.map(({ label }) => label));
    await commands['drDre.operations.run']?.({ rows: rowsMeant, args: [] });
    rowsMeant = [];
    store.update(rolloutsKey, { status: 'fresh', records: [] });
    assert.deepEqual(programs.at(-1)?.args.slice(3), ['subnet', 'replace', '--subnet-id', subnet, '--dry-run']);
    assert.ok(offered.includes('What if nodes changed') && !offered.includes('Heal the network'), offered.join());
  });

  it('copies the command from its dialog, which stays, and that of the last run', async () => {
    host.copied.length = 0;
    ends.push({ exitCode: 0, stdoutTail: '' });
    let copies = 0;
    await run('Heal the network', 'Run', () => copies++ === 0);
    await commands['drDre.operations.copyLast']?.({ rows: [], args: [] });
    const line = `${program} network --heal --dry-run`;
    assert.deepEqual(host.copied, [line, line]);
  });

  it('says before it runs which file can change what dre does', async () => {
    const file = join(folder, '.env');
    const details = (): string[] => host.messages.map(({ detail }) => detail).filter((detail) => detail !== '');
    host.messages.length = 0;
    ends.push({ exitCode: 0, stdoutTail: '' });
    await run('Heal the network', 'Run');
    await writeFile(file, 'YES=true\n');
    ends.push({ exitCode: 0, stdoutTail: '' });
    await run('Heal the network', 'Run');
    await rm(file);
    const [without = '', withIt = '', ...more] = details();
    assert.ok(!without.includes(file) && more.length === 0);
    assert.ok(withIt.includes(`dre also reads ${file}`), withIt);
  });

  /** What the dialogs said below their title. */
  const details = (): readonly string[] => host.messages.map(({ detail }) => detail).filter((detail) => detail !== '');

  it('says first what else decides what dre does, then the command with the full path of the program', async () => {
    process.env['NEURON_ID'] = '40';
    process.env['YES'] = 'true';
    host.messages.length = 0;
    ends.push({ exitCode: 0, stdoutTail: '' });
    await run('Heal the network', 'Run');
    delete process.env['NEURON_ID'];
    delete process.env['YES'];
    const [detail = ''] = details();
    assert.match(
      detail,
      /^Dry run: nothing is submitted or voted on\.\nTaken out of its environment: YES\.\n.*NEURON_ID/,
    );
    assert.ok(detail.endsWith(`\n\n${program} network --heal --dry-run`), detail);
  });

  it('runs in an environment of its own, without our tokens and what makes Node load code', async () => {
    process.env['DR_DRE_ATLASSIAN_TOKEN'] = 'secret';
    process.env['NODE_OPTIONS'] = '--no-warnings';
    ends.push({ exitCode: 0, stdoutTail: '' });
    await run('Heal the network', 'Run');
    delete process.env['DR_DRE_ATLASSIAN_TOKEN'];
    delete process.env['NODE_OPTIONS'];
    const { env } = programs.at(-1) ?? assert.fail('nothing ran');
    assert.equal(env['PATH'], process.env['PATH']);
    assert.equal(env['ELECTRON_RUN_AS_NODE'], '1');
    assert.deepEqual(
      Object.keys(env).filter((name) => /^(DR_DRE_|NODE_)/.test(name)),
      [],
    );
  });

  it('is not begun without a program, and says where it is searched', async () => {
    const before = programs.length;
    const own = program;
    program = 'no-such-dre';
    host.messages.length = 0;
    await run('Heal the network', 'Run');
    program = own;
    assert.equal(programs.length, before);
    assert.match(host.messages[0]?.text ?? '', /^Can't find the program no-such-dre\./);
    assert.deepEqual(host.messages[0]?.buttons, ['Open Setting']);
  });

  it('is not begun in a workspace that is not trusted, and leads to its trust', async () => {
    workspace.isTrusted = false;
    host.messages.length = 0;
    host.executed.length = 0;
    await run('Heal the network', 'Manage Workspace Trust');
    workspace.isTrusted = true;
    assert.deepEqual(
      host.messages.map(({ text }) => text),
      ['dre operations need a trusted workspace.'],
    );
    assert.deepEqual(host.executed, [['workbench.trust.manage']]);
  });

  it('writes a file with a relative path into the home folder, and says so', async () => {
    host.answer = () => 'registry.json';
    host.messages.length = 0;
    ends.push({ exitCode: 0, stdoutTail: '' });
    await run('Save the registry to a file', 'Run');
    host.answer = () => undefined;
    const file = join(homedir(), 'registry.json');
    assert.ok(programs.at(-1)?.args.includes(file));
    assert.ok(details()[0]?.includes(file));
  });

  it('leaves in the journal that it failed, and that nobody knows', async () => {
    ends.push({ exitCode: 3, stdoutTail: '' });
    await run('Heal the network', 'Run');
    ends.push(undefined);
    await run('Heal the network', 'Run');
    assert.deepEqual((await written()).slice(0, 2), [
      '- `13:50` ran dre: Heal the network (dry run) — **not confirmed**: the terminal was closed before dre ended (no exit code)',
      '- `13:50` ran dre: Heal the network (dry run) — **failed**: Heal the network (dry run): failed with exit code 3. The terminal shows why.',
    ]);
    assert.ok(refreshed >= 4);
  });
});
