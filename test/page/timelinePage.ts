import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Snapshot } from '../../src/domain/releases/timeline/messages.ts';
import { wednesday } from '../support/feeds/rolloutBuilder.ts';
import { launchBrowser } from '../support/vscode/browser.ts';
import { servePage, type PageServer } from './pageServer.ts';
import { theme, type Theme } from './themes.ts';

// The real page, as it ships, in a real browser: only the editor around it is a stub.

/** Serves the page of the timeline. */
export const serveTimeline = (): Promise<PageServer> => servePage('timeline', 'Release Timeline');

/** The page with a stub of the editor around it. */
export interface TimelinePage {
  readonly page: Page;
  /** What the page posted, oldest first. */
  readonly posted: () => Promise<readonly unknown[]>;
  /** The state that the page asked the editor to keep. */
  readonly saved: () => Promise<unknown>;
  /** As the host would: by the editor's `postMessage`, which sends JSON. */
  readonly send: (snapshot: Snapshot) => Promise<void>;
  /** Any message, as `send`. */
  readonly tell: (message: unknown) => Promise<void>;
  /** What the policy refused, and what went wrong in the page. */
  readonly faults: readonly string[];
}

export interface PageOptions extends BrowserContextOptions {
  readonly theme: Theme;
  readonly state?: unknown;
  readonly bodyClass?: string;
  /** Fakes the browser's clock, which then moves only by `page.clock`. */
  readonly fakeClock?: boolean;
}

export async function openPage(browser: Browser, server: PageServer, options: PageOptions): Promise<TimelinePage> {
  const { theme, state, bodyClass, fakeClock, ...context } = options;
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 }, ...context })).newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  if (fakeClock === true) await page.clock.install({ time: wednesday });
  // The runner of the tests marks functions with their names by this helper, which the page does not have.
  await page.addInitScript('globalThis.__name = (value) => value;');
  await page.addInitScript(
    ({ saved, variables, classes }) => {
      const posted: unknown[] = [];
      let kept: unknown = saved;
      Object.assign(window, {
        posted,
        kept: () => kept,
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => void posted.push(JSON.parse(JSON.stringify(message))),
          getState: () => kept,
          setState: (next: unknown) => void (kept = JSON.parse(JSON.stringify(next))),
        }),
      });
      document.addEventListener('DOMContentLoaded', () => {
        for (const [name, value] of Object.entries(variables)) {
          document.documentElement.style.setProperty(`--vscode-${name}`, value);
        }
        document.body.className = classes;
      });
    },
    { saved: state, variables: theme.variables, classes: `${theme.bodyClass} ${bodyClass ?? ''}` },
  );
  await page.goto(server.url);
  await page.locator('#timeline > *').first().waitFor();
  const tell = async (message: unknown): Promise<void> => {
    await page.evaluate((data) => window.postMessage(data, '*'), JSON.parse(JSON.stringify(message)));
  };
  return {
    page,
    faults,
    tell,
    posted: () => page.evaluate(() => (window as unknown as { posted: unknown[] }).posted),
    saved: () => page.evaluate(() => (window as unknown as { kept: () => unknown }).kept()),
    send: tell,
  };
}

/** A snapshot that is fresh as of Wednesday 13:50:11 UTC. */
export function snapshot(over: Partial<Snapshot> = {}): Snapshot {
  return {
    type: 'snapshot',
    now: wednesday,
    rollouts: [],
    engines: [],
    times: [],
    estimates: {},
    asOf: wednesday - 4_000,
    feed: { condition: 'fresh' },
    locale: 'en-GB',
    timeZone: 'utc',
    ...over,
  };
}

/** For the tests of one file: a browser and the page as it ships. */
export interface Pages {
  readonly server: PageServer;
  readonly show: (options?: Partial<PageOptions>) => Promise<TimelinePage>;
}

/** Has a browser for the tests of the present `describe`, and checks after each that nothing failed or was refused in its page. */
export function usePages(): Pages {
  let browser: Browser;
  let server: PageServer;
  let open: TimelinePage | undefined;

  before(async () => {
    [browser, server] = await Promise.all([launchBrowser(), serveTimeline()]);
  });

  after(async () => {
    await browser.close();
    await server.close();
  });

  afterEach(async () => {
    const faults = open?.faults ?? [];
    await open?.page.context().close();
    open = undefined;
    assert.deepEqual(faults, []);
  });

  return {
    get server() {
      return server;
    },
    show: async (options = {}) => (open = await openPage(browser, server, { theme: theme('dark'), ...options })),
  };
}
