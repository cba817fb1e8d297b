import assert from 'node:assert/strict';
import { adfDocument, sameDocument } from '../../../src/domain/documents/adf/json.ts';
import { adfOfText } from '../../../src/domain/documents/adf/ofText.ts';
import { adfToText } from '../../../src/domain/documents/adf/toText.ts';
import type { Ticket } from '../../../src/domain/queue/ticket.ts';
import { ticketUndoWrites, ticketWrites } from '../../../src/feeds/queue/writes.ts';
import type { Jira } from '../../../src/sources/atlassian/jira/client.ts';
import { epicKey, people } from '../../simulator/world.ts';
import { jiraFixture, valueOf } from '../../support/sources/atlassianFixture.ts';
import { performOverWire, useWireDesk } from '../../support/ui/wireDesk.ts';

const [{ accountId, name }] = people;

describe('trying again a write of which a part is in Jira already', () => {
  const fixture = jiraFixture();
  const writes = () => fixture.wire.calls.filter((call) => !call.startsWith('GET'));

  const contextOf = (jira: Jira) => ({
    jira: () => Promise.resolve(jira),
    epic: () => epicKey,
    readAgain: () => undefined,
  });

  async function target(jira: Jira): Promise<Ticket> {
    const { tickets } = valueOf(await jira.searchChildren(epicKey));
    return tickets.find(({ status, flagged }) => status.category === 'new' && !flagged) ?? assert.fail('no ticket');
  }

  async function comments(jira: Jira, key: string): Promise<readonly string[]> {
    return valueOf(await jira.newestComments(key)).map(({ body }) => adfToText(body).trim());
  }

  async function optionOf(jira: Jira, key: string): Promise<string> {
    const flag = await jira.flagField();
    const fields = valueOf(await jira.editableFields(key));
    return fields.find(({ id }) => id === flag)?.choices[0]?.id ?? assert.fail('it cannot be flagged');
  }

  /** A step that asks for no field, with a comment. */
  async function plainStep(jira: Jira, key: string) {
    const step = valueOf(await jira.transitions(key)).find(({ fields }) => fields.length === 0);
    const { id, to } = step ?? assert.fail('no plain step');
    return { transitionId: id, to, fields: {}, comment: 'Started it.' };
  }

  it('sends the comment of a transition alone where the ticket has the status', async () => {
    const jira = fixture.jira();
    const { key } = await target(jira);
    const payload = await plainStep(jira, key);
    const write = ticketWrites(contextOf(jira)).transition;
    const requested = { record: key, payload, at: 0, isLate: true };
    valueOf(await jira.transition(key, { id: payload.transitionId, fields: {}, comment: null }));
    fixture.wire.calls.length = 0;
    assert.deepEqual(await write.send(requested), { kind: 'applied' });
    assert.deepEqual(writes(), [`POST /3/issue/${key}/comment`]);
    assert.equal((await comments(jira, key))[0], 'Started it.');
    fixture.wire.calls.length = 0;
    assert.deepEqual(await write.send({ ...requested, payload: { ...payload, comment: null } }), { kind: 'applied' });
    assert.deepEqual(writes(), []);
  });

  it('sends a transition whole where the ticket has another status', async () => {
    const jira = fixture.jira();
    const { key } = await target(jira);
    const payload = await plainStep(jira, key);
    const write = ticketWrites(contextOf(jira)).transition;
    fixture.wire.calls.length = 0;
    assert.deepEqual(await write.send({ record: key, payload, at: 0, isLate: true }), { kind: 'applied' });
    assert.deepEqual(writes(), [`POST /3/issue/${key}/transitions`]);
  });

  it('sends the reason of a flag, and the comment that names a proposal, alone where the ticket shows the rest', async () => {
    const jira = fixture.jira();
    const { key } = await target(jira);
    const option = await optionOf(jira, key);
    valueOf(await jira.edit(key, { flag: option, addLabels: ['proposal:141234'] }));
    const { block, linkProposal } = ticketWrites(contextOf(jira));
    const late = { record: key, at: 0, isLate: true };
    fixture.wire.calls.length = 0;
    assert.deepEqual(await block.send({ ...late, payload: { reason: 'Waits.', option } }), { kind: 'applied' });
    assert.deepEqual(await linkProposal.send({ ...late, payload: { id: '141234', title: null } }), { kind: 'applied' });
    assert.deepEqual(writes(), [`POST /3/issue/${key}/comment`, `POST /3/issue/${key}/comment`]);
    const [named, reason] = await comments(jira, key);
    assert.equal(reason, 'Waits.');
    assert.match(named ?? '', /^Proposal 141234/);
  });

  it('names the permission that the part takes which is left, and sends nothing where the ticket cannot be read', async () => {
    const jira = fixture.jira();
    const { key } = await target(jira);
    const option = await optionOf(jira, key);
    valueOf(await jira.edit(key, { flag: option }));
    const { block } = ticketWrites(contextOf(jira));
    const late = { record: key, at: 0, isLate: true, payload: { reason: 'Waits.', option } };
    fixture.simulator.switch('atlassian', 'readOnly', true);
    const refused = await block.send(late);
    fixture.simulator.switch('atlassian', 'readOnly', false);
    const said = refused.kind === 'refused' ? (refused.failure.detail ?? '') : refused.kind;
    assert.deepEqual(said.match(/permission “[^”]*”/g), ['permission “Add Comments”']);
    fixture.simulator.fault('atlassianSite', { kind: 'outage', match: `GET .*/issue/${key}` });
    fixture.wire.calls.length = 0;
    assert.equal((await block.send(late)).kind, 'refused');
    assert.deepEqual(writes(), []);
  });

  it('replaces no description that somebody else has changed, when it is tried again or undone', async () => {
    const jira = fixture.jira();
    const { key } = await target(jira);
    const before = adfDocument(valueOf(await jira.descriptionOf(key))) ?? null;
    const [mine, theirs] = ['Mine', 'Theirs'].map(adfOfText);
    const payload = { markdown: 'Mine', body: mine ?? assert.fail(), before };
    const { editDescription } = ticketWrites(contextOf(jira));
    const restore = ticketUndoWrites(contextOf(jira)).find(({ name: each }) => each === 'queue.restoreDescription');
    for (const [write, isLate] of [
      [editDescription, true],
      [restore ?? assert.fail('there is no such write'), false],
    ] as const) {
      valueOf(await jira.editDescription(key, theirs));
      const requested = { record: key, payload, at: 0, isLate };
      fixture.wire.calls.length = 0;
      const sent = await write.send(requested);
      assert.match(sent.kind === 'refused' ? (sent.failure.detail ?? '') : sent.kind, /somebody else has changed/);
      assert.deepEqual(writes(), []);
      valueOf(await jira.editDescription(key, before));
      assert.deepEqual(await write.send(requested), { kind: 'applied' });
      assert.ok(sameDocument(valueOf(await jira.descriptionOf(key)), mine));
      // It is there: nothing is left to send.
      fixture.wire.calls.length = 0;
      assert.deepEqual(await write.send(requested), { kind: 'applied' });
      assert.deepEqual(writes(), []);
    }
  });

  it('reads the comments by themselves where not all of them come with the ticket', async () => {
    const jira = fixture.jira();
    const { key } = await target(jira);
    const option = await optionOf(jira, key);
    const { block } = ticketWrites(contextOf(jira));
    const requested = { record: key, at: 0, isLate: true, payload: { reason: 'Waits.', option } };
    fixture.wire.tamper = (_, body) => {
      const { fields, ...rest } = body as { readonly fields?: { readonly comment?: object } };
      return fields?.comment === undefined
        ? undefined
        : { ...rest, fields: { ...fields, comment: { ...fields.comment, comments: [], total: 1 } } };
    };
    fixture.wire.calls.length = 0;
    valueOf(await jira.edit(key, { flag: option, comment: 'Waits.' }));
    const seenBefore = await block.readBefore?.(requested);
    assert.deepEqual(await block.readBack?.({ ...requested, seenBefore }), { kind: 'absent' });
    assert.deepEqual(await block.send({ ...requested, seenBefore }), { kind: 'applied' });
    assert.deepEqual(await block.readBack?.({ ...requested, seenBefore }), { kind: 'applied' });
    assert.deepEqual(writes(), [`PUT /3/issue/${key}`, `POST /3/issue/${key}/comment`]);
  });

  describe('from the row', () => {
    const deskOf = useWireDesk(fixture);

    for (const verb of ['comment', 'block', 'linkProposal'] as const) {
      it(`Retry sends nothing of ${verb} where its comment has come meanwhile, late or from another window`, async () => {
        const jira = fixture.jira();
        const found = await target(jira);
        const desk = deskOf([{ ...found, id: found.key }], { jira, me: { accountId, name, timeZone: undefined } });
        const row = desk.rows.find(({ record }) => record?.key === found.key) ?? assert.fail('it has no row');
        // It is there, and the answer says that it is not.
        fixture.wire.after = (call) =>
          call.startsWith('GET')
            ? undefined
            : Response.json({ errorMessages: ['Locked.'], errors: {} }, { status: 400 });
        await performOverWire(desk, fixture, `drDre.queue.${verb}`, row);
        fixture.wire.after = undefined;
        assert.match(desk.text, /^Couldn't /);
        const there = await comments(jira, found.key);
        fixture.wire.calls.length = 0;
        await performOverWire(desk, fixture, 'drDre.writes.retry', 'troubled');
        assert.deepEqual(writes(), []);
        assert.equal(desk.text, 'confirmed');
        assert.deepEqual(await comments(jira, found.key), there);
      });
    }

    it('Retry sends the reason alone where somebody has flagged the ticket meanwhile', async () => {
      const jira = fixture.jira();
      const found = await target(jira);
      const { key } = found;
      const desk = deskOf([{ ...found, id: key }], { jira, me: { accountId, name, timeZone: undefined } });
      const row = desk.rows.find(({ record }) => record?.key === key) ?? assert.fail('it has no row');
      fixture.wire.instead = (call) =>
        call.startsWith('PUT') ? Response.json({ errorMessages: ['Locked.'], errors: {} }, { status: 400 }) : undefined;
      await performOverWire(desk, fixture, 'drDre.queue.block', row);
      fixture.wire.instead = () => undefined;
      valueOf(await jira.edit(key, { flag: await optionOf(jira, key) }));
      fixture.wire.calls.length = 0;
      await performOverWire(desk, fixture, 'drDre.writes.retry', 'troubled');
      assert.deepEqual(writes(), [`POST /3/issue/${key}/comment`]);
      assert.equal(desk.text, 'confirmed');
    });
  });
});
