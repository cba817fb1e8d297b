import assert from 'node:assert/strict';
import { ticketGroupings, type TicketGrouping } from '../../../../src/domain/queue/groupings.ts';
import { groupTickets } from '../../../../src/domain/queue/groups.ts';
import { ticketMatches } from '../../../../src/domain/queue/text.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';

const doing = { id: '2', name: 'In Progress', category: 'indeterminate' } as const;
const done = { id: '3', name: 'Closed', category: 'done' } as const;
const week = 7 * 86_400_000;
const ada = { accountId: 'a', name: 'Ada' };
const zoe = { accountId: 'z', name: 'Zoe' };

const tickets = [
  ticket('DRE-1', { priority: 'Low', assignee: ada, type: 'Bug' }),
  ticket('DRE-2', { priority: 'Urgent!', assignee: undefined }),
  ticket('DRE-3', { status: doing, priority: 'Highest', assignee: zoe }),
  ticket('DRE-4', { priority: undefined, assignee: { accountId: 'b', name: 'bo' } }),
  ticket('DRE-5', { status: done, updatedAt: wednesday }),
  ticket('DRE-6', { status: done, updatedAt: wednesday - week }),
];

function groups(grouping: TicketGrouping): readonly string[] {
  const known = { now: wednesday, timeZone: 'UTC', accountId: 'z' };
  return groupTickets(tickets, grouping, known).map(
    (group) => `${group.name ?? '–'}: ${group.tickets.map(({ key }) => key.slice(4)).join(' ')}`,
  );
}

describe('the groups of tickets', () => {
  const golden: Record<TicketGrouping, readonly string[]> = {
    status: ['In Progress: 3', 'To Do: 1 2 4', 'Closed: 5', 'Closed before this week: 6'],
    assignee: ['Zoe: 3', '–: 2', 'Ada: 1', 'bo: 4', 'Done: 5', 'Done before this week: 6'],
    priority: ['Highest: 3', 'Urgent!: 2', 'Low: 1', '–: 4', 'Done: 5', 'Done before this week: 6'],
    kind: ['Bug: 1', 'Task: 2 3 4', 'Done: 5', 'Done before this week: 6'],
    none: [': 1 2 3 4', 'Done: 5', 'Done before this week: 6'],
  };

  for (const grouping of ticketGroupings) {
    it(`are in order, done ones last: ${grouping}`, () => assert.deepEqual(groups(grouping), golden[grouping]));
  }
});

describe('the words that find a ticket', () => {
  const link = { relation: 'blocks', key: 'NODE-7', summary: 'x', status: doing };
  const one = ticket('DRE-8', { summary: 'Rotate Zürich keys', status: doing, labels: ['hsm'], links: [link] });

  it('are those of its row, in any order and case and without accents', () => {
    for (const text of ['dre-8', 'KEYS zurich', 'in progress', 'hsm task', 'node-7', 'nobody', '']) {
      assert.ok(ticketMatches(one, text), text);
    }
    for (const text of ['keys ada', 'blocked', 'keyszurich']) assert.ok(!ticketMatches(one, text), text);
  });

  it('say what holds it up, unless it is done', () => {
    assert.ok(ticketMatches(ticket('DRE-1', { flagged: true }), 'blocked'));
    assert.ok(ticketMatches(ticket('DRE-1', { blockedBy: [link] }), 'blocked'));
    assert.ok(!ticketMatches(ticket('DRE-1', { flagged: true, blockedBy: [link], status: done }), 'blocked'));
  });
});
