import assert from 'node:assert/strict';
import { ticketConditions } from '../../../src/domain/queue/conditions.ts';
import { queueFeed } from '../../../src/feeds/queue/queue.ts';
import type { TicketVerb } from '../../../src/feeds/queue/verb.ts';
import { ticketVerbs } from '../../../src/feeds/queue/verbs.ts';
import { epicKey, people } from '../../simulator/world.ts';
import { jiraFixture, valueOf } from '../../support/sources/atlassianFixture.ts';
import { TicketDesk } from '../../support/ui/ticketDesk.ts';
import { beAgreeable, beGone } from '../../support/ui/verbMatrix.ts';
import { host } from '../../support/ui/vscode.ts';
import { performOverWire } from '../../support/ui/wireDesk.ts';

const [{ accountId, name: myName }] = people;

/** A ticket as it is now, its comments, and what is written. */
const ticket = 'GET /3/issue/{key}';
const comments = 'GET /3/issue/{key}/comment';
const edit = 'PUT /3/issue/{key}';
/** What a question needs to be asked; nothing of it belongs to the write. */
const questions: ReadonlySet<string> = new Set([
  'GET /3/field',
  'GET /3/issue/{key}/editmeta',
  'GET /3/issue/{key}/transitions',
  'GET /3/issueLinkType',
  'GET /3/user/assignable/search',
  'GET /3/issue/createmeta/{key}/issuetypes',
  'GET /3/issue/createmeta/{key}/issuetypes/{id}',
]);

/** What each verb asks Jira for from its command until it is confirmed, besides its questions. The list comes after that. */
const expected: { readonly [K in keyof typeof ticketVerbs]: readonly string[] } = {
  // What is replaced is read first; the answer of the edit confirms it.
  assign: [ticket, edit],
  assignToMe: [ticket, edit],
  setPriority: [ticket, edit],
  setDueDate: [ticket, edit],
  setSummary: [ticket, edit],
  addLabels: [edit],
  removeLabels: [edit],
  unblock: [edit],
  // The comments that say the same already.
  block: [comments, edit],
  linkProposal: [comments, edit],
  comment: [comments, 'POST /3/issue/{key}/comment'],
  // Read back.
  transition: ['POST /3/issue/{key}/transitions', ticket],
  link: ['POST /3/issueLink', ticket],
  moveOut: [edit, ticket],
  // The first one is what is edited.
  editDescription: [ticket, ticket, edit],
};

function template(call: string): string {
  return call
    .replace(/\/[A-Z][A-Z0-9]+-\d+(?=\/|$)/, '/{key}')
    .replace('createmeta/DRE', 'createmeta/{key}')
    .replace(/issuetypes\/\d+$/, 'issuetypes/{id}');
}

