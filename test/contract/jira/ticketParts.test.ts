import assert from 'node:assert/strict';
import { epicKey } from '../../simulator/world.ts';
import { serialise } from '../../../src/domain/documents/serialise.ts';
import type { Failure } from '../../../src/domain/base/failure.ts';
import type { TicketEvent } from '../../../src/domain/queue/ticket.ts';
import type { Jira } from '../../../src/sources/atlassian/jira/client.ts';
import { guidelinesDocument, ticketDocument, type TicketContent } from '../../../src/views/queue/document.ts';
import { ticket } from '../../support/feeds/linkRecords.ts';
import { jiraFixture, kindOf, valueOf } from '../../support/sources/atlassianFixture.ts';

const from = { now: Date.parse('2026-08-26T13:50:00Z'), timeZone: 'UTC' };
const site = 'https://example.atlassian.net';

describe('comments, history and attachments of a ticket, from the wire', () => {
  const fixture = jiraFixture();
  const keyOf = async (jira: Jira, summary: string): Promise<string> => {
    const { tickets } = valueOf(await jira.searchChildren(epicKey));
    return tickets.find((each) => each.summary.startsWith(summary))?.key ?? assert.fail(summary);
  };
  afterEach(() => (fixture.wire.tamper = undefined));

  it('reads all comments, the oldest first', async () => {
    const jira = fixture.jira();
    const { records, completeness } = valueOf(await jira.commentsOf(await keyOf(jira, 'Disk of two hosts')));
    assert.equal(records.length, 6);
    assert.match(JSON.stringify(records[0]?.body), /Update 1 of/);
    assert.equal(completeness.kind, 'complete');
  });

  /** Makes each page of comments one of a hundred, of so many in all. */
  function pagesOf(total: number): () => number {
    let pages = 0;
    let first: object = {};
    fixture.wire.tamper = (path, body) => {
      if (!/\/comment$/.test(path)) return undefined;
      const startAt = 100 * pages++;
      const { comments } = body as { comments: object[] };
      first = comments[0] ?? first;
      const count = Math.max(0, Math.min(100, total - startAt));
      return {
        total,
        comments: Array.from({ length: count }, (_, row) => ({ ...first, id: `${startAt + row}` })),
      };
    };
    return () => pages;
  }

  it('reads page after page, and says how many of a thousand and more were listed', async () => {
    const jira = fixture.jira();
    const key = await keyOf(jira, 'Disk of two hosts');
    let pages = pagesOf(230);
    const some = valueOf(await jira.commentsOf(key));
    assert.deepEqual([some.records.length, some.completeness.kind, pages()], [230, 'complete', 3]);
    pages = pagesOf(4_000);
    const many = valueOf(await jira.commentsOf(key));
    assert.deepEqual([many.records.length, pages()], [1_000, 10]);
    assert.deepEqual(many.completeness, { kind: 'partial', reason: '1000 of 4000 were listed' });
  });

  it('ends where a page is empty though there should be more', async () => {
    const jira = fixture.jira();
    fixture.wire.tamper = (path) => (/\/comment$/.test(path) ? { total: 9, comments: [] } : undefined);
    const { completeness } = valueOf(await jira.commentsOf('DRE-351'));
    assert.equal(completeness.kind, 'partial');
    fixture.wire.tamper = (path) => (/\/comment$/.test(path) ? { comments: 7 } : undefined);
    assert.equal(kindOf(await jira.commentsOf('DRE-351')), 'malformed');
    assert.equal(kindOf(await jira.commentsOf('../myself')), 'rejected');
  });

  it('returns who had it and how its status changed', async () => {
    const jira = fixture.jira();
    const key = await keyOf(jira, 'Weekly proposals');
    const [person] = valueOf(await jira.assignablePeople(key));
    const step = valueOf(await jira.transitions(key)).find(({ to }) => to.category === 'indeterminate');
    assert.ok((await jira.edit(key, { assignee: null })).ok);
    assert.ok((await jira.edit(key, { assignee: person?.accountId ?? null, summary: 'Another' })).ok);
    assert.ok((await jira.transition(key, { id: step?.id ?? '', fields: {}, comment: null })).ok);
    const { records, completeness } = valueOf(await jira.historyOf(key));
    assert.equal(completeness.kind, 'complete');
    assert.deepEqual(
      records.map(({ field, from: before, to }) => [field, before, to]),
      [
        ['assignee', 'Dana Oncall', undefined],
        ['assignee', undefined, person?.name],
        ['status', 'To Do', 'In Progress'],
      ],
    );
    const ticket = valueOf(await jira.getIssue(key));
    const history = { records, skipped: 0, completeness };
    const text = serialise(ticketDocument(key, { ticket, reading: false, failure: undefined, history }, from, site));
    assert.match(text, /## History\n\n- Status: To Do → In Progress, Dana Oncall, [^\n]+\n- Assignee: nobody → /);
  });

  it('says of a history that was cut that it is not whole, and of one that failed why', () => {
    const failure: Failure = { kind: 'unreachable', service: 'jira', operation: 'read history' };
    const event: TicketEvent = { at: from.now, author: 'Dana', field: 'assignee', from: undefined, to: 'Eli' };
    const completeness = { kind: 'partial', reason: '1000 of 4000 were listed' } as const;
    const shown = (more: Partial<TicketContent>): string => {
      const content = { ticket: ticket('DRE-1'), reading: false, failure: undefined, ...more };
      return serialise(ticketDocument('DRE-1', content, from, site));
    };
    const history = { records: [event], skipped: 0, completeness };
    assert.match(
      shown({ history }),
      /Not all changes were read: the rest is only in Jira\.\*\n\n- Assignee: nobody → Eli/,
    );
    assert.match(shown({ historyFailure: failure }), /## History\n\n\*Not read: /);
    assert.doesNotMatch(shown({}), /History/);
  });

  it('lists the attachments of a ticket', async () => {
    const jira = fixture.jira();
    const { attachments } = valueOf(await jira.getIssue(await keyOf(jira, 'Disk of two hosts')));
    assert.deepEqual(
      attachments.map(({ name, size }) => [name, size]),
      [
        ['df of both hosts.txt', 2_310],
        ['<img src=x>.png', 1_480_000],
      ],
    );
  });

  it("has the epic's own description as guidelines", async () => {
    const ticket = valueOf(await fixture.jira().getIssue(epicKey));
    const text = serialise(guidelinesDocument(epicKey, { ticket, reading: false, failure: undefined }, site));
    assert.match(text, /^# Queue Guidelines\n/);
    assert.match(text, new RegExp(`browse/${epicKey}`));
  });
});
