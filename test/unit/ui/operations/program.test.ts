import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runsKey } from '../../../../src/feeds/operations/keys.ts';
import { DreDesk } from '../../../support/operations/dreDesk.ts';
import { host } from '../../../support/ui/vscode.ts';

describe('the program dre', () => {
  const desk = new DreDesk();
  const own = { HOME: process.env['HOME'], PATH: process.env['PATH'] };
  beforeEach(() => desk.open());
  afterEach(async () => {
    process.env['HOME'] = own.HOME;
    process.env['PATH'] = own.PATH;
    await desk.close();
  });

  const install = async (file: string, version: string): Promise<void> =>
    writeFile(file, `#!/bin/sh\necho dre ${version}-816e0bd0\n`, { mode: 0o700 });

  it('is found where its documentation installs it, when it is not on the PATH', async () => {
    process.env['HOME'] = desk.folder;
    process.env['PATH'] = '/bin';
    await mkdir(join(desk.folder, 'bin'));
    await install(join(desk.folder, 'bin', 'dre'), '0.7.9');
    desk.program = 'dre';
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    await desk.run('Heal the network', 'Run');
    assert.equal(desk.programs.at(-1)?.args[3], join(desk.folder, 'bin', 'dre'));
  });

  it('is said to be too old, by number, before it runs', async () => {
    const shown = async (version: string): Promise<string> => {
      await install(desk.program, version);
      host.messages.length = 0;
      desk.ends.push({ exitCode: 0, stdoutTail: '' });
      await desk.run('Heal the network', 'Run');
      return host.messages[0]?.detail ?? '';
    };
    assert.match(await shown('0.7.8'), /\ndre 0\.7\.8\. Older than 0\.7\.9, .*: run Upgrade dre first\.\n/);
    assert.match(await shown('0.7.10'), /\ndre 0\.7\.10\.\n/);
  });

  it('is upgraded in a terminal, once the person has seen the command', async () => {
    host.messages.length = 0;
    await desk.call('upgrade');
    assert.equal(desk.programs.length, 0, 'nobody pressed Run');
    const reported = new Promise<string>((resolve) => {
      host.press = ({ buttons, text }) => (buttons.includes('Run') ? 'Run' : resolve(text));
    });
    desk.ends.push({ exitCode: 0, stdoutTail: '' });
    await desk.call('upgrade');
    assert.deepEqual(desk.programs.at(-1)?.args.slice(3), [desk.program, 'upgrade']);
    assert.match(host.messages.at(-1)?.detail ?? '', /Changes this machine alone\./);
    assert.match(await reported, /^Upgrade dre: /);
  });

  it('is offered to be upgraded when it does not accept its arguments', async () => {
    desk.ends.push({ exitCode: 2, stdoutTail: '' });
    host.executed.length = 0;
    await desk.run('Heal the network', 'Run');
    assert.ok(host.messages.at(-1)?.buttons.includes('Upgrade dre'));
  });

  it('has its output opened as JSON where it is JSON, and as text else', async () => {
    const open = async (stdoutTail: string): Promise<string> => {
      const before = new Set(desk.store.state(runsKey).records.keys());
      desk.ends.push({ exitCode: 0, stdoutTail });
      host.answer = () => '143590';
      await desk.run('Show a proposal', 'Run');
      const key = [...desk.store.state(runsKey).records.keys()].find((each) => !before.has(each)) ?? '';
      host.editor = undefined;
      await desk.call('openOutput', [{ id: 'run', label: '', tokens: [], record: { kind: 'run', key } }]);
      return host.openEditor()?.document.uri.path ?? 'nothing';
    };
    assert.equal(await open('{"id": 9007199254740993}\n'), '/Show a proposal.json');
    assert.equal(await open('No such proposal\n'), '/Show a proposal.txt');
    host.messages.length = 0;
    assert.equal(await open('\n'), 'nothing');
    assert.match(host.messages.at(-1)?.text ?? '', /nothing on its standard output/);
  });
});
