import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { descendants, isAlive } from '../../../scripts/processes.mjs';
import { WorkbenchWindow } from '../../support/ui/workbenchWindow.ts';
import { launchBrowser } from '../../support/vscode/browser.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { root } from '../../support/vscode/workbench.ts';

describe('npm start', function () {
  this.timeout(180_000);
  let child: ChildProcess | undefined;

  afterEach(() => {
    child?.kill('SIGKILL');
  });

  it('opens on Dr. DRE on a Wednesday on call, says where its parts are, and leaves no process behind', async () => {
    const started = spawn(process.execPath, ['scripts/start.mjs', '--port', '0', '--no-open'], { cwd: root });
    child = started;
    let said = '';
    const collect = (chunk: Buffer): void => void (said += chunk.toString());
    started.stdout.on('data', collect);
    started.stderr.on('data', collect);
    const place = (name: string): string | undefined =>
      new RegExp(`^${name}: (http://127\\.0\\.0\\.1:\\S+)$`, 'm').exec(said)?.[1];
    const vscode = await waitFor('the address of VS Code', () => place('VS Code'), { timeoutMs: 120_000 });
    const simulator = place('Simulator') ?? assert.fail(said);
    assert.match(said, /^Its time: Wed, 26 Aug 2026 13:50:\d\d GMT$/m);
    await sees(vscode);
    assert.equal((await fetch(new URL('/state', simulator))).status, 200);
    const below = await descendants(started.pid ?? 0);
    assert.ok(below.length >= 2, 'the simulator and the server');

    const exited = once(started, 'exit');
    started.kill('SIGINT');
    await exited;
    await waitFor('their end', () => !below.some(isAlive));
  });

  /** What a person finds in the window, without a click. */
  async function sees(address: string): Promise<void> {
    const browser = await launchBrowser();
    try {
      const window = new WorkbenchWindow(await browser.newPage({ viewport: { width: 1440, height: 900 } }));
      await window.goTo(address);
      await window.waitForRows('Alerts', (rows) => rows.some((row) => row.startsWith('P1')));
      // By the clock of this machine the turn of the simulated week would be over, or be months away.
      await window.waitForRows('Week', (rows) => rows.some((row) => row.includes('you until Fri')));
      const ofVscode = (await window.notifications()).filter((text) => !/^\d+ new alerts? \(/.test(text));
      assert.deepEqual(ofVscode, [], 'nothing but the notifications of alerts');
    } finally {
      await browser.close();
    }
  }
});
