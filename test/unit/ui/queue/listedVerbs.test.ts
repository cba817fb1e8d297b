import assert from 'node:assert/strict';
import { otherTicket, ticketCases, ticketFor } from '../../../support/ui/ticketCases.ts';
import { TicketDesk } from '../../../support/ui/ticketDesk.ts';
import { beAgreeable, beGone, testVerb } from '../../../support/ui/verbMatrix.ts';
import { host } from '../../../support/ui/vscode.ts';

describe('every verb of a ticket that is in a further list alone', () => {
  beforeEach(beAgreeable);
  afterEach(beGone);

  for (const each of ticketCases(true)) {
    const { name, id, fits, verb, sent } = each;
    if (verb.inQueue === true) {
      it(`${name} is for tickets of the queue, and says so`, async () => {
        const of = new TicketDesk([ticketFor(verb), otherTicket], { inList: true });
        await of.run(id, fits);
        assert.deepEqual(of.sent, []);
        assert.deepEqual(
          host.messages.map(({ text }) => text),
          ['Not in the queue.'],
        );
        of.dispose();
      });
      continue;
    }
    testVerb(each);

    it(`${name} sends the same as for a ticket of the queue, and is undone the same`, async () => {
      const of = new TicketDesk([ticketFor(verb), otherTicket], { inList: true });
      await of.run(id, fits);
      assert.equal(of.text, 'confirmed');
      assert.deepEqual(of.sent, [sent]);
      assert.equal(of.offers('undoable'), verb.write.undo !== undefined);
      of.dispose();
    });
  }
});
