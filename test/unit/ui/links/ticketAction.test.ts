import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { ticketActions } from '../../../../src/domain/links/ticketActionAddress.ts';
import type { TicketVerb } from '../../../../src/feeds/queue/verb.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { ticketFor } from '../../../support/ui/ticketCases.ts';
import { TicketDesk } from '../../../support/ui/ticketDesk.ts';
import { beAgreeable, beGone } from '../../../support/ui/verbMatrix.ts';
import { host } from '../../../support/ui/vscode.ts';

const { ticketVerbs } = await import('../../../../src/feeds/queue/verbs.ts');
const { openAddress } = await import('../../../../src/ui/links/uriHandler.ts');

describe('the address of an action on a ticket', () => {
  let desk: TicketDesk | undefined;

  beforeEach(() => {
    beGone();
    host.messages.length = 0;
    host.drawn.length = 0;
    host.editor = undefined;
  });
  afterEach(() => {
    desk?.dispose();
    desk = undefined;
    beGone();
  });

  /** Opens an address where the first ticket is one that a verb fits. */
  async function follow(path: string, verb: TicketVerb = ticketVerbs.comment): Promise<TicketDesk> {
    const of = (desk = new TicketDesk([ticketFor(verb)]));
    const never = (): never => assert.fail('another thing was opened');
    const parts = {
      ...of.addressParts,
      log: memoryLog(),
      operationsPage: { open: never },
      documents: { open: never, rowOf: never },
      timeline: { open: never },
    };
    const opening = openAddress({ path } as unknown as vscode.Uri, parts).then(() => 'over');
    // Code is loaded for it, which takes as long as it takes: the clock is not what ends it.
    while ((await Promise.race([opening, setTimeout(2, 'runs')])) === 'runs') await of.clock.advance(100);
    return of;
  }

  for (const action of ticketActions) {
    it(`${action}: asks as the row does, and sends nothing by itself`, async () => {
      const of = await follow(`/ticket/DRE-1/${action}`, ticketVerbs[action]);
      assert.deepEqual(of.sent, []);
      const asked = host.drawn.filter(({ place }) => place !== 'message' && place !== 'progress');
      assert.ok(asked.length > 0 || host.openEditor() !== undefined, JSON.stringify(host.drawn));
      of.dispose();
    });
  }

  it('sends what a person answers then', async () => {
    beAgreeable();
    const transition = await follow('/ticket/DRE-1/transition');
    assert.deepEqual(transition.sent, [['transition', 'DRE-1', { id: '21', fields: {}, comment: null }]]);
    transition.dispose();
    const unblock = await follow('/ticket/DRE-1/unblock', ticketVerbs.unblock);
    assert.deepEqual(unblock.sent, [['edit', 'DRE-1', { flag: null }]]);
    assert.deepEqual(
      host.messages.filter(({ detail }) => detail !== '').map(({ text, detail }) => [text, detail]),
      [['Unblock DRE-1?', 'DRE-1 ticket DRE-1']],
    );
  });

  it('says so where the verb does not fit the ticket, or there is no such ticket', async () => {
    beAgreeable();
    const answers: Readonly<Record<string, string>> = {
      '/ticket/DRE-1/unblock': 'Not marked as blocked.',
      '/ticket/DRE-77/comment': 'What this link leads to is not among the things that Dr. DRE knows now.',
      '/ticket/DRE-1/assignToMe': 'This link leads to nothing that Dr. DRE knows.',
      '/ticket/DRE-1/comment/x': 'This link leads to nothing that Dr. DRE knows.',
    };
    for (const [path, words] of Object.entries(answers)) {
      host.messages.length = 0;
      const of = await follow(path);
      assert.deepEqual(
        host.messages.map(({ text }) => text),
        [words],
      );
      assert.deepEqual([of.sent, host.openEditor()], [[], undefined], path);
      of.dispose();
    }
  });
});
