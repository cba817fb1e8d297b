import assert from 'node:assert/strict';
import { ok } from '../../../../src/domain/base/result.ts';
import { Drafts } from '../../../../src/engine/disk/drafts.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { doc, node, paragraph, text, type Adf } from '../../../support/documents/adf.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { TicketDesk } from '../../../support/ui/ticketDesk.ts';
import { beAgreeable, beGone } from '../../../support/ui/verbMatrix.ts';
import { host } from '../../../support/ui/vscode.ts';
import { EventEmitter, FileChangeType, Position } from '../../../support/ui/vscodeTypes.ts';

const { draftAt, draftUri, TicketDrafts } = await import('../../../../src/ui/queue/ticketDrafts.ts');
const { DraftFiles } = await import('../../../../src/ui/kit/draftFiles.ts');

type Parts = ConstructorParameters<typeof TicketDrafts>[0];
const comment = draftUri({ what: 'comment', key: 'DRE-1' });
const description = draftUri({ what: 'editDescription', key: 'DRE-1' });
const edited = { what: 'editDescription', key: 'DRE-1' } as const;
const plain = (...lines: readonly string[]): Adf => doc(...lines.map((line) => paragraph(text(line))));

/** A window: what is written in it stays on a disk that outlives it. */
function openWindow(disk: MemoryDisk, held: { description: unknown }, host = 'example.atlassian.net') {
  const clock = new FakeClock();
  const settings = { current: { atlassianSite: new URL(`https://${host}`), ticketTemplates: [], epic: 'DRE-350' } };
  const log = memoryLog();
  const drafts = new Drafts({ disk, clock, log, secrets: () => ['t0ken'] });
  let reads = 0;
  const jira = {
    descriptionOf: () => {
      reads += 1;
      return Promise.resolve(ok(held.description));
    },
    assignablePeople: () => {
      reads += 1;
      return Promise.resolve(
        ok([
          { accountId: '5b10:1', name: 'Dana [ops]' },
          { accountId: 'no id', name: 'Nobody' },
        ]),
      );
    },
  };
  const clients = { jira: () => Promise.resolve(jira) };
  const parts = { drafts, log, clock, settings, clients, newId: () => 'id', window: 'here' } as unknown as Parts;
  const moveTo = (other: string): void => {
    settings.current = { ...settings.current, atlassianSite: new URL(`https://${other}`) };
  };
  return { written: new TicketDrafts(parts), drafts, reads: () => reads, moveTo, clock };
}

