import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import { alertRow, type AlertRowMore } from '../../../../src/views/alerts/row.ts';
import { contextValue, renderRows, type Row } from '../../../../src/views/kit/row.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';

const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const from = { now, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';
const forgotten = { openAgeMs: 4 * hour, hasNote: () => false };

function rowOf(more: Partial<Alert>, besides: AlertRowMore = {}): Row {
  return alertRow(alert('a1', { message: 'Subnet o3ow2 stalled', priority: 'P1', ...more }), from, site, besides);
}

const said = (more: Partial<Alert>, besides: AlertRowMore = {}): string | undefined => rowOf(more, besides).description;

describe('the row of an alert', () => {
  it('names its owner, whatever its status is', () => {
    const owner = 'Eli Second';
    assert.equal(said({ owner }), '4 min ago · owned by Eli Second');
    assert.equal(said({ owner, status: 'acknowledged' }), '4 min ago · acknowledged by Eli Second');
    const snoozed = { status: 'snoozed', snoozedUntil: now + hour } as const;
    assert.equal(said({ owner, ...snoozed }), '4 min ago · snoozed until 14:50 · owned by Eli Second');
    assert.equal(said(snoozed), '4 min ago · snoozed until 14:50');
    assert.equal(said({ status: 'acknowledged' }), '4 min ago · acknowledged');
  });

  it('says that nobody took it only while nobody has it', () => {
    const createdAt = now - 5 * hour;
    assert.equal(said({ createdAt }, { forgotten }), 'nobody took it, open since 08:50 · 5 h ago');
    assert.equal(
      said({ createdAt, owner: 'Eli Second' }, { forgotten }),
      'not acknowledged, open since 08:50 · 5 h ago · owned by Eli Second',
    );
  });

  it('says to a screen reader all that it shows', () => {
    assert.equal(
      rowOf({ owner: 'Eli Second', count: 3 }).spoken,
      'open P1 alert: Subnet o3ow2 stalled. 4 min ago, ×3, owned by Eli Second',
    );
    assert.equal(
      rowOf({ createdAt: now - 5 * hour, owner: 'Eli Second' }, { forgotten }).spoken,
      'open P1 alert: Subnet o3ow2 stalled. not acknowledged, open since 08:50, 5 h ago, owned by Eli Second',
    );
  });

  it('is listed with its icon, its words and what can be done with it', () => {
    const owner = 'Dana Oncall';
    const rows = [
      rowOf({ owner }),
      rowOf({ status: 'acknowledged', owner, acknowledgedAt: now - 40 * minute }, { forgotten }),
      rowOf({ status: 'snoozed', owner, snoozedUntil: now - 2 * minute }, { forgotten }),
      rowOf({ status: 'closed', owner, closedAt: now - hour }),
    ];
    assert.equal(
      renderRows(rows),
      [
        '$(bell-dot) Subnet o3ow2 stalled  4 min ago · owned by Dana Oncall  ;alert;live;ackable;linked;',
        '$(warning) Subnet o3ow2 stalled  acknowledged 40 min ago, no note · 4 min ago · acknowledged by Dana Oncall  ;alert;live;acked;forgotten;linked;',
        '$(warning) Subnet o3ow2 stalled  snooze ended 2 min ago · 4 min ago · snoozed until 13:48 · owned by Dana Oncall  ;alert;live;ackable;forgotten;linked;',
        '$(circle-slash) Subnet o3ow2 stalled  4 min ago · closed 1 h ago  ;alert;linked;',
      ].join('\n'),
    );
    assert.deepEqual(
      rows.map((row) => [row.icon?.color, contextValue(row).includes(';forgotten;')]),
      [
        ['drDre.alert.p1', false],
        ['problemsWarningIcon.foreground', true],
        ['problemsWarningIcon.foreground', true],
        ['drDre.alert.handled', false],
      ],
    );
  });

  it('tells on hover what the row has no room for', () => {
    assert.deepEqual(rowOf({}).hover, [
      'P1 · open · #a1',
      'Subnet o3ow2 stalled',
      'Created Wed 26 Aug 2026, 13:46:11 UTC',
    ]);
    const full: Partial<Alert> = {
      status: 'acknowledged',
      ...{ owner: 'Dana Oncall', entity: 'o3ow2', source: 'alertmanager.prod' },
      ...{ tags: ['prod', 'subnet:o3ow2'], count: 3, lastOccurredAt: now - 2 * minute, tinyId: '1042' },
    };
    const pending = { text: 'add note failed', state: 'failed', tokens: ['troubled'], kept: 'Looking.' } as const;
    assert.deepEqual(rowOf(full, { pending }).hover, [
      'P1 · acknowledged · #1042',
      'Subnet o3ow2 stalled',
      'Created Wed 26 Aug 2026, 13:46:11 UTC',
      'Seen 3 times, last 2 min ago',
      'Owner: Dana Oncall',
      'Entity: o3ow2',
      'Source: alertmanager.prod',
      'Tags: prod, subnet:o3ow2',
      'Not sent, but kept: Looking.',
    ]);
  });
});
