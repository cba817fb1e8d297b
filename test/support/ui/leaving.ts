import type { Page } from 'playwright-core';
import { waitFor } from '../base/waitFor.ts';
import type { WorkbenchWindow } from './workbenchWindow.ts';

/** What leaves a window: texts on the clipboard, and pages of services. */
export class Leaving {
  readonly #window: WorkbenchWindow;

  constructor(window: WorkbenchWindow) {
    this.#window = window;
  }

  /**
   * Gives the window a clipboard of its own, until it is reloaded: that of a browser is one for all its windows, those of
   * other tests too.
   */
  async keepClipboard(): Promise<void> {
    await this.#window.page.evaluate(() => {
      let kept = '';
      Object.assign(navigator.clipboard, {
        readText(): Promise<string> {
          return Promise.resolve(kept);
        },
        writeText(text: string): Promise<void> {
          kept = text;
          return Promise.resolve();
        },
      });
    });
  }

  /** Waits until just these lines are on the clipboard, in any order, and empties it. */
  async copied(what: string, wanted: readonly string[]): Promise<void> {
    const { page } = this.#window;
    await waitFor(`${what} on the clipboard`, async () => {
      const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
      return lines.length === wanted.length && wanted.every((line) => lines.includes(line));
    });
    await page.evaluate(() => navigator.clipboard.writeText(''));
  }

  /** Waits until just these pages are open beside the window, and closes them. */
  async opened(wanted: readonly string[]): Promise<void> {
    const { page } = this.#window;
    const others = (): Page[] =>
      page
        .context()
        .pages()
        .filter((each) => each !== page);
    await waitFor('the pages', () => {
      const addresses = others().map((each) => each.url());
      // Its server puts a proxy before addresses of this machine.
      const isOpen = (link: string): boolean => addresses.some((address) => address.endsWith(new URL(link).pathname));
      return addresses.length === wanted.length && wanted.every(isOpen);
    });
    await Promise.all(others().map((each) => each.close()));
  }
}
