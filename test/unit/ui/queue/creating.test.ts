import assert from 'node:assert/strict';
import { ok } from '../../../../src/domain/base/result.ts';
import type { ScreenField } from '../../../../src/domain/queue/screen.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { failing, type Reads } from '../../../support/ui/scriptedOps.ts';
import { TicketDesk } from '../../../support/ui/ticketDesk.ts';
import { beAgreeable, beGone } from '../../../support/ui/verbMatrix.ts';
import { host } from '../../../support/ui/vscode.ts';

const written =
  '# Proposal: onboard bo1\n\n## Requirements\n\nTwo nodes.\n\n## Expected outcome\n\nThey are healthy.\n';
const choice: ScreenField = {
  id: 'team',
  name: 'Team',
  required: true,
  form: 'choice',
  choices: [{ id: '7', name: 'DRE' }],
};

const sendDraft = 'drDre.queue.sendDraft';

describe('creating a ticket', () => {
  let desk: TicketDesk;

  beforeEach(() => {
    beAgreeable();
    host.closedTabs.length = 0;
    host.answer = () => written;
  });
  afterEach(() => {
    desk.dispose();
    beGone();
  });

  /** A desk where Jira answers these, and where what is created is found by its request when it `finds` it. */
  function open({
    fields = [],
    finds,
    reads = {},
  }: { fields?: ScreenField[]; finds?: string; reads?: Reads } = {}): void {
    desk = new TicketDesk([ticket('DRE-1', { summary: 'Onboard bo1' })], {
      reads: {
        creationForm: () => ok({ typeId: '1', fields, epicField: 'parent' }),
        findCreated: () => ok(finds ?? null),
        getTicket: () => ok(ticket('DRE-9')),
        ...reads,
      },
    });
  }
  const create = (): Promise<void> => desk.run('drDre.queue.createTicket', 'palette');
  const send = (): Promise<void> => desk.run(sendDraft, 'palette');
  const sent = (): readonly unknown[] => desk.sent.map(([, request]) => request);
  const messages = (): readonly string[] => host.messages.map(({ text }) => text);

  it('points out a likely duplicate, asks for what the project wants, and closes the tab when it is there', async () => {
    open({ fields: [choice] });
    await create();
    assert.deepEqual(messages(), ['There is likely such a ticket already. Create another one?', 'Created DRE-9.']);
    assert.match(host.messages[0]?.detail ?? '', /^DRE-1 Onboard bo1/);
    const [request] = sent() as { summary: string; values: object; epic: string; labels: string[] }[];
    assert.deepEqual([request?.summary, request?.epic], ['Proposal: onboard bo1', 'DRE-350']);
    assert.deepEqual([request?.values, request?.labels], [{ team: { id: '7' } }, ['proposal']]);
    assert.equal(host.closedTabs.length, 1);
  });

  it('sends nothing where the person meant the ticket that is there', async () => {
    open();
    host.press = () => undefined;
    await create();
    assert.deepEqual(sent(), []);
    assert.equal(host.closedTabs.length, 0);
  });

  it('asks before a request is sent without requirements or outcome', async () => {
    open();
    host.answer = () => '# Proposal: x\n\n## Requirements\n\n\n\n## Expected outcome\n\n';
    host.press = () => undefined;
    await create();
    assert.deepEqual(messages(), ['Create the ticket without the requirements and the expected outcome?']);
    assert.deepEqual(sent(), []);
  });

  it('is sent once where it is asked for twice', async () => {
    open();
    host.answer = () => undefined;
    await create();
    const editor = host.openEditor() ?? assert.fail('no editor is open');
    editor.document.text = written;
    const first = desk.begin(sendDraft, 'palette');
    await desk.ended(desk.begin(sendDraft, 'palette').then(() => first));
    assert.equal(sent().length, 1);
    assert.deepEqual(messages().slice(-2).sort(), ['Created DRE-9.', 'It is being sent already.']);
  });

  it('leads back through what the project wants', async () => {
    const reason: ScreenField = { id: 'why', name: 'Reason', required: true, form: 'text', choices: [] };
    open({ fields: [choice, reason] });
    const held: string[] = [];
    host.answer = (box) => {
      if (!box.title?.startsWith('Create Ticket')) return written;
      held.push(box.value);
      if (held.length === 1) box.press('Back');
      return 'Capacity';
    };
    const teams: unknown[] = [];
    const { pick } = host;
    host.pick = (items, options) => {
      if (items.some(({ label }) => label === 'DRE')) teams.push(options?.placeHolder);
      return pick(items, options);
    };
    await create();
    assert.deepEqual(
      [teams, held],
      [
        ['Select Team', 'Select Team'],
        ['', 'Capacity'],
      ],
    );
    const [request] = sent() as { values: object }[];
    assert.deepEqual(request?.values, { team: { id: '7' }, why: 'Capacity' });
  });

  it('asks for nothing where something can only be filled in Jira', async () => {
    open({ fields: [choice, { id: 'x', name: 'Cost', required: true, form: 'other', choices: [] }] });
    await create();
    assert.equal(messages().at(-1), 'A new ticket needs “Cost”, which can only be filled in Jira.');
    assert.deepEqual(sent(), []);
  });

  it('is not taken for sent when the person leaves what the project wants', async () => {
    open({ fields: [choice] });
    const { pick } = host;
    host.pick = (items, options) => (items.some(({ label }) => label === 'DRE') ? undefined : pick(items, options));
    await create();
    assert.deepEqual(sent(), []);
    host.messages.length = 0;
    host.pick = pick;
    await send();
    assert.deepEqual(messages(), ['There is likely such a ticket already. Create another one?', 'Created DRE-9.']);
    assert.equal(sent().length, 1);
  });

  it('finds the ticket when no answer came though it was created, and does not send it twice', async () => {
    open({ finds: 'DRE-12' });
    desk.ops.manners.set('createTicket', 'answersNothing');
    await create();
    assert.equal(messages().at(-1), 'Created DRE-12.');
    assert.equal(desk.ops.calls.length, 1);
  });

  it('keeps what was written when it is not known whether it was created, and looks before it is sent again', async () => {
    let finds: string | null = null;
    open({ reads: { findCreated: () => ok(finds) } });
    desk.ops.manners.set('createTicket', 'answersNothing');
    await create();
    assert.match(
      messages().at(-1) ?? '',
      /^Couldn't confirm that “Proposal: onboard bo1” was created.*Your text is kept\.$/,
    );
    assert.equal(host.closedTabs.length, 0);
    // Jira does not list it: the person is asked, and does not want it.
    host.messages.length = 0;
    host.press = () => undefined;
    await send();
    assert.deepEqual(messages(), ['Create the ticket again?']);
    assert.equal(desk.ops.calls.length, 1);
    // Now it does.
    finds = 'DRE-13';
    await send();
    assert.equal(messages().at(-1), 'Created DRE-13.');
    assert.equal(desk.ops.calls.length, 1);
    assert.equal(host.closedTabs.length, 1);
  });

  it('names the permission that is missing, keeps what was written, and can be sent again without a question', async () => {
    open();
    desk.ops.manners.set('createTicket', 'refuses');
    await create();
    assert.match(messages().at(-1) ?? '', /permission “Create Issues”/);
    assert.equal(host.closedTabs.length, 0);
    desk.ops.manners.clear();
    host.messages.length = 0;
    await send();
    assert.equal(messages().at(-1), 'Created DRE-9.');
    assert.ok(!messages().includes('Create the ticket again?'));
  });

  it('has one line in the journal for each time that it was sent, with the key once it is there', async () => {
    open();
    desk.ops.manners.set('createTicket', 'refuses');
    await create();
    desk.ops.manners.set('createTicket', 'answersNothing');
    await send();
    desk.ops.manners.clear();
    await send();
    const lines = (await desk.noted()).map(({ who, title, outcome, record }) => [who, title, outcome, record?.key]);
    const title = 'create ticket “Proposal: onboard bo1”';
    assert.deepEqual(lines, [
      ['Dana Oncall', title, 'failed', 'new/onboardDataCenter/example.atlassian.net/here'],
      ['Dana Oncall', title, 'unconfirmed', 'new/onboardDataCenter/example.atlassian.net/here'],
      ['Dana Oncall', 'Created “DRE-9 Proposal: onboard bo1”', 'applied', 'DRE-9'],
    ]);
    assert.equal((await desk.noted())[2]?.link, 'https://example.atlassian.net/browse/DRE-9');
  });

  it('stands above the tickets until it is there, and is finished also when it is tried again from there', async () => {
    open();
    desk.ops.manners.set('createTicket', 'refuses');
    await create();
    const [first] = desk.rows;
    // Cut so that what became of it is seen beside it in a narrow side bar.
    assert.equal(first?.label, 'Proposal: onboard…');
    assert.equal(first.icon?.id, 'warning');
    assert.match(first.description ?? '', /^not created: You don't have permission .*text kept$/);
    assert.match(first.hover?.join('\n') ?? '', /\nCouldn't create ticket: You don't have permission/);
    desk.ops.manners.clear();
    assert.equal(host.closedTabs.length, 0);
    await desk.run('drDre.writes.retry', first);
    assert.equal(host.closedTabs.length, 1);
    assert.ok(!desk.rows.some(({ id }) => id.startsWith('new/')));
    assert.equal(desk.ops.calls.length, 2);
  });

  it('says why nothing can be created, and what is wrong with the first line', async () => {
    open({ reads: { creationForm: () => ok(undefined) } });
    await create();
    assert.match(messages().at(-1) ?? '', /it takes the permission “Create Issues”\.$/);
    open({ reads: { creationForm: () => failing('unreachable') } });
    await create();
    assert.match(messages().at(-1) ?? '', /^Create Ticket: /);
    for (const [text, says] of [
      ['# \n\nx', /It is empty\.$/],
      [`# ${'x'.repeat(256)}`, /at most 255 characters\.$/],
    ] as const) {
      host.answer = () => text;
      await create();
      assert.match(messages().at(-1) ?? '', says);
    }
    assert.deepEqual(sent(), []);
  });
});
