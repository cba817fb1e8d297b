import assert from 'node:assert/strict';
import type { Row } from '../../../../src/views/kit/row.ts';
import type { GeneralCommandParts } from '../../../../src/ui/kit/generalCommands.ts';
import { host } from '../../../support/ui/vscode.ts';
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
