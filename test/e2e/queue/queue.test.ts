import assert from 'node:assert/strict';
import type { Simulator } from '../../simulator/simulator.ts';
import { people, tokens } from '../../simulator/world.ts';
import { showOnly, useDrDre } from '../../support/vscode/drDre.ts';
import { Leaving } from '../../support/ui/leaving.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { pictureThemes, pictureTimeoutMs, type Workbench } from '../../support/vscode/workbench.ts';

// The paths through VS Code itself; every verb in each of its failing ways is tried on the stand-in for VS Code.
describe('tending tickets in a real VS Code', function () {
  this.timeout(pictureTimeoutMs);
  let simulator: Simulator;
  let workbench: Workbench;

  const firewall = 'DRE-356';
  const topology = 'DRE-353';
  const nodes = 'DRE-352';
  const certificates = 'DRE-360';
  const disk = 'DRE-362';
  const notes = 'DRE-365';
  const hsm = 'DRE-358';
  const elsewhere = 'DRE-348';
  const row = (ticket: string) => workbench.row('Queue', ticket);
  async function says(ticket: string, text: string | RegExp): Promise<void> {
    await workbench.waitForFullRows('Queue', (rows) =>
      rows.some((each) => each.includes(ticket) && (typeof text === 'string' ? each.includes(text) : text.test(each))),
    );
  }
  const edits = (): number => simulator.requests('atlassianSite').filter(({ method }) => method === 'PUT').length;

  /** Reads a ticket or writes fields of it, as somebody does who is not in this window. */
  async function asOther(ticket: string, fields?: object): Promise<Response> {
    const signedIn = Buffer.from(`${people[0].email}:${tokens.atlassian.classic}`).toString('base64');
    const answer = await fetch(new URL(`/rest/api/3/issue/${ticket}`, simulator.addresses.atlassianSite), {
      method: fields === undefined ? 'GET' : 'PUT',
      headers: { authorization: `Basic ${signedIn}`, 'content-type': 'application/json' },
      body: fields === undefined ? null : JSON.stringify({ fields }),
    });
    assert.ok(answer.ok);
    return answer;
  }

  /** Waits until Jira has a ticket like this. */
  async function holds(ticket: string, wanted: RegExp): Promise<void> {
    await waitFor(`Jira to have ${wanted.source}`, async () => wanted.test(await (await asOther(ticket)).text()));
  }

  const lists = { 'Beside the epic': 'key in (DRE-348, DRE-349)' };
  useDrDre({ size: { width: 1300, height: 900 }, settings: { 'drDre.queue.lists': lists } }, async (opened) => {
    ({ simulator, workbench } = opened);
    await showOnly(workbench, 'Queue');
    await workbench.waitForFullRows('Queue', (rows) => rows.some((each) => each.includes(firewall)));
  });

  it('groups and filters the queue, says that a filter is on, and shows all again', async () => {
    await workbench.runCommand('Dr. DRE: Group Tickets…');
    await workbench.quickPick.choose('Assignee');
    await workbench.waitForRows('Queue', (rows) => rows.some((each) => each.includes('(you)')));
    await workbench.runCommand('Dr. DRE: Filter Tickets…');
    await workbench.quickPick.choose('No assignee');
    await workbench.waitForRows('Queue', (rows) => rows.some((each) => each.includes('Filter: No assignee')));
    await workbench.screenshot('queue-filtered');
    await workbench.runCommand('Dr. DRE: Filter Tickets…');
    await workbench.quickPick.choose('Advanced Query…');
    for (const jql of ['labels =', 'labels = security']) {
      const isAsked = async (): Promise<boolean> => (await workbench.quickPick.title()) === 'Filter Tickets by a Query';
      await waitFor('the question for the query', isAsked);
      await workbench.quickPick.type(jql);
      await workbench.quickPick.accept();
      if (jql.endsWith('=')) {
        await waitFor('what Jira says', async () => /Jira: /.test(await workbench.quickPick.message()));
      }
    }
    await workbench.waitForFullRows(
      'Queue',
      (rows) =>
        ['Filter: labels = security', hsm].every((text) => rows.some((each) => each.includes(text))) &&
        !rows.some((each) => each.includes(topology)),
    );
    await workbench.runCommand('Dr. DRE: Clear Ticket Filter');
    await workbench.runCommand('Dr. DRE: Group Tickets…');
    await workbench.quickPick.choose('Status');
    await workbench.waitForRows('Queue', (rows) => rows.some((each) => each.includes('In Progress')));
  });

  it('marks a ticket as blocked with the reason as a comment, unblocks it, and marks it again where that is undone', async () => {
    await workbench.contextMenu(row(nodes), 'Mark Ticket as Blocked…');
    await workbench.quickPick.title();
    await workbench.quickPick.type('The provider has not answered yet.');
    await workbench.quickPick.accept();
    await says(nodes, 'flagged');
    await says(nodes, 'confirmed');
    await workbench.contextMenu(row(nodes), 'Unblock Ticket');
    await workbench.waitForFullRows('Queue', (rows) =>
      rows.some((each) => each.includes(nodes) && each.includes('confirmed') && !each.includes('flagged')),
    );
    await workbench.contextMenu(row(nodes), 'Undo Action');
    await says(nodes, 'flagged');
    await says(nodes, 'confirmed');
  });

  it('moves a ticket on in its workflow, and shows it in its new group', async () => {
    await workbench.contextMenu(row(topology), 'Transition Ticket…');
    await workbench.quickPick.choose('Start progress');
    await waitFor('it to be in progress', async () => {
      const rows = await workbench.fullRows('Queue');
      const ticket = rows.findIndex((each) => each.includes(topology));
      const group = (name: string): number => rows.findIndex((each) => each.startsWith(name));
      return ticket > group('In Progress') && ticket < group('To Do');
    });
  });

  it('puts a ticket back when Jira refuses, and says why', async () => {
    simulator.fault('atlassianSite', { kind: 'forbidden', match: 'PUT .*/issue/', times: 1 });
    const before = edits();
    await workbench.contextMenu(row(firewall), 'Change Summary of Ticket…');
    await workbench.quickPick.title();
    await workbench.quickPick.type('Firewall rules for dm1');
    await workbench.quickPick.accept();
    await says(firewall, 'failed ·');
    await workbench.notification('Your text is kept', 'Retry');
    await waitFor('the new summary', () => edits() === before + 2);
    await workbench.waitForRows('Queue', (rows) => !rows.some((each) => each.includes('failed ·')));
  });

  it('offers what puts right what a ticket lacks', async () => {
    await workbench.contextMenu(row(certificates), 'Quick Fix Ticket…');
    await workbench.quickPick.choose('Assign Ticket to Me');
    await says(certificates, /you|Dana/);
  });

  it('gives a ticket another priority, a due date and an assignee', async () => {
    await workbench.contextMenu(row(notes), 'Change Priority of Ticket…');
    await workbench.quickPick.choose('Highest');
    await says(notes, 'Highest');
    await workbench.contextMenu(row(notes), 'Change Due Date of Ticket…');
    await workbench.quickPick.choose('Tomorrow');
    await says(notes, 'due tomorrow');
    await workbench.contextMenu(row(notes), 'Assign Ticket…');
    await workbench.quickPick.choose(people[1]?.name ?? '');
    await holds(notes, new RegExp(`"assignee":\\{[^}]*${people[1]?.accountId ?? ''}`));
    await holds(notes, /"priority":\{[^}]*"Highest"/);
    await holds(notes, /"duedate":"\d{4}-/);
  });

  it('adds labels to a ticket, and takes one away again', async () => {
    await workbench.contextMenu(row(notes), 'Add Labels to Ticket…');
    await workbench.quickPick.title();
    await workbench.quickPick.type('night handed-over');
    await workbench.quickPick.accept();
    await holds(notes, /"labels":\[[^\]]*"night","handed-over"/);
    await workbench.contextMenu(row(notes), 'Remove Labels from Ticket…');
    await workbench.quickPick.tick('night', 'mouse');
    await workbench.quickPick.accept();
    await holds(notes, /"labels":\["release","handed-over"\]/);
  });

  it('adds a label to several tickets at once, and copies and opens them', async () => {
    const several = [notes, disk];
    const select = async (): Promise<void> => {
      await workbench.arrowTo('Queue', notes);
      await workbench.press('Escape');
      for (const each of several) await row(each).click({ modifiers: ['ControlOrMeta'] });
    };
    await select();
    await workbench.contextMenu(row(disk), 'Add Labels to Ticket…');
    await workbench.quickPick.title();
    await workbench.quickPick.type('together');
    await workbench.quickPick.accept();
    for (const each of several) await holds(each, /"labels":\[[^\]]*"together"/);
    const pages = several.map((key) => new URL(`/browse/${key}`, simulator.addresses.atlassianSite).href);
    const leaving = new Leaving(workbench);
    await leaving.keepClipboard();
    await select();
    await workbench.contextMenu(row(notes), 'Copy Link');
    await leaving.copied('both links', pages);
    await workbench.contextMenu(row(notes), 'Copy ID');
    await leaving.copied('both keys', several);
    await workbench.contextMenu(row(notes), 'Open Ticket in Jira');
    await leaving.opened(pages);
    await workbench.arrowTo('Queue', notes);
    await workbench.press('Escape');
    await workbench.menuByKeyboard('Copy Link');
    await leaving.copied('one link by keyboard', pages.slice(0, 1));
  });

  it('links a ticket to another one, in the direction that is chosen', async () => {
    await workbench.contextMenu(row(notes), 'Link Ticket…');
    await workbench.quickPick.choose('blocks');
    await workbench.quickPick.choose(`${disk} Disk of two hosts in dm1 is nearly full`);
    await holds(notes, new RegExp(`"outwardIssue":\\{[^}]*"key":"${disk}"`));
  });

  it('moves a ticket out of the queue', async () => {
    await workbench.contextMenu(row(certificates), 'Move Ticket Out of the Queue…');
    await workbench.quickPick.choose('Out of any epic');
    await waitFor('Jira to have it', async () => !(await (await asOther(certificates)).text()).includes('"parent":{'));
    await workbench.waitForFullRows('Queue', (rows) => !rows.some((each) => each.includes(certificates)));
  });

  it('changes a ticket of a further list with the keyboard alone', async () => {
    await workbench.arrowTo('Queue', elsewhere);
    await workbench.press('Shift+Alt+O');
    await says(elsewhere, /you|Dana/);
    await holds(elsewhere, new RegExp(`"assignee":\\{[^}]*${people[0].accountId}`));
    await workbench.screenshot('queue-list');
  });

  it('comments on a ticket in an editor, and keeps the text over a reload until it is sent', async () => {
    const comments = (): number =>
      simulator.requests('atlassianSite').filter(({ method, path }) => method === 'POST' && path.includes('/comment'))
        .length;
    const tab = `${topology} Comment`;
    const isOpen = async (): Promise<boolean> => (await workbench.editors()).some((each) => each.includes(tab));
    await workbench.contextMenu(row(topology), 'Comment on Ticket…');
    await waitFor('the editor', isOpen);
    await workbench.page.keyboard.type('Asked **the provider**, waiting.');
    await waitFor('the text', async () => (await workbench.editorText()).includes('waiting'));
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`comment-${theme}`);
    }
    await workbench.reload();
    await waitFor('the editor after the reload', isOpen);
    await waitFor('the text after the reload', async () => (await workbench.editorText()).includes('waiting'));
    assert.equal(comments(), 0);
    await workbench.runCommand('Dr. DRE: Send to Jira');
    await waitFor('Jira to have it', () => comments() === 1);
    await waitFor('the editor to close', async () => !(await isOpen()));
  });

  it('creates a ticket from what is written in an editor, and shows it', async () => {
    await workbench.runCommand('Dr. DRE: Create Ticket…');
    await workbench.quickPick.choose('Another Ticket');
    await waitFor('the editor', async () => (await workbench.editors()).some((each) => each.includes('New Ticket')));
    await workbench.press('End');
    await workbench.page.keyboard.type('Tidy the dashboards of Boston');
    await waitFor('the text', async () => (await workbench.editorText()).includes('Boston'));
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`new-ticket-${theme}`);
    }
    await workbench.runCommand('Dr. DRE: Send to Jira');
    await waitFor('the document of the ticket in place of the editor', async () => {
      const open = await workbench.editors();
      return (
        open.some((each) => /^DRE-\d+ Tidy the dashboards of Boston/.test(each)) &&
        !open.some((each) => each.includes('New Ticket'))
      );
    });
    await workbench.waitForRows('Queue', (rows) => rows.some((each) => each.includes('Tidy the dash')));
  });

  it('shows a description beside that of somebody else, and loses neither', async () => {
    const isOpen = async (tab: string): Promise<boolean> =>
      (await workbench.editors()).some((each) => each.includes(tab));
    const compared = `${firewall}: in Jira ↔ yours`;
    await workbench.contextMenu(row(firewall), 'Edit Description of Ticket…');
    await waitFor('the editor', () => isOpen(`${firewall} Description`));
    await waitFor('the text', async () => (await workbench.editorText()).includes('switch upgrade'));
    await workbench.press('Control+End');
    await workbench.page.keyboard.type('Ours: ask Noor.');
    await waitFor('what is typed', async () => (await workbench.editorText()).includes('Ours: ask Noor.'));
    const theirs = { type: 'paragraph', content: [{ type: 'text', text: 'Theirs: the switch is upgraded.' }] };
    await asOther(firewall, { description: { type: 'doc', version: 1, content: [theirs] } });
    const before = edits();
    await workbench.runCommand('Dr. DRE: Send to Jira');
    await waitFor('both versions', () => isOpen(compared));
    const sides = workbench.page.locator('.monaco-diff-editor');
    await waitFor('both texts', async () => {
      const text = (await sides.innerText()).replaceAll('\u00a0', ' ');
      return text.includes('Theirs: the switch') && text.includes('Ours: ask Noor.');
    });
    assert.equal(edits(), before);
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`description-conflict-${theme}`);
    }
    await workbench.runCommand('Dr. DRE: Send to Jira');
    await waitFor('Jira to have it', () => edits() > before);
    await waitFor('the editors to close', async () => !(await isOpen(compared)) && !(await isOpen('Description')));
  });

  it('links a proposal to a ticket, by a label that Jira has then', async () => {
    await workbench.contextMenu(row(disk), 'Link Proposal to Ticket…');
    await workbench.quickPick.choose('Another proposal…');
    await workbench.quickPick.type('141234');
    await workbench.quickPick.accept();
    await says(disk, 'confirmed');
    assert.match(await (await asOther(disk)).text(), /"labels":\[[^\]]*141234/);
  });

  it('links a ticket to the proposal of a row', async () => {
    await workbench.expandView('Proposals');
    const proposal = await waitFor('a proposal', async () => {
      const rows = await workbench.fullRows('Proposals');
      return rows.flatMap((each) => /Proposal (\d{6}):/.exec(each)?.[1] ?? [])[0];
    });
    await workbench.contextMenu(workbench.row('Proposals', proposal), 'Link Ticket to Proposal…');
    await workbench.quickPick.choose(`${disk} Disk of two hosts in dm1 is nearly full`);
    await holds(disk, new RegExp(`"labels":\\[[^\\]]*"proposal:${proposal}"`));
    await workbench.collapseView('Proposals');
  });

  it('opens the guidelines of the queue, and a ticket with its files, comments and history', async () => {
    const shows = (text: string): Promise<boolean> =>
      workbench
        .webviewFrame()
        .locator('body')
        .innerText()
        .then((body) => body.includes(text));
    await workbench.runCommand('Dr. DRE: Open Queue Guidelines');
    await waitFor('the guidelines', () => shows('A ticket in the queue'));
    await workbench.arrowTo('Queue', disk);
    await workbench.press('Enter');
    await waitFor('the file', () => shows('df of both hosts.txt'));
    await waitFor('the history', () => shows('To Do → In Progress'));
    // The links on top of it lead to questions: nothing is sent by a click.
    const before = edits();
    await workbench.webviewFrame().getByRole('link', { name: 'Change Due Date…' }).click();
    assert.match(await workbench.quickPick.title(), new RegExp(`^Change Due Date of .*${disk}`));
    await workbench.quickPick.cancel();
    assert.equal(edits(), before);
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`ticket-${theme}`);
    }
  });

  it('keeps pictures of the form of a new ticket, of one that could not be created, and of a filter with groups', async () => {
    simulator.switch('atlassian', 'siteFieldsRequired', true);
    await workbench.runCommand('Dr. DRE: Create Ticket…');
    await workbench.quickPick.choose('Another Ticket');
    await waitFor('the editor', async () => (await workbench.editors()).some((each) => each.includes('New Ticket')));
    // What was sent from this template a moment ago is not offered again.
    await waitFor('the template', async () => /^#\s*$/.test((await workbench.editorText()).trim()));
    await workbench.press('End');
    await workbench.page.keyboard.type('Renew the racks of Geneva');
    await waitFor('the text', async () => (await workbench.editorText()).includes('Geneva'));
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await workbench.runCommand('Dr. DRE: Send to Jira');
      await workbench.quickPick.title();
      await waitFor('the first field', async () => (await workbench.quickPick.message()).includes('Change reason?'));
      await workbench.screenshot(`ticket-form-${theme}`);
      await workbench.quickPick.cancel();
    }
    simulator.switch('atlassian', 'siteFieldsRequired', false);
    simulator.fault('atlassianSite', { kind: 'forbidden', match: 'POST .*/issue$', times: 1 });
    await workbench.runCommand('Dr. DRE: Send to Jira');
    await workbench.notification('Create Issues');
    await workbench.waitForRows('Queue', (rows) => rows.some((each) => each.includes('not created')));
    await workbench.runCommand('Dr. DRE: Group Tickets…');
    await workbench.quickPick.choose('Assignee');
    await workbench.runCommand('Dr. DRE: Filter Tickets…');
    await workbench.quickPick.choose('Advanced Query…');
    const isAsked = async (): Promise<boolean> => (await workbench.quickPick.title()) === 'Filter Tickets by a Query';
    await waitFor('the question for the query', isAsked);
    await workbench.quickPick.type('labels in (observability, topology) OR key = DRE-348');
    await workbench.quickPick.accept();
    await workbench.waitForRows('Queue', (rows) => rows.some((each) => each.includes('Filter: labels')));
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`queue-failed-and-filtered-${theme}`);
    }
    await workbench.runCommand('Dr. DRE: Clear Ticket Filter');
    await workbench.runCommand('Dr. DRE: Group Tickets…');
    await workbench.quickPick.choose('Status');
  });

  it('keeps pictures of the queue and of the menu of a ticket', async () => {
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`queue-tended-${theme}`);
    }
    const items = await workbench.menuItems(row(hsm));
    assert.ok(items.includes('Unblock Ticket'));
    assert.ok(!items.includes('Mark Ticket as Blocked…'));
  });
});
