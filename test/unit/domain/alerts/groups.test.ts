import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import { groupAlerts, groupings } from '../../../../src/domain/alerts/groups.ts';

const alert = (id: string, more: Partial<Alert>): Alert =>
  ({
    id,
    tinyId: id,
    message: id,
    priority: 'P3',
    status: 'open',
    tags: [],
    properties: {},
    createdAt: 0,
    ...more,
  }) as Alert;

describe('alerts of a priority that is not known', () => {
  const alerts = [
    alert('moderate', {}),
    alert('new word', { unknownPriority: 'P0' }),
    alert('high', { priority: 'P2' }),
    alert('low', { priority: 'P4' }),
  ];

  it('are a group of their own, after those that are known to be urgent', () => {
    assert.deepEqual(
      groupAlerts(alerts, 'priority').map(({ key }) => key),
      ['P2', 'unknown', 'P3', 'P4'],
    );
  });

  it('come in the same place in every other list', () => {
    for (const grouping of groupings.filter((each) => each === 'none' || each === 'status')) {
      assert.deepEqual(
        groupAlerts(alerts, grouping).flatMap((group) => group.alerts.map(({ id }) => id)),
        ['high', 'new word', 'moderate', 'low'],
      );
    }
  });
});
