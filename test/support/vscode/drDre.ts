import { join } from 'node:path';
import { simulatorSettings } from '../../../scripts/simulator.mjs';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/simulator.ts';
import type { WorkbenchWindow } from '../ui/workbenchWindow.ts';
import { waitFor } from '../base/waitFor.ts';
import { keyboardLog } from './keyboardLog.ts';
import { launchWorkbench, root, type Workbench, type WorkbenchOptions } from './workbench.ts';

/** The stand-in for the dre tool. */
const standIn = join(root, 'test/simulator/dre/dre.mjs');

/** The titles of the views, from top to bottom. */
export const views = ['Week', 'Alerts', 'Queue', 'Proposals', 'Releases', 'CI'] as const;
export type View = (typeof views)[number];

interface DrDreOptions extends Omit<WorkbenchOptions, 'shared'> {
  readonly dre?: string;
  /** False for somebody who has not signed in yet. */
  readonly signedIn?: boolean;
}

/**
 * A real VS Code with Dr. DRE in a simulated world, its container open. The server and the browser are shared, unless
 * the server is to be started in another way.
 */
export async function openDrDre(simulator: Simulator, options: DrDreOptions): Promise<Workbench> {
  const { dre = standIn, signedIn = true, settings, env, ...more } = options;
  const workbench = await launchWorkbench({
    settings: { ...simulatorSettings({ addresses: { ...simulator.addresses }, dre }), ...settings },
    // The same for every simulator.
    env: signedIn ? { ...simulator.env, ...env } : { ...env },
    shared: env === undefined && more.extraExtensions === undefined && more.userDataDir === undefined,
    ...more,
  });
  await workbench.openContainer('Dr. DRE');
  return workbench;
}

interface UsedDrDre extends DrDreOptions {
  /** The simulated world; the standard one when absent. */
  readonly world?: SimulatorOptions;
  /** Called before VS Code is opened. */
  readonly simulate?: (simulator: Simulator) => void;
}

/**
 * Opens Dr. DRE in front of a simulator of its own for the tests of a `describe`, and closes both after them. `prepare`
 * gets them before the first test. A test that fails leaves a screenshot, in the output what is open and the end of the log,
 * and nothing open that would take the keys of the next one.
 */
export function useDrDre(
  { world, simulate, ...options }: UsedDrDre,
  prepare: (opened: { readonly simulator: Simulator; readonly workbench: Workbench }) => Promise<void>,
): void {
  let simulator: Simulator | undefined;
  let workbench: Workbench | undefined;

  before(async function () {
    this.timeout(240_000);
    simulator = await startSimulator(world);
    simulate?.(simulator);
    workbench = await openDrDre(simulator, options);
    await prepare({ simulator, workbench });
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed' || workbench === undefined) return;
    console.log(await whatIsOpen(workbench));
    await workbench.screenshot(`failed-${this.currentTest.fullTitle().replaceAll(/\W+/g, '-').slice(0, 100)}`, {
      withFloating: true,
    });
    for (let key = 0; key < 3; key++) await workbench.press('Escape');
  });

  after(async () => {
    await workbench?.close();
    await simulator?.stop();
  });
}

/** What a person sees besides the views, and the last lines of the extension's logs. */
async function whatIsOpen(workbench: Workbench): Promise<string> {
  const lines = extensionLogs(workbench).flatMap((text) => text.trimEnd().split('\n'));
  return [
    `editors: ${(await workbench.editors()).join(' | ')}`,
    `notifications: ${(await workbench.notifications()).join(' | ')}`,
    `dialogs: ${(await workbench.page.locator('.monaco-dialog-box').allInnerTexts()).join(' | ')}`,
    `quick input: ${(await workbench.page.locator('.quick-input-widget:visible').allInnerTexts()).join(' | ')}`,
    `menus and hovers: ${(await workbench.page.locator('.context-view .monaco-menu:visible, .monaco-hover:visible').allInnerTexts()).join(' | ')}`,
    `keyboard: ${await workbench.page.evaluate(focusedElement)}`,
    ...(await workbench.page.evaluate(keyboardLog)),
    `selected: ${(await selectedRows(workbench)).join(' | ')}`,
    ...lines.slice(-40),
  ].join('\n');
}

/** The element that has the keyboard, from the page inward. Runs in the page. */
function focusedElement(): string {
  const parts: string[] = [];
  for (let element = document.activeElement; element !== null; element = element.parentElement) {
    const label = element.getAttribute('aria-label');
    parts.push([element.tagName.toLowerCase(), ...element.classList].join('.') + (label === null ? '' : ` "${label}"`));
  }
  return parts.slice(0, 8).join(' < ');
}

/** What a screen reader says of the selected and of the focused rows of all lists. */
async function selectedRows({ page }: Workbench): Promise<readonly string[]> {
  return page
    .locator('.monaco-list-row.selected, .monaco-list-row.focused')
    .evaluateAll((rows) =>
      rows.map((row) => `${row.classList.contains('focused') ? '> ' : ''}${row.getAttribute('aria-label') ?? ''}`),
    );
}

/** Resolves when no service was asked for `quietMs`: what was asked is answered and painted. */
export async function requestsEnded(
  simulator: Simulator,
  { quietMs, timeoutMs }: { readonly quietMs: number; readonly timeoutMs: number },
): Promise<void> {
  let [count, since] = [-1, 0];
  await waitFor(
    'the requests to end',
    () => {
      const now = simulator.requests().length;
      if (now !== count) [count, since] = [now, performance.now()];
      return performance.now() - since > quietMs;
    },
    { timeoutMs },
  );
}

/** Gives one view the whole side bar. */
export async function showOnly(window: WorkbenchWindow, view: View): Promise<void> {
  for (const other of views) if (other !== view) await window.collapseView(other);
  await window.expandView(view);
}

/** Runs a dre operation to its end, and hides its terminal: the analysis of proposal 143590. */
export async function runDre(window: WorkbenchWindow): Promise<void> {
  await window.runCommand('Dr. DRE: Run dre Operation…');
  await window.quickPick.choose('Analyze a proposal');
  await window.quickPick.type('143590');
  await window.quickPick.accept();
  await window.dialog('Run');
  await window.notification('xit code');
  await window.runCommand('View: Hide Panel');
}

/** What the extension wrote into its logs: one text for each extension host that there was. */
export function extensionLogs(workbench: Workbench): readonly string[] {
  return workbench.logs().flatMap(({ name, text }) => (name.endsWith('Dr. DRE.log') ? [text] : []));
}

/** Answers the two questions of signing in. */
export async function answerSignIn({ quickPick }: WorkbenchWindow, email: string, token: string): Promise<void> {
  await waitFor('the first question', async () => (await quickPick.title()).includes('1 of 2'));
  await quickPick.type(email);
  await quickPick.accept();
  await waitFor('the second question', async () => (await quickPick.title()).includes('2 of 2'));
  await quickPick.type(token);
  await quickPick.accept();
}
