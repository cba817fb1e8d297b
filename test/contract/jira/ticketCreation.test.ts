import assert from 'node:assert/strict';
import { adfEdited } from '../../../src/domain/documents/adf/edit.ts';
import { adfToText } from '../../../src/domain/documents/adf/toText.ts';
import {
  CreatedTickets,
  newTicketRecord,
  ticketCreationWrite,
  type NewTicket,
} from '../../../src/feeds/queue/creation.ts';
import { epicKey } from '../../simulator/world.ts';
import { jiraFixture, kindOf, valueOf } from '../../support/sources/atlassianFixture.ts';

describe('making a ticket in Jira', () => {
  const fixture = jiraFixture();
  const description = adfEdited(undefined, '## Requirements\n\n- [ ] two nodes', () => 'task');
  const request = { epic: epicKey, summary: 'Onboard bo1', description, labels: ['proposal'], requestId: 'r1' };

  // The search lists at once what was created; the last test has its lag.
  beforeEach(() => fixture.simulator.switch('atlassian', 'searchLagMs', 0));

  it('asks what the project wants, and makes a task under the epic in one request', async () => {
    const jira = fixture.jira();
    const form = valueOf(await jira.creationForm(epicKey)) ?? assert.fail('nothing may be made');
    assert.equal(form.epicField, 'parent');
    assert.deepEqual(
      form.fields.filter(({ required }) => required).map(({ id }) => id),
      [],
    );
    fixture.wire.calls.length = 0;
    const key = valueOf(await jira.createTicket({ ...request, form, values: { priority: { id: '2' } } }));
    assert.deepEqual(fixture.wire.calls, ['POST /3/issue']);
    const made = valueOf(await jira.getIssue(key));
    assert.deepEqual(
      [made.summary, made.type, made.priority, made.labels],
      ['Onboard bo1', 'Task', 'High', ['proposal']],
    );
    assert.match(adfToText(made.description), /Requirements[^]*two nodes/);
    assert.equal(valueOf(await jira.parentOf(key)), epicKey);
    assert.ok(valueOf(await jira.searchChildren(epicKey)).tickets.some((ticket) => ticket.key === key));
  });

  it('finds by its request what was made without an answer, and nothing for another request', async () => {
    const jira = fixture.jira();
    const form = valueOf(await jira.creationForm(epicKey)) ?? assert.fail('nothing may be made');
    const key = valueOf(await jira.createTicket({ ...request, form, values: {} }));
    assert.equal(valueOf(await jira.findCreated(epicKey, 'r1')), key);
    assert.equal(valueOf(await jira.findCreated(epicKey, 'r2')), null);
  });

  it('says what Jira refuses, at its field', async () => {
    const jira = fixture.jira();
    const form = valueOf(await jira.creationForm(epicKey)) ?? assert.fail('nothing may be made');
    const sent = await jira.createTicket({ ...request, summary: 'x'.repeat(300), form, values: {} });
    assert.deepEqual(sent.ok ? undefined : sent.failure.fields, { summary: "Summary can't exceed 255 characters." });
    fixture.simulator.switch('atlassian', 'readOnly', true);
    assert.equal(kindOf(await jira.createTicket({ ...request, form, values: {} })), 'forbidden');
    fixture.simulator.switch('atlassian', 'readOnly', false);
  });

  describe('in a project that wants more', () => {
    afterEach(() => {
      fixture.simulator.switch('atlassian', 'teamRequired', false);
      fixture.simulator.switch('atlassian', 'epicLink', false);
    });

    it('asks for a field of the site with its choices, sends what was chosen, and says at the field what is refused', async () => {
      fixture.simulator.switch('atlassian', 'teamRequired', true);
      const jira = fixture.jira();
      const form = valueOf(await jira.creationForm(epicKey)) ?? assert.fail('nothing may be made');
      const [asked = assert.fail('nothing is asked for'), ...others] = form.fields.filter(({ required }) => required);
      assert.deepEqual([asked.name, asked.form, others], ['Owning team', 'choice', []]);
      assert.deepEqual(
        asked.choices.map(({ name }) => name),
        ['Platform', 'Networking'],
      );
      const { id } = asked;
      for (const [values, said] of [
        [{}, 'Owning team is required.'],
        [{ [id]: { id: '1' } }, "Option id '1' is not valid"],
      ] as const) {
        const sent = await jira.createTicket({ ...request, form, values });
        assert.deepEqual(sent.ok ? undefined : sent.failure.fields, { [id]: said });
      }
      const chosen = { [id]: { id: asked.choices[1]?.id } };
      const key = valueOf(await jira.createTicket({ ...request, form, values: chosen }));
      assert.equal(valueOf(await jira.parentOf(key)), epicKey);
    });

    it('puts the ticket under the epic by the field that the project has for it, and does not ask for that', async () => {
      fixture.simulator.switch('atlassian', 'epicLink', true);
      const jira = fixture.jira();
      const form = valueOf(await jira.creationForm(epicKey)) ?? assert.fail('nothing may be made');
      assert.notEqual(form.epicField, 'parent');
      assert.ok(!form.fields.some(({ id }) => id === form.epicField));
      const key = valueOf(await jira.createTicket({ ...request, form, values: {} }));
      assert.equal(valueOf(await jira.parentOf(key)), epicKey);
      assert.equal(valueOf(await jira.findCreated(epicKey, 'r1')), key);
      const byParent = await jira.createTicket({ ...request, form: { ...form, epicField: 'parent' }, values: {} });
      assert.match(byParent.ok ? '' : (byParent.failure.fields?.['parent'] ?? ''), /cannot be set/);
    });
  });

  it('does not find yet what the search does not list yet', async () => {
    fixture.simulator.switch('atlassian', 'searchLagMs', 5_000);
    const jira = fixture.jira();
    const form = valueOf(await jira.creationForm(epicKey)) ?? assert.fail('nothing may be made');
    valueOf(await jira.createTicket({ ...request, form, values: {} }));
    assert.equal(valueOf(await jira.findCreated(epicKey, 'r1')), null);
  });
});

