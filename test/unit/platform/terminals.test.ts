import assert from 'node:assert/strict';
import { host } from '../../support/ui/vscode.ts';
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
});
