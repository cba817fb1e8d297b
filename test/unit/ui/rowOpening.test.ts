import assert from 'node:assert/strict';
import type { RecordRef, Row } from '../../../src/views/kit/row.ts';
import { host } from '../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { rowOpeningCommands } = await import('../../../src/ui/rowOpening.ts');

describe('Enter on a row', () => {
  const calls: unknown[] = [];
  const parts = {
    documents: { open: async (...call: readonly unknown[]) => void calls.push(['document', ...call]) },
    timeline: { open: async (...call: readonly unknown[]) => void calls.push(['timeline', ...call]) },
    views: {
      select: async (view: string, keys: ReadonlySet<string>) => void calls.push(['select', view, ...keys]),
    },
  };
  const commands = rowOpeningCommands(parts);

  async function enter(record: RecordRef | undefined, batch?: string): Promise<readonly unknown[]> {
    calls.length = 0;
    host.executed.length = 0;
    const bare: Row = { id: 'a', label: 'a', tokens: [], record };
    const row = batch === undefined ? bare : { ...bare, batch };
    await commands['drDre.openAndFocus']?.({ rows: [row], args: [] });
    return [...calls, ...host.executed];
  }

  it('opens what it stands for with the keyboard in it, and selects it', async () => {
    assert.deepEqual(await enter({ kind: 'alert', key: 'a1' }), [
      ['select', 'drDre.alerts', 'a1'],
      ['document', 'alert', 'a1'],
    ]);
    assert.deepEqual(await enter({ kind: 'rollout', key: 'r/1' }), [['timeline', 'r/1', { batch: undefined }]]);
    assert.deepEqual(await enter({ kind: 'rollout', key: 'r/1' }, 'batch-12'), [
      ['timeline', 'r/1', { batch: 'batch-12' }],
    ]);
  });

  it('does what a click does where nothing of ours is opened', async () => {
    assert.deepEqual(await enter(undefined), [['list.select']]);
    assert.deepEqual(await enter({ kind: 'pullRequest', key: '1' }), [['list.select']]);
  });
});
