import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../base/waitFor.ts';

/** What it takes to use a terminal. */
interface TerminalWindow {
  readonly page: Page;
  runCommand(title: string): Promise<void>;
  press(key: string): Promise<void>;
}

/** The terminal of a window. */
export class WorkbenchTerminal {
  readonly #window: TerminalWindow;

  constructor(window: TerminalWindow) {
    this.#window = window;
  }

  /** Opens a terminal with a shell and shows the output of a command in it, from its first line on. */
  async echo(text: string): Promise<void> {
    await this.#window.runCommand('Terminal: Create New Terminal');
    await this.#screen.waitFor();
    await this.#window.runCommand('Terminal: Focus Terminal');
    await this.#window.page.keyboard.type(`printf '\\033c'; echo '${text}'`);
    await this.#window.press('Enter');
  }

  /** Waits until the active terminal shows this text. */
  async shows(text: string): Promise<void> {
    await this.#screen.locator('.xterm-rows', { hasText: text }).waitFor();
  }

  /** Types into the active terminal. */
  async type(text: string): Promise<void> {
    await this.#window.runCommand('Terminal: Focus Terminal');
    await this.#window.page.keyboard.type(text);
  }

  /**
   * Follows the link at a column of the terminal's first line, with Ctrl held, once its tooltip says this, until what it
   * leads to is there: a press while the shell writes, for which the terminal looks for its links anew, does nothing.
   */
  async followLink(column: number, tooltip: string, isThere: () => Promise<boolean>): Promise<void> {
    // VS Code lays the target of its tooltip over the link, where it takes the press of the button from the terminal.
    await this.#window.page.evaluate(() => {
      const style = new CSSStyleSheet();
      style.replaceSync('.terminal-hover-target { pointer-events: none }');
      document.adoptedStyleSheets.push(style);
    });
    const { mouse, keyboard } = this.#window.page;
    await waitFor(`what the link “${tooltip}” leads to`, async () => {
      const screen = await this.#screen.boundingBox();
      const cell = await this.#screen.locator('.xterm-helper-textarea').boundingBox();
      if (screen === null || cell === null) return false;
      await mouse.move(screen.x + screen.width / 2, screen.y + screen.height / 2);
      await mouse.move(screen.x + (column + 0.5) * cell.width, screen.y + cell.height / 2);
      await this.#window.page.locator('.monaco-hover:visible', { hasText: tooltip }).waitFor({ timeout: 2000 });
      await keyboard.down('Control');
      await mouse.down();
      await mouse.up();
      await keyboard.up('Control');
      return waitFor('it', isThere, { timeoutMs: 5_000 });
    });
  }

  get #screen(): Locator {
    return this.#window.page.locator('.terminal-wrapper.active .xterm-screen');
  }
}
