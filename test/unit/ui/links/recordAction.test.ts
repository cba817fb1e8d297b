import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { recordActions } from '../../../../src/domain/links/recordActionAddress.ts';
import type { TicketVerb } from '../../../../src/feeds/queue/verb.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { ticketFor } from '../../../support/ui/ticketCases.ts';
import { TicketDesk } from '../../../support/ui/ticketDesk.ts';
import { beAgreeable, beGone } from '../../../support/ui/verbMatrix.ts';
import { host } from '../../../support/ui/vscode.ts';

const { ticketVerbs } = await import('../../../../src/feeds/queue/verbs.ts');
const { openAddress } = await import('../../../../src/ui/links/uriHandler.ts');
const { rowOf } = await import('../../../../src/ui/kit/rowTree.ts');

describe('an address that leads to more than a record', () => {
  /** Opens an address where the documents have these rows, and returns the commands that it begins. */
  async function follow(path: string, rows: Readonly<Record<string, Row>>): Promise<readonly unknown[]> {
    const desk = new TicketDesk([]);
    const begun: unknown[] = [];
    const never = (): never => assert.fail('another thing was opened');
    await openAddress({ path } as unknown as vscode.Uri, {
      ...desk.addressParts,
      log: memoryLog(),
      operationsPage: { open: never },
      documents: { open: never, rowOf: async (uri) => rows[uri.path] },
      timeline: { open: never },
      commands: { run: async (id, [first]) => void begun.push([id, rowOf(first)]) },
    });
    desk.dispose();
    return begun;
  }

  it('begins it with the row of the record, as from the title of its document', async () => {
    const run: Row = { id: 'run', label: 'Heal', tokens: ['run'], record: { kind: 'run', key: 'r1' } };
    const proposal: Row = { id: 'p', label: '138123', tokens: [], record: { kind: 'proposal', key: '138123' } };
    const rows = { '/run/r1.md': run, '/proposal/138123.md': proposal };
    assert.deepEqual(await follow('/run/r1/showTerminal', rows), [['drDre.operations.showTerminal', run]]);
    assert.deepEqual(await follow('/run/r1/runAgain', rows), [['drDre.operations.runAgain', run]]);
    assert.deepEqual(await follow('/proposal/138123/createTicketFrom', rows), [
      ['drDre.queue.createTicketFrom', proposal],
    ]);
    assert.deepEqual(await follow('/proposal/138123/linkTicket', rows), [['drDre.queue.linkTicket', proposal]]);
  });

  it('says so where the record is not known, and begins nothing', async () => {
    host.messages.length = 0;
    assert.deepEqual(await follow('/run/r2/runAgain', {}), []);
    assert.match(host.messages[0]?.text ?? '', /Can't find what this link leads to/);
  });

  it('shows a setting of ours in the settings of VS Code, and no other', async () => {
    host.executed.length = 0;
    assert.deepEqual(await follow('/setting/drDre.notifications.enabled', {}), []);
    assert.deepEqual(host.executed, [['drDre.openSettings', 'drDre.notifications.enabled']]);
    host.executed.length = 0;
    await follow('/setting/security.workspace.trust.enabled', {});
    assert.deepEqual(host.executed, []);
  });
});

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

  for (const action of recordActions.ticket) {
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
      '/ticket/DRE-77/comment': "Can't find what this link leads to.",
      '/ticket/DRE-1/assignToMe': 'This link leads to nothing that Dr. DRE can open.',
      '/ticket/DRE-1/comment/x': 'This link leads to nothing that Dr. DRE can open.',
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
