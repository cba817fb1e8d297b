import assert from 'node:assert/strict';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFiles } from '../../../../src/dre/runFiles.ts';
import { operations } from '../../../../src/dre/catalogue.ts';
import type { ParameterValues } from '../../../../src/dre/operations.ts';
import { runsKey } from '../../../../src/feeds/operations/keys.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import { rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { proposal as linkedProposal, weekRollout } from '../../../support/feeds/linkRecords.ts';
import { DreDesk } from '../../../support/operations/dreDesk.ts';
import { host } from '../../../support/ui/vscode.ts';
import { waitFor } from '../../../support/base/waitFor.ts';

describe('runs of dre', () => {
  const desk = new DreDesk();
  beforeEach(() => desk.open());
  afterEach(() => desk.close());

  const twoProposals = [
    'Title: Replace a node in subnet tdb26',
    'Nodes removed:',
    '- `rrkah-fqaaa-aaaaa-aaaaq-cai` [health: dead]',
    '',
    'Nodes added:',
    '- `aaaaa-aa` [health: healthy]',
    'Title: Replace a node in subnet uzr34',
    '',
  ].join('\n');

  it('says what a dry run would do, shows its warning, and submits the same arguments without the flag and without --yes', async () => {
    const warning = " 2026-08-26T13:50:11.000Z WARN  dre::ctx > Couldn't detect neuron due to: No HSM detected.\r\n";
    desk.ends.push(
      { exitCode: 0, stdoutTail: twoProposals, shown: warning },
      { exitCode: 0, stdoutTail: 'proposal 7\nproposal 8\n' },
    );
    host.messages.length = 0;
    await desk.run('Heal the network', 'Run', 'Submit…', 'Submit', 'Open Proposal 7 in Dashboard');
    const message =
      host.messages.find(({ buttons }) => buttons.includes('Submit…')) ?? assert.fail('there was no message');
    assert.equal(message.severity, 'warning');
    assert.match(
      message.text,
      /Would make 2 proposals · 1 node out, 1 node in\. .*no key or neuron.*Warning: Couldn't detect neuron/,
    );
    const dialog = host.messages.find(({ buttons }) => buttons.includes('Submit')) ?? assert.fail('nothing was asked');
    assert.match(dialog.detail, /• Replace a node in subnet uzr34\n⚠ Couldn't detect neuron/);
    const [dry, real] = desk.programs.map(({ args }) => args.slice(3));
    assert.deepEqual(dry, [desk.program, 'network', '--heal', '--dry-run']);
    assert.deepEqual(real, [desk.program, 'network', '--heal']);
    const lines = await desk.written();
    assert.ok(lines.some((line) => line.includes('proposal/7)')) && lines.some((line) => line.includes('proposal/8)')));
  });

  it('knows whether the terminal of a run is open in this window, for its document', async () => {
    desk.ends.push({ exitCode: 3, stdoutTail: '' }, undefined);
    const ids = (): readonly string[] => [...desk.store.state(runsKey).records.keys()];
    await desk.run('Heal the network', 'Run');
    const [first = ''] = ids();
    assert.equal(desk.runTerminals.stateOf(first), 'open');
    await desk.run('Heal the network', 'Run');
    const second = ids().find((id) => id !== first) ?? '';
    assert.equal(desk.runTerminals.stateOf(second), 'closed');
    desk.openWindow();
    assert.equal(desk.runTerminals.stateOf(first), 'notKnown');
  });

  it('says that nothing was submitted where dre ends well without a proposal', async () => {
    desk.ends.push({ exitCode: 0, stdoutTail: '' }, { exitCode: 0, stdoutTail: 'Forum post link: Will be prompted\n' });
    host.messages.length = 0;
    await desk.run('Heal the network', 'Run', 'Submit…', 'Submit');
    const [last] = host.messages.slice(-1);
    assert.deepEqual(
      [last?.severity, last?.text.slice(0, 37)],
      ['warning', 'Heal the network: Nothing submitted. '.trimEnd() + ' '],
    );
  });

  it('leaves in the journal that nobody knows what a submission did that was interrupted', async () => {
    desk.ends.push({ exitCode: 0, stdoutTail: '' }, { exitCode: 130, stdoutTail: '' });
    await desk.run('Heal the network', 'Run', 'Submit…', 'Submit');
    const [newest = ''] = await desk.written();
    assert.match(newest, /Heal the network — \*\*not confirmed\*\*/);
  });

  it('asks for a reason before the same arguments are submitted again, which goes into the journal', async () => {
    const once = [
      { exitCode: 0, stdoutTail: '' },
      { exitCode: 0, stdoutTail: 'proposal 7\n' },
    ];
    desk.ends.push(...once);
    await desk.run('Heal the network', 'Run', 'Submit…', 'Submit');
    desk.ends.push(...once);
    // Whoever leaves the question submits nothing.
    host.answer = () => '';
    await desk.run('Heal the network', 'Run', 'Submit…');
    const before = desk.programs.length;
    host.press = ({ buttons }) => buttons.find((each) => each === 'Submit');
    await desk.call('runLast', []);
    assert.equal(desk.programs.length, before);
    host.answer = () => 'The first one was rejected.';
    const reported = new Promise<void>((resolve) => {
      host.press = ({ buttons }) => {
        if (buttons.includes('Submit')) return 'Submit';
        resolve();
        return undefined;
      };
    });
    await desk.call('runLast', []);
    await reported;
    host.answer = () => undefined;
    assert.equal(desk.programs.length, before + 1);
    const [newest = ''] = await desk.written();
    assert.match(newest, /Run in spite of a warning: The first one was rejected\./);
  });

  it('asks for a reason in each other case with a reason against a submission, too, and keeps it', async () => {
    const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
    const week = weekRollout();
    const [batch = assert.fail('no batch')] = week.batches;
    const [target = assert.fail('no target')] = batch.targets;
    const targets = [{ ...target, id: subnet, state: 'waiting_for_adoption' as const }];
    const cases: readonly (readonly [words: RegExp, operation: string, values: ParameterValues, begin: () => void])[] =
      [
        [
          /Elections are submitted on Friday/,
          'version.reviseGuestOs',
          { version: '79c01052b5f7f49d3cf53d04d696cb2893294cd3' },
          () => undefined,
        ],
        [
          /Proposal 9 is open and already changes the nodes of tdb26/,
          'subnet.replace',
          { subnetId: subnet },
          () => {
            const open = linkedProposal(9n, { nnsFunction: 31, title: 'Replace a node in subnet tdb26' });
            desk.store.update(proposalsKey, { status: 'fresh', records: [open] });
          },
        ],
        [
          /subnet tdb26 is in the middle of batch/,
          'subnet.deploy',
          { id: subnet, version: '79c01052b5f7f49d3cf53d04d696cb2893294cd3' },
          () =>
            desk.store.update(rolloutsKey, {
              status: 'fresh',
              records: [{ ...week, batches: [{ ...batch, targets }] }],
            }),
        ],
      ];
    for (const [words, id, values, begin] of cases) {
      begin();
      const operation = operations.find((each) => each.id === id) ?? assert.fail(id);
      const asked: string[] = [];
      host.answer = ({ prompt = '' }) => {
        asked.push(prompt);
        return `${id} is right today`;
      };
      for (const [mode, stdoutTail] of [
        ['dryRun', ''],
        ['real', 'proposal 7\n'],
      ] as const) {
        desk.ends.push({ exitCode: 0, stdoutTail });
        const reported = nextEnd();
        await desk.operations?.start(operation, values, mode);
        await reported;
      }
      assert.equal(asked.length, 1, id);
      assert.match(asked[0] ?? '', words);
      assert.match((await desk.written())[0] ?? '', new RegExp(`Run in spite of a warning: ${id} is right today`));
      desk.store.update(proposalsKey, { status: 'fresh', records: [] });
      desk.store.update(rolloutsKey, { status: 'fresh', records: [] });
    }
  });

  it('asks before the same arguments run twice at once', async () => {
    desk.ends.push('goesOn');
    host.messages.length = 0;
    host.press = ({ buttons }) => buttons.find((each) => each === 'Run');
    host.pick = (items) => items.find(({ label }) => label === 'Heal the network');
    await desk.call('run');
    assert.equal(desk.programs.length, 1);
    await desk.call('run');
    assert.equal(desk.programs.length, 1, 'nobody pressed Run Twice');
    assert.match(host.messages.at(-1)?.text ?? '', /is running with the same arguments/);
    host.press = ({ buttons }) => buttons.find((each) => each === 'Run' || each === 'Run Twice');
    desk.ends.push('goesOn');
    await desk.call('run');
    assert.equal(desk.programs.length, 2);
  });

  it('is reported by the next window when its own was reloaded meanwhile, once, and leaves no file of its report', async () => {
    desk.ends.push('goesOn');
    host.press = ({ buttons }) => buttons.find((each) => each === 'Run');
    host.pick = (items) => items.find(({ label }) => label === 'Heal the network');
    await desk.call('run');
    const [, runs = '', id = ''] = desk.programs[0]?.args ?? [];
    desk.following?.dispose();
    const names = runFiles(id);
    const report = {
      exitCode: 0,
      signal: null,
      stdoutTail: twoProposals,
      startedAt: 0,
      endedAt: desk.clock.now() - 60_000,
    };
    await writeFile(join(runs, names.report), JSON.stringify(report));
    await rm(join(runs, names.permission));
    const reported = new Promise<string>((resolve) => {
      host.press = ({ text }) => resolve(text);
    });
    desk.openWindow();
    await desk.following?.book();
    assert.match(await reported, /Would make 2 proposals/);
    assert.equal((await desk.written()).length, 1);
    const left = [names.end, names.start].sort().join();
    await waitFor('the report to go', async () => (await readdir(runs)).sort().join() === left);
    assert.deepEqual(
      [...desk.store.state(runsKey).records.values()].map(({ end }) => end?.ending),
      ['simulated'],
    );
  });

  it('does with a run what its row offers: copy, open, run again as a dry run', async () => {
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    await desk.run('Heal the network', 'Run');
    const [id = ''] = desk.store.state(runsKey).records.keys();
    const row: Row = { id: `run/${id}`, label: '', tokens: ['run'], record: { kind: 'run', key: id } };
    host.copied.length = 0;
    await desk.call('copyCommand', [row]);
    assert.deepEqual(host.copied, [`${desk.program} network --heal --dry-run`]);
    await desk.call('openRun', [row]);
    assert.deepEqual(desk.openedDocuments.at(-1), ['run', id]);
    await desk.call('showTerminal', [row]);
    assert.equal(desk.shownTerminals.at(-1), id);
    assert.equal(desk.programs.at(-1)?.name, 'dre: Heal the network (dry run)');
    assert.match(desk.renamed.at(-1) ?? '', /^dre: Heal the network \(dry run\), dry run passed$/);
    const reported = nextEnd();
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    await desk.call('runAgain', [row]);
    await reported;
    assert.deepEqual(
      desk.programs.map(({ args }) => args.at(-1)),
      ['--dry-run', '--dry-run'],
    );
  });

  /** Presses *Run* and *Submit*; resolves when the end of a run is reported. */
  function nextEnd(): Promise<void> {
    return new Promise((resolve) => {
      host.press = ({ buttons }) => {
        const yes = buttons.find((each) => each === 'Run' || each === 'Submit');
        if (yes === undefined) resolve();
        return yes;
      };
    });
  }
});