describe('the write that creates a ticket', () => {
  const fixture = jiraFixture();
  const payload: NewTicket = {
    epic: epicKey,
    typeId: '10001',
    epicField: 'parent',
    summary: 'Onboard bo1',
    markdown: '',
    body: null,
    labels: ['proposal'],
    values: {},
    requestId: 'r1',
  };
  const requested = { record: newTicketRecord('empty'), payload, at: 0 };

  beforeEach(() => fixture.simulator.switch('atlassian', 'searchLagMs', 0));
  afterEach(() => fixture.simulator.switch('atlassian', 'dropAfterWrite', 0));

  async function made(): Promise<{
    kind: ReturnType<typeof ticketCreationWrite>;
    created: CreatedTickets;
    type: string;
  }> {
    const jira = fixture.jira();
    const form = valueOf(await jira.creationForm(epicKey)) ?? assert.fail('nothing may be made');
    // The fields of the site are read once.
    await jira.getTicket(epicKey);
    const created = new CreatedTickets();
    const context = { jira: () => Promise.resolve(jira), epic: () => epicKey, readAgain: () => undefined, created };
    return { kind: ticketCreationWrite(context), created, type: form.typeId };
  }

  it('is sent with one request and confirmed by reading the ticket', async () => {
    const { kind, created, type } = await made();
    fixture.wire.calls.length = 0;
    const sent = await kind.send({ ...requested, payload: { ...payload, typeId: type } });
    assert.equal(sent.kind, 'accepted');
    const key = sent.receipt ?? '';
    assert.deepEqual(await kind.confirm?.(key, requested), { kind: 'applied' });
    assert.equal(created.of(requested.record)?.key, key);
    assert.deepEqual(fixture.wire.calls, ['POST /3/issue', `GET /3/issue/${key}`]);
  });

  it('is found by its request when the answer was lost, and is not certain to be missing when it is not found', async () => {
    const { kind, created, type } = await made();
    assert.deepEqual(await kind.readBack?.(requested), { kind: 'pending' });
    fixture.simulator.switch('atlassian', 'dropAfterWrite', 1);
    const sent = await kind.send({ ...requested, payload: { ...payload, typeId: type } });
    assert.equal(sent.kind, 'unknown');
    assert.deepEqual(await kind.readBack?.(requested), { kind: 'applied' });
    assert.match(created.of(requested.record)?.key ?? '', /^DRE-\d+$/);
  });

  it('is read from the disk as it was, and nothing else is', async () => {
    const { kind } = await made();
    assert.deepEqual(kind.readPayload(JSON.parse(JSON.stringify(payload))), payload);
    for (const other of [
      null,
      {},
      { ...payload, epic: '../x' },
      { ...payload, labels: 'x' },
      { ...payload, body: 7 },
    ]) {
      assert.equal(kind.readPayload(other), undefined);
    }
  });
});