describe('what is written for a ticket in an editor', () => {
  it('is there again after a reload, with what Markdown cannot hold of the description', async () => {
    const disk = new MemoryDisk();
    const picture = node('mediaSingle', [node('media', [], { type: 'file', id: 'x', collection: 'c' })]);
    const held = { description: doc(paragraph(text('Before')), picture) };
    const first = openWindow(disk, held);
    assert.equal(await first.written.read(comment), '');
    assert.equal(await first.written.read(description), 'Before\n\n[Picture](kept:0)\n');
    first.written.write(comment, 'Half a sent');
    first.written.write(description, 'After\n\n[Picture](kept:0)\n');
    await first.drafts.flush();

    const second = openWindow(disk, held);
    assert.equal(await second.written.read(comment), 'Half a sent');
    assert.equal(await second.written.read(description), 'After\n\n[Picture](kept:0)\n');
    assert.equal(second.reads(), 0);
    const sent = await second.written.description(edited, await second.written.read(description));
    assert.ok(sent.ok);
    assert.equal(sent.value.contested, false);
    assert.deepEqual(sent.value.body.content?.[1], picture);
  });

  it('is contested where somebody else has changed the description, until their version was seen', async () => {
    const held = { description: plain('One', 'Two') as unknown };
    const { written } = openWindow(new MemoryDisk(), held);
    const mine = `${await written.read(description)}\nMine\n`;
    held.description = plain('One', 'Two', 'Theirs');
    const first = await written.description(edited, mine);
    assert.ok(first.ok && first.value.contested);
    const theirs = draftUri({ what: 'inJira', key: 'DRE-1' });
    assert.equal(await written.read(theirs), 'One\n\nTwo\n\nTheirs\n');
    assert.equal(written.isReadOnly(theirs), true);
    const again = await written.description(edited, `${mine}\nTheirs\n`);
    assert.ok(again.ok && !again.value.contested);
    assert.deepEqual(again.value.before, held.description);
    held.description = plain('Once more');
    const third = await written.description(edited, mine);
    assert.ok(third.ok && third.value.contested);
  });

  it('is of its site: another one has texts, descriptions and people of its own', async () => {
    const held = { description: plain('Ours') as unknown };
    const { written, moveTo, reads } = openWindow(new MemoryDisk(), held);
    const ours = (['comment', 'editDescription'] as const).map((what) => written.addressOf(what, 'DRE-1'));
    const read = (all: typeof ours) => Promise.all(all.map((each) => written.read(draftUri(each))));
    assert.deepEqual(await read(ours), ['', 'Ours\n']);
    for (const each of ours) written.write(draftUri(each), `My ${each.what}`);
    const document = { uri: comment, lineAt: () => ({ text: '@' }) };
    const offer = () => written.provideCompletionItems(document as never, new Position(0, 1) as never);
    await offer();
    moveTo('other.atlassian.net');
    held.description = plain('Theirs');
    const theirs = (['comment', 'editDescription'] as const).map((what) => written.addressOf(what, 'DRE-1'));
    assert.deepEqual(await read(theirs), ['', 'Theirs\n']);
    assert.deepEqual(await read(ours), ['My comment', 'My editDescription']);
    assert.deepEqual(
      ours.map((each) => written.isElsewhere(each)),
      [true, true],
    );
    const before = reads();
    await offer();
    assert.equal(reads(), before + 1);
    moveTo('example.atlassian.net');
    assert.deepEqual(
      ours.map((each) => written.isElsewhere(each)),
      [false, false],
    );
    assert.deepEqual(draftAt(draftUri(ours[0] ?? assert.fail())), ours[0]);
  });

  it('begins with the description as it is now where nothing was typed, though it was opened before', async () => {
    const disk = new MemoryDisk();
    const held = { description: plain('One') as unknown };
    const { written, drafts, clock, reads } = openWindow(disk, held);
    // VS Code asks for a file and then for what it holds.
    assert.ok((await written.canEdit(edited, false)).ok);
    for (let times = 0; times < 2; times++) assert.equal(await written.read(description), 'One\n');
    assert.equal(reads(), 1);
    await drafts.flush();
    held.description = plain('Two');
    await clock.advance(60_000);
    assert.equal(await written.read(description), 'Two\n');
    assert.equal(await openWindow(disk, held).written.read(description), 'Two\n');
    // An editor that is open shows what was read: what is there now is compared with that.
    held.description = plain('Three');
    await clock.advance(60_000);
    assert.ok((await written.canEdit(edited, true)).ok);
    const sent = await written.description(edited, 'Two, and mine');
    assert.ok(sent.ok && sent.value.contested);
  });

  it('is compared after a reload however long it is, and is contested where it is not known what it began with', async () => {
    const long = plain(...Array.from({ length: 3_000 }, (_, line) => `Line ${line} of a long list`));
    const secret = plain('holds the t0ken');
    for (const [before, isKept] of [
      [long, true],
      [secret, false],
    ] as const) {
      const disk = new MemoryDisk();
      const held = { description: before as unknown };
      const first = openWindow(disk, held);
      await first.written.read(description);
      first.written.write(description, 'Mine');
      await first.drafts.flush();
      const unchanged = openWindow(disk, held);
      assert.equal(await unchanged.written.read(description), 'Mine');
      const same = await unchanged.written.description(edited, 'Mine');
      assert.equal(same.ok && same.value.contested, !isKept);
      held.description = plain('Theirs');
      const changed = openWindow(disk, held);
      const theirs = await changed.written.description(edited, await changed.written.read(description));
      assert.ok(theirs.ok && theirs.value.contested);
    }
  });

  it('takes ids that Jira gives to parts of a document for no change', async () => {
    const held = { description: plain('One') as unknown };
    const { written } = openWindow(new MemoryDisk(), held);
    await written.read(description);
    held.description = doc(node('paragraph', [text('One')], { localId: 'abc' }));
    const sent = await written.description(edited, 'One more\n');
    assert.ok(sent.ok && !sent.value.contested);
  });

  it('has an address of which VS Code shows plain words; tabs of before are still known', async () => {
    const addresses = (['comment', 'editDescription', 'inJira'] as const).map((what) => ({ what, key: 'DRE-1' }));
    const { written } = openWindow(new MemoryDisk(), { description: undefined });
    const all = [...addresses, written.newTicket('firewallRules'), { what: 'newTicket', key: 'empty' }] as const;
    const [comments, own, theirs, ...tickets] = all.map((each) => draftUri(each).path);
    assert.deepEqual(
      [comments, own, theirs],
      ['/DRE-1 Comment.md', '/DRE-1 Description.md', '/DRE-1 Description in Jira.md'],
    );
    assert.deepEqual(tickets, ['/New Ticket.md', '/New Ticket.md']);
    for (const each of all) assert.deepEqual(draftAt(draftUri(each)), each);
    const disk = new MemoryDisk();
    const before = { path: '/comment/DRE-1/Comment on DRE-1.md', query: '' };
    const first = openWindow(disk, { description: undefined });
    first.written.write(before, 'Half a sent');
    assert.equal(await first.written.read(comment), 'Half a sent');
    const ofTemplate = { path: '/newTicket/empty/New ticket.md', query: '' };
    assert.deepEqual(draftAt(ofTemplate), { what: 'newTicket', key: 'empty' });
    for (const path of ['/x.md', '/comment/1/x.md', '/newTicket/../x.md']) {
      assert.equal(draftAt({ path, query: '' }), undefined);
    }
    assert.equal(draftAt({ path: '/DRE-1 Comment.md', query: 'comment/../x' }), undefined);
  });

  it('offers the people of the project behind an @, and reads them once', async () => {
    const { written, reads } = openWindow(new MemoryDisk(), { description: undefined });
    const offered = async (line: string): Promise<readonly unknown[]> => {
      const document = { uri: comment, lineAt: () => ({ text: line }) };
      const items = await written.provideCompletionItems(document as never, new Position(0, line.length) as never);
      return items.map(({ label, insertText }) => [label, insertText]);
    };
    assert.deepEqual(await offered('Ask @da'), [['@Dana [ops]', '[@Dana  ops](mention:5b10:1)']]);
    assert.deepEqual(await offered('dana@da'), []);
    assert.equal((await offered('@')).length, 1);
    assert.equal(reads(), 1);
  });

  it('is shown beside what somebody else has written where there was no description before, also after a reload', async () => {
    const disk = new MemoryDisk();
    const held: { description: unknown } = { description: undefined };
    const first = openWindow(disk, held);
    assert.equal(await first.written.read(description), '');
    first.written.write(description, 'Mine');
    await first.drafts.flush();
    held.description = plain('Theirs');
    const second = openWindow(disk, held);
    const found = await second.written.description(edited, await second.written.read(description));
    assert.ok(found.ok && found.value.contested);
  });

  it('is a file that VS Code reads anew when it has changed, and that cannot be changed where it is Jira’s', async () => {
    const texts = new Map([[comment.toString(), 'a']]);
    let now = 1;
    const forgotten = new EventEmitter<typeof comment>();
    const source = {
      onDidRemove: forgotten.event,
      read: (address: unknown) => Promise.resolve(texts.get(String(address)) ?? ''),
      write: (address: unknown, to: string) => void texts.set(String(address), to),
      isReadOnly: (address: unknown) => address === description,
    };
    const files = new DraftFiles(
      () => Promise.resolve(source),
      () => now,
    );
    const first = await files.stat(comment);
    now = 2;
    assert.equal((await files.stat(comment)).mtime, first.mtime);
    await files.writeFile(comment, new TextEncoder().encode('é'));
    const second = await files.stat(comment);
    assert.deepEqual([second.mtime, second.size, second.permissions], [2, 2, undefined]);
    assert.equal((await files.stat(description)).permissions, 1);
    assert.equal(new TextDecoder().decode(await files.readFile(comment)), 'é');
    // VS Code keeps what a closed editor held for a while, unless an event fires.
    const fired: unknown[] = [];
    files.onDidChangeFile((changes) => fired.push(...changes));
    texts.delete(comment.toString());
    forgotten.fire(comment);
    assert.deepEqual(fired, [{ type: FileChangeType.Changed, uri: comment }]);
    assert.equal(new TextDecoder().decode(await files.readFile(comment)), '');
  });
});

