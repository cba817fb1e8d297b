import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { simulatorSettings } from '../../scripts/simulator.mjs';
import type { Alert } from '../../src/domain/alert.ts';
import { createAtlassian } from '../../src/sources/atlassian/connection.ts';
import { createOps, type Ops } from '../../src/sources/atlassian/ops/client.ts';
import { createHttp } from '../../src/sources/http.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { people, tokens } from '../simulator/world.ts';
import { waitFor } from '../support/waitFor.ts';
import { launchWorkbench, type Workbench } from '../support/workbench.ts';

// Everything that can be done with alerts, as a person does it: from the row, several rows, the palette and the keyboard;
// as it goes well, late and wrong. What the row says is held against what the service then has.
describe('alerts in a real VS Code', function () {
  this.timeout(90_000);
  let simulator: Simulator;
  let workbench: Workbench;
  let ops: Ops;

  before(async function () {
    this.timeout(180_000);
    simulator = await startSimulator();
    workbench = await launchWorkbench({
      settings: simulatorSettings({ addresses: { ...simulator.addresses }, dre: 'dre' }),
      env: simulator.env,
      size: { width: 1500, height: 1200 },
    });
    const connection = createAtlassian({
      http: createHttp({ fetch, now: Date.now }),
      site: new URL(simulator.addresses.atlassianSite),
      apiUrl: new URL(simulator.addresses.atlassianApi),
      credentials: () => Promise.resolve({ email: people[0].email, token: tokens.atlassian.classic }),
      log: () => undefined,
    });
    ops = createOps(connection);
    await workbench.openContainer('Dr. DRE');
    for (const other of ['Week', 'Queue', 'Proposals', 'Releases', 'CI']) await workbench.collapseView(other);
    await workbench.expandView('Alerts');
    await workbench.waitForRows('Alerts', (rows) => rows.some((row) => row.includes('IC_Subnet_UpgradeStuck')));
  });

  after(async () => {
    await workbench.close();
    await simulator.stop();
  });

  afterEach(() => {
    simulator.clearFaults();
    simulator.switch('atlassian', 'failActions', '');
    simulator.switch('atlassian', 'actionDelayMs', 300);
  });

  const row = (message: string): Locator => workbench.row('Alerts', message);

  /** Waits until the row of an alert says this. */
  async function says(message: string, text: string | RegExp): Promise<void> {
    await workbench.waitForRows('Alerts', (rows) =>
      rows.some((each) => each.includes(message) && (typeof text === 'string' ? each.includes(text) : text.test(each))),
    );
  }

  /** The alert as the service has it. */
  async function held(message: string): Promise<Alert> {
    const read = await ops.listAlerts({ query: '' });
    const found = read.ok ? read.value.alerts.find((alert) => alert.message.includes(message)) : undefined;
    assert.ok(found !== undefined, message);
    return found;
  }

  async function notesOf(message: string): Promise<readonly string[]> {
    const read = await ops.listNotes((await held(message)).id);
    assert.ok(read.ok);
    return read.value.records.map(({ text }) => text);
  }

  /** Selects rows and puts the keyboard there, without opening what they stand for. */
  async function select(...rows: readonly Locator[]): Promise<void> {
    await row('P1 critical').click({ modifiers: ['ControlOrMeta'] });
    await workbench.press('Escape');
    for (const each of rows) await each.click({ modifiers: ['ControlOrMeta'] });
  }

  async function inline(message: string, action: string): Promise<void> {
    await row(message).hover();
    await row(message).locator(`.action-label[aria-label^="${action}"]`).click();
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

  it('acknowledges with a note from the row', async () => {
    const message = 'IC_Replica_NotFinalizing on o3ow2';
    await workbench.contextMenu(row(message), 'Acknowledge Alert with Note…');
    assert.match(await workbench.quickPick.title(), /with a Note/);
    await workbench.quickPick.type('Looking at the network.');
    await workbench.quickPick.accept();
    await says(message, 'acknowledged by Dana');
    await waitFor('the note', async () => (await notesOf(message)).includes('Looking at the network.'));
    assert.equal((await held(message)).status, 'acknowledged');
  });

  it('keeps the text of a note when the acknowledgement before it fails, and sends both when tried again', async () => {
    const message = 'mainnet-scraper is expired';
    simulator.fault('atlassianApi', { kind: 'forbidden', match: 'POST .*/acknowledge', times: 1 });
    await workbench.contextMenu(row(message), 'Acknowledge Alert with Note…');
    await workbench.quickPick.title();
    await workbench.quickPick.type('It is being moved.');
    await workbench.quickPick.accept();
    await says(message, 'could not be acknowledged');
    assert.deepEqual(await notesOf(message), [], 'a note to what was not done is not sent');
    await workbench.notification('What was typed for it is kept', 'Retry');
    await says(message, 'acknowledged by Dana');
    await waitFor('the note', async () => (await notesOf(message)).includes('It is being moved.'));
  });

  it('says that an alert looks forgotten, and mends it from the row', async () => {
    const message = 'IC_Node_Unassigned_Upgrade';
    await says(message, /acknowledged \d+ min ago, no note/);
    await inline(message, 'Add Note to Alert');
    await workbench.quickPick.title();
    await workbench.quickPick.type('They follow after the last batch.');
    await workbench.quickPick.accept();
    await workbench.waitForRows('Alerts', (rows) =>
      rows.some((each) => each.includes(message) && !each.includes('no note') && !each.includes('adding')),
    );
    assert.deepEqual(await notesOf(message), ['They follow after the last batch.']);
  });

  it('snoozes by keyboard, and says so only when the service has done it', async () => {
    const message = 'IC_Canister_CyclesLow';
    simulator.switch('atlassian', 'actionDelayMs', 4_000);
    await select(row(message));
    await workbench.press('Alt+z');
    await workbench.quickPick.choose('1 hour');
    await says(message, 'snoozing…');
    assert.equal((await held(message)).status, 'open');
    await says(message, /confirmed.*snoozed until/);
    const { status, snoozedUntil = 0 } = await held(message);
    assert.equal(status, 'snoozed');
    assert.ok(Math.abs(snoozedUntil - Date.now() - 3_600_000) < 60_000);
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

  it('changes the priority by keyboard, and rolls it back when the service refuses later', async () => {
    const message = 'IC_Firewall_RulesStale';
    simulator.switch('atlassian', 'failActions', 'Your account plan does not support it');
    await select(row(message));
    await workbench.press('Alt+p');
    await workbench.quickPick.choose('P2 high');
    await says(message, 'change priority failed');
    assert.equal((await held(message)).priority, 'P3');
    simulator.switch('atlassian', 'failActions', '');
    await workbench.contextMenu(row(message), 'Retry Failed Action');
    await says(message, 'confirmed');
    assert.equal((await held(message)).priority, 'P2');
  });

  it('closes several after asking, and leaves selected what failed', async () => {
    const [one, two, three] = [
      'IC_Consensus_LowNotarizationRate',
      'TargetDown: 2 nodes',
      'TargetDown: 1 node',
    ] as const;
    await select(row(one), row(two), row(three));
    simulator.fault('atlassianApi', { kind: 'forbidden', match: 'POST .*/close', times: 2 });
    await workbench.contextMenu(row(two), 'Close Alert');
    assert.match(await workbench.dialog('Close 3 Alerts'), /Close 3 alerts\?.*Nothing opens an alert again/);
    await waitFor('two failed rows', async () => {
      const failed = (await workbench.rows('Alerts')).filter((each) => each.includes('could not be closed'));
      return failed.length === 2;
    });
    await waitFor('just the failed ones to be selected', async () => {
      const texts = await workbench.view('Alerts').locator('.monaco-list-row.selected').allInnerTexts();
      return texts.length === 2 && texts.every((text) => text.includes('could not be closed'));
    });
    await workbench.notification('2 records could not be closed', 'Retry');
    await workbench.waitForRows(
      'Alerts',
      (rows) => !rows.some((each) => [one, two, three].some((message) => each.includes(message))),
    );
    for (const message of [one, two]) assert.equal((await held(message)).status, 'closed');
  });

  it('asks about five, and adds tags to all of them', async () => {
    const rows = workbench.view('Alerts').locator('.monaco-list-row', { hasText: /\[prod\].* ago/ });
    await select(rows.nth(2));
    await rows.nth(6).click({ modifiers: ['Shift'] });
    const count = await workbench.view('Alerts').locator('.monaco-list-row.selected', { hasText: / ago/ }).count();
    assert.ok(count >= 5);
    await workbench.contextMenu(rows.nth(4), 'Add Tags to Alert…');
    await workbench.dialog(`Add Tags to ${count} Alerts`);
    await workbench.quickPick.title();
    await workbench.quickPick.type('night, handed over');
    await workbench.quickPick.accept();
    await waitFor('the tags', async () => {
      const read = await ops.listAlerts({ query: '' });
      const tagged = read.ok ? read.value.alerts.filter(({ tags }) => tags.includes('handed over')) : [];
      return tagged.length === count;
    });
  });

  it('removes tags from the row, and undoes it', async () => {
    const message = 'IC_Subnet_UpgradeStuck';
    await workbench.contextMenu(row(message), 'Remove Tags from Alert…');
    await workbench.quickPick.choose('rollout');
    await workbench.quickPick.accept();
    await says(message, 'confirmed');
    assert.ok(!(await held(message)).tags.includes('rollout'));
    await workbench.contextMenu(row(message), 'Undo Action');
    await waitFor('the tag', async () => (await held(message)).tags.includes('rollout'));
  });

  it('assigns from the palette to one of the team, without a row', async () => {
    const message = 'IC_Orchestrator_Restarted';
    await select();
    await workbench.runCommand('Dr. DRE: Assign Alert…');
    assert.equal(await workbench.quickPick.title(), 'Assign Alerts');
    await workbench.quickPick.type('Orchestrator');
    const label = await waitFor('the alert', async () => {
      const [found, another] = await workbench.quickPick.items();
      return another === undefined ? found : undefined;
    });
    await workbench.quickPick.choose(label);
    await workbench.quickPick.accept();
    await waitFor('the people', async () => (await workbench.quickPick.title()).startsWith('Assign “'));
    await waitFor('all names', async () => (await workbench.quickPick.items())[0] === 'Dana Oncall');
    await workbench.quickPick.choose('Eli Second');
    await waitFor('the owner', async () => (await held(message)).owner === 'Eli Second');
  });

  it('warns before it acts on what somebody else took a moment ago', async () => {
    const message = 'IC_Orchestrator_Restarted';
    await says(message, 'confirmed');
    await workbench.contextMenu(row(message), 'Snooze Alert…');
    assert.match(await workbench.dialog('Cancel'), /Eli Second has “.*IC_Orchestrator_Restarted/);
    assert.equal((await held(message)).status, 'open');
  });

  it('escalates after asking', async () => {
    const message = 'IC_Subnet_UpgradeStuck';
    await workbench.contextMenu(row(message), 'Escalate Alert…');
    assert.match(await workbench.dialog('Escalate Alert'), /pages the next people/);
    await workbench.quickPick.choose('DRE escalation');
    const { id } = await held(message);
    await waitFor('the log', async () => {
      const read = await ops.listLog(id);
      return read.ok && read.value.records.some(({ text }) => text.includes('escalated'));
    });
  });

  it('says that it pages again before it unacknowledges', async () => {
    const message = 'IC_Replica_NotFinalizing on o3ow2';
    await workbench.contextMenu(row(message), 'Unacknowledge Alert');
    assert.match(await workbench.dialog('Unacknowledge Alert'), /pages again/);
    await waitFor('the alert', async () => (await held(message)).status === 'open');
    await workbench.waitForRows('Alerts', (rows) =>
      rows.some((each) => each.includes(message) && !each.includes('acknowledged by')),
    );
  });

  it('keeps pictures of rows that wait, failed and are forgotten', async () => {
    const [waiting, failing] = ['IC_Replica_NotFinalizing on o3ow2', 'IC_Orchestrator_Restarted'] as const;
    simulator.fault('atlassianApi', { kind: 'slow', match: 'POST .*/acknowledge', delayMs: 50_000, times: 1 });
    await workbench.contextMenu(row(waiting), 'Acknowledge Alert');
    await says(waiting, 'acknowledging');
    simulator.switch('atlassian', 'failActions', 'Your account plan does not support it');
    await workbench.contextMenu(row(failing), 'Change Priority of Alert…');
    await workbench.dialog('Change Priority of Alert');
    await workbench.quickPick.choose('P1 critical');
    await says(failing, 'change priority failed');
    await widen();
    for (const theme of ['light', 'hc-black', 'dark'] as const) {
      await workbench.setTheme(theme);
      const rows = await workbench.rows('Alerts');
      for (const text of ['acknowledging', 'change priority failed', 'no note']) {
        assert.ok(
          rows.some((each) => each.includes(text)),
          `${theme}: ${text}`,
        );
      }
      await workbench.screenshot(`alerts-actions-${theme}`);
    }
  });
});
