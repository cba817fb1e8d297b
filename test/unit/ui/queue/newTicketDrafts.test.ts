import assert from 'node:assert/strict';
import { ok } from '../../../../src/domain/base/result.ts';
import { Drafts } from '../../../../src/engine/disk/drafts.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import type { Reads } from '../../../support/ui/scriptedOps.ts';
import { TicketDesk } from '../../../support/ui/ticketDesk.ts';
import { beAgreeable, beGone } from '../../../support/ui/verbMatrix.ts';
import { host } from '../../../support/ui/vscode.ts';

const { draftUri, newTicketKind, textKey, TicketDrafts } = await import('../../../../src/ui/queue/ticketDrafts.ts');
const { windowId } = await import('../../../../src/ui/kit/windowId.ts');

type Parts = ConstructorParameters<typeof TicketDrafts>[0];

/** A window that shares a disk with others. */
function openWindow(disk: MemoryDisk, window: string, site = 'example.atlassian.net') {
  const drafts = new Drafts({ disk, clock: new FakeClock(), log: memoryLog(), secrets: () => [] });
  const settings = { current: { atlassianSite: new URL(`https://${site}`), ticketTemplates: [], epic: 'DRE-350' } };
  const written = new TicketDrafts({ drafts, settings, window } as unknown as Parts);
  return {
    drafts,
    written,
    draft: written.newTicket('empty'),
    read: () => written.read(draftUri(written.newTicket('empty'))),
  };
}

describe('the text of a new ticket', () => {
  it('is of its window and its site, is there again after a reload, and is gone alone when it was sent', async () => {
    const disk = new MemoryDisk();
    const windows = [openWindow(disk, 'one'), openWindow(disk, 'two'), openWindow(disk, 'one', 'other.example.com')];
    for (const [index, { written, draft, drafts }] of windows.entries()) {
      written.write(draftUri(draft), `# Text ${index}`);
      await drafts.flush();
    }
    const texts = () => Promise.all(windows.map(({ read }) => read()));
    assert.deepEqual(await texts(), ['# Text 0', '# Text 1', '# Text 2']);
    assert.equal(await openWindow(disk, 'one').read(), '# Text 0');
    const [first] = windows;
    const { drafts, draft } = first ?? assert.fail();
    drafts.remove(newTicketKind(draft));
    drafts.removeText(textKey(draft), '# What was sent before');
    assert.deepEqual(await texts(), ['# Text 0', '# Text 1', '# Text 2']);
    drafts.removeText(textKey(draft), '# Text 0');
    assert.deepEqual(await texts(), ['# \n\n', '# Text 1', '# Text 2']);
  });

  it('is listed for every window of its site until it is sent', async () => {
    const disk = new MemoryDisk();
    const one = openWindow(disk, 'one');
    one.written.write(draftUri(one.draft), '# Begun in one');
    await one.drafts.flush();
    const listed = await openWindow(disk, 'two').written.unsentTickets();
    assert.deepEqual(
      listed.map(({ draft, text }) => [draft, text]),
      [[one.draft, '# Begun in one']],
    );
    assert.deepEqual(await openWindow(disk, 'two', 'other.example.com').written.unsentTickets(), []);
  });

  it('is of a window that has the same id after a reload, and another one has another', () => {
    const memory = () => {
      const kept = new Map<string, unknown>();
      return {
        get: (key: string) => kept.get(key),
        update: async (key: string, value: unknown) => void kept.set(key, value),
      };
    };
    const mine = memory() as unknown as Parameters<typeof windowId>[0];
    assert.match(windowId(mine), /^[a-z0-9]+$/);
    assert.equal(windowId(mine), windowId(mine));
    assert.notEqual(windowId(memory()), windowId(mine));
  });
});

describe('sending the text of a new ticket', () => {
  let desk: TicketDesk | undefined;
  beforeEach(() => {
    beAgreeable();
    host.closedTabs.length = 0;
    host.answer = () => '# Tidy the dashboards\n\nAll of them.';
  });
  afterEach(() => {
    desk?.dispose();
    desk = undefined;
    host.editor = undefined;
    beGone();
  });

  function open(reads: Reads = {}): TicketDesk {
    return (desk = new TicketDesk([ticket('DRE-1')], {
      reads: {
        creationForm: () => ok({ typeId: '1', fields: [], epicField: 'parent' }),
        findCreated: () => ok(null),
        getTicket: () => ok(ticket('DRE-9')),
        ...reads,
      },
    }));
  }

  it('leaves in its editor what was typed while it was sent', async () => {
    const of = open({
      getTicket: () => {
        const document = host.openEditor()?.document ?? assert.fail('no editor is open');
        document.text = '# Tidy the dashboards\n\nAll of them, and the alerts.';
        host.textChanged.fire({ document, contentChanges: [{}] });
        return ok(ticket('DRE-9'));
      },
    });
    await of.run('drDre.queue.createTicket', 'palette');
    assert.deepEqual(host.messages.map(({ text }) => text).sort(), [
      'Created DRE-9.',
      'What was typed since the text of DRE-9 was sent stays in its editor.',
    ]);
    assert.equal(host.closedTabs.length, 0);
    assert.equal(of.ops.calls.filter((call) => call === 'createTicket').length, 1);
  });

  it('sends no text of another site, and says so', async () => {
    const of = open();
    const draft = { what: 'newTicket', key: 'empty', site: 'other.example.com', window: 'here' } as const;
    host.answer = () => undefined;
    await of.run('drDre.queue.createTicket', 'palette');
    const opened = host.openEditor() ?? assert.fail('no editor is open');
    Object.assign(opened.document, { uri: draftUri(draft), text: '# Tidy the dashboards' });
    await of.run('drDre.queue.sendDraft', 'palette');
    assert.deepEqual(of.sent, []);
    assert.match(host.messages[0]?.text ?? '', /^This text belongs to a new ticket of other\.example\.com\./);
  });

  it('is offered again below the templates where it was begun otherwise', async () => {
    const of = open();
    host.answer = () => undefined;
    const row: Row = { id: 'x', label: 'Disk full', tokens: [] };
    await of.run('drDre.queue.createTicketFrom', row);
    const begun = host.openEditor()?.document.uri.query;
    const offered: string[] = [];
    host.pick = (items) => {
      offered.push(...items.map(({ label }) => label));
      return items.find(({ label }) => label === 'Disk full');
    };
    await of.run('drDre.queue.createTicket', 'palette');
    assert.deepEqual([offered[0], offered.at(-2)], ['New', 'Begun and Not Sent']);
    assert.equal(host.openEditor()?.document.uri.query, begun);
  });
});
