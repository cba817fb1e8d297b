import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Simulator } from '../../simulator/simulator.ts';
import { tokens } from '../../simulator/world.ts';
import { clickOnce } from '../../support/ui/click.ts';
import { Leaving } from '../../support/ui/leaving.ts';
import { showOnly, useDrDre } from '../../support/vscode/drDre.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import type { Workbench } from '../../support/vscode/workbench.ts';

// What a person does with pull requests and workflow runs, from the row to what GitHub and Jira get.
describe('pull requests and workflow runs in a real VS Code', function () {
  this.timeout(90_000);
  let simulator: Simulator;
  let workbench: Workbench;

  const [upgrade, run] = ['#2038', 'Release controller'] as const;
  const [ofDana, ofEli] = ['Pull request 2040', 'Pull request 2033'] as const;
  const row = (text: string): Locator => workbench.row('CI', text);
  async function shows(wanted: readonly string[], others: readonly string[] = []): Promise<void> {
    const has = (rows: readonly string[], text: string): boolean => rows.some((each) => each.includes(text));
    await workbench.waitForFullRows(
      'CI',
      (rows) => wanted.every((text) => has(rows, text)) && !others.some((text) => has(rows, text)),
    );
  }
  /** How often GitHub answered this to somebody who is signed in. */
  const read = (path: string): number =>
    simulator
      .requests('github')
      .filter((asked) => asked.path.split('?')[0] === path && asked.authorization && asked.status < 400).length;

  useDrDre({ env: { DR_DRE_GITHUB_TOKEN: 'expired' }, size: { width: 1300, height: 1000 } }, async (opened) => {
    ({ simulator, workbench } = opened);
    await showOnly(workbench, 'CI');
  });

  it('leads from a token that GitHub refuses to its rows, by signing in from a row', async () => {
    await shows(['Sign in to GitHub again…'], [run]);
    assert.match(await workbench.viewMessage('CI'), /GitHub/);
    assert.equal(read('/repos/dfinity/dre/pulls'), 0);
    await waitFor('the question', async () => {
      // A row that is painted anew under the pointer leads nowhere.
      await clickOnce(row('Sign in to GitHub again…'), 2000);
      await workbench.page.locator('.quick-input-widget:visible').waitFor({ timeout: 3000 });
      return true;
    });
    assert.match(await workbench.quickPick.title(), /^Sign in to 127\.0\.0\.1/);
    await workbench.quickPick.type(tokens.github);
    await workbench.quickPick.accept();
    await shows([upgrade, run], ['Sign in to GitHub']);
    assert.ok(read('/repos/dfinity/dre/pulls') > 0);
  });

  it('creates a ticket from a run that failed, which Jira and the queue have then', async () => {
    await workbench.contextMenu(row(run), 'Create Ticket From…');
    await waitFor('the text', async () => (await workbench.editorText()).includes(`# ${run}`));
    await workbench.runCommand('Dr. DRE: Send to Jira');
    await waitFor('Jira to have it', () =>
      simulator
        .requests('atlassianSite')
        .some(({ method, path, status }) => method === 'POST' && path.endsWith('/issue') && status < 300),
    );
    await showOnly(workbench, 'Queue');
    await workbench.waitForFullRows('Queue', (rows) => rows.some((each) => each.includes(run)));
    await showOnly(workbench, 'CI');
  });

  it('opens the pages of a row and of a selection on GitHub, and copies what they are known by', async () => {
    const [ofUpgrade, ofRun] = ['pull/2038', 'actions/runs/17400090'].map(
      (path) => new URL(`/dfinity/dre/${path}`, simulator.addresses.github).href,
    );
    assert.ok(ofUpgrade !== undefined && ofRun !== undefined);
    const leaving = new Leaving(workbench);
    await leaving.keepClipboard();
    await row(upgrade).click();
    await leaving.opened([ofUpgrade]);
    await row(run).click({ modifiers: ['ControlOrMeta'] });
    await workbench.contextMenu(row(run), 'Open Pull Request or Workflow Run on GitHub');
    await leaving.opened([ofUpgrade, ofRun]);
    await workbench.contextMenu(row(run), 'Copy Link');
    await leaving.copied('both links', [ofUpgrade, ofRun]);
    await workbench.contextMenu(row(run), 'Copy ID');
    await leaving.copied('both numbers', ['2038', '17400090']);
    await workbench.contextMenu(row(run), 'Copy Name');
    await leaving.copied('both names', ['chore: Update dependencies', run]);
  });

  it('groups by status, shows those of the person signed in, for whom GitHub is asked once, and all again', async () => {
    await workbench.runCommand('Dr. DRE: Group CI…');
    await workbench.quickPick.choose('Status');
    await workbench.waitForRows('CI', (rows) => rows.some((each) => each.startsWith('Failed')));
    await shows([ofDana, ofEli, upgrade]);
    assert.equal(read('/user'), 0);
    await workbench.runCommand('Dr. DRE: Filter CI…');
    await workbench.quickPick.choose('Mine');
    await shows(['Filter: Mine', ofDana], [ofEli, upgrade]);
    simulator.switch('github', 'revision', 7);
    const before = read('/repos/dfinity/dre/pulls');
    await workbench.runCommand('Dr. DRE: Refresh');
    await waitFor('another read', () => read('/repos/dfinity/dre/pulls') > before);
    await shows(['Filter: Mine', ofDana, '(7)'], [ofEli, upgrade]);
    assert.equal(read('/user'), 1);
    await workbench.inline(row('Filter: Mine'), 'Clear CI Filter');
    await shows([ofDana, ofEli, upgrade], ['Filter:']);
  });
});
