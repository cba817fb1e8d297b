import assert from 'node:assert/strict';
import type { Simulator } from '../../simulator/simulator.ts';
import { step } from '../../support/base/step.ts';
import { useDrDre, views } from '../../support/vscode/drDre.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { pictureThemes, type Workbench } from '../../support/vscode/workbench.ts';

describe('runs of dre in a real terminal', function () {
  this.timeout(90_000);
  let simulator: Simulator;
  let workbench: Workbench;
  /** How often a comment on the ticket of the run was sent. */
  const comments = (): number =>
    simulator.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/issue/DRE-351/comment'))
      .length;

  const keepPictures = async (name: string): Promise<void> => {
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`${name}-${theme}`);
    }
  };

  useDrDre(
    {
      size: { width: 1500, height: 1100 },
      settings: { 'terminal.integrated.gpuAcceleration': 'off', 'drDre.proposals.outcomeComments': true },
    },
    async (opened) => {
      ({ simulator, workbench } = opened);
      for (const view of views) await workbench.collapseView(view);
    },
  );

  it('lead from a dry run to a proposal that is executed, and are started from the page, too', async function () {
    this.timeout(300_000);
    await step('simulates first, and says in short what would be submitted', async () => {
      await workbench.expandView('Queue');
      await workbench.waitForFullRows('Queue', (rows) => rows.some((row) => row.includes('DRE-351')));
      await workbench.contextMenu(workbench.row('Queue', 'DRE-351'), 'Run dre Operation…');
      assert.match(await workbench.quickPick.title(), /from ticket DRE-351$/);
      await workbench.quickPick.choose('Other Operations…');
      await workbench.quickPick.choose('Update unassigned nodes');
      await waitFor('the question for the forum post', async () =>
        (await workbench.quickPick.title()).includes('1 of 1'),
      );
      await workbench.quickPick.type('omit');
      await workbench.quickPick.accept();
      const text = await workbench.dialog('Run');
      assert.match(text, /Dry run: nothing is submitted.*update-unassigned-nodes --forum-post-link omit --dry-run/);
      await workbench.notification('Would make 1 proposal', 'Submit…');
    });

    await step('submits the same arguments without the flag, over a reload of the window', async () => {
      const text = await workbench.dialog('Submit');
      assert.match(text, /Would make 1 proposal\. .*update-unassigned-nodes --forum-post-link omit$/);
      await workbench.terminal.shows('Do you want to continue?');
      await workbench.collapseView('Queue');
      await workbench.expandView('Runs');
      await workbench.reload();
      await workbench.openContainer('Dr. DRE');
      await workbench.waitForRows('Runs', (rows) => rows.some((row) => row.includes('running')));
      // The terminal is the one of before, with the program that waits in it.
      await workbench.terminal.shows('Do you want to continue?');
      simulator.switch('governance', 'submitted', { id: 143600, status: 1 });
      await workbench.terminal.type('y');
      await workbench.notification('submitted proposal 143600', 'Comment on DRE-351…');
    });

    await step('writes its proposals into the ticket that it was started from', async () => {
      await waitFor('the comment', async () => (await workbench.editorText()).includes('proposal/143600'));
      await workbench.runCommand('Dr. DRE: Send to Jira');
      await waitFor('the comment to be sent', () => comments() === 1);
    });

    await step('keeps them with their proposals, as rows, documents and lines of the journal', async () => {
      const rows = await workbench.waitForFullRows('Runs', (all) => all.some((row) => /submitted.*143600/.test(row)));
      assert.equal(rows.length, 2, rows.join('\n'));
      await keepPictures('runs');
      await workbench.row('Runs', 'submitted 143600').click();
      const page = workbench.webviewFrame().locator('body');
      await page.filter({ hasText: 'update-unassigned-nodes --forum-post-link omit' }).waitFor();
      await keepPictures('run');
      await workbench.runCommand('Dr. DRE: Show Journal');
      await page.filter({ hasText: 'submitted proposal 143600' }).waitFor();
      await page.filter({ hasText: 'Would make 1 proposal' }).waitFor();
    });

    await step('watches the proposal until it is executed, which reaches the ticket once', async () => {
      await workbench.expandView('Proposals');
      await workbench.runCommand('Dr. DRE: Refresh');
      await workbench.waitForFullRows('Proposals', (rows) => rows.some((row) => row.includes('143600')));
      simulator.switch('governance', 'submitted', { id: 143600, status: 4 });
      await workbench.runCommand('Dr. DRE: Refresh');
      await workbench.waitForFullRows('Runs', (rows) => rows.some((row) => /executed.*143600/.test(row)));
      await waitFor('the comment on its execution', () => comments() === 2);
    });

    await step(
      'can be started from the Operations page, whose form a row has opened and what was read completes',
      async () => {
        await workbench.collapseView('Proposals');
        await workbench.expandView('Queue');
        await workbench.waitForFullRows('Queue', (rows) => rows.some((row) => row.includes('DRE-351')));
        await workbench.contextMenu(workbench.row('Queue', 'DRE-351'), 'Open dre Operation as Form…');
        await workbench.quickPick.choose('Replace unhealthy nodes of a subnet');
        const page = workbench.webviewFrame();
        const command = page.getByLabel('Command', { exact: true });
        await command.filter({ hasText: /^dre subnet replace --subnet-id [a-z0-9-]{63}$/ }).waitFor();
        await page.getByRole('button', { name: 'Read Registry' }).click();
        await page.getByRole('heading', { level: 1, name: 'Read the registry' }).waitFor();
        await page.getByRole('button', { name: 'Run…' }).click();
        assert.match(await workbench.dialog('Run'), / registry$/);
        await page.getByRole('button', { name: /^Replace unhealthy nodes of a subnet/ }).click();
        await page.getByText(/^Nodes, data centers and providers are from the registry read/).waitFor();
        await page.getByLabel(/^Leave out/).fill('bo1');
        await page.getByRole('option', { name: /^Data center bo1, \d+ nodes/ }).click();
        await command.filter({ hasText: /--exclude bo1$/ }).waitFor();
        await page.getByRole('button', { name: /^Update unassigned nodes/ }).click();
        await page.getByLabel('Forum post').fill('omit');
        await command.filter({ hasText: '--forum-post-link omit' }).waitFor();
        await page.getByText(/^With these arguments: dry run passed/).waitFor();
        await keepPictures('operations-page');
        await page.getByRole('button', { name: 'Dry Run…' }).click();
        assert.match(await workbench.dialog('Run'), /update-unassigned-nodes --forum-post-link omit --dry-run$/);
        await workbench.waitForRows('Runs', (rows) => rows.length === 4);
        assert.equal(comments(), 2);
      },
    );

    await step('keeps pictures of a form with faults, each at its field', async () => {
      const page = workbench.webviewFrame();
      await page.getByRole('button', { name: /^Replace unhealthy nodes of a subnet/ }).click();
      await page.getByLabel(/^Subnet Required/).fill('o3ow2');
      await page.getByLabel('Forum post').fill('somewhere');
      await workbench.press('Tab');
      await waitFor('both faults', async () => (await page.locator('[aria-invalid="true"]').count()) === 2);
      await keepPictures('operations-faults');
    });
  });

  it('keeps pictures of a proposal that failed, which stands first among those decided, beside one that loses its vote', async () => {
    for (const view of [...views, 'Runs']) await workbench.collapseView(view);
    await workbench.expandView('Proposals');
    await workbench.row('Proposals', 'losing').locator('.codicon-thumbsdown').waitFor();
    await workbench.row('Proposals', 'Decided').locator('.monaco-tl-twistie').click();
    await workbench.row('Proposals', 'failed 5d').click();
    const page = workbench.webviewFrame().locator('body');
    await page.filter({ hasText: 'The call to the registry failed' }).waitFor();
    await page.filter({ hasText: 'node_ids' }).waitFor();
    await keepPictures('proposal-failed');
  });
});
