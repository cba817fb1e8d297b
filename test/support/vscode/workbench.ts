import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { browser, browserArguments } from '../../../scripts/browser.mjs';
import { type RunningServer, startServer, workbenchUrl } from '../../../scripts/serverProcess.mjs';
import { quietSettings, writeSettings } from '../../../scripts/settings.mjs';
import { Hands } from '../ui/hands.ts';
import { waitFor } from '../waitFor.ts';

/** The checkout. */
export const root = resolve(import.meta.dirname, '../../..');

/** What a theme is called in the settings and in the list that a person chooses from, and how the page is marked. */
const themes = {
  light: { id: 'Light Modern', label: 'Light Modern', mark: 'vs' },
  dark: { id: 'Dark Modern', label: 'Dark Modern', mark: 'vs-dark' },
  'hc-black': { id: 'Default High Contrast', label: 'Dark High Contrast', mark: 'hc-black' },
  'hc-light': { id: 'Default High Contrast Light', label: 'Light High Contrast', mark: 'hc-light' },
} as const;

export type Theme = keyof typeof themes;
type Settings = Readonly<Record<string, unknown>>;

export interface WorkbenchOptions {
  /** On top of settings that keep a fresh VS Code quiet. Those scoped to the machine belong here too. */
  readonly settings?: Settings;
  /** For the extension host: credentials, for example. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder to open; an empty one when absent. */
  readonly folder?: string;
  /**
   * Where everything is kept that VS Code remembers, the browser's side included. Given twice, the second window finds
   * what the first one left, as after closing and opening VS Code. A throwaway folder when absent.
   */
  readonly userDataDir?: string;
  /** The extensions that are installed; the checkout when absent. */
  readonly extensions?: readonly string[];
  /** Further ones, on top of those. */
  readonly extraExtensions?: readonly string[];
  /** A module that Node runs before everything else in the extension host. */
  readonly preload?: string;
  readonly theme?: Theme;
  readonly size?: { readonly width: number; readonly height: number };
  /** Whether folders have to be trusted (restricted mode); not asked when absent. */
  readonly workspaceTrust?: boolean;
}

/** A real VS Code in a headless browser, with the hands of a person. */
export class Workbench extends Hands {
  readonly host: RunningServer;
  /** Of the whole installation: `User/settings.json`, `Machine/settings.json` and `logs/` are below. */
  readonly userDataDir: string;
  readonly #context: BrowserContext;
  readonly #options: WorkbenchOptions;
  readonly #remove: () => void;
  #settings: Settings;

  /** Use `launchWorkbench`. */
  constructor(
    page: Page,
    parts: {
      host: RunningServer;
      context: BrowserContext;
      options: WorkbenchOptions;
      data: string;
      remove: () => void;
    },
  ) {
    super(page);
    this.host = parts.host;
    this.userDataDir = parts.data;
    this.#context = parts.context;
    this.#options = parts.options;
    this.#remove = parts.remove;
    this.#settings = machineSettings(parts.options);
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

  /** Keeps a picture as `out/screenshots/<name>.png`. */
  async screenshot(name: string): Promise<string> {
    const file = join(root, 'out', 'screenshots', `${name}.png`);
    await this.page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
    return file;
  }

  /** Opens a second window of the same VS Code, as a person with two windows has it. */
  async secondWindow(folder?: string): Promise<Hands> {
    const page = await this.#context.newPage();
    const hands = new Hands(page);
    await hands.goTo(windowUrl(this.host, folder === undefined ? this.#options : { ...this.#options, folder }));
    return hands;
  }

  /** Ends the window, the server and everything that they started. */
  async close(): Promise<void> {
    await this.#context.close();
    await this.host.stop();
    this.#remove();
  }
}

/** Opens VS Code (the server, in a headless browser) with the extension loaded, and waits until the window is there. */
export async function launchWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const home = options.userDataDir ?? mkdtempSync(join(tmpdir(), 'dr-dre-workbench-'));
  const remove = (): void => {
    if (options.userDataDir === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const [data, folder] = [join(home, 'data'), options.folder ?? join(home, 'folder')];
  mkdirSync(folder, { recursive: true });
  writeSettings(data, userSettings(options.theme ?? 'dark'), machineSettings(options));
  const size = options.size ?? { width: 1400, height: 1000 };
  const host = await startOnKnownPort(home, data, options);
  try {
    const context = await chromium.launchPersistentContext(join(home, 'browser'), {
      executablePath: await browser(),
      args: browserArguments,
      viewport: size,
      // A window as large as the screen counts as full screen.
      screen: { width: size.width, height: size.height + 100 },
      permissions: ['clipboard-read', 'clipboard-write'],
      timeout: 90_000,
    });
    context.setDefaultTimeout(30_000);
    const page = context.pages()[0] ?? (await context.newPage());
    const workbench = new Workbench(page, { host, context, options: { ...options, folder }, data, remove });
    await workbench.goTo(windowUrl(host, { ...options, folder }));
    return workbench;
  } catch (error) {
    await host.stop();
    remove();
    throw error;
  }
}

/** Notifications that come when they come would lie over those that a test looks for. */
function machineSettings({ settings = {} }: WorkbenchOptions): Settings {
  return { 'drDre.notifications.enabled': false, ...settings };
}

function userSettings(theme: Theme): Settings {
  // Modal editors would take the keyboard away from the palette.
  return { ...quietSettings, 'workbench.editor.useModal': 'off', 'workbench.colorTheme': themes[theme].id };
}

function windowUrl(host: RunningServer, options: WorkbenchOptions): string {
  return workbenchUrl(host.origin, options.folder);
}

/** The browser keeps what the window remembers by origin, so an installation that is opened again keeps its port. */
async function startOnKnownPort(home: string, userDataDir: string, options: WorkbenchOptions): Promise<RunningServer> {
  const file = join(home, 'port');
  const known = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const { env, preload, workspaceTrust = false } = options;
  const start = (port: number): Promise<RunningServer> =>
    startServer({
      userDataDir,
      extensionsDir: join(home, 'extensions'),
      extensions: [...(options.extensions ?? [root]), ...(options.extraExtensions ?? [])],
      port,
      workspaceTrust,
      ...(env === undefined ? {} : { env }),
      ...(preload === undefined ? {} : { preload }),
    });
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
