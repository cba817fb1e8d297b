import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import { clusterOf, groupings, type Grouping } from '../../../../src/domain/alerts/groups.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { activeFilter } from '../../../../src/views/alerts/filters.ts';
import { alertsView, type AlertsMore } from '../../../../src/views/alerts/view.ts';
import type { Row, ViewModel } from '../../../../src/views/kit/row.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { rethrow } from '../../../support/engine/engine.ts';

const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const from = { now, timeZone: 'UTC' };

const alerts = [
  alert('1', { priority: 'P4', properties: { cluster: 'prod' }, tags: ['cluster:other'], source: 'grafana' }),
  alert('2', { priority: 'P2', tags: ['x', 'cluster:boundary'], status: 'snoozed', integration: 'Prometheus' }),
  alert('3', { priority: 'P1', message: '[prod] IC_Replica_Behind', status: 'acknowledged', source: 'grafana' }),
  alert('4', { priority: 'P2', message: 'no [prod] at the start' }),
  alert('5', { priority: 'P1', message: '[prod] Stalled', createdAt: now - 3_600_000, source: 'alertmanager' }),
  alert('6', { priority: 'P1', message: '[prod] Stalled again', createdAt: now - 60_000, source: 'alertmanager' }),
];

function view(choice: NonNullable<AlertsMore['choice']>, records: readonly Alert[] = alerts): ViewModel {
  const store = new Store<Failure>(rethrow);
  store.update(alertsKey, { status: 'fresh', asOf: now, records });
  return alertsView(store.state(alertsKey), from, 'https://example.atlassian.net', { choice });
}

/** Groups with what they say and the alerts in them, in their order. */
function groups(grouping: Grouping): readonly string[] {
  return view({ grouping }).rows.map(({ label, description = '', record, children = [] }: Row) =>
    record === undefined ? `${label} (${description}): ${children.map(keyOf).join(' ')}` : record.key,
  );
}

const keyOf = ({ record }: Row): string => record?.key ?? '';

describe('the groups of alerts', () => {
  const golden: Record<Grouping, readonly string[]> = {
    priority: ['P1 critical (3, 2 open): 6 5 3', 'P2 high (2, 1 open): 4 2', 'P4 low (1): 1'],
    status: ['Open (4): 6 5 4 1', 'Acknowledged (1): 3', 'Snoozed (1): 2'],
    cluster: ['boundary (1, 0 open): 2', 'prod (4, 3 open): 6 5 3 1', 'No cluster named (1): 4'],
    source: [
      'alertmanager (2): 6 5',
      'grafana (2, 1 open): 3 1',
      'Prometheus (1, 0 open): 2',
      'No source named (1): 4',
    ],
    none: ['6', '5', '3', '4', '2', '1'],
  };

  for (const grouping of groupings) {
    it(`are in order, as are the alerts in them: ${grouping}`, () => {
      assert.deepEqual(groups(grouping), golden[grouping]);
    });
  }

  it('take the cluster from the property, else from a tag, else from the brackets before the message', () => {
    assert.deepEqual(alerts.map(clusterOf), ['prod', 'boundary', 'prod', undefined, 'prod', 'prod']);
    assert.equal(clusterOf(alert('7', { properties: { cluster: '' }, tags: ['cluster:b'], message: '[c] x' })), 'b');
  });
});

describe('the badge of the Alerts view', () => {
  const urgent = [alert('1', { priority: 'P1' }), alert('2', { priority: 'P2' }), alert('3', { priority: 'P2' })];
  const others = [alert('4', { priority: 'P3' }), alert('5', { priority: 'P1', status: 'acknowledged' })];
  const three = { value: 3, tooltip: '3 open alerts of priority P1 or P2' };

  it('counts open alerts of P1 and P2 together', () => {
    assert.deepEqual(view({ grouping: 'priority' }, [...urgent, ...others]).badge, three);
    assert.equal(view({ grouping: 'priority' }, others).badge, undefined);
  });

  it('counts those that a filter hides too', () => {
    const filter = activeFilter({ kind: 'query', query: 'priority: P3' }, []);
    const model = view({ grouping: 'none', filter }, [...urgent, ...others]);
    assert.deepEqual(model.rows.map(keyOf), ['', '4']);
    assert.deepEqual(model.badge, three);
    const all = view({ grouping: 'none', filter: activeFilter({ kind: 'text', text: 'nothing like it' }, []) }, urgent);
    assert.deepEqual([all.situation, all.badge], ['filteredOut', three]);
  });
});
