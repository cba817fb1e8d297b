import { runDre, showOnly, useDrDre, views } from '../../support/vscode/drDre.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { pictureThemes, pictureTimeoutMs, type Workbench } from '../../support/vscode/workbench.ts';

/** The size of a window at VS Code's first start, and one in which a view shows most of its rows. */
const [firstSize, high] = [
  { width: 1440, height: 900 },
  { width: 1440, height: 1400 },
];
/** VS Code's width of the side bar at its first start, and a wide one. */
const widths = [300, 560];

// Every view with all of its rows unfolded, and one of its hovers, in every theme. Kept by `npm run pictures` alone: what
// they show is tested elsewhere.
if (pictureThemes.length > 1) {
  describe('pictures of every view in a real VS Code', function () {
    this.timeout(pictureTimeoutMs);
    let workbench: Workbench;

    useDrDre({ size: firstSize }, async (opened) => {
      ({ workbench } = opened);
      await workbench.waitForRows('Alerts', (rows) => rows.length > 3);
    });

    async function unfold(view: string): Promise<void> {
      const folded = workbench.view(view).locator('.monaco-list-row[aria-expanded="false"] .monaco-tl-twistie');
      await waitFor(`all of ${view} to be unfolded`, async () => {
        if ((await folded.count()) === 0) return true;
        await folded.first().click({ timeout: 2_000 });
        return false;
      });
    }
    async function keepHover(view: string, name: string): Promise<void> {
      const row = workbench.view(view).locator('.monaco-list-row:not([aria-expanded])').first();
      const hover = workbench.page.locator('.monaco-hover:visible').first();
      await waitFor('the hover', async () => {
        await workbench.page.mouse.move(700, 700);
        await hover.waitFor({ state: 'hidden', timeout: 2_000 });
        await row.hover({ timeout: 2_000 });
        await hover.waitFor({ timeout: 2_000 });
        return (await hover.innerText()) !== 'Loading...';
      });
      await workbench.screenshot(name, { withFloating: true });
      await workbench.page.mouse.move(700, 700);
    }

    it('the window as it is at its first start', async () => {
      for (const theme of pictureThemes) {
        await workbench.setTheme(theme);
        await workbench.screenshot(`window-${theme}`);
      }
    });

    it('begins with a run of dre, without which there is no Runs view', async () => {
      await workbench.page.setViewportSize(high);
      await runDre(workbench);
      await workbench.runCommand('Notifications: Clear All Notifications');
    });

    for (const view of [...views, 'Runs'] as const) {
      it(`the view ${view}`, async () => {
        if (view === 'Runs') {
          for (const other of views) await workbench.collapseView(other);
          await workbench.expandView(view);
        } else {
          await workbench.collapseView('Runs');
          await showOnly(workbench, view);
        }
        await workbench.waitForRows(view, (rows) => rows.length > 0);
        await unfold(view);
        for (const theme of pictureThemes) {
          await workbench.setTheme(theme);
          for (const width of widths) {
            await workbench.setSideBarWidth(width);
            await workbench.screenshot(`view-${view.toLowerCase()}-${width}-${theme}`, { part: '.part.sidebar' });
          }
          await workbench.setSideBarWidth(300);
          await keepHover(view, `hover-${view.toLowerCase()}-${theme}`);
        }
      });
    }
  });
}
