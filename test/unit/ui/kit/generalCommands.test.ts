import assert from 'node:assert/strict';
import type { RecordRef, Row } from '../../../../src/views/kit/row.ts';
import type { GeneralCommandParts } from '../../../../src/ui/kit/generalCommands.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { generalCommands } = await import('../../../../src/ui/kit/generalCommands.ts');

describe('Enter on a row', () => {
  const calls: unknown[] = [];
  const parts = {
    documents: { open: async (...call: readonly unknown[]) => void calls.push(['document', ...call]) },
    timeline: { open: async (...call: readonly unknown[]) => void calls.push(['timeline', ...call]) },
    views: {
      select: async (view: string, keys: ReadonlySet<string>) => void calls.push(['select', view, ...keys]),
    },
  };
  // Only what it uses.
  const commands = generalCommands(parts as unknown as GeneralCommandParts);

  async function enter(record: RecordRef | undefined): Promise<readonly unknown[]> {
    calls.length = 0;
    host.executed.length = 0;
    const row: Row =
      record === undefined ? { id: 'a', label: 'a', tokens: [] } : { id: 'a', label: 'a', tokens: [], record };
    await commands['drDre.openAndFocus']?.({ rows: [row], args: [] });
    return [...calls, ...host.executed];
  }

  it('opens what it stands for with the keyboard in it, and selects it', async () => {
    assert.deepEqual(await enter({ kind: 'alert', key: 'a1' }), [
      ['select', 'drDre.alerts', 'a1'],
      ['document', 'alert', 'a1'],
    ]);
    assert.deepEqual(await enter({ kind: 'rollout', key: 'r/1' }), [['timeline', 'r/1']]);
  });

  it('does what a click does where nothing of ours is opened', async () => {
    assert.deepEqual(await enter(undefined), [['list.select']]);
    assert.deepEqual(await enter({ kind: 'pullRequest', key: '1' }), [['list.select']]);
  });
});

describe('Copy Name', () => {
  const copied = async (rows: readonly Row[], selected: readonly Row[] = []): Promise<readonly string[]> => {
    host.copied.length = 0;
    const views = { ids: ['drDre.alerts'], selection: () => selected };
    await generalCommands({ views } as unknown as GeneralCommandParts)['drDre.copyName']?.({ rows, args: [] });
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
