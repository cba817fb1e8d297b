import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { people, tokens } from '../../simulator/world.ts';
import { Leaving } from '../../support/ui/leaving.ts';
import { useAlerts, type WorkbenchAlerts } from '../../support/ui/workbenchAlerts.ts';
import { clickOnce } from '../../support/ui/click.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { pictureThemes, type Workbench } from '../../support/vscode/workbench.ts';

/** What a row says of an alert that was acknowledged, and of which no note is known. */
const noNote = /no note|notes not read/;

// Acting on alerts, besides the verbs themselves (verbs.test.ts): questions, texts that are kept, several alerts at
// once, undo. What the row says is compared with what the service then has.
describe('alerts in a real VS Code', function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let workbench: Workbench;
  let alerts: WorkbenchAlerts;

  useAlerts((opened) => ({ simulator, workbench, alerts } = opened));

  afterEach(() => {
    simulator.clearFaults();
    simulator.switch('atlassian', 'failActions', '');
    simulator.switch('atlassian', 'actionDelayMs', 300);
  });

  const row = (message: string): Locator => alerts.row(message);
  const held = (message: string): Promise<Alert> => alerts.held(message);
  const says = (message: string, text: string | RegExp): Promise<void> => alerts.says(message, text);

  /** Raises alerts with these words in common above all others, and waits for their rows. */
  async function raise(messages: readonly string[], words: string): Promise<Locator> {
    for (const message of messages) {
      simulator.switch('atlassianApi', 'raise', { message, alias: message, priority: 'P1' });
    }
    await workbench.runCommand('Dr. DRE: Refresh');
    const rows = workbench.view('Alerts').locator('.monaco-list-row', { hasText: words });
    await waitFor('the rows', async () => (await rows.count()) === messages.length);
    return rows;
  }

  /** Somebody else becomes the owner of an alert, in another tool. */
  async function eliTakes(message: string): Promise<void> {
    assert.ok((await alerts.ops.assign((await held(message)).id, people[1]?.accountId ?? '')).ok);
    await waitFor('the owner', async () => (await held(message)).owner === 'Eli Second');
    await workbench.runCommand('Dr. DRE: Refresh');
    await says(message, 'owner Eli Second');
  }

  /** Gives the side bar more than half of the window: pictures are to show what rows say. */
  async function widen(): Promise<void> {
    const bar = await workbench.page.locator('.part.sidebar').boundingBox();
    assert.ok(bar !== null);
    await workbench.page.mouse.move(bar.x + bar.width, bar.y + bar.height / 2);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(950, bar.y + bar.height / 2, { steps: 5 });
    await workbench.page.mouse.up();
  }

  it('keeps the text of a note when the acknowledgement before it fails, and sends both when tried again', async () => {
    const message = 'mainnet-scraper is expired';
    simulator.fault('atlassianApi', { kind: 'forbidden', match: 'POST .*/acknowledge', times: 1 });
    await workbench.contextMenu(row(message), 'Acknowledge Alert with Note…');
    await workbench.quickPick.title();
    await workbench.quickPick.type('It is being moved.');
    await workbench.quickPick.accept();
    await says(message, /\bfailed\b.*Couldn't acknowledge/);
    assert.deepEqual(await alerts.notesOf(message), [], 'a note to what was not done is not sent');
    await workbench.notification('Your text is kept', 'Retry');
    await says(message, 'owner Dana');
    await waitFor('the note', async () => (await alerts.notesOf(message)).includes('It is being moved.'));
  });

  it('says that an alert seems forgotten, and changes that from the row', async () => {
    const message = 'IC_Node_Unassigned_Upgrade';
    await says(message, noNote);
    await alerts.inline(message, 'Add Note to Alert');
    await workbench.quickPick.title();
    await workbench.quickPick.type('They follow after the last batch.');
    await workbench.quickPick.accept();
    await alerts.waitForRows((rows) =>
      rows.some((each) => each.includes(message) && !noNote.test(each) && !each.includes('adding')),
    );
    assert.deepEqual(await alerts.notesOf(message), ['They follow after the last batch.']);
  });

  it('is acknowledged from the hover of its row', async () => {
    const message = 'a fan of the rack is loud';
    const raised = await raise([message], message);
    const hover = workbench.page.locator('.monaco-hover:visible', { hasText: message });
    await waitFor('the link to be clicked', async () => {
      // A row that is painted anew meanwhile shows no hover.
      await workbench.page.mouse.move(0, 0);
      await raised.hover({ timeout: 2000 });
      await clickOnce(hover.getByText('Acknowledge', { exact: true }), 3000);
      return true;
    });
    await says(message, 'owner Dana');
    await workbench.page.mouse.move(0, 0);
  });

  it('takes no time in the past for a snooze', async () => {
    await workbench.contextMenu(row('IC_Canister_CyclesLow'), 'Snooze Alert…');
    await workbench.quickPick.choose('At a chosen time…');
    await waitFor('the field', async () => !(await workbench.quickPick.title()).includes('how long'));
    await workbench.quickPick.type('2020-01-01 10:00');
    await waitFor('the refusal', async () => (await workbench.quickPick.message()).includes('in the past'));
    await workbench.quickPick.type('2h');
    await waitFor('the time', async () => /until .* \(in (2 h|1 h 59 min)\)/.test(await workbench.quickPick.message()));
    await workbench.quickPick.accept();
    await waitFor('the new end', async () => {
      const { snoozedUntil = 0 } = await held('IC_Canister_CyclesLow');
      return Math.abs(snoozedUntil - Date.now() - 7_200_000) < 120_000;
    });
  });

  it('closes several after asking, and leaves selected what failed', async () => {
    const [one, two, three] = [
      'IC_Consensus_LowNotarizationRate',
      'TargetDown: 2 nodes',
      'TargetDown: 1 node',
    ] as const;
    await alerts.select(row(one), row(two), row(three));
    simulator.fault('atlassianApi', { kind: 'forbidden', match: 'POST .*/close', times: 2 });
    await workbench.contextMenu(row(two), 'Close Alert');
    assert.match(await workbench.dialog('Close 3 Alerts'), /Close 3 alerts\?.*You can't reopen a closed alert/);
    await waitFor('two failed rows', async () => {
      const failed = (await alerts.rows()).filter((each) => each.includes("Couldn't close"));
      return failed.length === 2;
    });
    await waitFor('just the failed ones to be selected', async () => {
      const texts = await alerts.selected();
      return texts.length === 2 && texts.every((text) => text.includes("Couldn't close"));
    });
    await workbench.notification("Couldn't close: 2 alerts", 'Retry');
    await alerts.waitForRows(
      (rows) => !rows.some((each) => [one, two, three].some((message) => each.includes(message))),
    );
    for (const message of [one, two]) assert.equal((await held(message)).status, 'closed');
  });

  it('asks about five, and adds tags to all of them', async () => {
    const count = 5;
    const rows = await raise(
      Array.from({ length: count }, (_, index) => `Alert ${index + 1} for tags`),
      'for tags',
    );
    await alerts.select(rows.first());
    await rows.last().click({ modifiers: ['Shift'] });
    await workbench.contextMenu(rows.nth(2), 'Add Tags to Alert…');
    await workbench.dialog(`Add Tags to ${count} Alerts`);
    await workbench.quickPick.title();
    await workbench.quickPick.type('night, handed over');
    await workbench.quickPick.accept();
    await waitFor('the tags', async () => {
      const read = await alerts.ops.listAlerts({ query: '' });
      const tagged = read.ok ? read.value.alerts.filter(({ tags }) => tags.includes('handed over')) : [];
      return tagged.length === count;
    });
  });

  it('counts a long bulk, sends no more once it is cancelled, and the rest when tried again', async () => {
    const messages = Array.from({ length: 14 }, (_, index) => `Bulk ${index + 1} of the night`);
    const rows = await raise(messages, 'of the night');
    await alerts.select(rows.first());
    await rows.last().click({ modifiers: ['Shift'] });
    await waitFor('all to be selected', async () => (await alerts.selected()).length === 14);
    await workbench.view('Alerts').locator('.monaco-list:focus').waitFor();
    // Four at once: the first four end while the next wait for the service.
    simulator.switch('atlassian', 'actionDelayMs', 2_500);
    await workbench.press('Alt+a');
    await workbench.dialog('Acknowledge 14 Alerts');
    await waitFor('how far it is', async () =>
      (await workbench.notifications()).some((text) => /Acknowledging: [1-9]\d? of 14/.test(text)),
    );
    // VS Code draws rows anew one by one, and those that are still to come do not look selected for a moment.
    await waitFor('all of them to look selected', async () => (await alerts.selected()).length === 14);
    // So it stays while its pictures are taken.
    simulator.switch('atlassian', 'actionDelayMs', 3_600_000);
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`alerts-bulk-${theme}`, { withFloating: true });
    }
    await workbench.notification('Acknowledging: ', 'Cancel');
    simulator.switch('atlassian', 'actionDelayMs', 0);
    const said = await waitFor('how many were done', async () =>
      (await workbench.notifications()).find((text) => text.startsWith('Cancelled: ')),
    );
    const done = Number(/^Cancelled: (\d+) actions of 14 applied, the rest not sent/.exec(said)?.[1]);
    assert.ok(done >= 4 && done < 14, said);
    const acknowledged = async (): Promise<number> => {
      const read = await alerts.ops.listAlerts({ query: 'message: "of the night"' });
      return read.ok ? read.value.alerts.filter(({ status }) => status === 'acknowledged').length : -1;
    };
    assert.equal(await acknowledged(), done);
    const unsent = 'acknowledge not sent: cancelled';
    await waitFor('just the rest to be selected', async () => {
      const selected = await alerts.selected();
      return selected.length === 14 - done && selected.every((text) => text.includes(unsent));
    });
    simulator.switch('atlassian', 'actionDelayMs', 300);
    await workbench.contextMenu(workbench.row('Alerts', unsent), 'Retry Failed Action');
    await waitFor('the rest', async () => (await acknowledged()) === 14);
  });

  it('acknowledges from the palette what is selected, and asks when the keyboard has gone on to another row', async () => {
    const messages = ['one', 'two', 'three', 'four', 'five'].map((name) => `Alert ${name} for the palette`);
    const [one = '', two = '', three = '', four = '', five = ''] = messages;
    await raise(messages, 'for the palette');
    await alerts.select(row(one), row(two));
    await workbench.runCommand('Dr. DRE: Acknowledge Alert');
    for (const message of [one, two]) await says(message, 'owner Dana');
    for (const message of [three, four, five]) assert.equal((await held(message)).status, 'open');

    await alerts.select(row(three), row(four));
    await alerts.arrowTo(five);
    await workbench.runCommand('Dr. DRE: Acknowledge Alert');
    assert.equal(await workbench.quickPick.title(), 'Acknowledge Alerts');
    assert.deepEqual(await workbench.quickPick.ticked(), [`P1 ${five}`]);
    await workbench.quickPick.accept();
    await says(five, 'owner Dana');
    for (const message of [three, four]) assert.equal((await held(message)).status, 'open');
  });

  it('asks before it undoes an acknowledgement, from the row and from the palette', async () => {
    const message = 'Alert to be undone';
    await raise([message], message);
    const undone = (): number =>
      simulator.requests('atlassianApi').filter(({ path }) => path.endsWith('/unacknowledge')).length;
    const before = undone();
    await alerts.inline(message, 'Acknowledge Alert');
    await says(message, 'confirmed');
    await workbench.contextMenu(row(message), 'Undo Action');
    assert.match(await workbench.dialog('Cancel'), /Undo acknowledge “Alert to be undone”\?.*pages again/);
    await workbench.runCommand('Dr. DRE: Undo Action');
    await waitFor('the question', async () => (await workbench.quickPick.title()) === 'Select actions');
    assert.equal((await held(message)).status, 'acknowledged');
    assert.equal(undone(), before);
    await workbench.quickPick.tick(`acknowledge: ${message}`, 'mouse');
    await workbench.quickPick.accept();
    assert.match(await workbench.dialog('Undo'), /pages again/);
    await waitFor('it to be open again', async () => (await held(message)).status === 'open');
    await says(message, /confirmed/);
    assert.equal(undone(), before + 1);
  });

  it('removes tags from the row, and undoes it', async () => {
    const message = 'IC_Subnet_UpgradeStuck';
    await workbench.contextMenu(row(message), 'Remove Tags from Alert…');
    await workbench.quickPick.tick('rollout', 'mouse');
    await workbench.quickPick.accept();
    await says(message, 'confirmed');
    assert.ok(!(await held(message)).tags.includes('rollout'));
    await workbench.contextMenu(row(message), 'Undo Action');
    await waitFor('the tag', async () => (await held(message)).tags.includes('rollout'));
  });

  it('creates a ticket from an alert, and each leads to the other', async () => {
    const message = 'IC_Subnet_UpgradeStuck';
    await workbench.contextMenu(row(message), 'Create Ticket From…');
    await waitFor('the text', async () => (await workbench.editorText()).includes(message));
    await workbench.runCommand('Dr. DRE: Send to Jira');
    const note = await waitFor('the note', async () =>
      (await alerts.notesOf(message)).find((each) => each.startsWith('Ticket DRE-')),
    );
    const key = /DRE-\d+/.exec(note)?.[0] ?? assert.fail(note);
    await waitFor('its document', async () => (await workbench.editors()).some((each) => each.includes(key)));
    const signedIn = Buffer.from(`${people[0].email}:${tokens.atlassian.classic}`).toString('base64');
    const address = new URL(`/rest/api/3/issue/${key}`, simulator.addresses.atlassianSite);
    const ticket = await (await fetch(address, { headers: { authorization: `Basic ${signedIn}` } })).text();
    // The page of the alert is no link here, as the simulated site has none with https.
    assert.match(ticket, /"text":"From \[prod\] IC_Subnet_UpgradeStuck: o3ow2/);
  });

  it('copies links and opens pages from row, selection, palette and keyboard', async () => {
    const [one, two] = ['IC_Subnet_UpgradeStuck', 'IC_Replica_NotFinalizing on o3ow2'] as const;
    const page = async (message: string): Promise<string> =>
      new URL(`/jira/ops/alerts/${(await alerts.held(message)).id}`, simulator.addresses.atlassianSite).href;
    const pages = [await page(one), await page(two)];
    const leaving = new Leaving(workbench);
    await leaving.keepClipboard();
    await workbench.contextMenu(alerts.row(one), 'Copy Link');
    await leaving.copied('one from the row', pages.slice(0, 1));
    await alerts.select(alerts.row(one), alerts.row(two));
    await workbench.contextMenu(alerts.row(two), 'Copy Link');
    await leaving.copied('two from the menu', pages);
    await workbench.runCommand('Dr. DRE: Copy Link');
    await leaving.copied('two from the palette', pages);
    await workbench.contextMenu(alerts.row(one), 'Open Alert in Jira');
    await leaving.opened(pages);
    await workbench.runCommand('Dr. DRE: Open Alert in Jira');
    await leaving.opened(pages);
    await alerts.select();
    await alerts.arrowTo(two);
    await workbench.menuByKeyboard('Copy Link');
    await leaving.copied('one by keyboard', pages.slice(1));
    await workbench.menuByKeyboard('Open Alert in Jira');
    await leaving.opened(pages.slice(1));
  });

  it('warns before it acts on what somebody else took a moment ago', async () => {
    const message = 'IC_Orchestrator_Restarted';
    await eliTakes(message);
    await workbench.contextMenu(row(message), 'Snooze Alert…');
    assert.match(await workbench.dialog('Cancel'), /Eli Second has “.*IC_Orchestrator_Restarted/);
    assert.equal((await held(message)).status, 'open');
  });

  it('goes on after a reload with what was under way, and sends nothing twice', async () => {
    const messages = ['one', 'two'].map((name) => `Alert ${name} under way`);
    const [one = '', two = ''] = messages;
    await raise(messages, 'under way');
    const ids = await Promise.all(messages.map(async (message) => (await held(message)).id));
    const sent = (): number =>
      simulator
        .requests('atlassianApi')
        .filter(({ path }) => path.endsWith('/acknowledge') && ids.some((id) => path.includes(id))).length;
    simulator.switch('atlassian', 'actionDelayMs', 3_600_000);
    await alerts.select(row(one), row(two));
    await workbench.press('Alt+a');
    await waitFor('both to be sent', () => sent() === 2);
    await workbench.reload();
    await workbench.openContainer('Dr. DRE');
    await alerts.open();
    for (const message of messages) await says(message, 'acknowledging');
    for (const message of messages) assert.equal((await held(message)).status, 'open');
    simulator.switch('atlassian', 'actionDelayMs', 0);
    // A window is known to be gone 25 s after its last sign, which the others look for every 15 s.
    await workbench.notification('Before the window closed: 2 actions applied.', undefined, 60_000);
    for (const message of messages) await says(message, 'owner Dana');
    assert.equal(sent(), 2);
  });

  it('keeps pictures of rows that wait, failed and are forgotten', async () => {
    const [waiting, failing] = ['IC_Replica_NotFinalizing on o3ow2', 'IC_Orchestrator_Restarted'] as const;
    simulator.fault('atlassianApi', { kind: 'slow', match: 'POST .*/acknowledge', delayMs: 50_000, times: 1 });
    await workbench.contextMenu(row(waiting), 'Acknowledge Alert');
    await says(waiting, 'acknowledging');
    await eliTakes(failing);
    simulator.switch('atlassian', 'failActions', 'Your account plan does not support it');
    await workbench.contextMenu(row(failing), 'Change Priority of Alert…');
    await workbench.dialog('Change Priority of Alert');
    await workbench.quickPick.choose('P1 critical');
    await says(failing, "Couldn't change priority");
    await widen();
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      const rows = await alerts.rows();
      for (const text of [/acknowledging/, /Couldn't change priority/, noNote]) {
        assert.ok(
          rows.some((each) => text.test(each)),
          `${theme}: ${text.source}`,
        );
      }
      await workbench.screenshot(`alerts-actions-${theme}`);
    }
  });
});
