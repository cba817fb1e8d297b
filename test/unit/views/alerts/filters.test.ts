import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { activeFilter, filterItems, textFilterWords } from '../../../../src/views/alerts/filters.ts';
import { alertsView } from '../../../../src/views/alerts/view.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { rethrow } from '../../../support/engine/engine.ts';

const alerts = [
  alert('1', { message: 'Subnet o3ow2 stalled', priority: 'P1', owner: 'Éli' }),
  alert('2', { message: 'Subnet o3ow2 is behind', tags: ['prod'] }),
  alert('3', { message: 'Disk is full', priority: 'P2' }),
  alert('4', { message: 'Subnet o3ow2 was slow', status: 'closed' }),
];

describe('the words of filters', () => {
  it('count, while a text is typed, the alerts that have all of its words', () => {
    assert.equal(textFilterWords('o3ow2', alerts), '2 of 3 alerts have all of these words');
    assert.equal(textFilterWords(' stalled  ELI ', alerts), '1 of 3 alerts has all of these words');
    assert.equal(textFilterWords('stalled prod', alerts), '0 of 3 alerts have all of these words');
    const many = Array.from({ length: 2_000 }, (_, index) => alert(`${index}`, { message: 'Disk is full' }));
    assert.equal(textFilterWords('disk', many), '2,000 of 2,000 alerts have all of these words');
  });

  it('give the number that the view then shows', () => {
    const filter = activeFilter({ kind: 'text', text: 'o3ow2' }, []);
    const store = new Store<Failure>(rethrow);
    store.update(alertsKey, { status: 'fresh', asOf: 0, records: alerts });
    const from = { now: 0, timeZone: 'UTC' };
    const look = { grouping: 'none', filter } as const;
    const [row] = alertsView(store.state(alertsKey), from, 'https://example.atlassian.net', { choice: look }).rows;
    assert.equal(row?.description, '2 of 3');
    assert.ok(textFilterWords('o3ow2', alerts).startsWith('2 of 3 alerts'));
  });
});

describe('saved filters to choose from', () => {
  const saved = [
    { name: 'Urgent', query: 'priority: (P1 OR P2)' },
    { name: 'Subnets', query: 'message: "Subnet o3ow2 stalled"' },
    { name: 'Wrong', query: 'prio: P1' },
    { name: 'Empty', query: '' },
  ];

  it('say how many alerts each finds, or what is wrong with it', () => {
    assert.deepEqual(
      filterItems(saved, alerts).map(({ name, description }) => `${name}: ${description}`),
      [
        'Urgent: 2 alerts',
        'Subnets: 1 alert',
        'Wrong: There is no such field at “prio” (character 1).',
        'Empty: There is nothing in the filter.',
      ],
    );
  });

  it('show what they find once one is chosen, and hide nothing when they cannot be used', () => {
    const shown = (name: string): readonly string[] => {
      const { shows } = activeFilter({ kind: 'saved', name }, saved);
      return alerts.filter(shows).map(({ id }) => id);
    };
    assert.deepEqual(shown('Urgent'), ['1', '3']);
    for (const name of ['Wrong', 'Gone']) {
      assert.deepEqual(shown(name), ['1', '2', '3', '4']);
      assert.notEqual(activeFilter({ kind: 'saved', name }, saved).problem, undefined);
    }
  });
});
