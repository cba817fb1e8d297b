import assert from 'node:assert/strict';
import type { Simulator } from '../../simulator/simulator.ts';
import { extensionLogs, useDrDre, showOnly } from '../../support/vscode/drDre.ts';
import type { WorkbenchWindow } from '../../support/ui/workbenchWindow.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { pictureThemes, type Workbench } from '../../support/vscode/workbench.ts';

const hostile = '[fix](command:workbench.action.quit) the subnet';

// Notifications as a person sees them: few, with buttons that work, and nothing from outside that can be clicked.
describe('notifications in a real VS Code', function () {
  this.timeout(180_000);
  let simulator: Simulator;
  let workbench: Workbench;

  useDrDre(
    {
      settings: {
        'drDre.notifications.enabled': true,
        'drDre.notifications.minimumPriority': 'P3',
        'drDre.notifications.atMostOneInSeconds': 5,
      },
      size: { width: 1300, height: 1000 },
    },
    async (opened) => {
      ({ simulator, workbench } = opened);
      await showOnly(workbench, 'Alerts');
    },
  );

  /** A new alert, which the window then reads. */
  async function raise(message: string, priority: string): Promise<void> {
    simulator.switch('atlassianApi', 'raise', { message, priority, alias: message });
    await refresh();
  }

  async function refresh(): Promise<void> {
    await workbench.runCommand('Dr. DRE: Refresh');
  }

  const logs = (): string => extensionLogs(workbench).join('\n');

  /** How many notifications were shown, by the log. */
  function shown(): number {
    return logs().split('[notifications] shown').length - 1;
  }

  async function alertToasts(window: WorkbenchWindow): Promise<string[]> {
    return (await window.notifications()).filter((text) => /P\d/.test(text));
  }

  it('shows all that is urgent at the start in one message, which leads to the alerts', async () => {
    await workbench.notification('new alerts', 'Show Alerts');
    assert.equal(shown(), 1);
    const item = await waitFor('the urgent alerts', () => workbench.statusBarItem('drDre.alertsBurning'));
    assert.match(item.text, /\d P1, \d P2/);
    assert.equal(item.kind, 'error');
  });

  it('shows an alert whose name looks like a command link as text, in one window of two', async () => {
    const second = await workbench.secondWindow();
    await workbench.page.bringToFront();
    await raise(hostile, 'P1');
    const windows = [workbench, second];
    const notified = await waitFor(
      'the notification',
      async () => {
        for (const window of windows) if ((await alertToasts(window)).length > 0) return window;
        return undefined;
      },
      { timeoutMs: 120_000 },
    );
    assert.deepEqual(await alertToasts(notified), ['P1: [fix] (command:workbench.action.quit) the subnet']);
    assert.equal(await notified.page.locator('.notifications-toasts .notification-list-item-message a').count(), 0);
    assert.equal(shown(), 2);
    for (const other of windows) if (other !== notified) assert.deepEqual(await alertToasts(other), []);

    // From the notification through the verified write to the row.
    await notified.page.bringToFront();
    await notified.notification('the subnet', 'Acknowledge');
    await workbench.waitForRows('Alerts', (rows) => rows.some((row) => row.startsWith('[fix]') && /· you\b/.test(row)));
    // A window that crashes, or whose connection is lost, leaves its extension host behind, which goes on for hours.
    await second.page.bringToFront();
    await second.crash();
    await workbench.page.bringToFront();
  });

  it('says who has an alert that was taken while its notification was shown', async () => {
    await raise('node 7 is on fire', 'P1');
    await waitFor('the notification', async () => (await alertToasts(workbench)).length > 0, { timeoutMs: 120_000 });
    await workbench.contextMenu(workbench.row('Alerts', 'node 7 is on fire'), 'Acknowledge Alert');
    await workbench.waitForRows('Alerts', (rows) =>
      rows.some((row) => row.startsWith('node 7') && /· you\b/.test(row)),
    );
    // VS Code keeps what it has shown behind its bell.
    await workbench.keptNotification('node 7 is on fire', 'Acknowledge');
    await workbench.notification('You have already acknowledged “node 7 is on fire”.');
  });

  it('opens the alert from its notification', async () => {
    const name = 'node 9 is on fire';
    await raise(name, 'P1');
    await waitFor('the notification', async () => (await alertToasts(workbench)).length > 0, { timeoutMs: 120_000 });
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      // It leaves the screen after a while, and is kept behind the bell.
      if ((await alertToasts(workbench)).length === 0) await workbench.runCommand('Notifications: Show Notifications');
      await workbench.screenshot(`notification-${theme}`, { withFloating: true });
    }
    if ((await alertToasts(workbench)).length > 0) await workbench.notification(name, 'Open');
    else await workbench.keptNotification(name, 'Open');
    await waitFor('its document', async () => (await workbench.editors()).some((title) => title.includes('node 9')));
    await waitFor('its text', async () =>
      (await workbench.webviewFrame().locator('body').innerText()).startsWith(`P1: ${name}`),
    );
    await workbench.runCommand('View: Close Editor');
  });

  it('puts nothing on the screen while VS Code does not disturb, and loses nothing', async () => {
    const before = shown();
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand('Notifications: Toggle Do Not Disturb Mode');
    await raise('node 8 is on fire', 'P1');
    await waitFor('the notification to be handed over', () => shown() > before);
    await workbench.waitForRows('Alerts', (rows) => rows.some((row) => row.startsWith('node 8')));
    assert.deepEqual(await workbench.notifications(), []);
    const item = await workbench.statusBarItem('drDre.alertsBurning');
    assert.match(item?.text ?? '', /\d P1/);
    await workbench.screenshot('notification-do-not-disturb-dark', { withFloating: true });
    await workbench.runCommand('Notifications: Toggle Do Not Disturb Mode');
    assert.deepEqual(await alertToasts(workbench), [], 'it does not come late');
    await workbench.keptNotification('node 8 is on fire', 'Acknowledge');
    await workbench.waitForRows('Alerts', (rows) =>
      rows.some((row) => row.startsWith('node 8') && /· you\b/.test(row)),
    );
  });

  it('shows a storm in a few messages', async () => {
    const before = shown();
    const several = (): number => logs().split('shown: several').length;
    const severalBefore = several();
    simulator.switch('atlassianApi', 'storm', { count: 300, seconds: 6 });
    await waitFor(
      'the storm to be read',
      async () => {
        await refresh();
        return (await workbench.rows('Alerts')).some((row) => /^P3 moderate 3\d\d/.test(row));
      },
      { timeoutMs: 60_000 },
    );
    // The last one comes when the time for which one message stands is over.
    await waitFor('the message of the whole storm', () => several() > severalBefore);
    const messages = shown() - before;
    assert.ok(messages >= 1 && messages <= 6, `${messages} messages`);
  });

  it('writes into the journal what came, the storm in a few lines', async () => {
    await workbench.runCommand('Dr. DRE: Show Journal');
    const text = await waitFor(
      'the lines of the storm',
      async () => {
        const shownText = await workbench.webviewFrame().locator('body').innerText();
        return /New: [\d,]+ alerts \(/.test(shownText) ? shownText : undefined;
      },
      { timeoutMs: 60_000 },
    );
    assert.match(text, /New: P1 “node 8 is on fire”/);
    // The first ones may have been so few that they have lines of their own.
    const own = text.split('of the storm').length - 1;
    assert.ok(own < 10, `${own} lines of single alerts`);
  });
});
