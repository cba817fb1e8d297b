import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { browser, browserArguments } from '../../../scripts/browser.mjs';
import { type RunningServer, startServer, workbenchUrl } from '../../../scripts/serverProcess.mjs';
import { quietSettings, writeSettings } from '../../../scripts/settings.mjs';
import { atEnd } from '../base/atEnd.ts';
import { WorkbenchWindow } from '../ui/workbenchWindow.ts';
import { waitFor } from '../base/waitFor.ts';
import { Installation, logFilesBelow, type InstallationOptions, type LogFile } from './installation.ts';
import { keepKeyboardLog } from './keyboardLog.ts';
import { takeOwnAddresses } from './ownAddresses.ts';

/** The checkout. */
export const root = resolve(import.meta.dirname, '../../..');

/** What a theme is called in the settings and in the list that a person chooses from, and how the page is marked. */
const themes = {
  light: { id: 'Light Modern', label: 'Light Modern', mark: 'vs' },
  dark: { id: 'Dark Modern', label: 'Dark Modern', mark: 'vs-dark' },
  'light-2026': { id: 'Light 2026', label: 'Light 2026', mark: 'vs' },
  'dark-2026': { id: 'Dark 2026', label: 'Dark 2026', mark: 'vs-dark' },
  'hc-black': { id: 'Default High Contrast', label: 'Dark High Contrast', mark: 'hc-black' },
  'hc-light': { id: 'Default High Contrast Light', label: 'Light High Contrast', mark: 'hc-light' },
} as const;

export type Theme = keyof typeof themes;

/**
 * In which themes pictures are kept: `npm test` uses one, `npm run pictures` all. The last one is that of the window
 * at its start, so that a test leaves what it found.
 */
export const pictureThemes: readonly Theme[] =
  process.env['DR_DRE_PICTURES'] === 'all'
    ? ['light', 'light-2026', 'hc-light', 'hc-black', 'dark-2026', 'dark']
    : ['dark'];

/** How long a test may take that keeps pictures in all of these: 90 s in one theme. */
export const pictureTimeoutMs = 60_000 + 30_000 * pictureThemes.length;

const floating = '.notifications-toasts, .monaco-hover { visibility: hidden !important; }';

type Settings = Readonly<Record<string, unknown>>;

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface WorkbenchOptions {
  /** On top of settings that keep a fresh VS Code from showing notifications. Those scoped to the machine belong here too. */
  readonly settings?: Settings;
  /** For the extension hosts of the server: credentials, for example. */
  readonly env?: Readonly<Record<string, string>>;
  /** Reuses server and browser of the previous workbench with the same options; one is open at a time. */
  readonly shared?: boolean;
  /** The folder to open; an empty one when absent. */
  readonly folder?: string;
  /**
   * Where everything is that VS Code keeps, the browser's side included. Given twice, the second window finds
   * what the first one left, as after closing and opening VS Code. A throwaway folder when absent.
   */
  readonly userDataDir?: string;
  /** The extensions that are installed; the checkout when absent. */
  readonly extensions?: readonly string[];
  /** Further ones, on top of those. */
  readonly extraExtensions?: readonly string[];
  /** A module that Node runs before everything else in the extension host. */
  readonly preload?: string | undefined;
  readonly theme?: Theme;
  readonly size?: Size;
  /** Whether folders have to be trusted (restricted mode); not asked when absent. */
  readonly workspaceTrust?: boolean;
}

/** What a workbench runs on. */
interface Ground {
  readonly host: RunningServer;
  readonly userDataDir: string;
  readonly context: BrowserContext;
  readonly folder: string;
  readonly logs: () => readonly LogFile[];
  readonly close: () => Promise<void>;
}

/** A real VS Code in a headless browser, and its first window. */
export class Workbench extends WorkbenchWindow {
  readonly host: RunningServer;
  /** Of the whole installation: `User/settings.json`, `Machine/settings.json` and `logs/` are below. */
  readonly userDataDir: string;
  readonly #ground: Ground;
  #settings: Settings;

  /** Use `launchWorkbench`. */
  constructor(page: Page, ground: Ground, options: WorkbenchOptions) {
    super(page);
    this.host = ground.host;
    this.userDataDir = ground.userDataDir;
    this.#ground = ground;
    this.#settings = machineSettings(options);
  }

  /** All logs of this workbench, those of VS Code itself too. */
  logs(): readonly LogFile[] {
    return this.#ground.logs();
  }

