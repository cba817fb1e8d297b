import assert from 'node:assert/strict';
import { adfEdited } from '../../../src/domain/documents/adf/edit.ts';
import { adfDocument } from '../../../src/domain/documents/adf/json.ts';
import type { Ticket } from '../../../src/domain/queue/ticket.ts';
import { ticketWrites, type TicketWrites } from '../../../src/feeds/queue/writes.ts';
import type { Jira } from '../../../src/sources/atlassian/jira/client.ts';
import { epicKey, people } from '../../simulator/world.ts';
import { jiraFixture, kindOf, valueOf } from '../../support/sources/atlassianFixture.ts';

const [dana, eli] = people;

describe('what can be done to a ticket, from the write to what Jira holds', () => {
  const fixture = jiraFixture();
  const turn = (name: string, value: unknown): void => fixture.simulator.switch('atlassian', name, value);

  async function list(jira: Jira): Promise<readonly Ticket[]> {
    return valueOf(await jira.searchChildren(epicKey)).tickets;
  }

  /** A ticket of the queue that is not done and not marked as blocked. */
  async function target(jira: Jira): Promise<Ticket> {
    const found = (await list(jira)).find(({ status, flagged }) => status.category === 'new' && !flagged);
    return found ?? assert.fail('the queue has no such ticket');
  }

  function writesOf(jira: Jira): TicketWrites {
    return ticketWrites({ jira: () => Promise.resolve(jira), epic: () => epicKey, readAgain: () => undefined });
  }

  type Payloads = { readonly [K in keyof TicketWrites]: Parameters<TicketWrites[K]['apply']>[1] };

  /** The answers of a person, one a verb. */
  async function payloads(jira: Jira, { key }: Ticket): Promise<Payloads> {
    const flag = await jira.flagField();
    const fields = valueOf(await jira.editableFields(key));
    const option = fields.find(({ id }) => id === flag)?.choices[0]?.id ?? assert.fail('it cannot be flagged');
    const steps = valueOf(await jira.transitions(key));
    const step = steps.find(({ fields: none }) => none.length === 0) ?? assert.fail('there is no plain step');
    const [type] = valueOf(await jira.linkTypes());
    const other = (await list(jira)).find((each) => each.key !== key) ?? assert.fail('there is one ticket alone');
    const [person] = valueOf(await jira.assignablePeople(key));
    const markdown = 'Asked **Eli**.\n\n- [ ] wait';
    const written = { markdown, body: adfEdited(undefined, markdown, () => 'task') };
    return {
      assign: person ?? assert.fail('nobody can have it'),
      assignToMe: { accountId: dana.accountId, name: dana.name },
      transition: { transitionId: step.id, to: step.to, fields: {}, comment: null },
      block: { reason: 'Waits for the data center.\n\nAsked on Monday.', option },
      unblock: null,
      setPriority: { name: 'Lowest' },
      setDueDate: { due: '2026-09-04' },
      setSummary: { summary: 'Another summary' },
      addLabels: { labels: ['night', 'handed-over'] },
      removeLabels: { labels: ['night'] },
      link: { type: type?.name ?? '', relation: type?.inward ?? '', key: other.key, isOutward: false },
      linkProposal: { id: '141234', title: 'Replace a node' },
      comment: written,
      editDescription: { ...written, before: adfDocument(valueOf(await jira.descriptionOf(key))) ?? null },
      moveOut: { parent: null },
    };
  }

  it('does each thing with one request, shows it in the ticket, and finds it when it reads back', async () => {
    for (const name of [
      'assign',
      'assignToMe',
      'transition',
      'block',
      'unblock',
      'setPriority',
      'setDueDate',
      'setSummary',
      'addLabels',
      'removeLabels',
      'link',
      'linkProposal',
      'editDescription',
      'moveOut',
    ] as const) {
      const jira = fixture.jira();
      const ticket = await target(jira);
      const payload = (await payloads(jira, ticket))[name];
      const write = writesOf(jira)[name] as TicketWrites['setSummary'];
      const before = { record: ticket.key, payload: payload as never, at: 0 };
      const requested = { ...before, seenBefore: await write.readBefore?.(before) };
      fixture.wire.calls.length = 0;
      const sent = await write.send(requested);
      assert.ok(sent.kind === 'applied' || sent.kind === 'accepted', `${name}: ${JSON.stringify(sent)}`);
      assert.equal(fixture.wire.calls.length, 1, name);
      assert.deepEqual(await write.readBack?.(requested), { kind: 'applied' }, name);
      // With the list: three for a write.
      assert.equal(fixture.wire.calls.length, 2, name);
      if (name === 'moveOut') assert.equal(valueOf(await jira.parentOf(ticket.key)), null);
      else if (name !== 'editDescription') {
        assert.ok(write.shown(valueOf(await jira.getTicket(ticket.key)), payload as never), name);
      }
      fixture.simulator.reset({ speed: 0 });
    }
  });

  it('changes no flag while the field of the flag is not known, nor calls a ticket not flagged', async () => {
    const jira = fixture.jira();
    const { key } = await target(jira);
    fixture.simulator.fault('atlassianSite', { kind: 'outage', match: '/field' });
    const fresh = fixture.jira();
    for (const flag of [null, '10019']) {
      const sent = await fresh.edit(key, { flag, comment: 'why' });
      assert.ok(!sent.ok && sent.failure.notSent === true, JSON.stringify(sent));
    }
    const flags = async () => [
      valueOf(await fresh.getTicket(key)).flagged,
      valueOf(await fresh.getIssue(key)).flagged,
      (await list(fresh)).find((each) => each.key === key)?.flagged,
    ];
    assert.deepEqual(await flags(), [undefined, undefined, undefined]);
    fixture.simulator.clearFaults();
    assert.deepEqual(await flags(), [false, false, false]);
  });

  it('says of a ticket that does not show it that it was not applied', async () => {
    const jira = fixture.jira();
    const ticket = await target(jira);
    const { setSummary, moveOut } = writesOf(jira);
    const record = ticket.key;
    assert.deepEqual(await setSummary.readBack?.({ record, payload: { summary: 'never sent' }, at: 0 }), {
      kind: 'absent',
    });
    assert.deepEqual(await moveOut.readBack?.({ record, payload: { parent: null }, at: 0 }), { kind: 'absent' });
  });

  it('marks as blocked with the reason as a comment, in one request', async () => {
    const jira = fixture.jira();
    const ticket = await target(jira);
    const { block } = await payloads(jira, ticket);
    await writesOf(jira).block.send({ record: ticket.key, payload: block, at: 0 });
    const { flagged, comments } = valueOf(await jira.getIssue(ticket.key));
    assert.equal(flagged, true);
    assert.match(JSON.stringify(comments.at(-1)?.body), /Waits for the data center.*Asked on Monday/);
  });

  it('closes with the resolution and the comment that the screen asks for', async () => {
    const jira = fixture.jira();
    const ticket = await target(jira);
    const steps = valueOf(await jira.transitions(ticket.key));
    const step =
      steps.find(({ fields }) => fields.some(({ id }) => id === 'resolution')) ?? assert.fail('no such step');
    const [resolution] = step.fields.find(({ id }) => id === 'resolution')?.choices ?? [];
    const fields = { resolution: { id: resolution?.id } };
    const comment = step.fields.some(({ form }) => form === 'comment') ? 'Done.' : null;
    const payload = { transitionId: step.id, to: step.to, fields, comment };
    const { transition } = writesOf(jira);
    assert.deepEqual(await transition.send({ record: ticket.key, payload, at: 0 }), { kind: 'accepted' });
    assert.equal(valueOf(await jira.getTicket(ticket.key)).status.category, 'done');
    const refused = await transition.send({ record: ticket.key, payload: { ...payload, fields: {} }, at: 0 });
    assert.equal(refused.kind, 'refused');
  });

  it('links in the direction that was chosen', async () => {
    const jira = fixture.jira();
    const ticket = await target(jira);
    const other = (await list(jira)).find(({ key }) => key !== ticket.key) ?? assert.fail('one ticket alone');
    assert.ok((await jira.link('Blocks', other.key, ticket.key)).ok);
    const { links } = valueOf(await jira.getTicket(ticket.key));
    assert.ok(links.some(({ key, relation }) => key === other.key && relation === 'is blocked by'));
  });

  it('says which fields Jira refuses, and why', async () => {
    const jira = fixture.jira();
    const ticket = await target(jira);
    const sent = await jira.edit(ticket.key, { summary: 'x'.repeat(300), due: 'never' });
    assert.equal(kindOf(sent), 'rejected');
    const { fields } = sent.ok ? assert.fail('it was taken') : sent.failure;
    assert.deepEqual(fields, { summary: "Summary can't exceed 255 characters." });
  });

  it('names the permission that is missing, and offers no field and no step then', async () => {
    const jira = fixture.jira();
    const ticket = await target(jira);
    turn('readOnly', true);
    const sent = await writesOf(jira).setSummary.send({ record: ticket.key, payload: { summary: 'x' }, at: 0 });
    assert.match(sent.kind === 'refused' ? (sent.failure.detail ?? '') : sent.kind, /permission “Edit Issues”$/);
    assert.deepEqual(valueOf(await jira.editableFields(ticket.key)), []);
    assert.deepEqual(valueOf(await jira.transitions(ticket.key)), []);
    turn('readOnly', false);
  });

  it('refuses what is no key of a ticket before it gets into a path', async () => {
    const jira = fixture.jira();
    fixture.wire.calls.length = 0;
    for (const key of ['../../myself', 'DRE-1/comment', 'dre']) {
      assert.equal(kindOf(await jira.edit(key, { summary: 'x' })), 'rejected');
      assert.equal(kindOf(await jira.link('Blocks', 'DRE-1', key)), 'rejected');
      assert.equal(kindOf(await jira.getTicket(key)), 'rejected');
    }
    assert.ok(
      fixture.wire.calls.every((call) => call === 'GET /3/field'),
      fixture.wire.calls.join(),
    );
  });

  it('says of a ticket that is gone that it is not known', async () => {
    assert.equal(kindOf(await fixture.jira().edit('DRE-99999', { assignee: eli?.accountId ?? null })), 'notFound');
  });
});
