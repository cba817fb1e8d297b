import assert from 'node:assert/strict';
import { countFilters } from '../../../../src/domain/alerts/savedFilters.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';

describe('saved filters', () => {
  const alerts = [
    alert('1', { priority: 'P1' }),
    alert('1', { priority: 'P2', status: 'acknowledged' }),
    alert('1', { priority: 'P5', status: 'closed' }),
  ];

  it('counts what each finds, and says of a wrong one what is wrong', () => {
    const filters = [
      { name: 'urgent', query: 'priority: (P1 OR P2)' },
      { name: 'wrong', query: 'prio: P1' },
      { name: 'none', query: 'tag: x' },
      { name: 'empty', query: '' },
    ];
    const counts = countFilters(filters, alerts);
    assert.deepEqual(
      counts.map(({ filter, count }) => [filter.name, count.ok ? count.value : count.failure.kind]),
      [
        ['urgent', 2],
        ['wrong', 'unknownField'],
        ['none', 0],
        ['empty', 'empty'],
      ],
    );
  });
});
