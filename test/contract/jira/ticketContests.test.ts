import assert from 'node:assert/strict';
import type { Ticket } from '../../../src/domain/queue/ticket.ts';
import { ticketVerbs } from '../../../src/feeds/queue/verbs.ts';
import { flagWords, statusName } from '../../../src/feeds/queue/undoing.ts';
import type { TicketVerb } from '../../../src/feeds/queue/verb.ts';
import type { Jira } from '../../../src/sources/atlassian/jira/client.ts';
import { epicKey, people } from '../../simulator/world.ts';
import { jiraFixture, valueOf } from '../../support/sources/atlassianFixture.ts';
import { host } from '../../support/ui/vscode.ts';
import { performOverWire, useWireDesk } from '../../support/ui/wireDesk.ts';

const [{ accountId, name }] = people;
const somebody = people.at(-1);
const me = { accountId, name, timeZone: undefined };
const replacing = (Object.entries(ticketVerbs) as [keyof typeof ticketVerbs, TicketVerb][]).flatMap(
  ([verb, { replaces }]) => (replaces === undefined ? [] : [{ verb, words: replaces }]),
);

describe('trying again and undoing what somebody else has changed since', () => {
  const fixture = jiraFixture();
  const deskOf = useWireDesk(fixture);

  async function open(isFlagged?: boolean) {
    const jira = fixture.jira();
    const { tickets } = valueOf(await jira.searchChildren(epicKey));
    const found = tickets.find(({ status }) => status.category === 'new') ?? assert.fail('no ticket is new');
    valueOf(await jira.edit(found.key, { assignee: null, priority: 'Medium', due: null, summary: 'Before' }));
    if (isFlagged !== undefined) await flag(jira, found.key, isFlagged);
    const first = { ...valueOf(await jira.getTicket(found.key)), id: found.key };
    const of = deskOf([first], { jira, me });
    const row = of.rows.find(({ record }) => record?.key === first.key) ?? assert.fail('it has no row');
    return { jira, first, of, row };
  }

  async function flag(jira: Jira, key: string, isFlagged: boolean): Promise<void> {
    const field = await jira.flagField();
    const option = valueOf(await jira.editableFields(key)).find(({ id }) => id === field)?.choices[0];
    valueOf(await jira.edit(key, { flag: isFlagged ? (option?.id ?? assert.fail('it has no flag')) : null }));
  }

  /** Moves a ticket to a status that it had neither now nor at first. */
  async function moveFurther(jira: Jira, { key, status }: Ticket, first: Ticket): Promise<void> {
    const steps = valueOf(await jira.transitions(key));
    const step = steps.find(({ to }) => to.id !== status.id && to.id !== first.status.id) ?? assert.fail('no step');
    const chosen = step.fields.filter(({ choices }) => choices.length > 0);
    const fields = Object.fromEntries(chosen.map(({ id, choices: [choice] }) => [id, { id: choice?.id }]));
    valueOf(await jira.transition(key, { id: step.id, fields, comment: 'Finished.' }));
  }

  it('transition is undone only when the person has seen what somebody else did since', async () => {
    const { jira, first, of, row } = await open();
    await performOverWire(of, fixture, 'drDre.queue.transition', row);
    const mine = valueOf(await jira.getTicket(first.key));
    assert.notEqual(statusName(mine), statusName(first));
    await moveFurther(jira, mine, first);
    const theirs = valueOf(await jira.getTicket(first.key));
    const question = answerQuestion(false);
    await performOverWire(of, fixture, 'drDre.writes.undo', 'undoable');
    assert.match(question()?.text ?? '', /^“.*” was changed meanwhile\. Replace it\?$/);
    for (const version of [mine, theirs]) {
      assert.ok(question()?.detail.includes(statusName(version)), statusName(version));
    }
    assert.equal(statusName(valueOf(await jira.getTicket(first.key))), statusName(theirs));
  });

  /** Takes a ticket back to what it was, as somebody else does. */
  async function changeBack(jira: Jira, first: Ticket): Promise<void> {
    const { key, status, flagged = false, assignee, priority = 'Medium', due = null, summary } = first;
    const now = valueOf(await jira.getTicket(key));
    if (now.flagged !== flagged) await flag(jira, key, flagged);
    valueOf(await jira.edit(key, { assignee: assignee?.accountId ?? null, priority, due, summary }));
    if (now.status.id === status.id) return;
    const step = valueOf(await jira.transitions(key)).find(({ to }) => to.id === status.id) ?? assert.fail('no step');
    valueOf(await jira.transition(key, { id: step.id, fields: {}, comment: null }));
  }

  const states = [
    { verb: 'transition', isFlagged: undefined, words: statusName },
    { verb: 'block', isFlagged: false, words: flagWords },
    { verb: 'unblock', isFlagged: true, words: flagWords },
  ] as const;
  const undoable = [...states, ...replacing.map((each) => ({ ...each, isFlagged: undefined }))];
  for (const { verb, isFlagged, words } of undoable) {
    it(`${verb} is not undone, and nothing asked, where somebody else has changed it back`, async () => {
      const { jira, first, of, row } = await open(isFlagged);
      await performOverWire(of, fixture, `drDre.queue.${verb}`, row);
      assert.notEqual(words(valueOf(await jira.getTicket(first.key))), words(first));
      await changeBack(jira, first);
      const question = answerQuestion(true);
      fixture.wire.calls.length = 0;
      await performOverWire(of, fixture, 'drDre.writes.undo', 'undoable');
      assert.equal(question(), undefined);
      assert.deepEqual(fixture.wire.calls, [`GET /3/issue/${first.key}`]);
      const [said] = host.messages;
      assert.match(said?.text ?? '', /^Nothing to undo: “.*” has been changed back already\. Nothing was sent\.$/);
      assert.ok(!of.offers('undoable'));
    });
  }

  for (const { verb, isFlagged, words } of states) {
    it(`${verb} is undone at once where nobody else has changed it`, async () => {
      const { jira, first, of, row } = await open(isFlagged);
      await performOverWire(of, fixture, `drDre.queue.${verb}`, row);
      const question = answerQuestion(false);
      await performOverWire(of, fixture, 'drDre.writes.undo', 'undoable');
      assert.equal(words(valueOf(await jira.getTicket(first.key))), words(first));
      assert.equal(question(), undefined);
    });
  }

  async function changeElsewhere(jira: Jira, key: string): Promise<void> {
    const theirs = { assignee: somebody?.accountId ?? null, priority: 'Lowest', due: '2027-03-04', summary: 'Theirs' };
    valueOf(await jira.edit(key, theirs));
  }

  /** Presses the first button of the question, or leaves it; the question, where it was asked. */
  function answerQuestion(agrees: boolean): () => (typeof host.messages)[number] | undefined {
    host.messages.length = 0;
    host.press = ({ detail, buttons }) => (agrees && detail !== '' ? buttons[0] : undefined);
    return () => host.messages.find(({ detail }) => detail !== '');
  }

  for (const { verb, words } of replacing) {
    it(`${verb} is undone only when the person has seen both versions`, async () => {
      const { jira, first, of, row } = await open();
      host.press = () => undefined;
      await performOverWire(of, fixture, `drDre.queue.${verb}`, row);
      const mine = valueOf(await jira.getTicket(first.key));
      await changeElsewhere(jira, first.key);
      const theirs = valueOf(await jira.getTicket(first.key));
      for (const agrees of [false, true]) {
        const question = answerQuestion(agrees);
        await performOverWire(of, fixture, 'drDre.writes.undo', 'undoable');
        assert.match(question()?.text ?? '', /^“.*Theirs” was changed meanwhile\. Replace it\?$/);
        for (const version of [mine, theirs]) assert.ok(question()?.detail.includes(words(version)), words(version));
        const now = valueOf(await jira.getTicket(first.key));
        assert.equal(words(now), words(agrees ? first : theirs));
      }
    });

    it(`${verb} is tried again only when the person has seen both versions`, async () => {
      const { jira, first, of, row } = await open();
      host.press = () => undefined;
      fixture.wire.instead = (call) =>
        call.startsWith('PUT') ? Response.json({ errorMessages: ['Locked.'], errors: {} }, { status: 400 }) : undefined;
      await performOverWire(of, fixture, `drDre.queue.${verb}`, row);
      fixture.wire.instead = () => undefined;
      await changeElsewhere(jira, first.key);
      const theirs = valueOf(await jira.getTicket(first.key));
      for (const agrees of [false, true]) {
        const question = answerQuestion(agrees);
        await performOverWire(of, fixture, 'drDre.writes.retry', 'troubled');
        for (const version of [first, theirs]) assert.ok(question()?.detail.includes(words(version)), words(version));
        const now = valueOf(await jira.getTicket(first.key));
        assert.equal(words(now) === words(theirs), !agrees);
      }
    });

    it(`${verb} is undone and tried again at once where nobody else has changed it`, async () => {
      const { jira, first, of, row } = await open();
      const question = answerQuestion(false);
      fixture.wire.instead = (call) =>
        call.startsWith('PUT') ? Response.json({ errorMessages: ['Locked.'], errors: {} }, { status: 400 }) : undefined;
      await performOverWire(of, fixture, `drDre.queue.${verb}`, row);
      fixture.wire.instead = () => undefined;
      await performOverWire(of, fixture, 'drDre.writes.retry', 'troubled');
      assert.notEqual(words(valueOf(await jira.getTicket(first.key))), words(first));
      await performOverWire(of, fixture, 'drDre.writes.undo', 'undoable');
      assert.equal(words(valueOf(await jira.getTicket(first.key))), words(first));
      assert.equal(question(), undefined);
    });
  }
});
