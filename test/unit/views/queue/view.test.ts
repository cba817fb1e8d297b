import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { hour } from '../../../../src/domain/base/time.ts';
import type { TicketLint } from '../../../../src/domain/queue/lints.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import { rotationsKey } from '../../../../src/feeds/rotation/keys.ts';
import type { Row, ViewModel } from '../../../../src/views/kit/row.ts';
import { notTendedRow } from '../../../../src/views/queue/lintWords.ts';
import { weekView } from '../../../../src/views/rotation/view.ts';
import { queueView, type QueueViewMore } from '../../../../src/views/queue/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { rotation } from '../../../support/feeds/rotationBuilder.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const from = { now: wednesday, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';
const dana = { accountId: 'dana', name: 'Dana Oncall' };
const doing = { id: '2', name: 'In Progress', category: 'indeterminate' } as const;

function rowsOf(tickets: readonly Ticket[], lints: readonly TicketLint[] = []): readonly Row[] {
  return viewOf(tickets, { lintsOf: () => lints }).rows;
}

function viewOf(tickets: readonly Ticket[], more: QueueViewMore, timeZone = 'UTC'): ViewModel {
  const store = new Store<Failure>(rethrow);
  store.update(queueKey, { status: 'fresh', asOf: wednesday, records: tickets });
  const account = { ...dana, timeZone: undefined };
  return queueView(store.state(queueKey), { ...from, timeZone }, site, 'DRE-350', { account, ...more });
}

describe('the rows of tickets', () => {
  it('say who has it, since when it is as it is and what holds it up, beside a title that leaves room for that', () => {
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
        '  $(stop-circle) Take the nodes of…  nobody · 3d · blocked · DRE-3 · …bo1 out of subnet pae4o before the next batch  ;ticket;notMine;unflagged;linked;identified;',
        '  $(play-circle) Take the nodes of bo1…  you · 3d · DRE-1 · …out of subnet pae4o before the next batch  ;ticket;unflagged;linked;identified;',
        '  $(play-circle) Take the nodes of bo1…  Eli · 3d · DRE-2 · …out of subnet pae4o before the next batch  ;ticket;notMine;unflagged;linked;identified;',
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

  it('have the color of an urgent priority, whatever holds them up, until they are done', () => {
    const iconOf = (more: Partial<Ticket>): unknown => viewOf([ticket('DRE-1', more)], {}).rows[0]?.children?.[0]?.icon;
    const done = { id: '3', name: 'Done', category: 'done' } as const;
    assert.deepEqual(iconOf({ priority: 'Highest', flagged: true }), { id: 'report', color: 'drDre.alert.p1' });
    assert.deepEqual(iconOf({ priority: 'high', flagged: true }), { id: 'report', color: 'drDre.alert.p2' });
    for (const priority of ['Medium', 'Major', 'Low', 'Our own', undefined]) {
      assert.deepEqual(iconOf({ priority, flagged: true }), iconOf({ flagged: true }), priority);
    }
    assert.deepEqual(iconOf({ priority: 'Highest', status: done }), iconOf({ status: done }));
  });

  it('say its priority and by when it is due: at once where that is near or has passed, on the calendar of the person', () => {
    const described = (due: string, more: Partial<Ticket> = {}, timeZone = 'UTC'): string | undefined =>
      viewOf([ticket('DRE-1', { due, priority: 'High', ...more })], {}, timeZone).rows[0]?.children?.[0]?.description;
    assert.equal(described('2026-08-25'), 'nobody · overdue · now · DRE-1 · High');
    assert.equal(described('2026-08-26'), 'nobody · due today · now · DRE-1 · High');
    assert.equal(described('2026-08-27'), 'nobody · due tomorrow · now · DRE-1 · High');
    assert.equal(described('2026-09-01'), 'nobody · now · DRE-1 · High · due 1 Sep');
    // Nearly all are tasks: another type is said.
    assert.equal(described('2026-09-01', { type: 'Bug' }), 'nobody · now · DRE-1 · Bug · High · due 1 Sep');
    assert.equal(described('2026-08-27', {}, 'Pacific/Kiritimati'), 'nobody · due today · now · DRE-1 · High');
    const status = { id: '3', name: 'Done', category: 'done' } as const;
    assert.equal(described('2026-08-25', { status }), 'nobody · now · DRE-1 · High');
  });

  it('say in a word what a ticket lacks by the guidelines, two at most, and all of it in the hover', () => {
    const one = ticket('DRE-1', { summary: 'Move', status: doing, updatedAt: wednesday - 80 * hour, assignee: dana });
    const [first] = rowsOf([one], ['quiet', 'noContext', 'scopeChanged'])[0]?.children ?? [];
    assert.equal(first?.description, 'you · 3d · no update · DRE-1 · no context');
    assert.ok(first.tokens.includes('linted'));
    assert.deepEqual(first.hover?.slice(-3), [
      'In progress without an update',
      'In progress with neither description nor comment: nothing to hand over',
      'Its scope has changed since work began',
    ]);
    assert.match(first.spoken ?? '', /, no update, no context, scope changed, updated 3 days ago$/);
    const [good] = rowsOf([one])[0]?.children ?? [];
    assert.equal(good?.description, 'you · 3d · DRE-1');
    assert.ok(!good.tokens.includes('linted'));
  });

  it('offer to take a ticket that is not known to be one of mine', () => {
    const tickets = [ticket('DRE-1', { assignee: dana }), ticket('DRE-2', { assignee: { ...dana, accountId: 'eli' } })];
    const takeable = (more: QueueViewMore): readonly (string | undefined)[] =>
      viewOf([...tickets, ticket('DRE-3')], more)
        .rows.flatMap(({ children = [] }) => children)
        .flatMap(({ tokens, copied }) => (tokens.includes('notMine') ? [copied] : []));
    assert.deepEqual(takeable({}), ['DRE-2', 'DRE-3']);
    assert.deepEqual(takeable({ account: undefined }), ['DRE-1', 'DRE-2', 'DRE-3']);
  });

  it('say beside the title that nobody has tended the queue today', () => {
    const asOf = (isNotTended: boolean): string | undefined => viewOf([ticket('DRE-1')], { isNotTended }).asOf;
    assert.match(asOf(true) ?? '', /^not tended today · as of /);
    assert.match(asOf(false) ?? '', /^as of /);
    // The Week view has a row for it, which leads to the queue.
    const store = new Store<Failure>(rethrow);
    store.update(rotationsKey, { status: 'fresh', asOf: wednesday, records: [rotation()] });
    const week = weekView(store.state(rotationsKey), undefined, from, site, new Map(), [notTendedRow]);
    const last = week.rows.at(-1);
    assert.deepEqual(
      [last?.label, last?.description, last?.command],
      ['Queue', 'not tended today', 'drDre.queue.focus'],
    );
  });

  it('are made anew only for the ticket that has changed, among 5,000', () => {
    const tickets = Array.from({ length: 5_000 }, (_, index) => ticket(`DRE-${index + 1}`, { assignee: dana }));
    const more = { limits: new Map([['status/new/To Do', 5_000]]), lintsOf: () => [] };
    const childrenOf = (list: readonly Ticket[]): readonly Row[] => viewOf(list, more).rows[0]?.children ?? [];
    const before = childrenOf(tickets);
    const after = childrenOf(
      tickets.map((each) => (each.key === 'DRE-77' ? { ...each, summary: 'Another summary' } : each)),
    );
    assert.equal(after.length, 5_000);
    assert.deepEqual(
      after.filter((row, index) => row !== before[index]).map(({ label }) => label),
      ['Another summary'],
    );
  });

  it('are folded once they are done, those of before this week apart, on the calendar of the person', () => {
    const done = { id: '3', name: 'Done', category: 'done' } as const;
    // Sunday 22:30 in UTC, which is Monday in Zurich already.
    const edge = Date.parse('2026-08-23T22:30:00Z');
    const tickets = [
      ticket('DRE-1', { status: done, updatedAt: wednesday }),
      ticket('DRE-2', { status: done, updatedAt: edge }),
    ];
    const groupsIn = (timeZone: string): readonly unknown[] =>
      viewOf(tickets, {}, timeZone).rows.map(({ label, description, expanded }) => [label, description, expanded]);
    assert.deepEqual(groupsIn('UTC'), [
      ['Done', '1', false],
      ['Done before this week', '1', false],
    ]);
    assert.deepEqual(groupsIn('Europe/Zurich'), [['Done', '2', false]]);
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
