import assert from 'node:assert/strict';
import { adfEdited } from '../../../src/domain/documents/adf/edit.ts';
import { adfToText } from '../../../src/domain/documents/adf/toText.ts';
import type { ProposalOutcome } from '../../../src/domain/proposals/outcome.ts';
import type { Failure } from '../../../src/domain/base/failure.ts';
import type { Ticket } from '../../../src/domain/queue/ticket.ts';
import type { WriteKind } from '../../../src/engine/writes/kind.ts';
import type { Written } from '../../../src/feeds/queue/answers.ts';
import { outcomeWrite, ticketWrites, type TicketWrites } from '../../../src/feeds/queue/writes.ts';
import type { Jira } from '../../../src/sources/atlassian/jira/client.ts';
import { epicKey, people } from '../../simulator/world.ts';
import { jiraFixture, kindOf, valueOf } from '../../support/sources/atlassianFixture.ts';

describe('a comment, from the write to what Jira holds', () => {
  const fixture = jiraFixture();
  const record = 'DRE-351';
  const path = `/3/issue/${record}/comment`;
  const markdown = 'Asked **Eli**: `df` says\n\n- [ ] wait\n- [x] tell';
  const written: Written = { markdown, body: adfEdited(undefined, markdown, () => 'task') };
  const requested = { record, payload: written, at: 0 };

  function writesOf(jira: Jira): TicketWrites {
    return ticketWrites({ jira: () => Promise.resolve(jira), epic: () => epicKey, readAgain: () => undefined });
  }

  function commentOf(jira: Jira): TicketWrites['comment'] {
    return writesOf(jira).comment;
  }

  /** The option of the field "Flagged" that flags a ticket. */
  async function optionOf(jira: Jira, key: string): Promise<string | undefined> {
    const [flag, fields] = [await jira.flagField(), valueOf(await jira.editableFields(key))];
    return fields.find(({ id }) => id === flag)?.choices[0]?.id;
  }

  it('is there with one request, whose answer says so, and its list has it', async () => {
    const jira = fixture.jira();
    const comment = commentOf(jira);
    const before = valueOf(await jira.newestComments(record));
    fixture.wire.calls.length = 0;
    assert.equal((await comment.send(requested)).kind, 'applied');
    assert.deepEqual(fixture.wire.calls, [`POST ${path}`]);
    const [newest, ...others] = valueOf(await jira.newestComments(record));
    assert.equal(newest?.author, people[0].name);
    assert.match(JSON.stringify(newest), /taskList[^]*wait[^]*tell/);
    assert.deepEqual(others, before);
  });

  it('is found by reading when no answer came, though the same words were there before', async () => {
    const jira = fixture.jira();
    const comment = commentOf(jira);
    await comment.send(requested);
    fixture.wire.calls.length = 0;
    const seenBefore = await comment.readBefore?.(requested);
    assert.deepEqual(await comment.readBack?.({ ...requested, seenBefore }), { kind: 'absent' });
    assert.deepEqual(fixture.wire.calls, [`GET ${path}`, `GET ${path}`]);
    fixture.simulator.switch('atlassian', 'dropAfterWrite', 1);
    assert.equal((await comment.send(requested)).kind, 'unknown');
    assert.deepEqual(await comment.readBack?.({ ...requested, seenBefore }), { kind: 'applied' });
  });

  it('confirms what is sent together with it: the same change by somebody else is none, and none of it is sent twice', async () => {
    const jira = fixture.jira();
    const { transition, block, linkProposal } = writesOf(jira);
    const { tickets } = valueOf(await jira.searchChildren(epicKey));
    const found = tickets.find(({ status, flagged }) => status.category === 'new' && !flagged);
    const { key } = found ?? assert.fail('no ticket is new');
    const option = (await optionOf(jira, key)) ?? assert.fail('it cannot be flagged');
    const steps = valueOf(await jira.transitions(key));
    const step = steps.find(({ fields }) => !fields.some(({ required }) => required)) ?? assert.fail('no such step');
    const move = { transitionId: step.id, to: step.to, fields: {}, comment: 'Moved, as agreed.' };
    const proposal = { id: '141299', title: null };
    const changes = [
      {
        write: block as WriteKind<Ticket, unknown, Failure>,
        payload: { reason: 'Waits for the vote.', option },
        elsewhere: () => jira.edit(key, { flag: option }),
      },
      {
        write: linkProposal as WriteKind<Ticket, unknown, Failure>,
        payload: proposal,
        elsewhere: () => jira.edit(key, { addLabels: ['proposal:141299'] }),
      },
      {
        write: transition as WriteKind<Ticket, unknown, Failure>,
        payload: move,
        elsewhere: () => jira.transition(key, { id: step.id, fields: {}, comment: null }),
      },
    ];
    for (const { write, payload, elsewhere } of changes) {
      const what = { record: key, payload, at: 0 };
      // No answer came, nothing was applied, and somebody else did the same.
      const seenBefore = await write.readBefore?.(what);
      assert.ok((await elsewhere()).ok);
      assert.deepEqual(await write.readBack?.({ ...what, seenBefore }), { kind: 'absent' }, write.name);
    }
    for (const { write, payload } of changes.slice(0, 2)) {
      const what = { record: key, payload, at: 0 };
      const seenBefore = await write.readBefore?.(what);
      fixture.simulator.switch('atlassian', 'dropAfterWrite', 1);
      assert.equal((await write.send(what)).kind, 'unknown', write.name);
      // Somebody takes the change away again: the comment says that it was applied, and is not sent again.
      assert.ok((await jira.edit(key, { flag: null, removeLabels: ['proposal:141299'] })).ok);
      assert.deepEqual(await write.readBack?.({ ...what, seenBefore }), { kind: 'applied' }, write.name);
      assert.deepEqual(await write.readBack?.(what), { kind: 'pending' }, write.name);
    }
  });

  it('is refused where the ticket is gone, where the account may only read, and where it is no key', async () => {
    const jira = fixture.jira();
    const { body } = written;
    assert.equal(kindOf(await jira.addComment('DRE-99999', body)), 'notFound');
    assert.equal(kindOf(await jira.newestComments('DRE-99999')), 'notFound');
    assert.equal(kindOf(await jira.addComment('../myself', body)), 'rejected');
    fixture.simulator.switch('atlassian', 'readOnly', true);
    const sent = await commentOf(jira).send(requested);
    assert.equal(sent.kind, 'refused');
    fixture.simulator.switch('atlassian', 'readOnly', false);
  });
});

