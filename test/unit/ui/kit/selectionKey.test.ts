import assert from 'node:assert/strict';
import { EventEmitter, host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';
import type { Row, RowToken } from '../../../../src/views/kit/row.ts';

useVscodeDouble();
const { keepSelectionKey } = await import('../../../../src/ui/kit/selectionKey.ts');

const row = (...tokens: readonly RowToken[]): Row => ({ id: tokens.join(), label: 'a row', tokens });

describe('what the palette offers of the selected rows', () => {
  it('is what their menus offer, in all visible views, and is set once', () => {
    const [selected, seen] = [new EventEmitter<void>(), new EventEmitter<void>()];
    const rows: Record<string, readonly Row[]> = {};
    host.executed.length = 0;
    const kept = keepSelectionKey({
      ids: ['drDre.alerts', 'drDre.releases'],
      selection: (id) => rows[id] ?? [],
      onDidChangeSelection: selected.event,
      onDidChangeVisibility: seen.event,
    });
    const set = (): readonly unknown[] => host.executed.splice(0).map(([, key, value]) => [key, value]);
    assert.deepEqual(set(), [['drDre.selected', '']]);
    rows['drDre.alerts'] = [row('linked', 'alert')];
    selected.fire();
    assert.deepEqual(set(), [['drDre.selected', ';alert;linked;']]);
    rows['drDre.releases'] = [row('linked', 'place'), row('forum')];
    selected.fire();
    assert.deepEqual(set(), [['drDre.selected', ';alert;forum;linked;place;']]);
    selected.fire();
    assert.deepEqual(set(), []);
    rows['drDre.releases'] = [];
    rows['drDre.alerts'] = [];
    seen.fire();
    assert.deepEqual(set(), [['drDre.selected', '']]);
    kept.dispose();
  });
});
