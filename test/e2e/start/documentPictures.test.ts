import assert from 'node:assert/strict';
import { richDocument } from '../../simulator/atlassian/richDocument.ts';
import { people, tokens } from '../../simulator/world.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { runDre, showOnly, useDrDre, views } from '../../support/vscode/drDre.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { pictureThemes, pictureTimeoutMs, type Workbench } from '../../support/vscode/workbench.ts';

const size = { width: 1440, height: 1400 };
/** Of the editor in VS Code's window at its first start, and beside another one. */
const widths = [1092, 560];
/** Of the window, what stands beside the editor, and above and below its text. */
const [beside, around] = [48 + 300, 110];

/** A document with what opens it: a row of a view, or a command; and what it says. */
type Pictured = readonly [
  name: string,
  opened: readonly [view: (typeof views)[number], row: string] | string,
  says: RegExp,
];

const pictured: readonly Pictured[] = [
  ['alert', ['Alerts', 'IC_Replica_Behind: 3 nodes of o3ow2'], /Activity log/],
  ['alert-urgent', ['Alerts', 'IC_Replica_NotFinalizing'], /Activity log/],
  ['ticket', ['Queue', 'DRE-351'], /o3ow2 is stuck[^]*History/],
  ['ticket-rich', ['Queue', 'DRE-352'], /Older notes/],
  ['proposal', ['Proposals', 'Elect new IC/GuestOS'], /Older builds/],
  ['proposal-failed', ['Proposals', 'failed 5d'], /node_ids/],
  ['guidelines', 'Open Queue Guidelines', /A ticket in the queue/],
  ['journal', 'Show Journal', /Analyze proposal 143590/],
  ['meter', 'Show Request Meter', /NNS governance/],
  ['not-paged', 'Troubleshoot Paging', /Notifications of Dr/],
  ['operations', 'Open Operations', /Update unassigned nodes/],
  ['timeline', 'Open Release Timeline', /rc--2026-08-20_03-30/],
];

// Every kind of document, page and draft in every theme. Kept by `npm run pictures` alone: what they show is tested
// elsewhere.
if (pictureThemes.length > 1) {
  describe('pictures of every document in a real VS Code', function () {
    this.timeout(pictureTimeoutMs);
    let simulator: Simulator;
    let workbench: Workbench;

    useDrDre({ size }, async (opened) => {
      ({ simulator, workbench } = opened);
      await workbench.waitForRows('Alerts', (rows) => rows.length > 3);
    });

    const body = () => workbench.webviewFrame().locator('body');
    /** High enough for all of it, where it is higher than the window. */
    async function heightOfText(): Promise<number> {
      let last = 0;
      return waitFor('its height to settle', async () => {
        const [now, before] = [await body().evaluate(({ scrollHeight }) => scrollHeight), last];
        last = now;
        return now === before && now;
      });
    }
    async function keep(name: string, says?: RegExp): Promise<void> {
      for (const theme of pictureThemes) {
        await workbench.setTheme(theme);
        for (const width of widths) {
          await workbench.page.setViewportSize({ width: width + beside, height: 700 });
          if (says !== undefined) {
            await body().filter({ hasText: says }).waitFor();
            const height = Math.min(4_000, Math.max(700, (await heightOfText()) + around));
            await workbench.page.setViewportSize({ width: width + beside, height });
          }
          await workbench.screenshot(`document-${name}-${width}-${theme}`, { part: '.part.editor' });
        }
        await workbench.page.setViewportSize(size);
      }
      await workbench.runCommand('View: Close Editor');
    }

    it('begins with a run of dre, an action and a ticket with all that Jira formats', async () => {
      const [, eli] = people;
      const authorization = `Basic ${Buffer.from(`${eli?.email}:${tokens.atlassian.classic}`).toString('base64')}`;
      const answer = await fetch(`${simulator.addresses.atlassianSite}/rest/api/3/issue/DRE-352`, {
        method: 'PUT',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ fields: { description: richDocument } }),
      });
      assert.ok(answer.ok, `${answer.status}`);
      await runDre(workbench);
      await workbench.contextMenu(workbench.row('Alerts', 'IC_Replica_NotFinalizing'), 'Acknowledge Alert');
      await workbench.runCommand('Notifications: Clear All Notifications');
      await showOnly(workbench, 'Proposals');
      await workbench.row('Proposals', 'Decided').locator('.monaco-tl-twistie').click();
    });

    for (const [name, opened, says] of pictured) {
      it(`a document: ${name}`, async () => {
        if (typeof opened === 'string') await workbench.runCommand(`Dr. DRE: ${opened}`);
        else {
          await showOnly(workbench, opened[0]);
          await workbench.row(...opened).click();
        }
        await keep(name, says);
      });
    }

    it('a document: a run of dre', async () => {
      for (const view of views) await workbench.collapseView(view);
      await workbench.expandView('Runs');
      await workbench.row('Runs', 'Analyze proposal').click();
      await keep('run', /proposals analyze 143590/);
      await workbench.collapseView('Runs');
    });

    it('a document: the form of an operation', async () => {
      await workbench.runCommand('Dr. DRE: Open Operations');
      await workbench
        .webviewFrame()
        .getByRole('button', { name: /^Replace unhealthy nodes of a subnet/ })
        .click();
      await keep('form', /Heals one subnet/);
    });

    it('a document: stuck batches', async () => {
      simulator.switch('rollouts', 'giveUp', 'guest');
      await showOnly(workbench, 'Releases');
      await workbench.runCommand('Dr. DRE: Show Stuck Batches');
      await keep('stuck', /Next step/);
    });

    it('a document: a new ticket, and a comment', async () => {
      const text = ['Tidy the **dashboards** of Boston', '', '- [ ] find them', '- [ ] ask `dm1`'].join('\n');
      await workbench.runCommand('Dr. DRE: Create Ticket…');
      await workbench.quickPick.choose('Another Ticket');
      const isOpen = (title: string) => async (): Promise<boolean> =>
        (await workbench.editors()).some((each) => each.includes(title));
      await waitFor('the editor', isOpen('New Ticket'));
      await workbench.press('End');
      await workbench.page.keyboard.insertText(text);
      await keep('new-ticket');
      await showOnly(workbench, 'Queue');
      await workbench.contextMenu(workbench.row('Queue', 'DRE-351'), 'Comment on Ticket…');
      await waitFor('the editor', isOpen('Comment'));
      await workbench.page.keyboard.insertText(text);
      await keep('comment');
    });
  });
}