describe('sending what is written for a ticket', () => {
  beforeEach(beAgreeable);
  afterEach(beGone);

  it('shows both versions side by side where somebody else was quicker, and sends nothing', async () => {
    let reads = 0;
    const versions = [plain('One'), plain('Theirs')];
    const desk = new TicketDesk([ticket('DRE-1')], {
      reads: { descriptionOf: () => ok(versions[Math.min(reads++, 1)]) },
    });
    host.executed.length = 0;
    await desk.run('drDre.queue.editDescription', 'ticket');
    assert.deepEqual(desk.sent, []);
    assert.match(host.messages[0]?.text ?? '', /^Not sent: somebody else has changed the description of DRE-1\./);
    const [call = []] = host.executed.filter(([command]) => command === 'vscode.diff');
    assert.deepEqual(call.slice(1, 3).map(String), [
      'dr-dre-draft:/DRE-1 Description in Jira.md?inJira/DRE-1/example.atlassian.net',
      'dr-dre-draft:/DRE-1 Description.md?editDescription/DRE-1/example.atlassian.net',
    ]);
    // The person has seen it, and sends theirs again.
    await desk.run('drDre.queue.sendDraft', 'palette');
    assert.equal(desk.sent.length, 1);
    desk.dispose();
  });

  it('closes the tab when Jira has it, and leaves it open when not', async () => {
    for (const refuses of [true, false]) {
      const desk = new TicketDesk([ticket('DRE-1')]);
      if (refuses) desk.ops.manners.set('addComment', 'refuses');
      host.closedTabs.length = 0;
      await desk.run('drDre.queue.comment', 'ticket');
      assert.equal(host.closedTabs.length, refuses ? 0 : 1);
      desk.dispose();
    }
  });

  it('is sent once where it is asked for twice', async () => {
    const desk = new TicketDesk([ticket('DRE-1')]);
    const { answer } = host;
    host.answer = () => undefined;
    await desk.run('drDre.queue.comment', 'ticket');
    host.answer = answer;
    const editor = host.openEditor() ?? assert.fail('no editor is open');
    editor.document.text = 'word';
    const first = desk.begin('drDre.queue.sendDraft', 'palette');
    await desk.ended(desk.begin('drDre.queue.sendDraft', 'palette').then(() => first));
    assert.equal(desk.sent.length, 1);
    assert.ok(host.messages.some(({ text: said }) => said === 'It is being sent already.'));
    desk.dispose();
  });

  it('leaves in its editor what was typed while it was sent', async () => {
    const desk = new TicketDesk([ticket('DRE-1')], {
      reads: {
        addComment: () => {
          const document = host.openEditor()?.document ?? assert.fail('no editor is open');
          document.text = 'word and more';
          return ok({ id: 'c1', author: 'Dana', createdAt: 0, body: plain('word') });
        },
      },
    });
    host.closedTabs.length = 0;
    await desk.run('drDre.queue.comment', 'ticket');
    assert.equal(desk.text, 'confirmed');
    assert.equal(host.closedTabs.length, 0);
    assert.deepEqual(
      host.messages.map(({ text: said }) => said),
      ['What was typed since the text of DRE-1 was sent stays in its editor.'],
    );
    desk.dispose();
  });

  it('says so where there is nothing to send', async () => {
    const desk = new TicketDesk([ticket('DRE-1')]);
    host.editor = undefined;
    await desk.run('drDre.queue.sendDraft', 'palette');
    host.answer = () => ' \n';
    await desk.run('drDre.queue.comment', 'ticket');
    host.answer = () => '';
    await desk.run('drDre.queue.editDescription', 'ticket');
    assert.deepEqual(
      host.messages.map(({ text: said }) => said),
      [
        'The active editor has no text that is sent to Jira.',
        'There is no text to send yet.',
        'The description is the same as in Jira.',
      ],
    );
    assert.deepEqual(desk.sent, []);
    desk.dispose();
  });
});
