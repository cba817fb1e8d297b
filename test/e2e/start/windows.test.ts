import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Simulator } from '../../simulator/simulator.ts';
import { extensionLogs, useDrDre, showOnly, type View } from '../../support/vscode/drDre.ts';
import type { WorkbenchWindow } from '../../support/ui/workbenchWindow.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import type { Workbench } from '../../support/vscode/workbench.ts';

// Three windows of one VS Code, each with its extension host: how many requests they make, and what they share.
describe('three windows of one VS Code', function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let workbench: Workbench;
  let windows: WorkbenchWindow[];
  /** What one refresh asks while there is one window. */
  let alone: Readonly<Record<string, number>>;

  useDrDre(
    {
      size: { width: 1100, height: 900 },
    },
    async (opened) => {
      ({ simulator, workbench } = opened);
      await show(workbench);
      windows = [workbench];
    },
  );

  /** How often each thing was asked since the last reset, by service, method and path. */
  function counts(): Record<string, number> {
    const found: Record<string, number> = {};
    for (const { service, method, path } of simulator.requests()) {
      const asked = `${service} ${method} ${path.split('?')[0] ?? ''}`;
      found[asked] = (found[asked] ?? 0) + 1;
    }
    return found;
  }

  const streams = (): number => simulator.requests('rollouts').filter(({ path }) => path.endsWith('/sse')).length;

  /** Refreshes in a window and waits until the services were asked and no request is under way. */
  async function refresh(window: WorkbenchWindow): Promise<void> {
    const before = simulator.requests().length;
    await window.page.bringToFront();
    await window.runCommand('Dr. DRE: Refresh');
    await waitFor('the services to be asked', () => simulator.requests().length > before + 4);
    await quiet();
  }

  async function quiet(): Promise<void> {
    let last = -1;
    await waitFor(
      'the end of the reading',
      () => {
        const now = simulator.requests().length;
        const isQuiet = now === last;
        last = now;
        return isQuiet;
      },
      { everyMs: 1_000 },
    );
  }

  it('opens two more windows, which show what the first one knows, and asks nothing for them', async () => {
    assert.equal(streams(), 1);
    // The first reads also ask for what is asked once.
    await refresh(workbench);
    simulator.resetRequests();
    await refresh(workbench);
    alone = counts();

    simulator.resetRequests();
    for (let more = 0; more < 2; more++) {
      const window = await workbench.secondWindow();
      windows.push(window);
      await show(window);
    }
    // In this time each read may fall due once by itself. Windows that read for themselves would ask twice. A window in which
    // Alerts are seen, as in a new one at first, reads the notes of acknowledged alerts for itself, after the id of the site.
    const shared = Object.entries(counts()).filter(([asked]) => !/\/(?:notes|tenant_info)$/.test(asked));
    assertNoMoreThan(Object.fromEntries(shared), alone);
    assert.equal(streams(), 0);
    // The first one had no rows to begin with, the second one keeps what V8 compiled, the third one loads that.
    const compiled = extensionLogs(workbench).flatMap((text) => text.match(/\[start\] start: compiled, .*/g) ?? []);
    assert.equal(compiled.length, 1, compiled.join('\n'));
  });

  it('costs, when three windows refresh at the same moment, what one refresh costs', async () => {
    const buttons = windows.map((window) =>
      window.view('Queue').locator('.pane-header .action-label[aria-label="Refresh"]'),
    );
    for (const window of windows) await window.view('Queue').hover();
    for (const button of buttons) await button.waitFor();
    simulator.resetRequests();
    // Each one's request is there before the first answer is.
    for (const service of ['atlassian', 'github', 'governance', 'rollouts'] as const) {
      simulator.fault(service, { kind: 'slow', delayMs: 4_000 });
    }
    await Promise.all(buttons.map((button) => button.click()));
    await waitFor('the first answers', () => simulator.requests().some(({ path }) => path.includes('/on-calls')));
    simulator.clearFaults();
    await waitFor('everything to be asked', () => Object.keys(alone).every((asked) => asked in counts()));
    await quiet();
    assertNoMoreThan(counts(), alone);
    assert.equal(streams(), 0);
  });

  it('shows a change in every window when one of them refreshes', async () => {
    const [, , third] = windows;
    const tickets = await workbench.rows('Queue');
    assert.ok(tickets.length > 0);
    simulator.fault('atlassianSite', { kind: 'outage' });
    if (third !== undefined) await refresh(third).catch(() => undefined);
    for (const window of windows) {
      await window.waitForRows('Queue', (rows) => rows.some((row) => row.includes("Can't reach")));
    }
    simulator.clearFaults('atlassianSite');
    if (third !== undefined) await refresh(third);
    for (const window of windows) {
      await window.waitForRows('Queue', (rows) => !rows.some((row) => row.includes("Can't reach")));
    }
  });

  it('shows in the others what was acknowledged in one', async () => {
    const [first, second, third] = windows;
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    for (const window of windows) await only(window, 'Alerts');
    await second.page.bringToFront();
    const open = await waitFor('an open alert', async () => (await second.fullRows('Alerts')).find(isOpen));
    const label = labelOf(open);
    await second.contextMenu(second.row('Alerts', label), 'Acknowledge Alert');
    for (const window of [second, first, third]) {
      await window.waitForRows('Alerts', (all) => all.some((row) => row.startsWith(label) && /· you\b/.test(row)));
    }
  });

  it('repaints the timeline of a window that does not read when the stream says that a batch changed', async () => {
    const [, second] = windows;
    assert.ok(second !== undefined);
    await second.page.bringToFront();
    await second.runCommand('Dr. DRE: Open Release Timeline');
    const page = second.webviewFrame();
    await page.locator('body', { hasText: 'rc--2026-08-20_03-30' }).waitFor();
    const before = await page.locator('body').innerText();
    simulator.resetRequests();
    simulator.switch('rollouts', 'setCell', { batch: 12, subnet: 'o3ow2', state: 'complete' });
    await waitFor('the page to change', async () => (await page.locator('body').innerText()) !== before);
    assert.deepEqual(simulator.requests('rollouts'), [], 'nothing was read for it');
  });

  it('reads on in another window within 10 s when the one that reads is closed', async () => {
    const [, , third] = windows;
    assert.ok(third !== undefined);
    const leaders = timesLed(workbench);
    simulator.resetRequests();
    const closedAt = Date.now();
    process.kill(leaderPid(workbench), 'SIGKILL');
    await waitFor('the next window to lead', () => timesLed(workbench) > leaders, { timeoutMs: 20_000 });
    await waitFor('it to read', () => Object.keys(counts()).length >= 4);
    assert.ok(Date.now() - closedAt < 10_000, `${Date.now() - closedAt} ms`);
    await refresh(third);
  });
});

