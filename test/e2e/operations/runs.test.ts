import assert from 'node:assert/strict';
import { useDrDre, views } from '../../support/vscode/drDre.ts';
import { waitFor } from '../../support/waitFor.ts';
import type { Workbench } from '../../support/vscode/workbench.ts';

// One run of dre after the other, as a person goes through them: each step finds what the one before left.
describe('runs of dre in a real terminal', function () {
  this.timeout(90_000);
  let workbench: Workbench;

  useDrDre(
    { size: { width: 1500, height: 1100 }, settings: { 'terminal.integrated.gpuAcceleration': 'off' } },
    async (opened) => {
      ({ workbench } = opened);
      for (const view of views) await workbench.collapseView(view);
    },
  );

  it('simulates first, and tells in short what would be submitted', async () => {
    await workbench.runCommand('Dr. DRE: Run dre Operation…');
    await workbench.quickPick.title();
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

  it('submits the same arguments without the flag, over a reload of the window', async () => {
    const text = await workbench.dialog('Submit');
    assert.match(text, /Would make 1 proposal\. .*update-unassigned-nodes --forum-post-link omit$/);
    await workbench.terminal.shows('Do you want to continue?');
    await workbench.expandView('Runs');
    await workbench.reload();
    await workbench.openContainer('Dr. DRE');
    await workbench.waitForRows('Runs', (rows) => rows.some((row) => row.includes('running')));
    // The terminal is the one of before, with the program that waits in it.
    await workbench.terminal.shows('Do you want to continue?');
    await workbench.terminal.type('y');
    await workbench.notification('submitted proposal 143600');
  });

  it('keeps them with their proposals, as rows, documents and lines of the journal', async () => {
    const rows = await workbench.waitForRows('Runs', (all) => all.some((row) => row.includes('submitted 143600')));
    assert.equal(rows.length, 2, rows.join('\n'));
    await workbench.screenshot('runs-dark');
    await workbench.row('Runs', 'submitted 143600').click();
    const page = workbench.webviewFrame().locator('body');
    await page.filter({ hasText: 'update-unassigned-nodes --forum-post-link omit' }).waitFor();
    await workbench.screenshot('run-dark');
    await workbench.runCommand('Dr. DRE: Show Journal');
    await page.filter({ hasText: 'submitted proposal 143600' }).waitFor();
    await page.filter({ hasText: 'Would make 1 proposal' }).waitFor();
  });
});
