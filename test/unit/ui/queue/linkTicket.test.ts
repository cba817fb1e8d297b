import assert from 'node:assert/strict';
import { otherTicket, ticketFor } from '../../../support/ui/ticketCases.ts';
import { TicketDesk } from '../../../support/ui/ticketDesk.ts';
import { beAgreeable, beGone } from '../../../support/ui/verbMatrix.ts';
import { host } from '../../../support/ui/vscode.ts';

const { ticketVerbs } = await import('../../../../src/feeds/queue/verbs.ts');

describe('linking a ticket to a proposal', () => {
  beforeEach(beAgreeable);
  afterEach(beGone);

  it('asks for the ticket alone, and makes it name the proposal of the row', async () => {
    const desk = new TicketDesk([ticketFor(ticketVerbs.linkProposal), otherTicket]);
    const row = {
      id: 'proposal',
      label: '',
      tokens: [],
      record: { kind: 'proposal', key: '9007199254740993' },
    } as const;
    host.pick = (items) => items.find(({ label }) => label.startsWith('DRE-1'));
    await desk.run('drDre.queue.linkTicket', row);
    assert.deepEqual(desk.sent, [
      [
        'edit',
        'DRE-1',
        {
          addLabels: ['proposal:9007199254740993'],
          comment: 'Proposal 9007199254740993\nhttps://dashboard.internetcomputer.org/proposal/9007199254740993',
        },
      ],
    ]);
    desk.dispose();
  });

  it('sends nothing when the person leaves', async () => {
    const desk = new TicketDesk([ticketFor(ticketVerbs.linkProposal), otherTicket]);
    host.pick = () => undefined;
    await desk.run('drDre.queue.linkTicket', 'palette');
    assert.deepEqual(desk.sent, []);
    desk.dispose();
  });
});