async function show(window: WorkbenchWindow): Promise<void> {
  await window.openContainer('Dr. DRE');
  await only(window, 'Queue');
  await window.waitForRows('Queue', (rows) => rows.length > 1);
}

async function only(window: WorkbenchWindow, view: View): Promise<void> {
  await window.page.bringToFront();
  await showOnly(window, view);
}

function assertNoMoreThan(counted: Readonly<Record<string, number>>, limits: Readonly<Record<string, number>>): void {
  const beyond = Object.entries(counted).filter(([asked, count]) => count > (limits[asked] ?? 0));
  assert.deepEqual(beyond, []);
}

/** How often a window said in its log that it reads for all. */
function timesLed(workbench: Workbench): number {
  const words = 'this window reads the services for all';
  return extensionLogs(workbench).reduce((sum, text) => sum + text.split(words).length - 1, 0);
}

/** The process of the window that holds the lease: its name begins with it. */
function leaderPid(workbench: Workbench): number {
  const shared = join(workbench.userDataDir, 'User', 'globalStorage', 'dfinity.dr-dre', 'shared');
  // One folder for each scope of the settings: the windows here have the same.
  const [scope] = readdirSync(shared, { withFileTypes: true }).filter((each) => each.isDirectory());
  const folder = join(shared, scope?.name ?? '');
  const generations = readdirSync(folder).flatMap((name) => /^lease-(\d+)\.json$/.exec(name)?.[1] ?? []);
  const highest = Math.max(...generations.map(Number));
  const { holder } = JSON.parse(readFileSync(join(folder, `lease-${highest}.json`), 'utf8')) as { holder: string };
  return Number.parseInt(holder, 10);
}

/** By what a screen reader says of it. */
function isOpen(row: string): boolean {
  return /\bopen P\d alert: /.test(row);
}

/** What a row's label begins with, without its dim text. */
function labelOf(row: string): string {
  return row.replace(/ (now|\d+[smhd]\b.*)$/, '').slice(0, 30);
}