describe('a comment on what became of a proposal', () => {
  const fixture = jiraFixture();
  const record = 'DRE-352';
  const path = `/3/issue/${record}/comment`;
  const outcome: ProposalOutcome = {
    id: '140001',
    title: 'Elect [a] *version*',
    status: 'failed',
    reason: 'no `node`',
  };
  const requested = { record, payload: outcome, at: 0 };

  const writeOf = (jira: Jira): ReturnType<typeof outcomeWrite> =>
    outcomeWrite({ jira: () => Promise.resolve(jira), epic: () => epicKey, readAgain: () => undefined });
  const textOf = async (jira: Jira): Promise<string | undefined> =>
    adfToText(valueOf(await jira.newestComments(record))[0]?.body)
      .replaceAll(/\s+/g, ' ')
      .trim();

  it('is there once, however often it is sent and by whomever, and one on another outcome is another', async () => {
    const jira = fixture.jira();
    const write = writeOf(jira);
    assert.equal((await write.send(requested)).kind, 'applied');
    const said = await textOf(jira);
    const words = 'Proposal 140001 https://dashboard.internetcomputer.org/proposal/140001 failed: Elect [a] *version*';
    assert.equal(said, `${words}: no \`node\``);
    fixture.wire.calls.length = 0;
    assert.equal(
      (await write.send({ ...requested, payload: { ...outcome, title: null, reason: null } })).kind,
      'applied',
    );
    assert.deepEqual(fixture.wire.calls, [`GET ${path}`]);
    assert.equal((await write.send({ ...requested, payload: { ...outcome, id: '14000' } })).kind, 'applied');
    assert.match((await textOf(jira)) ?? '', /^Proposal 14000 /);
  });

  it('is found by reading when no answer came, and not sent while it cannot be read whether it is there', async () => {
    const jira = fixture.jira();
    const write = writeOf(jira);
    const adopted = { ...requested, payload: { ...outcome, status: 'adopted' as const, reason: null } };
    fixture.wire.checkAnswers = false;
    fixture.wire.instead = (call) => (call === `GET ${path}` ? new Response(null, { status: 503 }) : undefined);
    fixture.wire.calls.length = 0;
    assert.equal((await write.send(adopted)).kind, 'refused');
    assert.ok(!fixture.wire.calls.includes(`POST ${path}`));
    fixture.wire.instead = undefined;
    fixture.simulator.switch('atlassian', 'dropAfterWrite', 1);
    assert.equal((await write.send(adopted)).kind, 'unknown');
    assert.deepEqual(await write.readBack?.(adopted), { kind: 'applied' });
  });

  it('is read from disk as it was written, and as nothing else', () => {
    const write = writeOf(fixture.jira());
    assert.deepEqual(write.readPayload(JSON.parse(JSON.stringify(outcome))), outcome);
    for (const damaged of [null, {}, { ...outcome, id: '../1' }, { ...outcome, status: 'open' }]) {
      assert.equal(write.readPayload(damaged), undefined);
    }
  });
});
