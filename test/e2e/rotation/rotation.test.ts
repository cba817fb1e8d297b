import assert from 'node:assert/strict';
import type { Simulator } from '../../simulator/simulator.ts';
import { useDrDre, showOnly } from '../../support/vscode/drDre.ts';
import { people } from '../../simulator/world.ts';
import { clickOnce } from '../../support/ui/click.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { pictureThemes, type Workbench } from '../../support/vscode/workbench.ts';

const [dana, eli = dana] = people;
/** Rows have first names. */
const [firstName] = eli.name.split(' ', 1);

// Dana has both schedules this week, and Eli is an override to come. The steps build on each other.
describe('the rotation in a real VS Code', function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let workbench: Workbench;

  const ops = (row: string): boolean => row.startsWith('DRE Ops Rota');
  const sent = (method: string): number =>
    simulator.requests().filter((each) => each.method === method && each.path.includes('/overrides')).length;
  const statusBar = async (text: string): Promise<void> => {
    await waitFor(`“${text}” in the status bar`, async () =>
      (await workbench.statusBarItem('drDre.rotation'))?.text.includes(text),
    );
  };
  /** The question is on the screen: a picture of it, its text, and an answer. */
  async function answer(button: string, picture?: string): Promise<string> {
    await workbench.page.locator('.monaco-dialog-box').waitFor();
    if (picture !== undefined) await workbench.screenshot(picture);
    return workbench.dialog(button);
  }
  /** Waits until the row of the schedule says this. */
  const says = async (text: string): Promise<void> => {
    await workbench.waitForRows('Week', (rows) => rows.some((row) => ops(row) && row.includes(text)));
  };
  /** The service is slow with the next request of this kind; the change is made when it answers (atlassian.md 2.6). */
  const late = (match: string): void => {
    simulator.fault('atlassianApi', { kind: 'slow', match, delayMs: 4_000, times: 1 });
  };
  async function handOverOneHour(picture?: string): Promise<string> {
    await workbench.runCommand('Dr. DRE: Hand Over On-Call…');
    await workbench.quickPick.title();
    await workbench.quickPick.choose('DRE Ops Rotation');
    await waitFor('the periods', async () => (await workbench.quickPick.items()).includes('The rest of my shift'));
    await workbench.quickPick.choose('Another time…');
    await waitFor('the start', async () => (await workbench.quickPick.message()).includes('From when?'));
    await workbench.quickPick.type('now');
    await workbench.quickPick.accept();
    await waitFor('the end', async () => (await workbench.quickPick.message()).includes('Until when?'));
    await workbench.quickPick.type('never');
    await waitFor('why it is refused', async () => /not a time/i.test(await workbench.quickPick.message()));
    await workbench.quickPick.type('1h');
    await waitFor('the time', async () => /\d:\d\d:00/.test(await workbench.quickPick.message()));
    await workbench.quickPick.accept();
    await waitFor('the people', async () => (await workbench.quickPick.items()).includes(eli.name));
    assert.ok(!(await workbench.quickPick.items()).includes(dana.name));
    await workbench.quickPick.choose(eli.name);
    return answer('Hand Over', picture);
  }

  useDrDre(
    {
      size: { width: 1300, height: 900 },
    },
    async (opened) => {
      ({ simulator, workbench } = opened);
      await showOnly(workbench, 'Week');
      await workbench.waitForRows('Week', (rows) => rows.some(ops));
      await statusBar('You are Dr. DRE');
    },
  );

  it('rolls back when the service refuses, and tries again with what was chosen', async () => {
    simulator.fault('atlassianApi', { kind: 'forbidden', match: 'POST .*/overrides', times: 1 });
    const text = await handOverOneHour('rotation-hand-over-dark');
    for (const part of ['DRE Ops Rotation', `On call: ${eli.name}`, 'From:', 'To:', '(1 h)', 'Replaces you']) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    await says('failed ·');
    await statusBar('You are Dr. DRE');
    late('POST .*/overrides');
    await workbench.notification('have permission', 'Retry');
    await says('creating the override…');
    await statusBar('You are Dr. DRE');
    await statusBar(eli.name);
    await workbench.waitForRows('Week', (rows) => rows.some((row) => row.startsWith(`Override: ${firstName}`)));
    assert.equal(sent('POST'), 2);
  });

  it('takes the pager from the palette, and says first what it overlaps', async () => {
    await workbench.runCommand('Dr. DRE: Take the Pager…');
    await waitFor('the lengths', async () => (await workbench.quickPick.title()).includes('DRE Ops Rotation'));
    await workbench.quickPick.choose('2 hours');
    simulator.fault('atlassianApi', { kind: 'forbidden', match: 'POST .*/overrides', times: 1 });
    const text = await answer('Take the Pager', 'rotation-take-pager-dark');
    assert.ok(text.includes(`On call: ${dana.name} (you)`), text);
    assert.ok(text.includes(`Existing override: ${eli.name}`), text);
    await says('failed ·');
    await statusBar(eli.name);
    late('POST .*/overrides');
    await workbench.contextMenu(workbench.row('Week', 'DRE Ops Rotation'), 'Retry Failed Action');
    await says('creating the override…');
    await statusBar(eli.name);
    await statusBar('You are Dr. DRE');
  });

  it('cancels an override from its row', async () => {
    await workbench.waitForRows('Week', (rows) => rows.some((row) => row.startsWith('Override: you')));
    await workbench.contextMenu(workbench.row('Week', 'Override: you'), 'Cancel Override…');
    const text = await answer('Keep It', 'rotation-cancel-dark');
    assert.ok(text.includes('Active now'), text);
    assert.equal(sent('DELETE'), 0);
    await workbench.contextMenu(workbench.row('Week', 'Override: you'), 'Cancel Override…');
    simulator.fault('atlassianApi', { kind: 'forbidden', match: 'DELETE .*/overrides', times: 1 });
    await answer('Cancel the Override');
    await says('failed ·');
    await statusBar('You are Dr. DRE');
    late('DELETE .*/overrides');
    await workbench.notification("Couldn't cancel override", 'Retry');
    await says('cancelling the override…');
    await statusBar('You are Dr. DRE');
    await statusBar(eli.name);
    assert.equal(sent('DELETE'), 2);
  });

  it('lists the overrides of all schedules, and cancels one', async () => {
    await workbench.runCommand('Dr. DRE: Show Overrides…');
    const label = `DRE Ops Rotation: ${eli.name}`;
    await waitFor('the overrides', async () => (await workbench.quickPick.items()).includes(label));
    assert.ok((await workbench.quickPick.items()).includes(`DRE Alerts: ${eli.name}`));
    await workbench.quickPick.choose(label);
    await answer('Cancel the Override');
    await statusBar('You are Dr. DRE');
  });

  it('finds what it sent when no answer came, and does not send it twice', async () => {
    const before = sent('POST');
    simulator.switch('atlassian', 'dropAfterWrite', 1);
    await handOverOneHour();
    await statusBar(eli.name);
    assert.equal(sent('POST'), before + 1);
  });

  it('takes the pager from its row, with the mouse and with the keyboard alone', async () => {
    const before = sent('POST');
    await workbench.inline(workbench.row('Week', 'DRE Ops Rotation'), 'Take the Pager');
    await workbench.quickPick.choose('2 hours');
    const text = await workbench.dialog('Cancel');
    assert.ok(text.includes('DRE Ops Rotation') && text.includes(`On call: ${dana.name} (you)`), text);
    assert.equal(sent('POST'), before);

    await workbench.arrowTo('Week', 'DRE Ops Rotation');
    await workbench.menuByKeyboard('Take the Pager…');
    await waitFor('the lengths', async () => (await workbench.quickPick.items()).includes('2 hours'));
    await workbench.quickPick.type('2 hours');
    await waitFor('2 hours at the top', async () => (await workbench.quickPick.items())[0] === '2 hours');
    await workbench.quickPick.accept();
    await workbench.dialogByKeyboard('Take the Pager');
    await statusBar('You are Dr. DRE');
    assert.equal(sent('POST'), before + 1);
  });

  it('hands over the next shift from its row', async () => {
    const shown = /^My next shift (?<span>.+)$/;
    const rows = await workbench.waitForRows('Week', (all) => all.some((row) => shown.test(row)));
    // Of the schedule of alerts, which is the first one.
    const span = rows.flatMap((row) => shown.exec(row)?.groups?.['span'] ?? [])[0] ?? '';
    const before = sent('POST');
    await workbench.contextMenu(workbench.row('Week', 'My next shift'), 'Hand Over On-Call…');
    await workbench.quickPick.choose(eli.name);
    const text = await answer('Hand Over', 'rotation-next-shift-dark');
    const [from = ''] = span.replace(/^from /, '').split(' – ');
    for (const part of ['DRE Alerts', `On call: ${eli.name}`, `Replaces you: ${from}`]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    await workbench.waitForRows('Week', (all) => all.includes(`Override: ${firstName} from ${from}`));
    assert.equal(sent('POST'), before + 1);
  });

  it('offers from the status bar what can be done', async () => {
    await workbench.statusBarLocator('drDre.rotation').click();
    await waitFor('the actions', async () => (await workbench.quickPick.title()) === 'On Call');
    const items = await workbench.quickPick.items();
    assert.ok(
      items.some((item) => item.includes('Hand Over On-Call')),
      items.join(),
    );
    // Dana has every pager.
    assert.ok(!items.some((item) => item.includes('Take the Pager')));
    await workbench.screenshot('rotation-actions-dark');
    await workbench.quickPick.cancel();
  });

  it('has the commands in the tooltip of the status bar', async () => {
    const tooltip = await workbench.statusBarTooltip('drDre.rotation', 'Hand Over On-Call');
    assert.match(await tooltip.innerText(), /DRE Alerts/);
    await workbench.screenshot('rotation-tooltip-dark', { withFloating: true });
    // VS Code closes the tooltip of an item that is painted anew: a person points to it again.
    await waitFor('the link in the tooltip', async () => {
      const shown = await workbench.statusBarTooltip('drDre.rotation', 'Hand Over On-Call');
      await clickOnce(shown.getByText('Show Overrides', { exact: true }), 2000);
      return true;
    });
    await waitFor('the overrides', async () => (await workbench.quickPick.title()) === 'Overrides');
    await workbench.quickPick.cancel();
  });

  for (const theme of pictureThemes) {
    it(`checks why nobody is paged, in a document: ${theme}`, async () => {
      if (theme === 'dark') simulator.switch('atlassian', 'pagingSetup', 'contactsOff');
      await workbench.setTheme(theme);
      await workbench.runCommand('Dr. DRE: Troubleshoot Paging');
      const expected = theme === 'dark' ? 'You have no phone or e-mail address' : 'You have a way to be reached';
      await waitFor('the document', async () =>
        (await workbench.webviewFrame().locator('body').innerText()).includes(expected),
      );
      await workbench.screenshot(`rotation-not-paged-${theme}`);
    });
  }
});
