import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { hour } from '../../../../src/domain/base/time.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import { renderRows, type Row } from '../../../../src/views/kit/row.ts';
import { queueView } from '../../../../src/views/queue/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';

const from = { now: wednesday, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';
const dana = { accountId: 'dana', name: 'Dana Oncall' };
const doing = { id: '2', name: 'In Progress', category: 'indeterminate' } as const;

function rowsOf(tickets: readonly Ticket[]): readonly Row[] {
  const store = new Store<Failure>(rethrow);
  store.update(queueKey, { status: 'fresh', asOf: wednesday, records: tickets });
  const account = { ...dana, timeZone: undefined };
  return queueView(store.state(queueKey), from, site, 'DRE-350', { account }).rows;
}

describe('the rows of tickets', () => {
  it('say who has it, what holds it up and since when it is as it is, beside a title that leaves room for that', () => {
    const blocker = { relation: 'is blocked by', key: 'DRE-9', summary: 'Move', status: doing };
    const summary = 'Take the nodes of bo1 out of subnet pae4o before the next batch';
    const updatedAt = wednesday - 80 * hour;
    const rows = rowsOf([
      ticket('DRE-1', { summary, status: doing, updatedAt, assignee: dana }),
      ticket('DRE-2', { summary, status: doing, updatedAt, assignee: { accountId: 'eli', name: 'Eli Second' } }),
      ticket('DRE-3', { summary, status: doing, updatedAt, blockedBy: [blocker], links: [blocker] }),
    ]);
    assert.equal(
      renderRows(rows),
      [
        'In Progress  3, 1 stuck',
        '  $(stop-circle) Take the node…  nobody · blocked · 3d · DRE-3  ;ticket;unflagged;linked;identified;',
        '  $(play-circle) Take the nodes of bo1…  you · 3d · DRE-1  ;ticket;unflagged;linked;identified;',
        '  $(play-circle) Take the nodes of bo1…  Eli · 3d · DRE-2  ;ticket;unflagged;linked;identified;',
      ].join('\n'),
    );
    const [first] = rows[0]?.children ?? [];
    assert.deepEqual(first?.hover, [
      `DRE-3 ${summary}`,
      'In Progress, no assignee',
      'Is blocked by DRE-9 Move (In Progress)',
      'Updated 3d ago, Sun 23 Aug 2026, 05:50:11 UTC',
      'Task',
    ]);
    assert.equal(first.spoken, `Task DRE-3, In Progress: ${summary}, no assignee, blocked, updated 3 days ago`);
  });

  it('stand in one group where statuses of several ids have one name', () => {
    const rows = rowsOf([
      ticket('DRE-1', {}),
      ticket('DRE-2', { status: { id: '10', name: 'To Do', category: 'new' } }),
    ]);
    assert.deepEqual(
      rows.map(({ label, children }) => [label, children?.length]),
      [['To Do', 2]],
    );
  });
});
