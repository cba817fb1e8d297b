import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { accountKey, SignedInAccount } from '../../../../src/feeds/kit/account.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { keepAlertContextKeys } = await import('../../../../src/ui/alerts/contextKeys.ts');

describe('the context keys of alerts', () => {
  const dana = { accountId: '5b10', name: 'Dana Oncall', timeZone: undefined };
  const acknowledgedAt = Date.UTC(2026, 7, 26, 13, 47);

  it('are set once the signed-in person has acknowledged one', () => {
    const store = new Store<Failure>(rethrow);
    const account = new SignedInAccount(store, memoryLog());
    host.executed.length = 0;
    const kept = keepAlertContextKeys({ store, account });
    const set = (): readonly unknown[] => host.executed.splice(0);
    const show = (owner: string): void =>
      store.update(alertsKey, { records: [alert('a', { status: 'acknowledged', acknowledgedAt, owner })] });

    show('Eli Second');
    store.update(accountKey, { records: [dana] });
    assert.deepEqual(set(), []);
    show('Dana Oncall');
    assert.deepEqual(set(), [['setContext', 'drDre.alerts.acknowledged', true]]);
    show('Eli Second');
    show('Dana Oncall');
    assert.deepEqual(set(), []);
    kept.dispose();
    account.dispose();
    store.dispose();
  });

  it('are set for one of an earlier session at once', () => {
    const store = new Store<Failure>(rethrow);
    const account = new SignedInAccount(store, memoryLog());
    store.update(accountKey, { records: [dana] });
    store.update(alertsKey, { records: [alert('a', { status: 'snoozed', acknowledgedAt, owner: 'Dana Oncall' })] });
    host.executed.length = 0;
    keepAlertContextKeys({ store, account }).dispose();
    assert.deepEqual(host.executed, [['setContext', 'drDre.alerts.acknowledged', true]]);
    account.dispose();
    store.dispose();
  });
});
