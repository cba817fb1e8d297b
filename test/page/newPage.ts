import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Theme } from './themes.ts';

interface NewPage {
  readonly page: Page;
  /** Its errors and warnings. */
  readonly faults: readonly string[];
}

/** A page of the browser that looks as a webview does in a theme of VS Code. */
export async function newPage(
  browser: Browser,
  context: BrowserContextOptions,
  { variables, bodyClass }: Theme,
): Promise<NewPage> {
  const page = await (await browser.newContext(context)).newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  // The runner of the tests marks functions with their names by this helper, which the page does not have.
  await page.addInitScript('globalThis.__name = (value) => value;');
  await page.addInitScript(
    (theme) => {
      document.addEventListener('DOMContentLoaded', () => {
        for (const [name, value] of Object.entries(theme.variables)) {
          document.documentElement.style.setProperty(`--vscode-${name}`, value);
        }
        document.body.className = theme.bodyClass;
      });
    },
    { variables, bodyClass },
  );
  return { page, faults };
}
