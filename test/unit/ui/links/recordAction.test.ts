import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Row } from '../../../../src/views/kit/row.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { TicketDesk } from '../../../support/ui/ticketDesk.ts';
import { host } from '../../../support/ui/vscode.ts';

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
    assert.match(host.messages[0]?.text ?? '', /not among the things that Dr\. DRE knows now/);
  });

  it('shows a setting of ours in the settings of VS Code, and no other', async () => {
    host.executed.length = 0;
    assert.deepEqual(await follow('/setting/drDre.notifications.enabled', {}), []);
    assert.deepEqual(host.executed, [['workbench.action.openSettings', '@id:drDre.notifications.enabled']]);
    host.executed.length = 0;
    await follow('/setting/security.workspace.trust.enabled', {});
    assert.deepEqual(host.executed, []);
  });
});
