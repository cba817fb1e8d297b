import assert from 'node:assert/strict';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { contextKey } = await import('../../../../src/ui/kit/contextKey.ts');

const executed = (): readonly unknown[] => host.executed.splice(0);

describe('a context key', () => {
  it('is set the first time, as the window keeps it when extensions are restarted, and when its value changes', () => {
    host.executed.length = 0;
    const set = contextKey<boolean>('drDre.test.holds');
    set(false);
    assert.deepEqual(executed(), [['setContext', 'drDre.test.holds', false]]);
    set(true);
    assert.deepEqual(executed(), [['setContext', 'drDre.test.holds', true]]);
    set(true);
    assert.deepEqual(executed(), []);
    set(false);
    assert.deepEqual(executed(), [['setContext', 'drDre.test.holds', false]]);
  });

  it('compares what a list says', () => {
    host.executed.length = 0;
    const set = contextKey<readonly string[]>('drDre.test.list');
    set(['a']);
    set(['a']);
    set(['a', 'b']);
    assert.deepEqual(executed(), [
      ['setContext', 'drDre.test.list', ['a']],
      ['setContext', 'drDre.test.list', ['a', 'b']],
    ]);
  });
});
