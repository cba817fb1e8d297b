import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { rolloutKey } from '../../../../src/domain/releases/rollout.ts';
import { runsKey } from '../../../../src/feeds/operations/keys.ts';
import { rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import { weekRollout } from '../../../support/feeds/linkRecords.ts';
import { DreDesk } from '../../../support/operations/dreDesk.ts';
import { host, workspace } from '../../../support/ui/vscode.ts';
import { waitFor } from '../../../support/base/waitFor.ts';

type Choices = Parameters<typeof host.pick>[0];

describe('running dre', () => {
  const desk = new DreDesk();
  beforeEach(() => desk.open());
  afterEach(() => desk.close());

  it('leaves in the journal what was run and how it ended, newest first', async () => {
    host.opened.length = 0;
    desk.ends.push({ exitCode: 0, stdoutTail: 'simulated\n' }, { exitCode: 0, stdoutTail: 'done\nproposal 138123\n' });
    await desk.run('Heal the network', 'Run', 'Submit…', 'Submit', 'Open Proposal 138123 in Dashboard');
    assert.deepEqual(await desk.written(), [
      '- `13:50` Dana Doe ran [dre: Heal the network](https://dashboard.internetcomputer.org/proposal/138123) — done: Submitted proposal 138123.',
      '- `13:50` Dana Doe ran dre: Heal the network (dry run) — done: Dry run succeeded; nothing submitted. It shows no proposal that it would make.',
    ]);
    assert.equal(desk.programs.length, 2);
    assert.deepEqual(host.opened, ['https://dashboard.internetcomputer.org/proposal/138123']);
  });

  it('reaches the step after the last run again, when its notification is gone', async () => {
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    await desk.run('Heal the network', 'Run');
    const shown: string[] = [];
    host.press = ({ text }) => void shown.push(text);
    await desk.call('runLast', []);
    assert.deepEqual(shown, ['Heal the network']);
    desk.ends.push({ exitCode: 3, stdoutTail: '' });
    await desk.run('Heal the network', 'Run');
    host.press = ({ text }) => void shown.push(text);
    await desk.call('runLast', []);
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
    desk.store.update(rolloutsKey, { status: 'fresh', records: [ofSubnets, ofNodes] });
    const other = 'ryjl3-tyaaa-aaaaa-aaaba-cai';
    const args = async (
      nodesPicked: (items: Choices) => readonly unknown[],
      typed?: string,
    ): Promise<readonly string[]> => {
      host.answer = () => typed;
      desk.ends.push({ exitCode: 0, stdoutTail: '' });
      desk.choose = (items, options) => {
        if (options?.canPickMany !== true) return items.find(({ detail }) => detail === subnet);
        return options.placeHolder?.startsWith('Nodes to add') === true ? nodesPicked(items) : [];
      };
      await desk.run('What if nodes changed', 'Run');
      desk.choose = () => undefined;
      host.answer = () => undefined;
      return desk.programs.at(-1)?.args.slice(4) ?? [];
    };
    const start = ['subnet', 'whatif-decentralization', subnet, '--add-nodes'];
    assert.deepEqual(await args((items) => items.filter(({ detail }) => detail !== undefined)), [
      ...start,
      ...nodes.toSorted(),
    ]);
    const one = (items: Choices): readonly unknown[] =>
      items.filter(({ detail, label }) => detail === nodes[0] || label === 'Type IDs…');
    assert.deepEqual(await args(one, other), [...start, nodes[0], other]);
    desk.store.update(rolloutsKey, { status: 'fresh', records: [] });
  });

  it('offers the nodes that are known also where parts of ids can be typed', async () => {
    const rollout = weekRollout();
    const [batch = assert.fail('there is no batch')] = rollout.batches;
    const [target = assert.fail('there is no target')] = batch.targets;
    const id = 'rrkah-fqaaa-aaaaa-aaaaq-cai';
    const batches = [{ ...batch, targets: [{ ...target, id }] }];
    const ofNodes = { ...rollout, kind: 'rollout_ic_os_to_mainnet_nodes' as const, batches };
    desk.store.update(rolloutsKey, { status: 'fresh', records: [ofNodes] });
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    desk.choose = (items, options) =>
      options?.placeHolder?.startsWith('Further nodes') === true
        ? items.filter(({ detail }) => detail === id)
        : options?.canPickMany === true
          ? []
          : items.find(({ label }) => label === 'No');
    host.answer = ({ prompt = '' }) => (prompt.startsWith('Motivation') ? 'They are dead.' : '');
    await desk.run('Remove nodes from the registry', 'Run');
    desk.store.update(rolloutsKey, { status: 'fresh', records: [] });
    const args = desk.programs.at(-1)?.args.slice(4) ?? [];
    assert.ok(args.includes(id), args.join(' '));
  });

  it('votes from a row without the list of operations, dry run first: the dialog says what it accepts, a message reports a PIN prompt', async () => {
    const rollout = weekRollout();
    desk.store.update(rolloutsKey, { status: 'fresh', records: [rollout] });
    desk.ends.push({ exitCode: 0, stdoutTail: '', shown: 'Please enter the hardware security module PIN: ' });
    host.messages.length = 0;
    host.press = ({ buttons }) => buttons.find((each) => each === 'Run');
    const record = { kind: 'rollout', key: rolloutKey(rollout) } as const;
    await desk.call('vote', [{ id: 'batch', label: 'Batch 1', tokens: ['votable'], record, batch: 'batch-1' }]);
    const isShown = (words: RegExp): boolean => host.messages.some(({ text }) => words.test(text));
    await waitFor('the message of the end', () => isShown(/Dry run succeeded; nothing voted on/));
    assert.ok(isShown(/prompts for the PIN of the hardware key in its terminal/));
    const { detail } = host.messages.find(({ buttons }) => buttons.includes('Run')) ?? assert.fail('nothing was asked');
    assert.match(
      detail,
      /accepts proposals about IC OS Version Deployment by the neurons 80, .*, and looks for them once/,
    );
    assert.deepEqual(desk.programs.at(-1)?.args.slice(4), ['vote', '--sleep-time', '0s', '--dry-run']);
    desk.store.update(rolloutsKey, { status: 'fresh', records: [] });
  });

  it('asks not for the subnet whose menu it was chosen from, and offers what is about a subnet', async () => {
    const rollout = weekRollout();
    const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
    desk.store.update(rolloutsKey, { status: 'fresh', records: [rollout] });
    const record = { kind: 'rollout', key: rolloutKey(rollout) } as const;
    desk.rowsMeant = [{ id: 'target', label: 'tdb26', tokens: [], record, batch: 'batch-1', copied: subnet }];
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    const offered: string[] = [];
    desk.choose = (items) => items.find(({ label }) => label === 'No');
    await desk.run('Replace unhealthy nodes of a subnet', 'Run');
    desk.choose = () => undefined;
    host.pick = (items) => void offered.push(...items.map(({ label }) => label));
    await desk.call('run');
    desk.rowsMeant = [];
    desk.store.update(rolloutsKey, { status: 'fresh', records: [] });
    assert.deepEqual(desk.programs.at(-1)?.args.slice(4), ['subnet', 'replace', '--subnet-id', subnet, '--dry-run']);
    assert.ok(offered.includes('What if nodes changed') && !offered.includes('Heal the network'), offered.join());
  });

  it('keeps what it was started from, passes it to dre, and does so again', async () => {
    const proposal = { kind: 'proposal', key: '143590' } as const;
    desk.rowsMeant = [{ id: 'proposal', label: '143590', tokens: [], record: proposal }];
    desk.ends.push({ exitCode: 0, stdoutTail: '{}' });
    await desk.run('Analyze a proposal', 'Run');
    desk.rowsMeant = [];
    const { args, env } = desk.programs.at(-1) ?? assert.fail('nothing ran');
    assert.deepEqual(args.slice(4), ['proposals', 'analyze', '143590'], 'the id is not asked for');
    assert.equal(env['DRE_PROPOSAL'], '143590');
    const [run = assert.fail('no run is kept')] = desk.store.state(runsKey).records.values();
    assert.deepEqual([run.startedFrom, run.proposal], ['proposal 143590', '143590']);
    desk.ends.push('goesOn');
    host.press = ({ buttons }) => buttons.find((each) => each === 'Run');
    await desk.call('runLast', []);
    assert.equal(desk.programs.at(-1)?.env['DRE_PROPOSAL'], '143590');
  });

  it('leads from what fits to all other operations', async () => {
    const record = { kind: 'proposal', key: '143590' } as const;
    desk.rowsMeant = [{ id: 'proposal', label: '143590', tokens: [], record }];
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    desk.choose = (items) => items.find(({ label }) => label === 'Other Operations…');
    await desk.run('Heal the network', 'Run');
    desk.rowsMeant = [];
    assert.equal(desk.programs.at(-1)?.env['DRE_PROPOSAL'], '143590');
  });

  it('copies the command from its dialog, which stays, and that of the last run', async () => {
    host.copied.length = 0;
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    let copies = 0;
    await desk.run('Heal the network', 'Run', () => copies++ === 0);
    await desk.call('copyLast', []);
    const line = `${desk.program} network --heal --dry-run`;
    assert.deepEqual(host.copied, [line, line]);
  });

  it('says before it runs which file can change what dre does', async () => {
    const file = join(desk.folder, '.env');
    const details = (): string[] => host.messages.map(({ detail }) => detail).filter((detail) => detail !== '');
    host.messages.length = 0;
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    await desk.run('Heal the network', 'Run');
    await writeFile(file, 'YES=true\n');
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    await desk.run('Heal the network', 'Run');
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
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    await desk.run('Heal the network', 'Run');
    delete process.env['NEURON_ID'];
    delete process.env['YES'];
    const [detail = ''] = details();
    assert.match(
      detail,
      /^Dry run: nothing is submitted or voted on\.\ndre 0\.7\.9\.\nTaken out of its environment: YES\.\n.*NEURON_ID/,
    );
    assert.ok(detail.endsWith(`\n\n${desk.program} network --heal --dry-run`), detail);
  });

  it('runs in an environment of its own, without our tokens and what makes Node load code', async () => {
    process.env['DR_DRE_ATLASSIAN_TOKEN'] = 'secret';
    process.env['NODE_OPTIONS'] = '--no-warnings';
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    await desk.run('Heal the network', 'Run');
    delete process.env['DR_DRE_ATLASSIAN_TOKEN'];
    delete process.env['NODE_OPTIONS'];
    const { env } = desk.programs.at(-1) ?? assert.fail('nothing ran');
    assert.equal(env['PATH'], process.env['PATH']);
    assert.equal(env['ELECTRON_RUN_AS_NODE'], '1');
    assert.deepEqual(
      Object.keys(env).filter((name) => /^(DR_DRE_|NODE_)/.test(name)),
      [],
    );
  });

  it('is not begun without a program, and says where it is searched', async () => {
    const before = desk.programs.length;
    const own = desk.program;
    desk.program = 'no-such-dre';
    host.messages.length = 0;
    await desk.run('Heal the network', 'Run');
    desk.program = own;
    assert.equal(desk.programs.length, before);
    assert.match(host.messages[0]?.text ?? '', /^Can't find the program no-such-dre\./);
    assert.deepEqual(host.messages[0]?.buttons, ['Open Setting']);
    host.executed.length = 0;
    desk.program = 'no-such-dre';
    host.press = () => 'Open Setting';
    await desk.call('upgrade', []);
    desk.program = own;
    assert.deepEqual(host.executed, [['drDre.openSettings', 'drDre.dre.path']]);
  });

  it('is not begun in a workspace that is not trusted, and leads to its trust', async () => {
    workspace.isTrusted = false;
    host.messages.length = 0;
    host.executed.length = 0;
    await desk.run('Heal the network', 'Manage Workspace Trust');
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
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    await desk.run('Save the registry to a file', 'Run');
    host.answer = () => undefined;
    const file = join(homedir(), 'registry.json');
    assert.ok(desk.programs.at(-1)?.args.includes(file));
    assert.ok(details()[0]?.includes(file));
  });

  it('offers to open an output of which only the end is known', async () => {
    host.messages.length = 0;
    desk.ends.push({ exitCode: 0, stdoutTail: `${'    "dc_id": "dm1",\n'.repeat(1_000)}  }\n}\n` });
    await desk.run('Read the registry', 'Run');
    assert.deepEqual(host.messages.at(-1)?.buttons, ['Open Output']);
  });

  it('leaves in the journal that it failed, and that nobody knows', async () => {
    desk.ends.push({ exitCode: 3, stdoutTail: '' });
    await desk.run('Heal the network', 'Run');
    desk.ends.push(undefined);
    await desk.run('Heal the network', 'Run');
    assert.deepEqual((await desk.written()).slice(0, 2), [
      '- `13:50` Dana Doe ran dre: Heal the network (dry run) — **not confirmed**: How it ended is not known. Its terminal was closed, or the machine stopped. Look for its proposals before you run it again.',
      '- `13:50` Dana Doe ran dre: Heal the network (dry run) — **failed**: Exit code 3. The terminal shows why.',
    ]);
  });
});