describe('how many requests a write to a ticket costs', () => {
  const fixture = jiraFixture();
  let desk: TicketDesk | undefined;

  beforeEach(() => {
    beAgreeable();
    const { pick } = host;
    host.pick = (items, options) =>
      items.find(({ label }) => label === 'Out of any epic' || label === 'Another Ticket') ?? pick(items, options);
  });
  afterEach(() => {
    desk?.dispose();
    desk = undefined;
    beGone();
  });

  async function open(fits: TicketVerb['fits'], about?: string): Promise<TicketDesk> {
    const jira = fixture.jira();
    const { tickets } = valueOf(await jira.searchChildren(epicKey));
    const fitting = tickets.filter((each) => ticketConditions[fits](each, accountId));
    const plain = fitting.find(({ status, links }) => status.category === 'new' && links.length === 0);
    const first = plain ?? fitting[0] ?? assert.fail(`no ticket is ${fits}`);
    const records = [first, ...tickets.filter(({ key }) => key !== first.key)].map((each) => ({
      ...each,
      id: each.key,
    }));
    const me = { accountId, name: myName, timeZone: undefined };
    fixture.wire.calls.length = 0;
    return (desk = new TicketDesk(records, { jira, me, about }));
  }

  /** The requests since the last time, without those of questions. */
  function spent(): readonly string[] {
    const calls = fixture.wire.calls.map(template).filter((call) => !questions.has(call));
    fixture.wire.calls.length = 0;
    return calls;
  }

  for (const [name, requests] of Object.entries(expected)) {
    it(`${name}: at most three with the list`, async () => {
      const { fits } = ticketVerbs[name as keyof typeof ticketVerbs];
      const of = await open(fits);
      const row = of.rows.find(({ record }) => record?.key === of.before.key) ?? assert.fail('it has no row');
      await performOverWire(of, fixture, `drDre.queue.${name}`, row);
      assert.equal(of.text, 'confirmed');
      assert.deepEqual(spent(), requests);
      const toBeEdited = name === 'editDescription' ? 1 : 0;
      assert.ok(requests.length - toBeEdited + 1 <= 3);
    });
  }

  /** The requests since the last time, all of them. */
  function inAll(): readonly string[] {
    return fixture.wire.calls.splice(0).map((call) => template(call).replace(/issueLink\/\d+/, 'issueLink/{id}'));
  }

  /**
   * A desk at which a verb was done to the first ticket; `instead`: what is answered to what it sends, with `reads` also to
   * what it reads from then on.
   */
  async function performed(name: string, instead?: () => Response, reads?: 'reads'): Promise<TicketDesk> {
    const of = await open(ticketVerbs[name as keyof typeof ticketVerbs].fits);
    const row = of.rows.find(({ record }) => record?.key === of.before.key) ?? assert.fail('it has no row');
    host.press = () => undefined;
    let isSent = false;
    fixture.wire.instead = (call) => {
      isSent ||= isWrite(call);
      return isWrite(call) || (isSent && reads !== undefined) ? instead?.() : undefined;
    };
    await performOverWire(of, fixture, `drDre.queue.${name}`, row);
    fixture.wire.instead = undefined;
    return of;
  }

  it('createTicket: at most three with the list', async () => {
    const of = await open('ticket', 'new/empty/example.atlassian.net/here');
    await performOverWire(of, fixture, 'drDre.queue.createTicket', 'palette');
    assert.match(host.messages.at(-1)?.text ?? '', /^Created DRE-\d+\.$/);
    assert.deepEqual(spent(), ['POST /3/issue', ticket]);
  });

  // What is undone is read first where somebody else may have changed it.
  const undone: Partial<Record<keyof typeof ticketVerbs, readonly string[]>> = {
    assign: [ticket, edit],
    setPriority: [ticket, edit],
    setDueDate: [ticket, edit],
    setSummary: [ticket, edit],
    block: [ticket, edit],
    addLabels: [edit],
    removeLabels: [edit],
    linkProposal: [edit],
    link: [ticket, 'DELETE /3/issueLink/{id}'],
    moveOut: [edit, ticket],
    editDescription: [ticket, edit],
    // The step back, and the option of the flag, come with the ticket.
    transition: [ticket, 'POST /3/issue/{key}/transitions'],
    unblock: [ticket, edit],
  };
  for (const [name, requests] of Object.entries(undone)) {
    it(`undoing ${name}: at most three with the list`, async () => {
      const of = await performed(name);
      fixture.wire.calls.length = 0;
      await performOverWire(of, fixture, 'drDre.writes.undo', 'undoable');
      assert.deepEqual(inAll(), requests);
      assert.ok(requests.length + 1 <= 3);
      assert.equal(of.text, 'confirmed');
    });
  }

  const refusal = (): Response => Response.json({ errorMessages: ['Locked.'], errors: {} }, { status: 400 });
  const isWrite = (call: string): boolean => !call.startsWith('GET');

  // What is tried again is read first, too, with the comments where one goes with it.
  const retried: typeof expected = {
    ...expected,
    unblock: [ticket, edit],
    block: [ticket, edit],
    linkProposal: [ticket, edit],
    transition: [ticket, 'POST /3/issue/{key}/transitions'],
    editDescription: [ticket, edit],
  };
  for (const [name, requests] of Object.entries(retried)) {
    it(`trying ${name} again: at most three with the list`, async () => {
      const of = await performed(name, refusal);
      assert.match(of.text, /^Couldn't /);
      fixture.wire.calls.length = 0;
      await performOverWire(of, fixture, 'drDre.writes.retry', 'troubled');
      assert.deepEqual(inAll(), requests);
      assert.ok(requests.length + 1 <= 3);
      assert.equal(of.text, 'confirmed');
    });
  }

  // No answer came and nothing could be read: it is not known whether they were applied, and what was read before it says.
  for (const name of ['setPriority', 'setSummary', 'unblock', 'block', 'transition'] as const) {
    it(`trying ${name} again that got no answer: at most three with the list`, async () => {
      const gone = (): Response => new Response(null, { status: 504 });
      fixture.wire.checkAnswers = false;
      const of = await performed(name, gone, 'reads');
      assert.match(of.text, / unconfirmed/);
      fixture.wire.calls.length = 0;
      await performOverWire(of, fixture, 'drDre.writes.retry', 'troubled');
      assert.deepEqual(inAll(), retried[name]);
      assert.equal(of.text, 'confirmed');
    });
  }

  for (const [name, requests] of Object.entries(undone)) {
    it(`trying again to undo ${name}: at most three with the list`, async () => {
      const of = await performed(name);
      fixture.wire.instead = (call) => (isWrite(call) ? refusal() : undefined);
      await performOverWire(of, fixture, 'drDre.writes.undo', 'undoable');
      fixture.wire.instead = undefined;
      fixture.wire.calls.length = 0;
      await performOverWire(of, fixture, 'drDre.writes.retry', 'troubled');
      assert.deepEqual(inAll(), requests);
    });
  }
});

describe('the list of the queue after a write', () => {
  const fixture = jiraFixture();

  it('is read once, and has what was written though the search of Jira lags behind', async () => {
    fixture.simulator.switch('atlassian', 'searchLagMs', 60_000);
    const jira = fixture.jira();
    let now = 0;
    const definition = queueFeed(
      () => Promise.resolve(jira),
      () => epicKey,
      { now: () => now },
    );
    assert.equal(definition.readsAfterWrite, 1);
    const summaryOf = async (key: string): Promise<string | undefined> => {
      const read = await definition.fetch(new AbortController().signal, false, false);
      const records = read.kind === 'records' ? read.records : assert.fail(read.kind);
      return records.find((each) => each.key === key)?.summary;
    };
    const [first] = valueOf(await jira.searchChildren(epicKey)).tickets;
    const { id, key, summary } = first ?? assert.fail('the queue is empty');
    valueOf(await jira.edit(key, { summary: 'Another summary' }));
    assert.equal(await summaryOf(key), summary);
    definition.noteChanged?.(id);
    fixture.wire.calls.length = 0;
    assert.equal(await summaryOf(key), 'Another summary');
    assert.deepEqual(fixture.wire.calls, ['POST /3/search/jql']);
    // Later it is not asked for any more.
    now = 2 * 60_000;
    assert.equal(await summaryOf(key), summary);
  });

  it('is read all the same where Jira does not take what was written', async () => {
    const jira = fixture.jira();
    const definition = queueFeed(
      () => Promise.resolve(jira),
      () => epicKey,
      { now: () => 0 },
    );
    let asked = 0;
    fixture.wire.instead = (call) =>
      call.endsWith('/search/jql') && ++asked === 1
        ? Response.json({ errorMessages: ['There is no such issue.'], errors: {} }, { status: 400 })
        : undefined;
    definition.noteChanged?.('1');
    const read = await definition.fetch(new AbortController().signal, false, false);
    assert.equal(read.kind, 'records');
    assert.equal(asked, 2);
  });
});
