import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { documentOf, paragraph } from '../../../../src/domain/documents/tree.ts';
import { tokens as allTokens, type Row, type RowToken } from '../../../../src/views/kit/row.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { host, TabInputCustom, Uri, workspace } from '../../../support/ui/vscode.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { Documents } = await import('../../../../src/ui/kit/documents.ts');
const { DocumentKeys } = await import('../../../../src/ui/kit/documentRows.ts');
const { Commands } = await import('../../../../src/ui/kit/commands.ts');

const uri = Uri.from({ scheme: 'dr-dre', path: '/alert/a1/1234 Disk full.md' });
const document = { uri } as unknown as vscode.TextDocument;

describe('the actions of documents', () => {
  let tokens: readonly RowToken[] = [];
  const row = (key: string): Row => ({
    id: `alert/${key}`,
    label: key,
    tokens,
    record: { kind: 'alert', key },
  });
  const source = { feeds: ['alerts'], render: () => documentOf(paragraph('')), row };
  const documents = new Documents(() => Promise.resolve({ alert: source }), new FakeClock());

  beforeEach(() => {
    host.executed.length = 0;
    host.activeInput = undefined;
  });
  afterEach(() => (workspace.textDocuments.length = 0));

  /** What VS Code was given last, by the context key. */
  function contextKeys(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      host.executed.flatMap(([command, key, value]) => (command === 'setContext' ? [[String(key), value]] : [])),
    );
  }

  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('are set by what the row of the record allows, whenever that changes', async () => {
    const keys = new DocumentKeys(documents, memoryLog());
    await settled();
    assert.deepEqual(contextKeys(), {}, 'no document is open');
    tokens = ['alert', 'ackable'];
    workspace.textDocuments.push(document);
    host.documentOpened.fire(document);
    await settled();
    // Each one, as the window may have another list from before the extensions were restarted in it.
    assert.deepEqual(contextKeys(), {
      ...Object.fromEntries(allTokens.map((token) => [`drDre.documents.${token}`, []])),
      'drDre.documents.alert': [uri.toString()],
      'drDre.documents.ackable': [uri.toString()],
    });
    host.executed.length = 0;
    documents.refresh('alert');
    await settled();
    assert.deepEqual(contextKeys(), {}, 'nothing has changed');
    tokens = ['alert', 'acked'];
    documents.refresh('alert');
    await settled();
    assert.deepEqual(contextKeys(), { 'drDre.documents.ackable': [], 'drDre.documents.acked': [uri.toString()] });
    keys.dispose();
  });

  /** The records of the rows that a command gets when it is called with these arguments. */
  async function called(...args: readonly unknown[]): Promise<readonly (string | undefined)[]> {
    const rows: Row[] = [];
    const commands = new Commands(memoryLog(), (address) => documents.rowOf(address));
    const handlers = { 'drDre.x.y': (invocation: { rows: readonly Row[] }) => void rows.push(...invocation.rows) };
    commands.addGroup({ names: ['drDre.x'], load: () => Promise.resolve(handlers) });
    await commands.run('drDre.x.y', args);
    return rows.map(({ id }) => id);
  }

  it('are for the record of the document in whose title they stand', async () => {
    assert.deepEqual(await called(uri, { groupId: 1 }), ['document/alert/a1']);
  });

  it('are for the record of the active document when a key asks for it', async () => {
    assert.deepEqual(await called({ document: 'active' }), []);
    host.activeInput = new TabInputCustom(uri);
    assert.deepEqual(await called({ document: 'active' }), ['document/alert/a1']);
    assert.deepEqual(await called(), [], 'the palette means the rows of the views');
  });

  it('are for no record in the title of another editor', async () => {
    assert.deepEqual(await called(Uri.from({ scheme: 'webview-panel', path: '/alert/a1.md' })), []);
  });
});
