import { chromium, type Browser } from 'playwright-core';
import { browser, browserArguments } from '../../../scripts/browser.mjs';

/**
 * A headless browser: the one that all end-to-end tests share (`scripts/test.mjs`), of which closing it ends what was opened
 * here, or else one of its own, an installed one or what the set-up gets.
 */
export async function launchBrowser(): Promise<Browser> {
  const shared = process.env['DR_DRE_BROWSER'];
  if (shared !== undefined) return chromium.connect(shared);
  return chromium.launch({ executablePath: await browser(), args: browserArguments });
}
