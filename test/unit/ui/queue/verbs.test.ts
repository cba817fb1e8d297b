import assert from 'node:assert/strict';
import { ok } from '../../../../src/domain/base/result.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import type { WriteKind } from '../../../../src/engine/writes/kind.ts';
import type { TicketVerb } from '../../../../src/feeds/queue/verb.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { failing } from '../../../support/ui/scriptedOps.ts';
import { eli, otherTicket, ticketCases, ticketFor } from '../../../support/ui/ticketCases.ts';
import { done, inProgress, TicketDesk } from '../../../support/ui/ticketDesk.ts';
import { beAgreeable, beGone, testVerb } from '../../../support/ui/verbMatrix.ts';
import { host } from '../../../support/ui/vscode.ts';

/** How Jira refuses a summary. */
const summaryTaken: Failure = {
  kind: 'rejected',
  service: 'jira',
  operation: 'test',
  status: 400,
  fields: { summary: 'Summary is taken.' },
};

const cases = ticketCases();
const open = (verb: TicketVerb): TicketDesk => new TicketDesk([ticketFor(verb), otherTicket]);

describe('every verb of tickets, in each of its ways to go', () => {
  let desk: TicketDesk | undefined;

  beforeEach(beAgreeable);
  afterEach(() => {
    desk?.dispose();
    desk = undefined;
    beGone();
  });

  for (const each of cases) {
    const { name, verb, id, fits, sent } = each;
    testVerb(each);

    it(`${name} sends what was chosen, and nothing else`, async () => {
      const of = (desk = open(verb));
      await of.run(id, fits);
      assert.equal(of.text, 'confirmed');
      assert.deepEqual(of.sent, [sent]);
    });

    it(`${name} that is not permitted names the permission`, async () => {
      const of = (desk = open(verb));
      of.ops.manners.set(each.call, 'refuses');
      await of.run(id, fits);
      assert.match(of.text, new RegExp(`It takes the permission “${verb.write.permission}”`));
    });

    if (verb.write.undo !== undefined) {
      it(`${name} can be undone`, async () => {
        const of = (desk = open(verb));
        const before = of.shown;
        await of.run(id, fits);
        await of.run('drDre.writes.undo', 'undoable');
        assert.equal(of.text, 'confirmed');
        assert.equal(of.sent.length, 2);
        if (name !== 'moveOut') assert.deepEqual({ ...of.shown, assignee: eli }, { ...before, assignee: eli });
        else assert.deepEqual(of.sent[1], ['edit', 'DRE-1', { parent: 'DRE-350' }]);
      });
    }

    if (verb.replaces !== undefined) {
      const theirs = {
        assignee: { accountId: 'fay', name: 'Fay' },
        priority: 'Highest',
        due: '2026-02-02',
        summary: 'theirs',
      };

      it(`${name} shows both versions where somebody else has changed it meanwhile, and replaces it only when the person agrees`, async () => {
        const before = ticketFor(verb);
        const held = { ...before, ...theirs };
        for (const agrees of [false, true]) {
          const of = new TicketDesk([before, otherTicket], { held });
          host.messages.length = 0;
          host.press = ({ detail, buttons }) => (agrees && detail !== '' ? buttons[0] : undefined);
          await of.run(id, fits);
          const dialog = host.messages.find(({ detail }) => detail !== '');
          assert.equal(dialog?.text, 'Somebody else has changed DRE-1 meanwhile. Replace it?');
          for (const version of [before, held]) {
            assert.ok(dialog.detail.includes(verb.replaces?.(version) ?? ''), dialog.detail);
          }
          assert.equal(of.sent.length, agrees ? 1 : 0);
          of.dispose();
        }
      });

      it(`${name} says so when the ticket was moved to another project or is gone`, async () => {
        const of = (desk = new TicketDesk([ticketFor(verb)], { held: ticket('OPS-7', {}) }));
        await of.run(id, fits);
        assert.deepEqual(
          host.messages.map(({ text }) => text),
          ['DRE-1 is OPS-7 now: somebody has moved it to another project. Nothing was sent.'],
        );
        of.dispose();
        host.messages.length = 0;
        desk = new TicketDesk([ticketFor(verb)], { reads: { getTicket: () => failing('notFound') } });
        await desk.run(id, fits);
        assert.match(host.messages[0]?.text ?? '', /^DRE-1: Not found in Jira/);
        assert.deepEqual(desk.sent, []);
      });
    }
  }

  it('asks for the resolution and the comment of the screen of a step, and sends each where Jira takes it', async () => {
    const of = (desk = new TicketDesk([ticket('DRE-1')]));
    host.pick = (items) => items.find(({ label }) => label === 'Close') ?? items[0];
    await of.run('drDre.queue.transition', 'ticket');
    const fields = { resolution: { id: '1' } };
    assert.deepEqual(of.sent, [['transition', 'DRE-1', { id: '31', fields, comment: 'word' }]]);
    assert.deepEqual(of.shown.status, done);
  });

  it('says that no step can be taken, and which permission that takes', async () => {
    const of = (desk = new TicketDesk([ticket('DRE-1')], { reads: { transitions: () => ok([]) } }));
    await of.run('drDre.queue.transition', 'ticket');
    assert.match(host.messages[0]?.text ?? '', /permission “Transition Issues”/);
  });

  it('opens Jira for a step whose screen asks for something that only Jira can ask for', async () => {
    const fields = [{ id: 'team', name: 'Team', required: true, form: 'other', choices: [] }];
    const steps = [{ id: '21', name: 'Start', to: inProgress, fields }];
    const of = (desk = new TicketDesk([ticket('DRE-1')], { reads: { transitions: () => ok(steps) } }));
    host.opened.length = 0;
    host.press = ({ buttons }) => buttons[0];
    await of.run('drDre.queue.transition', 'ticket');
    assert.deepEqual(host.opened, ['https://example.atlassian.net/browse/DRE-1']);
    assert.deepEqual(of.sent, []);
  });

  it('offers for several tickets only the steps that all of them can take', async () => {
    const step = (id: string): object => ({ id, name: `Step ${id}`, to: inProgress, fields: [] });
    let asked = 0;
    const reads = { transitions: () => ok(asked++ === 0 ? [step('1'), step('2')] : [step('2'), step('3')]) };
    const of = (desk = new TicketDesk([ticket('DRE-1'), ticket('DRE-2', { status: done })], { reads }));
    const offered: string[] = [];
    host.pick = (items, options) => {
      if (options?.canPickMany === true) return items;
      offered.push(...items.map(({ label }) => label));
      return undefined;
    };
    await of.run('drDre.queue.transition', 'palette');
    assert.deepEqual(offered, ['Step 2']);
  });

  it('asks at the field again where Jira refuses what was given, with what was typed and why', async () => {
    const of = (desk = new TicketDesk([ticket('DRE-1')]));
    const write: WriteKind<Ticket, unknown, Failure> = of.kinds.queue.setSummary;
    const send = write.send.bind(write);
    let sent = 0;
    Object.assign(write, {
      send: (requested: never) =>
        ++sent === 1 ? Promise.resolve({ kind: 'refused', failure: summaryTaken }) : send(requested),
    });
    const fields: (readonly [string, string])[] = [];
    host.answer = (box) => {
      fields.push([box.prompt ?? '', box.value]);
      return fields.length === 1 ? 'taken' : 'free';
    };
    await of.run('drDre.queue.setSummary', 'ticket');
    assert.match(fields[1]?.[0] ?? '', /^Summary is taken\. /);
    assert.equal(fields[1]?.[1], 'taken');
    assert.deepEqual(of.sent, [['edit', 'DRE-1', { summary: 'free' }]]);
    assert.equal(of.text, 'confirmed');
  });

  it('offers again what was typed and refused, where the person left the question that was asked anew', async () => {
    const of = (desk = new TicketDesk([ticket('DRE-1')]));
    Object.assign(of.kinds.queue.setSummary, {
      send: () => Promise.resolve({ kind: 'refused', failure: summaryTaken }),
    });
    const offered: string[] = [];
    host.answer = (box) => {
      offered.push(box.value);
      if (offered.length === 1) return 'taken';
      // The person leaves.
      (box as typeof box & { dispose(): void }).dispose();
      return undefined;
    };
    await of.run('drDre.queue.setSummary', 'ticket');
    await of.run('drDre.queue.setSummary', 'ticket');
    assert.deepEqual(offered, ['ticket DRE-1', 'taken', 'taken']);
  });

  it('asks before many tickets are changed, and names them', async () => {
    const tickets = [1, 2, 3, 4, 5, 6].map((number) => ticket(`DRE-${number}`));
    const of = (desk = new TicketDesk(tickets));
    host.pick = (items, options) => (options?.canPickMany === true ? items : items[0]);
    host.press = () => undefined;
    await of.run('drDre.queue.assignToMe', 'palette');
    assert.deepEqual(of.sent, []);
    const [dialog] = host.messages;
    assert.equal(dialog?.text, 'Assign 6 tickets to Me?');
    assert.match(dialog.detail, /^DRE-1 ticket DRE-1\n.*and 1 more$/s);
  });

  it('says of many tickets what is being done, and of how many tickets it did not go through', async () => {
    const tickets = [1, 2, 3, 4, 5, 6].map((number) => ticket(`DRE-${number}`));
    const of = (desk = new TicketDesk(tickets));
    host.pick = (items, options) => (options?.canPickMany === true ? items : items[0]);
    of.ops.manners.set('edit', 'refuses');
    host.drawn.length = 0;
    await of.run('drDre.queue.assignToMe', 'palette');
    const progress = host.drawn.flatMap(({ place, text }) => (place === 'progress' ? [text] : []));
    assert.deepEqual([progress[0], progress.at(-1)], ['Assigning', '6 of 6']);
    assert.match(host.messages.at(-1)?.text ?? '', /^Couldn't assign: 6 tickets\b/);
  });
});

describe('creating a ticket, in each of its ways to go', () => {
  const openDesk = (mayCreate: boolean): TicketDesk =>
    new TicketDesk([ticket('DRE-1')], {
      about: 'new/onboardDataCenter/example.atlassian.net/here',
      reads: {
        creationForm: () => ok(mayCreate ? { typeId: '1', fields: [], epicField: 'parent' } : undefined),
        findCreated: () => ok(null),
        getTicket: () => ok(ticket('DRE-9')),
      },
    });

  testVerb({
    name: 'createTicket',
    id: 'drDre.queue.createTicket',
    call: 'createTicket',
    fits: 'ticket',
    title: 'create ticket',
    doing: 'creating the ticket',
    failed: "Couldn't create ticket",
    kept: 'word',
    hasReceipt: false,
    showsAtOnce: false,
    isReadBack: false,
    asksNothing: false,
    comesAfter: false,
    open: () => openDesk(true),
    nowhere: {
      open: () => openDesk(false),
      says: 'Jira does not let you create tickets in the project of the queue: it takes the permission “Create Issues”.',
    },
  });
});
