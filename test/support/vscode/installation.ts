import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { commandLine, descendants, endTree, isAlive } from '../../../scripts/processes.mjs';
import { startServer, type RunningServer, type ServerOptions } from '../../../scripts/serverProcess.mjs';
import { waitFor } from '../base/waitFor.ts';
import { launchBrowser } from './browser.ts';

/** What the server is started with. */
export type InstallationOptions = Pick<ServerOptions, 'extensions' | 'env' | 'preload' | 'workspaceTrust'>;

/** One log of VS Code or of an extension. */
export interface LogFile {
  readonly name: string;
  readonly text: string;
}

/** A VS Code server, and a browser or a part of one, in which one profile after the other is opened. */
export class Installation {
  readonly host: RunningServer;
  readonly userDataDir: string;
  readonly #home: string;
  readonly #browser: Browser;
  #context: BrowserContext | undefined;
  /** How long each log was before the present profile. */
  #logLengths: ReadonlyMap<string, number> = new Map();

  private constructor(home: string, userDataDir: string, host: RunningServer, instance: Browser) {
    this.#home = home;
    this.userDataDir = userDataDir;
    this.host = host;
    this.#browser = instance;
  }

  static async start(options: InstallationOptions): Promise<Installation> {
    const home = mkdtempSync(join(tmpdir(), 'dr-dre-workbench-'));
    const userDataDir = join(home, 'data');
    try {
      const host = await startServer({ ...options, userDataDir, extensionsDir: join(home, 'extensions') });
      return new Installation(home, userDataDir, host, await launchBrowser());
    } catch (error) {
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
      throw error;
    }
  }

  /**
   * Ends the current profile and begins a new one, which shares nothing with it: no page, setting, secret, record or
   * log. Returns the browser's side of it, and a folder for its window to open.
   */
  async newProfile(
    options: BrowserContextOptions,
  ): Promise<{ readonly context: BrowserContext; readonly folder: string }> {
    await this.closeProfile();
    for (const name of ['User', 'Machine']) {
      rmSync(join(this.userDataDir, name), { recursive: true, force: true, maxRetries: 5 });
    }
    mkdirSync(join(this.userDataDir, 'User'), { recursive: true });
    this.#logLengths = new Map(logPaths(this.userDataDir).map((file) => [file, statSync(file).size]));
    this.#context = await this.#browser.newContext(options);
    return { context: this.#context, folder: mkdtempSync(join(this.#home, 'folder-')) };
  }

  /** Closes all windows, and waits until their extension hosts, which hold what is on disk, have ended. */
  async closeProfile(): Promise<void> {
    const context = this.#context;
    if (context === undefined) return;
    this.#context = undefined;
    // Leaving a page reports to the server that its window is closed; closing the browser does not.
    await Promise.all(context.pages().map((page) => page.goto('about:blank').catch(() => undefined)));
    await context.close();
    const hosts = await this.#extensionHosts();
    await waitFor('the extension hosts to end', () => !hosts.some(isAlive), { timeoutMs: 5_000 }).catch(() =>
      // The extension host of a page that crashed waits for hours for the page to return.
      Promise.all(hosts.map((pid) => endTree(pid))),
    );
  }

  /** The logs of the present profile, those of VS Code itself too. */
  logs(): readonly LogFile[] {
    return logFilesBelow(this.userDataDir, this.#logLengths);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.host.stop();
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  async #extensionHosts(): Promise<readonly number[]> {
    const pids = await descendants(this.host.pid);
    return pids.filter((pid) => commandLine(pid).includes('--type=extensionHost'));
  }
}

/** All logs of a VS Code, each from this byte on. */
export function logFilesBelow(userDataDir: string, from: ReadonlyMap<string, number> = new Map()): readonly LogFile[] {
  return logPaths(userDataDir).map((name) => ({
    name,
    text: readFileSync(name)
      .subarray(from.get(name) ?? 0)
      .toString(),
  }));
}

function logPaths(userDataDir: string): readonly string[] {
  const folder = join(userDataDir, 'logs');
  // A server answers before it has made it.
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
