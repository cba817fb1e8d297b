import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { descendants, isAlive } from '../../../scripts/processes.mjs';
import { activationTime } from '../../support/ui/activationTime.ts';
import { launchWorkbench, root, type Workbench } from '../../support/vscode/workbench.ts';
import { waitFor } from '../../support/base/waitFor.ts';

// The harness itself, on an extension of a few lines: when this fails, the other end-to-end tests are not meaningful.
describe('the workbench harness', () => {
  let workbench: Workbench;

  before(async function () {
    this.timeout(180_000);
    workbench = await launchWorkbench({
      extensions: [join(root, 'test/integration/fixture')],
      settings: { 'harness.word': 'from the settings' },
      env: { HARNESS_WORD: 'from the environment' },
      theme: 'light',
    });
  });

  after(async function () {
    this.timeout(30_000);
    await workbench.close();
  });

  it('shows rows, with settings and environment passed on', async function () {
    this.timeout(60_000);
    await workbench.openContainer('Harness');
    const rows = await workbench.waitForRows('Harness Rows', ({ length }) => length === 4);
    assert.deepEqual(rows, [
      'from a chunk untouched',
      'from the settings untouched',
      'from the environment untouched',
      'no secret untouched',
    ]);
  });

  it('clicks in a context menu', async function () {
    this.timeout(60_000);
    const row = workbench.row('Harness Rows', 'from the settings');
    assert.deepEqual(await workbench.menuItems(row), ['Touch Row']);
    await workbench.contextMenu(row, 'Touch Row');
    await workbench.waitForRows('Harness Rows', (rows) => rows.includes('from the settings touched'));
  });

  it('finds a command in the palette, answers its questions and sees its notification', async function () {
    this.timeout(60_000);
    assert.equal(await workbench.offersCommand('Harness: Nothing Of The Kind'), false);
    await workbench.runCommand('Harness: Ask');
    assert.equal(await workbench.quickPick.title(), 'Colour');
    assert.deepEqual(await workbench.quickPick.items(), ['red', 'green', 'blue']);
    await workbench.quickPick.choose('green');
    await waitFor('the input box', async () => (await workbench.quickPick.title()) === 'Secret');
    await workbench.quickPick.type('hush');
    await workbench.quickPick.accept();
    await workbench.notification('You said green and hush', 'Thanks');
    assert.deepEqual(await workbench.notifications(), []);
  });

  it('reads the status bar, a webview and the activation time', async function () {
    this.timeout(60_000);
    const item = await workbench.statusBarItem('harness.status');
    assert.equal(item?.text, 'harness is up');
    assert.equal(item.kind, 'plain');
    await workbench.runCommand('Harness: Open Page');
    assert.equal(await workbench.webviewFrame().locator('#words').innerText(), 'words of the page');
    assert.ok((await activationTime(workbench, 'Harness Fixture')) < 10_000);
  });

  it('changes the theme and keeps a picture', async function () {
    this.timeout(60_000);
    for (const theme of ['hc-black', 'dark'] as const) await workbench.setTheme(theme);
    assert.ok(existsSync(await workbench.screenshot('harness')));
  });

  it('reloads the window and finds settings and secrets again', async function () {
    this.timeout(120_000);
    await workbench.reload();
    await workbench.openContainer('Harness');
    const rows = await workbench.waitForRows('Harness Rows', ({ length }) => length === 4);
    assert.deepEqual(rows.slice(1), [
      'from the settings untouched',
      'from the environment untouched',
      'hush untouched',
    ]);
  });

  it('leaves no process behind', async function () {
    this.timeout(60_000);
    const server = workbench.host.pid;
    const below = await descendants(server);
    assert.ok(below.length > 1, 'the server and its extension host');
    await workbench.close();
    await waitFor('their end', () => ![server, ...below].some(isAlive));
  });
});
