import assert from 'node:assert/strict';
import type { Row } from '../../../../src/views/kit/row.ts';
import type { GeneralCommandParts } from '../../../../src/ui/kit/generalCommands.ts';
import { env, host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { generalCommands } = await import('../../../../src/ui/kit/generalCommands.ts');

describe('Copy Name', () => {
  const copied = async (rows: readonly Row[], selected: readonly Row[] = []): Promise<readonly string[]> => {
    host.copied.length = 0;
    const views = { ids: ['drDre.alerts'], selection: () => selected };
    await generalCommands({ views } as unknown as GeneralCommandParts, 'drDre.alerts')['drDre.copyName']?.({
      rows,
      args: [],
    });
    return [...host.copied];
  };
  const named = (name: string): Row => ({ id: name, label: name, tokens: [], name });

  it('copies the names of the rows, or of those that are selected, a line each', async () => {
    assert.deepEqual(await copied([named('a watchdog'), named('another')]), ['a watchdog\nanother']);
    assert.deepEqual(await copied([], [named('a watchdog')]), ['a watchdog']);
    assert.deepEqual(await copied([{ id: 'x', label: 'x', tokens: [] }]), []);
  });

  it('copies a name from outside as one line, which runs nothing where it is pasted', async () => {
    const [text = ''] = await copied([named('down\nrm -rf .\n')]);
    assert.doesNotMatch(text, /\n/);
  });
});

describe('Open Settings', () => {
  const opened = async (row: Row | undefined, ...args: readonly unknown[]): Promise<readonly unknown[]> => {
    host.executed.length = 0;
    const rows = row === undefined ? [] : [row];
    await generalCommands({} as GeneralCommandParts, 'drDre.alerts')['drDre.openSettings']?.({ rows, args });
    return [...host.executed];
  };

  it('opens the setting of the row, or the one that is named, and else all of ours', async () => {
    const record = { kind: 'setting', key: 'drDre.ops.team' } as const;
    const ofId = (id: string): readonly unknown[] => [['workbench.action.openSettings', `@id:${id}`]];
    assert.deepEqual(await opened({ id: 'x', label: 'x', tokens: [], record }), ofId('drDre.ops.team'));
    assert.deepEqual(await opened(undefined, 'drDre.dre.path'), ofId('drDre.dre.path'));
    const all = [['workbench.action.openSettings', '@ext:dfinity.dr-dre']];
    assert.deepEqual(await opened(undefined), all);
    assert.deepEqual(await opened(undefined, 'editor.fontSize'), all);
  });

  it('opens those of the remote machine in a remote window', async () => {
    const remote = env as { remoteName: string | undefined };
    remote.remoteName = 'ssh-remote';
    try {
      const query = '@id:drDre.dre.path';
      assert.deepEqual(await opened(undefined, 'drDre.dre.path'), [['workbench.action.openRemoteSettings', { query }]]);
    } finally {
      remote.remoteName = undefined;
    }
  });
});
