import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Simulator } from '../../simulator/simulator.ts';
import { step } from '../../support/base/step.ts';
import { answerSignIn, useDrDre } from '../../support/vscode/drDre.ts';
import { clickOnce } from '../../support/ui/click.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { root, type Workbench } from '../../support/vscode/workbench.ts';

// Somebody who has just installed Dr. DRE: nobody is signed in, and there is no dre on this machine.
describe('the first use', function () {
  this.timeout(90_000);
  let simulator: Simulator;
  let workbench: Workbench;

  useDrDre(
    {
      dre: join(root, 'out', 'no-such-folder', 'dre'),
      signedIn: false,
      size: { width: 1500, height: 1100 },
    },
    async (opened) => {
      ({ simulator, workbench } = opened);
    },
  );

  it('leads from no account to signing in and out', async function () {
    this.timeout(300_000);
    await step('says in each view that needs it how to sign in, and shows the others', async () => {
      for (const view of ['Week', 'Alerts', 'Queue']) {
        await workbench.expandView(view);
        await waitFor(`the welcome of ${view}`, async () => /Sign in/.test(await workbench.welcome(view)));
        assert.deepEqual(await workbench.rows(view), [], `${view} shows no rows that look like nothing to do`);
      }
      await workbench.expandView('Proposals');
      await workbench.waitForRows('Proposals', (rows) => rows.length > 3);
      await workbench.waitForRows('Releases', (rows) => rows.some((row) => row.startsWith('GuestOS')));
      const item = await workbench.statusBarItem('drDre.rotation');
      assert.match(item?.label ?? '', /Sign in to see who is on call/);
      await workbench.screenshot('first-use-dark');
    });

    await step('keeps the address when the token is refused, and shows everything once it is right', async () => {
      const { DR_DRE_ATLASSIAN_EMAIL: email = '', DR_DRE_ATLASSIAN_TOKEN: token = '' } = simulator.env;
      await workbench.runCommand('Dr. DRE: Sign In…');
      await answerSignIn(workbench, email, 'not-the-token');
      // The address stays as it is: only the token is asked for again.
      await waitFor('the question for the token again', async () =>
        (await workbench.quickPick.message()).includes('Token rejected: sign in again'),
      );
      await workbench.quickPick.type(token);
      await workbench.quickPick.accept();
      await workbench.waitForRows('Alerts', (rows) => rows.some((row) => row.startsWith('P1')));
      await workbench.waitForFullRows('Queue', (rows) => rows.some((row) => row.includes('DRE-')));
      await waitFor('whose turn it is', async () =>
        (await workbench.statusBarItem('drDre.rotation'))?.text.includes('You are Dr. DRE'),
      );
    });

    await step('is still signed in after a reload', async () => {
      await workbench.reload();
      await workbench.openContainer('Dr. DRE');
      await workbench.waitForRows('Alerts', (rows) => rows.some((row) => row.startsWith('P1')));
      await waitFor(
        'fresh rows',
        async () => !(await workbench.rows('Alerts')).some((row) => row.includes('Not signed in')),
      );
    });

    await step('says that dre cannot be run, and where to set its path', async () => {
      await workbench.runCommand('Dr. DRE: Run dre Operation…');
      await workbench.quickPick.title();
      await workbench.quickPick.choose('Analyze a proposal');
      await waitFor('the question for the proposal', async () =>
        (await workbench.quickPick.title()).includes('1 of 1'),
      );
      await workbench.quickPick.type('143590');
      await workbench.quickPick.accept();
      await workbench.notification('drDre.dre.path');
    });

    await step('is in the Accounts menu, and signs out there', async () => {
      const { DR_DRE_ATLASSIAN_EMAIL: email = '' } = simulator.env;
      const { page } = workbench;
      const entry = (text: string) => page.locator('.monaco-menu').getByText(text, { exact: true });
      await waitFor('the account in the menu', async () => {
        await workbench.press('Escape');
        await clickOnce(page.locator('.part.activitybar').getByRole('button', { name: 'Accounts' }), 2000);
        return entry(`${email} (Atlassian)`)
          .waitFor({ timeout: 2000 })
          .then(() => true);
      });
      // A menu takes no click in its first tenth of a second.
      await waitFor('Sign Out to be chosen', async () => {
        if (!(await entry('Sign Out').isVisible())) await clickOnce(entry(`${email} (Atlassian)`), 2000);
        await clickOnce(entry('Sign Out'), 2000);
        return page
          .locator('.monaco-dialog-box')
          .waitFor({ timeout: 2000 })
          .then(() => true);
      });
      await workbench.dialog('Sign Out');
      for (const view of ['Week', 'Alerts', 'Queue']) {
        await workbench.waitForRows(view, (rows) => rows[0]?.startsWith('Not signed in') === true);
      }
      assert.ok(!(await workbench.offersCommand('Dr. DRE: Sign Out')), 'there is nobody to sign out');
    });
  });
});