  /** Reloads the window: the extension host starts anew, the page restores what it kept. */
  async reload(): Promise<void> {
    // VS Code keeps which editors are open when the window loses the focus, and else once a minute.
    await this.page.evaluate(() => {
      document.hasFocus = () => false;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await this.page.evaluate(stateIsKept);
    await this.page.reload({ waitUntil: 'domcontentloaded', timeout: 90_000 });
    await this.ready();
  }

  /** Changes the theme, as a person does: the server's watcher of the settings file misses changes. */
  async setTheme(theme: Theme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickPick.choose(themes[theme].label);
    await this.page.locator(`.monaco-workbench.${themes[theme].mark}`).waitFor();
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Changes settings that are scoped to the machine, in their editor, and saves them. */
  async changeSettings(settings: Settings): Promise<void> {
    this.#settings = { ...this.#settings, ...settings };
    await this.runCommand('Preferences: Open Remote Settings (JSON)', { orLonger: true });
    const tab = this.page.locator('.editor-group-container.active .tab.active', { hasText: 'settings.json' });
    await tab.waitFor();
    await this.editorText();
    await this.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(JSON.stringify(this.#settings));
    await this.press('ControlOrMeta+s');
    const file = join(this.userDataDir, 'Machine', 'settings.json');
    await waitFor('the settings to be saved', () =>
      Object.entries(settings).every(([name, value]) =>
        readFileSync(file, 'utf8').includes(JSON.stringify({ [name]: value }).slice(1, -1)),
      ),
    );
    await this.runCommand('View: Close Editor');
  }

  /**
   * Keeps a picture as `out/screenshots/<name>.png`. Tooltips and notifications, which may cover what it is of, are left
   * out of it unless it is of one of them. `part`: the selector of the part of the window that it is of; else it is of all.
   */
  async screenshot(
    name: string,
    { withFloating = false, part }: { readonly withFloating?: boolean; readonly part?: string } = {},
  ): Promise<string> {
    const file = join(root, 'out', 'screenshots', `${name}.png`);
    const left = withFloating ? {} : { style: floating };
    // A row under the pointer has another color and shows its actions.
    if (!withFloating) await this.page.mouse.move(0, 0);
    const pictured = part === undefined ? this.page : this.page.locator(part);
    await pictured.screenshot({ path: file, animations: 'disabled', caret: 'hide', ...left });
    return file;
  }

  /** Makes the side bar so many pixels wide, by its border, as a person does. */
  async setSideBarWidth(width: number): Promise<void> {
    const bar = this.page.locator('.part.sidebar');
    const now = async () => (await bar.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await waitFor(`a side bar of ${width} px`, async () => {
      const { x, y, width: last, height } = await now();
      if (Math.round(last) === width) return true;
      await this.page.mouse.move(x + last, y + height / 2);
      await this.page.mouse.down();
      await this.page.mouse.move(x + width, y + height / 2, { steps: 3 });
      await this.page.mouse.up();
      return Math.round((await now()).width) === width;
    });
  }

  /** Opens a second window of the same VS Code, as a person with two windows has it. */
  async secondWindow(): Promise<WorkbenchWindow> {
    const window = new WorkbenchWindow(await this.#ground.context.newPage());
    await window.goTo(windowUrl(this.#ground));
    return window;
  }

  /** Ends its windows and, unless they are shared, the server and the browser with everything that they started. */
  async close(): Promise<void> {
    await this.#ground.close();
  }
}

/** Opens VS Code (the server, in a headless browser) with the extension loaded, and waits until the window is there. */
export async function launchWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const ground = await groundFor(options);
  try {
    ground.context.setDefaultTimeout(30_000);
    await ground.context.addInitScript(takeOwnAddresses);
    await ground.context.addInitScript(keepKeyboardLog);
    const page = ground.context.pages()[0] ?? (await ground.context.newPage());
    const workbench = new Workbench(page, ground, options);
    await workbench.goTo(windowUrl(ground));
    return workbench;
  } catch (error) {
    await ground.close();
    throw error;
  }
}

function groundFor(options: WorkbenchOptions): Promise<Ground> {
  if (options.userDataDir !== undefined) return keptGround(options.userDataDir, options);
  return options.shared === true ? sharedGround(options) : ownGround(options);
}

/** The installations that several workbenches use one after the other, by what their servers are started with. */
const shared = new Map<string, Promise<Installation>>();

async function sharedGround(options: WorkbenchOptions): Promise<Ground> {
  const asked = serverOptions(options);
  const name = JSON.stringify(asked);
  let starting = shared.get(name);
  if (starting === undefined) {
    const started = Installation.start(asked);
    starting = started;
    shared.set(name, started);
    atEnd.push(async () => {
      shared.delete(name);
      await (await started).stop();
    });
  }
  const installation = await starting;
  return profileGround(installation, options, () => installation.closeProfile());
}

/** An installation of its own, which ends with its only profile. */
async function ownGround(options: WorkbenchOptions): Promise<Ground> {
  const installation = await Installation.start(serverOptions(options));
  try {
    return await profileGround(installation, options, () => installation.stop());
  } catch (error) {
    await installation.stop();
    throw error;
  }
}

async function profileGround(
  installation: Installation,
  options: WorkbenchOptions,
  close: () => Promise<void>,
): Promise<Ground> {
  const { host, userDataDir } = installation;
  const { context, folder } = await installation.newProfile(contextOptions(options));
  writeAllSettings(userDataDir, options);
  return { host, userDataDir, context, folder: options.folder ?? folder, logs: () => installation.logs(), close };
}

/** One that reuses what the previous one left in this folder. */
async function keptGround(home: string, options: WorkbenchOptions): Promise<Ground> {
  const [userDataDir, folder] = [join(home, 'data'), options.folder ?? join(home, 'folder')];
  mkdirSync(folder, { recursive: true });
  writeAllSettings(userDataDir, options);
  const host = await startOnKnownPort(home, userDataDir, options);
  try {
    const context = await chromium.launchPersistentContext(join(home, 'browser'), {
      executablePath: await browser(),
      args: browserArguments,
      timeout: 90_000,
      ...contextOptions(options),
    });
    const close = async (): Promise<void> => {
      await context.close();
      await host.stop();
    };
    return { host, userDataDir, context, folder, logs: () => logFilesBelow(userDataDir), close };
  } catch (error) {
    await host.stop();
    throw error;
  }
}

function serverOptions(options: WorkbenchOptions): InstallationOptions {
  return {
    extensions: [...(options.extensions ?? [root]), ...(options.extraExtensions ?? [])],
    env: options.env ?? {},
    workspaceTrust: options.workspaceTrust ?? false,
    preload: options.preload,
  };
}

function contextOptions({ size = { width: 1400, height: 1000 } }: WorkbenchOptions): BrowserContextOptions {
  return {
    viewport: size,
    // A window as large as the screen counts as full screen.
    screen: { width: size.width, height: size.height + 100 },
    permissions: ['clipboard-read', 'clipboard-write'],
  };
}

function writeAllSettings(userDataDir: string, options: WorkbenchOptions): void {
  writeSettings(userDataDir, userSettings(options.theme ?? 'dark'), machineSettings(options));
}

/** Notifications at unforeseen times would cover those that a test waits for. */
function machineSettings({ settings = {} }: WorkbenchOptions): Settings {
  return { 'drDre.notifications.enabled': false, ...settings };
}

function userSettings(theme: Theme): Settings {
  // Modal editors would take the keyboard focus from the palette.
  return { ...quietSettings, 'workbench.editor.useModal': 'off', 'workbench.colorTheme': themes[theme].id };
}

function windowUrl({ host, folder }: Ground): string {
  return workbenchUrl(host.origin, folder);
}

/** The browser keeps the state of the window by origin, so an installation that is opened again keeps its port. */
async function startOnKnownPort(home: string, userDataDir: string, options: WorkbenchOptions): Promise<RunningServer> {
  const file = join(home, 'port');
  const known = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const start = (port: number): Promise<RunningServer> =>
    startServer({ ...serverOptions(options), userDataDir, extensionsDir: join(home, 'extensions'), port });
  const server = await (known === 0 ? start(0) : waitFor('the port of the last time', () => start(known)));
  writeFileSync(file, String(server.port));
  return server;
}

/** Runs in the page. What is read from a store of the browser waits for what was written to it before. */
async function stateIsKept(): Promise<void> {
  // The page begins to write after a turn or two.
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve, 20));
  for (const { name } of await indexedDB.databases()) {
    if (name?.startsWith('vscode-web-state-db') !== true) continue;
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(new Error(`${name} cannot be opened`));
      opening.onsuccess = () => {
        const database = opening.result;
        const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
        transaction.oncomplete = () => resolve();
        transaction.onerror = () => reject(new Error(`${name} cannot be read`));
        for (const store of database.objectStoreNames) transaction.objectStore(store).count();
        database.close();
      };
    });
  }
}
