import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { documentOf, paragraph } from '../../../../src/domain/documents/tree.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { host, workspace } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { contributes } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../package.json'), 'utf8'));
const { Documents } = await import('../../../../src/ui/kit/documents.ts');

describe('documents', () => {
  const uri = { scheme: 'dr-dre', path: '/ticket/DRE-1.md', toString: () => 'dr-dre:/ticket/DRE-1.md' };
  const document = { uri } as unknown as vscode.TextDocument;
  let known = '';

  function open() {
    const source = { feeds: ['queue'], render: () => documentOf(paragraph(known)) };
    const clock = new FakeClock();
    const documents = new Documents(() => Promise.resolve({ ticket: source }), clock);
    const changed: vscode.Uri[] = [];
    documents.onDidChange((each) => changed.push(each));
    return { documents, changed, clock };
  }

  /** VS Code counts the document as open. */
  function opened(): void {
    workspace.textDocuments.push(document);
    host.documentOpened.fire(document);
  }

  function closed(): void {
    workspace.textDocuments.length = 0;
    host.documentClosed.fire(document);
  }

  beforeEach(() => (known = 'Reading description…'));
  afterEach(() => (workspace.textDocuments.length = 0));

  it('are shown again when what they show came before VS Code counts them as open', async () => {
    const { documents, changed } = open();
    assert.equal(await documents.provideTextDocumentContent(document.uri), 'Reading description…\n');
    known = 'Here it is.';
    documents.refresh('ticket');
    assert.deepEqual(changed, [], 'VS Code is notified of open documents only');
    opened();
    assert.deepEqual(changed, [uri]);
    assert.equal(await documents.provideTextDocumentContent(document.uri), 'Here it is.\n');
    documents.dispose();
  });

  it('are shown again when a feed has changed meanwhile', async () => {
    const { documents, changed } = open();
    await documents.provideTextDocumentContent(document.uri);
    await documents.refreshFor('alerts');
    await documents.refreshFor('queue');
    opened();
    assert.deepEqual(changed, [uri]);
    documents.dispose();
  });

  it('are all shown again when what all show has changed', async () => {
    const { documents, changed } = open();
    await documents.provideTextDocumentContent(document.uri);
    documents.refreshAll();
    assert.deepEqual(changed, []);
    opened();
    documents.refreshAll();
    assert.deepEqual(changed, [uri, uri]);
    documents.dispose();
  });

  it('are sent once more, with another end, while their page may have missed what has changed', async () => {
    const { documents, changed, clock } = open();
    const read = (): Promise<string> => documents.provideTextDocumentContent(document.uri);
    await read();
    opened();
    known = 'Here it is.';
    documents.refresh('ticket');
    assert.deepEqual([changed.length, await read()], [1, 'Here it is.\n']);
    const texts: string[] = [];
    for (const ms of [1_000, 2_000, 7_000]) {
      await clock.advance(ms);
      texts.push(await read());
    }
    assert.deepEqual(texts, ['Here it is.\n\n', 'Here it is.\n', 'Here it is.\n\n']);
    assert.equal(changed.length, 4);
    await clock.advance(60_000);
    assert.equal(changed.length, 4);
    documents.dispose();
  });

  it('are not sent once more when nothing has changed since, or when they are closed', async () => {
    const { documents, changed, clock } = open();
    await documents.provideTextDocumentContent(document.uri);
    opened();
    await clock.advance(10_000);
    assert.deepEqual(changed, []);
    documents.refresh('ticket');
    closed();
    await clock.advance(60_000);
    assert.equal(changed.length, 1);
    await documents.provideTextDocumentContent(document.uri);
    opened();
    documents.refresh('ticket');
    closed();
    await clock.advance(60_000);
    assert.equal(changed.length, 2);
    documents.dispose();
  });

  it('are not shown again for nothing', async () => {
    const { documents, changed } = open();
    await documents.provideTextDocumentContent(document.uri);
    documents.refresh('alert');
    opened();
    assert.deepEqual(changed, []);
    documents.refresh('ticket');
    assert.deepEqual(changed, [uri]);
    documents.dispose();
  });

  it('have their title in the tab, without the end of a file name, and one address each', async () => {
    const { documents } = open();
    await documents.open('ticket', 'DRE-1', { title: 'DRE-1 Replace / move a node: “now”?' });
    await documents.open('journal', '2026-W35');
    const [ticket, journal] = host.executed.flatMap(([command, of]) =>
      command === 'vscode.openWith' ? [of] : [],
    ) as vscode.Uri[];
    const [formatter] = contributes.resourceLabelFormatters;
    assert.deepEqual(
      [ticket?.scheme, ticket?.authority, formatter?.formatting.label],
      [formatter?.scheme, formatter?.authority, '${query.title}'],
    );
    assert.deepEqual(JSON.parse(ticket?.query ?? ''), { title: 'DRE-1 Replace move a node: “now”?' });
    assert.deepEqual(JSON.parse(journal?.query ?? ''), { title: '2026-W35' });
    assert.equal(await documents.provideTextDocumentContent(ticket as vscode.Uri), 'Reading description…\n');
    documents.dispose();
  });

  it('say that there is none of a kind', async () => {
    const { documents } = open();
    const other = { ...uri, path: '/nothing/1.md' } as unknown as vscode.Uri;
    assert.match(await documents.provideTextDocumentContent(other), /no document of the kind/);
    documents.dispose();
  });
});
