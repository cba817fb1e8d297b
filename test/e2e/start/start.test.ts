import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { descendants, isAlive } from '../../../scripts/processes.mjs';
import { waitFor } from '../../support/waitFor.ts';
import { root } from '../../support/vscode/workbench.ts';

describe('npm start', function () {
  this.timeout(180_000);
  let child: ChildProcess | undefined;

  afterEach(() => {
    child?.kill('SIGKILL');
  });

  it('says where VS Code and the simulator are, and leaves no process behind at Ctrl+C', async () => {
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
    assert.equal((await fetch(vscode)).status, 200);
    assert.equal((await fetch(new URL('/state', simulator))).status, 200);
    const below = await descendants(started.pid ?? 0);
    assert.ok(below.length >= 2, 'the simulator and the server');

    const exited = once(started, 'exit');
    started.kill('SIGINT');
    await exited;
    await waitFor('their end', () => !below.some(isAlive));
  });
});
