import assert from 'node:assert/strict';
import type { Simulator } from '../../simulator/simulator.ts';
import { answerSignIn, useDrDre } from '../../support/vscode/drDre.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { pictureThemes, type Workbench } from '../../support/vscode/workbench.ts';

const size = { width: 1200, height: 1300 };
const signInQuestion = /^Sign in to 127\.0\.0\.1:\d+ \(1 of 2\)$/;

// What a view shows when it has nothing to list, and what it offers then. The steps build on each other: each finds
// what the one before left.
describe('the pictures without rows in a real VS Code', function () {
  this.timeout(90_000);
  let simulator: Simulator;
  let workbench: Workbench;

  useDrDre(
    {
      world: { size: 0 },
      signedIn: false,
      size,
    },
    async (opened) => {
      ({ simulator, workbench } = opened);
      for (const view of ['Releases', 'CI']) await workbench.collapseView(view);
      for (const view of ['Week', 'Alerts', 'Queue', 'Proposals']) await workbench.expandView(view);
    },
  );

  async function picture(name: string): Promise<void> {
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`picture-${name}-${theme}`);
    }
  }
  async function asksToSignIn(): Promise<void> {
    await waitFor('the question', async () => signInQuestion.test(await workbench.quickPick.title()));
    await workbench.quickPick.cancel();
  }
  async function message(view: string, wanted: RegExp): Promise<void> {
    await waitFor(`${wanted} in ${view}`, async () => wanted.test(await workbench.viewMessage(view)));
  }
  async function opensSetting(id: string): Promise<void> {
    const field = workbench.page.locator('.settings-editor .suggest-input-container .view-lines');
    await waitFor(`the setting ${id}`, async () => (await field.innerText()).includes(id));
    await workbench.page.locator('.settings-editor .setting-item-contents').first().waitFor();
  }

  it('not signed in: the welcome text and the status bar lead to signing in', async () => {
    for (const view of ['Week', 'Alerts', 'Queue']) {
      await waitFor(`the welcome of ${view}`, async () => /^Sign in/.test(await workbench.welcome(view)));
    }
    await workbench.view('Alerts').getByRole('button', { name: 'Sign In', exact: true }).click();
    await asksToSignIn();
    const item = await waitFor('the status bar', () => workbench.statusBarItem('drDre.rotation'));
    assert.equal(item.text, 'Dr. DRE: Sign In');
    await picture('not-signed-in');
    await workbench.statusBarLocator('drDre.rotation').click();
    await asksToSignIn();
  });

  it('the walkthrough: all steps with their pictures, and its button leads to signing in', async () => {
    // Beside a narrow editor VS Code leaves the pictures out.
    await workbench.page.setViewportSize({ width: 1900, height: 1000 });
    const page = workbench.page.locator('.gettingStartedContainer');
    const steps = page.locator('.getting-started-step');
    const pictures = ['signIn', 'alerts', 'notifications', 'pager', 'queue', 'timeline', 'dre'];
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await workbench.runCommand('Welcome: Open Walkthrough...');
      await workbench.quickPick.choose('Get Started with Dr. DRE');
      await waitFor('the steps', async () => (await steps.count()) === pictures.length);
      for (const [index, step] of pictures.entries()) {
        await steps.nth(index).click();
        await workbench.webviewFrame().locator(`svg#${step}`).waitFor();
        await workbench.screenshot(`walkthrough-${step}-${theme}`);
      }
      await steps.first().click();
      await page.getByRole('button', { name: 'Sign In', exact: true }).click();
      await asksToSignIn();
      await workbench.runCommand('View: Close Editor');
    }
    await workbench.page.setViewportSize(size);
  });

  it('not permitted: the service answers an empty list, and the view says why and leads on', async () => {
    simulator.switch('atlassian', 'teamAccess', 'otherTeam');
    const { DR_DRE_ATLASSIAN_EMAIL: email = '', DR_DRE_ATLASSIAN_TOKEN: token = '' } = simulator.env;
    await workbench.runCommand('Dr. DRE: Sign In…');
    await answerSignIn(workbench, email, token);
    await message('Alerts', /have permission \(403\): this account does not see the team/);
    await workbench.row('Alerts', 'Sign in as somebody else').click();
    await asksToSignIn();
    await workbench.row('Alerts', 'Open the setting').click();
    await opensSetting('drDre.ops.team');
    await message('Alerts', /have permission/);
    await workbench.screenshot('picture-setting-dark');
    await workbench.runCommand('View: Close Editor');
  });

  it('failing at the first read, beside good rows of another service and one that keeps its rows', async () => {
    simulator.fault('atlassianSite', { kind: 'server', match: '/search' });
    // What was read of another epic is not shown as this one's.
    await workbench.changeSettings({ 'drDre.queue.epic': 'DRE-9000' });
    await message('Queue', /^Server error 500 from Jira/);
    await message('Alerts', /have permission/);
    await workbench.waitForRows('Proposals', (rows) => rows.length > 3);
    simulator.fault('governance', { kind: 'outage' });
    await workbench.runCommand('Dr. DRE: Refresh');
    await workbench.waitForRows('Proposals', (rows) => rows[0]?.includes("Can't reach") === true);
    await picture('trouble');
    simulator.clearFaults('governance');
    await workbench.row('Proposals', "Can't reach").click();
    await workbench.waitForRows('Proposals', (rows) => rows.length > 3 && !rows[0]?.includes("Can't reach"));
    simulator.clearFaults('atlassianSite');
    await workbench.row('Queue', 'Try again').click();
    await message('Queue', /^Rejected by Jira: .*DRE-9000/);
    await workbench.row('Queue', 'Open the setting').click();
    await opensSetting('drDre.queue.epic');
    await workbench.runCommand('View: Close Editor');
  });

  it('a setting that does not fit is reported above what its default shows', async () => {
    await workbench.changeSettings({ 'drDre.queue.epic': 'the queue' });
    await workbench.waitForRows('Queue', (rows) => rows[0] === 'drDre.queue.epic does not fit its default is used');
    await workbench.changeSettings({ 'drDre.queue.epic': 'DRE-350' });
  });

  it('no open alerts: said of the team and of a time, once the service shows that the team is seen', async () => {
    simulator.switch('atlassian', 'teamAccess', 'member');
    await workbench.row('Alerts', 'Try again').click();
    await message('Alerts', /^No open alerts for DRE, as of \d\d:\d\d\.$/);
    await workbench.waitForRows('Alerts', (rows) => !rows.some((row) => /^(Sign in|Try again)/.test(row)));
    await picture('no-alerts');
  });
});
