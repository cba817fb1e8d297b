import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Starts a headless browser: the one that DR_DRE_BROWSER names, one in a usual place, or what the set-up got. */
export async function launchBrowser(): Promise<Browser> {
  const { browser, browserArguments } = await setUp();
  const named = process.env['DR_DRE_BROWSER'];
  const executablePath = named ?? usual.find((file) => existsSync(file)) ?? (await browser());
  return chromium.launch({ executablePath, args: [...browserArguments] });
}

interface SetUp {
  readonly browser: () => Promise<string>;
  readonly browserArguments: readonly string[];
}

// A variable path: the module is plain JavaScript without types.
async function setUp(): Promise<SetUp> {
  const module: SetUp = await import(new URL('../../scripts/browser.mjs', import.meta.url).href);
  return module;
}
