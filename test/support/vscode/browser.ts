import { chromium, type Browser } from 'playwright-core';
import { browser, browserArguments } from '../../../scripts/browser.mjs';

/** Starts a headless browser: an installed one, or what the set-up gets. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await browser(), args: browserArguments });
}
