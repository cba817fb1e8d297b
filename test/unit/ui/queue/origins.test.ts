import assert from 'node:assert/strict';
import { adfToText } from '../../../../src/domain/documents/adf/toText.ts';
import { ok } from '../../../../src/domain/base/result.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { listed, type Reads } from '../../../support/ui/scriptedOps.ts';
import { TicketDesk } from '../../../support/ui/ticketDesk.ts';
import { beAgreeable, beGone } from '../../../support/ui/verbMatrix.ts';
import { host } from '../../../support/ui/vscode.ts';

const { originOf } = await import('../../../../src/ui/queue/origins.ts');

const row = (label: string, more: Partial<Row> = {}): Row => ({ id: label, label, tokens: [], ...more });

/** A desk where a note is added to an alert once a ticket is created from it. */
function alertDesk(reads: Reads = {}): TicketDesk {
  return new TicketDesk([], {
    reads: {
      creationForm: () => ({ ok: true, value: { fields: [], typeId: '1', epicField: 'parent' } }),
      listNotes: () => listed(),
      getTicket: () => ok(ticket('DRE-9')),
      ...reads,
    },
  });
}

describe('what a ticket is created from', () => {
  afterEach(() => {
    host.editor = undefined;
    beGone();
  });

  it('is a row, by its whole name and with a link to its page, or several', () => {
    const alert = row('Disk of…', { hover: ['Disk of [host] *full*'], link: 'https://example.atlassian.net/a' });
    const origin = originOf([alert, row('second')]);
    const [summary, , ...body] = origin?.text.split('\n') ?? [];
    assert.equal(summary, '# Disk of [host] *full*');
    assert.match(body.join('\n'), /^From \[Disk of .*\]\(https:\/\/example\.atlassian\.net\/a\)\n\nFrom second\n$/);
    assert.equal(originOf([alert, row('second')])?.id, origin?.id);
    assert.notEqual(originOf([row('third')])?.id, origin?.id);
  });

  it('is the selected text where no row is meant, and nothing without any', () => {
    assert.equal(originOf([]), undefined);
    const document = { getText: () => 'Error: no space\n<b>left</b>' };
    host.editor = { document } as unknown as typeof host.editor;
    assert.match(originOf([])?.text ?? '', /^# Error: no space\n\n> Error: no space\\\n> .*left/);
  });

  it('is written down before the editor opens, and sent from there', async () => {
    beAgreeable();
    host.answer = () => undefined;
    const desk = new TicketDesk([], {
      reads: { creationForm: () => ({ ok: true, value: { fields: [], typeId: '1', epicField: 'parent' } }) },
    });
    const origin = row('Nodes of bo1 are down', { link: 'https://example.com/1' });
    await desk.run('drDre.queue.createTicketFrom', origin);
    const opened = host.openEditor();
    assert.match(opened?.document.uri.query ?? '', /^newTicket\/from[0-9a-f]{24}\/example\.atlassian\.net\/here$/);
    if (opened !== undefined) opened.document.text = originOf([origin])?.text ?? '';
    await desk.run('drDre.queue.sendDraft', 'palette');
    const [[, request] = []] = desk.sent as (readonly [string, { summary: string; description: unknown }])[];
    assert.equal(request?.summary, 'Nodes of bo1 are down');
    assert.match(adfToText(request.description), /From Nodes of bo1 are down https:\/\/example\.com\/1/);
    assert.deepEqual(desk.ops.calls, ['createTicket']);
    desk.dispose();
  });

  it('leads to the ticket too where it is an alert: by a note, once the ticket is there', async () => {
    beAgreeable();
    host.answer = () => undefined;
    const desk = alertDesk();
    const alert = row('Disk full', { record: { kind: 'alert', key: 'a-1' } });
    await desk.run('drDre.queue.createTicketFrom', alert);
    const opened = host.openEditor();
    if (opened !== undefined) opened.document.text = originOf([alert])?.text ?? '';
    desk.ops.manners.set('createTicket', 'refuses');
    await desk.run('drDre.queue.sendDraft', 'palette');
    assert.deepEqual(desk.ops.calls, ['createTicket']);
    desk.ops.manners.clear();
    await desk.run('drDre.queue.sendDraft', 'palette');
    assert.deepEqual(desk.sent.slice(1), [
      ['addNote', 'a-1', 'Ticket DRE-9: https://example.atlassian.net/browse/DRE-9'],
    ]);
    desk.dispose();
  });

  it('is reported as created also while nobody answers the message that the note failed', async () => {
    beAgreeable();
    host.answer = () => undefined;
    let finds: string | null = null;
    const desk = alertDesk({ findCreated: () => ok(finds) });
    const alert = row('Disk full', { record: { kind: 'alert', key: 'a-1' } });
    await desk.run('drDre.queue.createTicketFrom', alert);
    const opened = host.openEditor();
    if (opened !== undefined) opened.document.text = originOf([alert])?.text ?? '';
    desk.ops.manners.set('createTicket', 'answersNothing').set('addNote', 'refuses');
    await desk.run('drDre.queue.sendDraft', 'palette');
    // Nothing but Jira knows of it any more.
    await desk.run('drDre.writes.takeBack', desk.rows[0] ?? assert.fail('it has no row'));
    host.editor = opened;
    finds = 'DRE-9';
    const seen: string[] = [];
    let resolveReported: (() => void) | undefined;
    const reported = new Promise<void>((resolve) => (resolveReported = resolve));
    host.press = ({ text }) => {
      seen.push(text);
      if (text === 'Created DRE-9.') resolveReported?.();
      return text.startsWith("Couldn't add note") ? reported : undefined;
    };
    await desk.run('drDre.queue.sendDraft', 'palette');
    assert.ok(
      seen.includes('Created DRE-9.') && seen.some((text) => text.startsWith("Couldn't add note")),
      seen.join(' | '),
    );
    desk.dispose();
  });
});
