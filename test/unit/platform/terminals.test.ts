import assert from 'node:assert/strict';
import { host, window } from '../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { vscodeTerminals } = await import('../../../src/platform/terminals.ts');

describe('a terminal for a program', () => {
  it('takes nothing from the settings of the folder that is open, and has a name that is text', () => {
    const terminals = vscodeTerminals('terminal');
    host.terminals.length = 0;
    terminals.run(
      { name: 'dre: $(check)\u202e x', program: '/bin/node', args: ['a'], env: { PATH: '/bin' }, cwd: '/home/dana' },
      { output: () => undefined, outputEnded: () => undefined, closed: () => undefined },
    );
    const [options] = host.terminals;
    // VS Code merges `terminal.integrated.env.*` and what extensions add into the environment unless it is strict.
    assert.equal(options?.strictEnv, true);
    assert.deepEqual(options.env, { PATH: '/bin' });
    assert.equal(options.name, 'dre: $ (check) x');
    terminals.dispose();
  });

  it('is found again by its process after a reload, and told of when it is gone, once', async () => {
    const terminals = vscodeTerminals('terminal');
    const shown: number[] = [];
    const restored = [undefined, 7, 8].map((pid) => ({
      processId: Promise.resolve(pid),
      show: () => void shown.push(pid ?? 0),
    }));
    Object.assign(window, { terminals: restored });
    let closed = 0;
    const found = await terminals.find(8, () => closed++);
    found?.show();
    assert.deepEqual(shown, [8]);
    assert.equal(await terminals.find(9, () => closed++), undefined);
    host.terminalClosed.fire(restored[1]);
    assert.equal(closed, 0);
    host.terminalClosed.fire(restored[2]);
    host.terminalClosed.fire(restored[2]);
    assert.equal(closed, 1);
    Object.assign(window, { terminals: [] });
    terminals.dispose();
  });
});
