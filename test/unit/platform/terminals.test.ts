import assert from 'node:assert/strict';
import type { TerminalOptions } from 'vscode';
import { EventEmitter, host, window } from '../../support/ui/vscode.ts';
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

  it('gets the name that says how it ended once it is the active one, as VS Code renames no other, and once', () => {
    const activeChanged = new EventEmitter<unknown>();
    Object.assign(window, { onDidChangeActiveTerminal: activeChanged.event, activeTerminal: undefined });
    const made: unknown[] = [];
    const { createTerminal } = window;
    Object.assign(window, {
      createTerminal(options: TerminalOptions): unknown {
        const terminal: unknown = createTerminal(options);
        made.push(terminal);
        return terminal;
      },
    });
    const terminals = vscodeTerminals('terminal');
    const run = (name: string): ReturnType<typeof terminals.run> =>
      terminals.run(
        { name, program: '/bin/node', args: [], env: {}, cwd: undefined },
        { output: () => undefined, outputEnded: () => undefined, closed: () => undefined },
      );
    const [vote, heal] = [run('dre: Vote'), run('dre: Heal')];
    const activate = (terminal: unknown): void => {
      Object.assign(window, { activeTerminal: terminal });
      activeChanged.fire(terminal);
    };
    const renamed = (): readonly unknown[] =>
      host.executed
        .filter(([command]) => command === 'workbench.action.terminal.renameWithArg')
        .map(([, name]) => name);
    host.executed.length = 0;
    activate(made[0]);
    heal.rename('dre: Heal, failed\u202e');
    assert.deepEqual(renamed(), []);
    activate(made[1]);
    assert.deepEqual(renamed(), [{ name: 'dre: Heal, failed' }]);
    activate(made[0]);
    vote.rename('dre: Vote, submitted');
    activate(made[1]);
    activate(made[0]);
    assert.deepEqual(renamed(), [{ name: 'dre: Heal, failed' }, { name: 'dre: Vote, submitted' }]);
    heal.rename('dre: Heal, passed');
    host.terminalClosed.fire(made[1]);
    activate(made[1]);
    assert.equal(renamed().length, 2);
    Object.assign(window, { createTerminal, activeTerminal: undefined });
    terminals.dispose();
  });

  it('is found again by its process after a reload, and its end is reported once', async () => {
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
