import assert from 'node:assert/strict';
import type { Ticket } from '../../../src/domain/queue/ticket.ts';
import { ticketUndoWrites, ticketWrites } from '../../../src/feeds/queue/writes.ts';
import type { Jira } from '../../../src/sources/atlassian/jira/client.ts';
import { epicKey } from '../../simulator/world.ts';
import { jiraFixture, valueOf } from '../../support/sources/atlassianFixture.ts';

describe('undoing what was done to a ticket, from the write to what Jira holds', () => {
  const fixture = jiraFixture();

  const contextOf = (jira: Jira) => ({
    jira: () => Promise.resolve(jira),
    epic: () => epicKey,
    readAgain: () => undefined,
  });

  /** Sends what takes a write back, and returns what was answered, the requests and the ticket as it is then. */
  async function undo(jira: Jira, before: Ticket, verb: 'transition' | 'link' | 'unblock', payload: unknown) {
    const write = ticketWrites(contextOf(jira))[verb];
    const request = write.undo?.(before, payload as never) ?? assert.fail('it cannot be undone');
    const kind =
      ticketUndoWrites(contextOf(jira)).find(({ name }) => name === request.kind) ?? assert.fail(request.kind);
    const read = kind.readPayload(JSON.parse(JSON.stringify(request.payload)));
    assert.notEqual(read, undefined);
    fixture.wire.calls.length = 0;
    const sent = await kind.send({ record: request.record, payload: read, at: 0 });
    return { sent, requests: fixture.wire.calls.length, now: valueOf(await jira.getTicket(before.key)) };
  }

  async function ticketWhere(jira: Jira, fits: (ticket: Ticket) => boolean): Promise<Ticket> {
    const { tickets } = valueOf(await jira.searchChildren(epicKey));
    return tickets.find(fits) ?? assert.fail('there is no such ticket');
  }

  it('moves a ticket back to the status that it had, with the list in three requests', async () => {
    const jira = fixture.jira();
    const before = await ticketWhere(jira, ({ status }) => status.category === 'new');
    const step = valueOf(await jira.transitions(before.key)).find(({ fields }) => fields.length === 0);
    const payload = { transitionId: step?.id ?? '', to: step?.to ?? before.status, fields: {}, comment: null };
    assert.ok((await jira.transition(before.key, { id: payload.transitionId, fields: {}, comment: null })).ok);
    const { sent, requests, now } = await undo(jira, before, 'transition', payload);
    assert.deepEqual(sent, { kind: 'applied' });
    assert.deepEqual(now.status, before.status);
    assert.equal(requests, 2);
  });

  it('looks up the steps, and the option of the flag, where they do not come with the ticket', async () => {
    const jira = fixture.jira();
    const { key } = await ticketWhere(jira, ({ status }) => status.category === 'new');
    fixture.wire.tamper = (_, body) => {
      const { transitions, ...rest } = body as { readonly transitions?: readonly object[] };
      const bare = transitions?.map((each) => ({ ...each, fields: undefined, hasScreen: true }));
      return { ...rest, editmeta: undefined, transitions: bare };
    };
    assert.equal(valueOf(await jira.ticketWith(key, 'steps')).steps, undefined);
    assert.equal(valueOf(await jira.ticketWith(key, 'editable')).editable, undefined);
    fixture.wire.tamper = undefined;
    const { steps } = valueOf(await jira.ticketWith(key, 'steps'));
    assert.deepEqual(steps, valueOf(await jira.transitions(key)));
  });

  it('says that no step leads back which requires no field', async () => {
    const jira = fixture.jira();
    const before = await ticketWhere(jira, ({ status }) => status.category === 'done');
    const steps = valueOf(await jira.transitions(before.key));
    const step = steps.find(({ fields }) => fields.length === 0) ?? assert.fail('it cannot be moved');
    const { to } = step;
    assert.ok((await jira.transition(before.key, { id: step.id, fields: {}, comment: null })).ok);
    const { sent, now } = await undo(jira, before, 'transition', {
      transitionId: step.id,
      to,
      fields: {},
      comment: null,
    });
    assert.match(
      sent.kind === 'refused' ? (sent.failure.detail ?? '') : sent.kind,
      /no step back to “Done” that requires no field/,
    );
    assert.equal(now.status.id, to.id);
  });

  it('flags a ticket again, with the list in three requests', async () => {
    const jira = fixture.jira();
    const before = await ticketWhere(jira, ({ flagged }) => flagged === true);
    assert.ok((await jira.edit(before.key, { flag: null })).ok);
    const { sent, requests, now } = await undo(jira, before, 'unblock', null);
    assert.deepEqual(sent, { kind: 'applied' });
    assert.deepEqual([now.flagged, requests], [true, 2]);
  });

  it('takes a link away in the direction in which it was made, with the list in three requests', async () => {
    const jira = fixture.jira();
    const before = await ticketWhere(jira, ({ links }) => links.length === 0);
    const other = await ticketWhere(jira, ({ key, links }) => key !== before.key && links.length === 0);
    assert.ok((await jira.link('Blocks', before.key, other.key)).ok);
    assert.ok((await jira.link('Blocks', other.key, before.key)).ok);
    const payload = { type: 'Blocks', relation: 'blocks', key: other.key, isOutward: true };
    const { sent, requests, now } = await undo(jira, before, 'link', payload);
    assert.deepEqual(sent, { kind: 'applied' });
    assert.deepEqual(
      now.links.map(({ relation, key }) => [relation, key]),
      [['is blocked by', other.key]],
    );
    assert.equal(requests, 2);
    // Once more: it is not there any more, and that is what was wanted.
    assert.deepEqual((await undo(jira, before, 'link', payload)).sent, { kind: 'applied' });
  });

  it('offers no undo of a link that was there before, nor of a step to the same status', async () => {
    const jira = fixture.jira();
    const { link, transition, unblock } = ticketWrites(contextOf(jira));
    const linked = await ticketWhere(jira, ({ links }) => links.length > 0);
    const [there] = linked.links;
    const payload = { type: 'Blocks', relation: there?.relation ?? '', key: there?.key ?? '', isOutward: false };
    assert.equal(link.undo?.(linked, payload), undefined);
    const step = { transitionId: '11', to: linked.status, fields: {}, comment: null };
    assert.equal(transition.undo?.(linked, step), undefined);
    assert.equal(unblock.undo?.(await ticketWhere(jira, ({ flagged }) => !flagged), null), undefined);
  });

  it('names the permission that is missing', async () => {
    const jira = fixture.jira();
    const before = await ticketWhere(jira, ({ flagged }) => flagged === true);
    fixture.simulator.switch('atlassian', 'readOnly', true);
    for (const [verb, payload] of [
      ['unblock', null],
      ['transition', { transitionId: '1', to: { id: 'x', name: 'x', category: 'new' }, fields: {}, comment: null }],
    ] as const) {
      const { sent } = await undo(jira, before, verb, payload);
      assert.equal(sent.kind, 'refused', verb);
    }
    fixture.simulator.switch('atlassian', 'readOnly', false);
  });
});
