import { useDrDre, showOnly } from '../../support/vscode/drDre.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { pictureThemes, type Workbench } from '../../support/vscode/workbench.ts';

// What a person reads before an override is sent, and where the rotation is shown. Eli has the
// pager, so that there is one to take; nothing more is sent.
describe('pictures of the rotation in a real VS Code', function () {
  this.timeout(90_000);
  let workbench: Workbench;

  useDrDre(
    {
      size: { width: 1100, height: 800 },
    },
    async (opened) => {
      ({ workbench } = opened);
      await showOnly(workbench, 'Week');
      await workbench.waitForRows('Week', (rows) => rows.some((row) => row.startsWith('DRE Ops Rotation')));
      await waitFor('whose turn it is', async () =>
        (await workbench.statusBarItem('drDre.rotation'))?.text.includes('You are Dr. DRE'),
      );
    },
  );

  it('begins while somebody else is on call', async () => {
    await workbench.contextMenu(workbench.row('Week', 'DRE Ops Rotation'), 'Hand Over On-Call…');
    await workbench.quickPick.choose('The rest of my shift');
    await workbench.quickPick.choose('Eli Second');
    await workbench.dialog('Hand Over');
    await waitFor('Eli in the status bar', async () =>
      (await workbench.statusBarItem('drDre.rotation'))?.text.includes('Eli Second'),
    );
  });

  for (const theme of pictureThemes) {
    it(`the Week view, the tooltip and both questions: ${theme}`, async () => {
      await workbench.setTheme(theme);
      await workbench.statusBarTooltip('drDre.rotation', 'Take the Pager');
      await workbench.screenshot(`rotation-tooltip-${theme}`, { withFloating: true });

      const row = workbench.row('Week', 'DRE Ops Rotation');
      await workbench.contextMenu(row, 'Take the Pager…');
      await waitFor('the lengths', async () => (await workbench.quickPick.items()).includes('2 hours'));
      await workbench.screenshot(`rotation-lengths-${theme}`);
      await workbench.quickPick.choose('2 hours');
      await workbench.page.locator('.monaco-dialog-box').waitFor();
      await workbench.screenshot(`rotation-take-pager-${theme}`);
      await workbench.dialog('Cancel');

      await workbench.contextMenu(workbench.row('Week', 'DRE Alerts'), 'Hand Over On-Call…');
      await waitFor('the periods', async () => (await workbench.quickPick.items()).includes('The rest of my shift'));
      await workbench.screenshot(`rotation-periods-${theme}`);
      await workbench.quickPick.choose('The rest of my shift');
      await waitFor('the people', async () => (await workbench.quickPick.items()).includes('Eli Second'));
      await workbench.quickPick.choose('Eli Second');
      await workbench.page.locator('.monaco-dialog-box').waitFor();
      await workbench.screenshot(`rotation-hand-over-${theme}`);
      await workbench.dialog('Cancel');
    });
  }
});
