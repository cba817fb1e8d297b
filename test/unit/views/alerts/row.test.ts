import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import { alertRow, type AlertRowMore } from '../../../../src/views/alerts/row.ts';
import { contextValue, type Row } from '../../../../src/views/kit/row.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

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
    assert.equal(said({ owner }), '4m · Eli');
    assert.equal(said({ owner, status: 'acknowledged' }), '4m · Eli');
    const snoozed = { message: 'Disk full', status: 'snoozed', snoozedUntil: now + hour } as const;
    assert.equal(said({ owner, ...snoozed }), 'snoozed until 14:50 · Eli · 4m');
    assert.equal(said(snoozed), 'snoozed until 14:50 · 4m');
    assert.equal(said({ status: 'acknowledged' }), '4m · acknowledged');
  });

  it('calls whoever is signed in “you”, by the name and by the account', () => {
    const account = { accountId: 'id-1', name: 'Eli Second', timeZone: undefined };
    for (const owner of ['Eli Second', 'id-1']) assert.equal(said({ owner }, { account }), '4m · you');
    assert.equal(said({ owner: 'Dana Oncall' }, { account }), '4m · Dana');
    assert.equal(said({ owner: 'dana.oncall@example.com' }, { account }), '4m · dana.on…');
  });

  it('says that it is unacknowledged for long, whoever has it', () => {
    const createdAt = now - 5 * hour;
    assert.equal(said({ createdAt }, { forgotten }), '5h · unacknowledged');
    assert.equal(said({ createdAt, owner: 'Eli Second' }, { forgotten }), '5h · Eli · unacknowledged');
  });

  it('has three facts at most, the most decisive first, and its priority where the rows around it have others', () => {
    const createdAt = now - 5 * hour;
    const owner = 'Eli Second';
    assert.equal(said({ createdAt, owner, count: 3 }, { forgotten }), '5h · Eli · unacknowledged');
    assert.equal(said({ count: 1_024 }), '4m · ×1,024');
    assert.equal(said({ owner, count: 3 }, { priorityShown: true }), 'P1 · 4m · Eli · ×3');
  });

  it('says that it is snoozed before its priority, unless that is not known here', () => {
    const snoozed = { message: 'Disk full', status: 'snoozed', snoozedUntil: now + hour, count: 3 } as const;
    assert.equal(said(snoozed, { priorityShown: true }), 'snoozed until 14:50 · P1 · 4m · ×3');
    const unknown = { ...snoozed, unknownPriority: 'P0' };
    assert.equal(said(unknown), '“P0” · snoozed until 14:50 · 4m · ×3');
    assert.equal(said(unknown, { pixels: 200 }), '“P0” · until 14:50 · snoozed · 4m');
    assert.equal(said({ ...snoozed, snoozedUntil: undefined }), 'snoozed · 4m · ×3');
  });

  it('has a name that leaves room for since when it is there and who has it', () => {
    const message = '[prod] IC_Replica_NotFinalizing on o3ow2: finalization rate is 0 for 5m';
    const label = (more: Partial<Alert>): string =>
      rowOf({ message, ...more }, { hiddenPrefixes: ['[prod]', 'IC_'] }).label;
    assert.equal(label({}), 'Replica_NotFinalizing o3ow2');
    assert.equal(label({ count: 1_024 }), 'NotFinalizing o3ow2');
    assert.equal(label({ owner: 'Dana Oncall' }), 'NotFinalizing o3ow2');
    assert.equal(rowOf({ message }, { hiddenPrefixes: ['[prod]', 'IC_'], pixels: 200 }).label, 'NotFinalizing o3ow2');
    assert.equal(rowOf({ message }).hover?.[0], message);
  });

  it('says to a screen reader all that it shows', () => {
    assert.equal(
      rowOf({ owner: 'Eli Second', count: 3 }).spoken,
      'open P1 alert: Subnet o3ow2 stalled, raised 4 minutes ago, owner Eli Second, fired 3 times',
    );
    assert.equal(
      rowOf({ createdAt: now - 5 * hour, owner: 'Eli Second' }, { forgotten }).spoken,
      'open P1 alert: Subnet o3ow2 stalled, raised 5 hours ago, owner Eli Second, unacknowledged',
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
        '$(flame) Subnet o3ow2 stalled  4m · Dana  ;alert;live;ackable;linked;identified;',
        '$(flame) Subnet o3ow2 stalled  4m · Dana · no note  ;alert;live;acked;forgotten;linked;identified;',
        '$(flame) Subnet o3ow2 stalled  4m · Dana · snooze ended  ;alert;live;ackable;forgotten;linked;identified;',
        '$(flame) Subnet o3ow2 stalled  closed 1h  ;alert;linked;identified;',
      ].join('\n'),
    );
    assert.deepEqual(
      rows.map((row) => [row.icon?.color, contextValue(row).includes(';forgotten;')]),
      [
        ['drDre.alert.p1', false],
        ['drDre.alert.p1', true],
        ['drDre.alert.p1', true],
        ['drDre.alert.handled', false],
      ],
    );
  });

  it('shows on hover what the row has no room for', () => {
    assert.deepEqual(rowOf({}).hover, [
      'Subnet o3ow2 stalled',
      'P1 critical, raised 4m ago, Wed 26 Aug 2026, 13:46:11 UTC',
      'Open, no owner',
      '#a1',
    ]);
    const full: Partial<Alert> = {
      status: 'acknowledged',
      owner: 'Dana Oncall',
      entity: 'o3ow2',
      source: 'alertmanager.prod',
      tags: ['prod', 'subnet:o3ow2'],
      count: 3,
      lastOccurredAt: now - 2 * minute,
      tinyId: '1042',
    };
    const pending = { text: "Couldn't add note", state: 'failed', tokens: ['troubled'], kept: 'Looking.' } as const;
    assert.deepEqual(rowOf(full, { pending }).hover, [
      'Subnet o3ow2 stalled',
      "Couldn't add note",
      'Not sent, but kept: Looking.',
      'P1 critical, raised 4m ago, Wed 26 Aug 2026, 13:46:11 UTC',
      'Acknowledged by Dana Oncall',
      'Fired 3 times, last 2m ago',
      'Source: alertmanager.prod',
      'Tags: prod',
      '#1042',
    ]);
  });
});
