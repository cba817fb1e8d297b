import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { listedTicketsKey } from '../../../../src/feeds/queue/known.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { EventEmitter, host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { keepVerbContextKeys } = await import('../../../../src/ui/writes/verbKeys.ts');

describe('what the palette offers to be done to alerts and tickets', () => {
  it('is left out only while it is known that there is none', () => {
    const store = new Store<Failure>(rethrow);
    const current = { ticketLists: [] as readonly unknown[] };
    const changed = new EventEmitter<void>();
    host.executed.length = 0;
    const settings = { current, onDidChange: changed.event };
    const kept = keepVerbContextKeys({ store, settings: settings as never });
    const set = (): readonly string[] =>
      host.executed.splice(0).map(([, key, holds]) => `${String(key)} ${String(holds)}`);
    assert.deepEqual(set(), ['drDre.alerts.none false', 'drDre.queue.none false'], 'nothing is known');
    store.update(alertsKey, { status: 'failing', records: [] });
    assert.deepEqual(set(), []);
    store.update(alertsKey, { status: 'fresh', records: [] });
    assert.deepEqual(set(), ['drDre.alerts.none true']);
    store.update(alertsKey, { status: 'fresh', records: [alert('a')] });
    assert.deepEqual(set(), ['drDre.alerts.none false']);
    store.update(alertsKey, { status: 'notSignedIn' });
    assert.deepEqual(set(), ['drDre.alerts.none true'], 'nothing can be sent');

    store.update(queueKey, { status: 'fresh', records: [] });
    assert.deepEqual(set(), ['drDre.queue.none true']);
    current.ticketLists = ['a list'];
    changed.fire();
    assert.deepEqual(set(), ['drDre.queue.none false'], 'a further list is not read yet');
    store.update(listedTicketsKey, { status: 'fresh', records: [] });
    assert.deepEqual(set(), ['drDre.queue.none true']);
    store.update(listedTicketsKey, { status: 'fresh', records: [ticket('DRE-1')] });
    assert.deepEqual(set(), ['drDre.queue.none false']);
    kept.dispose();
    store.dispose();
  });
});
