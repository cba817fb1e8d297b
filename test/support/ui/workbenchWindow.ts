import type { FrameLocator, Locator, Page } from 'playwright-core';
import { waitFor } from '../base/waitFor.ts';
import { clickOnce } from './click.ts';
import { plain, QuickInput } from './quickInput.ts';
import { WorkbenchTerminal } from './workbenchTerminal.ts';

/** What an item of the status bar shows. */
export interface StatusBarItem {
  readonly text: string;
  /** What a screen reader says. */
  readonly label: string;
  /** Whether it stands out, and how. */
  readonly kind: 'plain' | 'warning' | 'error' | 'prominent';
}

/** What a person can do and see in one window. Everything waits for what it needs; nothing sleeps. */
export class WorkbenchWindow {
  readonly page: Page;
  /** The quick pick, input box or palette that is open. */
  readonly quickPick: QuickInput;
  readonly terminal: WorkbenchTerminal;

  constructor(page: Page) {
    this.page = page;
    this.quickPick = new QuickInput(page);
    this.terminal = new WorkbenchTerminal(this);
  }

  /** Opens the address and waits until the window is ready. */
  async goTo(url: string): Promise<void> {
    await this.page.goto(url, { waitUntil: 'domcontentloaded', timeout: 90_000 });
    await this.ready();
  }

  /** Waits until the window is painted and its extension host has said what it contributes. */
  async ready(): Promise<void> {
    const workbench = this.page.locator('.monaco-workbench');
    await workbench.locator('.part.statusbar .statusbar-item').first().waitFor({ timeout: 90_000 });
    await workbench.locator('.activitybar .action-label').first().waitFor({ timeout: 90_000 });
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Ends the page as a crash does: the server does not learn of it. */
  async crash(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const crashed = this.page.waitForEvent('crash');
    // It has no answer, as the page is gone before.
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    await this.page.close();
  }

  /** Runs a command by its title in the palette, category included: `Dr. DRE: Refresh`. */
  async runCommand(title: string, { orLonger = false } = {}): Promise<void> {
    await waitFor(
      `the command "${title}" in the palette`,
      async () => {
        await this.quickPick.searchPalette(title);
        await clickOnce(this.quickPick.command(title, orLonger), 2000);
        return true;
      },
      { timeoutMs: 60_000 },
    );
  }

  /** Runs a command by its title in the palette, with the keyboard alone. */
  async typeCommand(title: string): Promise<void> {
    await waitFor(`the command "${title}" in the palette`, async () => {
      const [first] = await this.quickPick.searchPalette(title);
      return first === title && (await this.quickPick.focused.innerText({ timeout: 1000 })).includes(title);
    });
    await this.press('Enter');
  }

  /** Whether the palette offers a command with exactly this title. */
  async offersCommand(title: string): Promise<boolean> {
    let last = '';
    const offered = await waitFor('an answer of the palette', async () => {
      const labels = await this.quickPick.searchPalette(title);
      const found = labels.includes(title);
      const settled = found || (labels.length > 0 && labels.join() === last);
      last = labels.join();
      return settled ? { found } : undefined;
    });
    await this.press('Escape');
    return offered.found;
  }

  /** Shows a view container by its title in the activity bar. */
  async openContainer(title: string): Promise<void> {
    const item = this.page.locator('.activitybar .action-item', { has: this.page.locator(`[aria-label^="${title}"]`) });
    await waitFor(
      `the container "${title}"`,
      async () => {
        if (await item.first().evaluate((element) => element.classList.contains('checked'))) return true;
        await item.first().click();
        return false;
      },
      { timeoutMs: 60_000 },
    );
    await this.page.locator('.sidebar .pane').first().waitFor();
  }

  /** One view of the side bar, by its name. */
  view(title: string): Locator {
    return this.page.locator('.sidebar .pane', {
      // A view that says as of when it is has that in its label too.
      has: this.page.locator(`.pane-header[aria-label^="${title}"]`),
    });
  }

  /** Opens a view of the container that is folded. */
  async expandView(title: string): Promise<void> {
    await this.#foldView(title, 'true');
  }

  /** Folds a view, so that the others get its space. */
  async collapseView(title: string): Promise<void> {
    await this.#foldView(title, 'false');
  }

  async #foldView(title: string, isExpanded: 'true' | 'false'): Promise<void> {
    const header = this.view(title).locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) === isExpanded) return;
    // In the middle of the header are actions.
    await header.locator('.title').click();
    // A row that moves below the pointer would show its hover, over the rows that are clicked next.
    await this.page.mouse.move(0, 0);
  }

  /** The visible rows of a view from top to bottom: label and description, with a blank between. */
  async rows(view: string): Promise<string[]> {
    return this.#rowTexts(view, ['.label-name', '.label-description']);
  }

  /** The labels alone of the visible rows of a view, from top to bottom: they do not age. */
  async labels(view: string): Promise<string[]> {
    return this.#rowTexts(view, ['.label-name']);
  }

  /** Waits until the rows of a view are as wanted, and returns them. */
  async waitForRows(view: string, wanted: (rows: string[]) => boolean): Promise<string[]> {
    return this.#waitForRows(view, () => this.rows(view), wanted);
  }

  /** The same of all that the rows say: a fact that has no room beside the others is left out of what is seen. */
  async waitForFullRows(view: string, wanted: (rows: string[]) => boolean): Promise<string[]> {
    return this.#waitForRows(view, () => this.fullRows(view), wanted);
  }

  async #waitForRows(
    view: string,
    read: () => Promise<string[]>,
    wanted: (rows: string[]) => boolean,
  ): Promise<string[]> {
    let last: string[] = [];
    try {
      return await waitFor(`rows of ${view}`, async () => {
        last = await read();
        return wanted(last) && last;
      });
    } catch (error) {
      throw new Error(`${view} shows:\n${last.join('\n')}`, { cause: error });
    }
  }

  /**
   * The visible rows of a view from top to bottom: label, description and what a screen reader says, which has in full
   * what label and description shorten.
   */
  async fullRows(view: string): Promise<string[]> {
    return this.#rowTexts(view, ['.label-name', '.label-description', ':scope']);
  }

  /**
   * The first visible row of a view that holds this text in its label or description, or in what a screen reader says.
   */
  row(view: string, text: string): Locator {
    const rows = this.view(view).locator('.monaco-list-row');
    const spoken = this.view(view).locator(`.monaco-list-row[aria-label*=${JSON.stringify(text)}]`);
    return rows.filter({ hasText: text }).or(spoken).first();
  }

  /** What a view says when it has no rows: its welcome text. Empty when it shows none. */
  async welcome(view: string): Promise<string> {
    const texts = await this.view(view).locator('.welcome-view-content').allInnerTexts();
    return plain(texts.join('\n'));
  }

  /** The message line above the rows of a view. Empty when there is none. */
  async viewMessage(view: string): Promise<string> {
    const texts = await this.view(view).locator('.tree-explorer-viewlet-tree-view > .message').allInnerTexts();
    return plain(texts.join('\n'));
  }

  /** Opens the context menu of a row and clicks an item. */
  async contextMenu(row: Locator, item: string): Promise<void> {
    const entry = this.#menu.locator('.action-item', { has: this.page.getByText(item, { exact: true }) });
    let isClicked = false;
    // A menu takes no click in its first tenth of a second, so that the one that opens it does not choose.
    await waitFor(`"${item}" to be chosen`, async () => {
      const isOpen = await this.#menu.first().isVisible();
      if (!isOpen && !isClicked) await this.#openMenu(row);
      if (isOpen || !isClicked) await clickOnce(entry.first(), 2000);
      isClicked = true;
      await this.#menu.first().waitFor({ state: 'detached', timeout: 1000 });
      return true;
    });
  }

  /** Goes to a row with the keyboard alone. What is selected stays. */
  async arrowTo(view: string, text: string): Promise<void> {
    await this.runCommand(`Dr. DRE: Focus on ${view} View`);
    // Keys that are pressed before go elsewhere, and the keyboard that comes later is taken from what is open then.
    await this.view(view).locator('.monaco-list:focus').waitFor();
    await this.press('Home');
    const focused = this.view(view).locator('.monaco-list-row.focused');
    await waitFor(
      `the keyboard at ${text}`,
      async () => {
        const label = (await focused.getAttribute('aria-label', { timeout: 1000 })) ?? '';
        if (label.includes(text) || (await focused.innerText({ timeout: 1000 })).includes(text)) return true;
        await this.press('ArrowDown');
        return false;
      },
      { everyMs: 20 },
    );
  }

  /** Chooses from the menu of the row that has the keyboard. An entry under the pointer would take the keyboard. */
  async menuByKeyboard(item: string): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.press('Shift+F10');
    const focused = this.page.locator('.monaco-menu .action-item.focused .action-label');
    await this.page.locator('.monaco-menu').first().waitFor();
    await waitFor(
      `“${item}” in the menu`,
      async () => {
        await this.press('ArrowDown');
        return (await focused.innerText({ timeout: 1000 })).trim() === item;
      },
      { everyMs: 20 },
    );
    await this.press('Enter');
  }

  /** Clicks an action that stands in the row itself. */
  async inline(row: Locator, action: string): Promise<void> {
    // A row shows its actions while the pointer is over it. One that is repainted meanwhile, or that others push down,
    // is no longer under a pointer that stands still.
    await waitFor(`the action “${action}” to be clicked`, async () => {
      await row.hover({ timeout: 2000 });
      await clickOnce(row.locator(`.action-label[aria-label^="${action}"]`), 1000);
      return true;
    });
  }

  /** What the context menu of a row offers. */
  async menuItems(row: Locator): Promise<string[]> {
    await this.#openMenu(row);
    const items = await this.#menu.locator('.action-label:not(.separator)').allInnerTexts();
    await this.press('Escape');
    return items.map(plain);
  }

  /** The texts of the notifications that are on the screen. */
  async notifications(): Promise<string[]> {
    const texts = await this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
    return texts.map(plain);
  }

  /** Waits for a notification that holds this text, and clicks one of its buttons if one is named. */
  async notification(text: string, button?: string, timeout = 30_000): Promise<void> {
    const toast = this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
    await toast.waitFor({ timeout });
    if (button === undefined) return;
    await toast.getByRole('button', { name: button }).click();
    await toast.waitFor({ state: 'detached' });
  }

  /** Clicks a button of a notification that may be off the screen by now, in the list behind the bell. */
  async keptNotification(text: string, button: string): Promise<void> {
    await this.runCommand('Notifications: Show Notifications');
    const item = this.page.locator('.notifications-center .notification-list-item', { hasText: text }).first();
    // Its buttons are there while it is under the pointer.
    await item.hover();
    await item.getByRole('button', { name: button }).click();
  }

  /** A modal dialog: waits for it, clicks the button, and returns its text. */
  async dialog(button: string): Promise<string> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.waitFor();
    const text = plain(await box.locator('.dialog-message-container').innerText());
    await box.getByRole('button', { name: button }).click();
    await box.waitFor({ state: 'detached' });
    return text;
  }

  /** Answers a modal dialog with Enter, once the button that it presses is this one. */
  async dialogByKeyboard(button: string): Promise<void> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.getByRole('button', { name: button }).and(this.page.locator(':focus')).waitFor();
    await this.press('Enter');
    await box.waitFor({ state: 'detached' });
  }

  /** An item of the status bar by the id that its extension gave it; undefined while it is not shown. */
  async statusBarItem(id: string): Promise<StatusBarItem | undefined> {
    const item = this.statusBarLocator(id);
    if ((await item.count()) === 0) return undefined;
    const classes = (await item.getAttribute('class')) ?? '';
    const kind = (['error', 'warning', 'prominent'] as const).find((name) => classes.includes(`${name}-kind`));
    const label = (await item.getAttribute('aria-label')) ?? '';
    return { text: plain(await item.innerText()), label: plain(label), kind: kind ?? 'plain' };
  }

  statusBarLocator(id: string): Locator {
    return this.page.locator(`.statusbar-item[id$=".${id}"]`);
  }

  /** Points to an item of the status bar until its tooltip is shown: one that is painted anew meanwhile shows none. */
  async statusBarTooltip(id: string, text: string): Promise<Locator> {
    const tooltip = this.page.locator('.monaco-hover:visible', { hasText: text });
    await waitFor(`the tooltip of ${id}`, async () => {
      await this.page.mouse.move(0, 0);
      await this.statusBarLocator(id).hover({ timeout: 2_000 });
      return tooltip.waitFor({ timeout: 2_000 }).then(() => true);
    });
    return tooltip;
  }

  /** The document inside the webview that is on the screen. */
  webviewFrame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');
  }

  /** The titles of the open editors. */
  async editors(): Promise<string[]> {
    const names = await this.page.locator('.editor-group-container .tab .label-name').allInnerTexts();
    return names.map(plain);
  }

  /** The visible lines of the active text editor. */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .editor-instance .view-line');
    await lines.first().waitFor();
    const found = await lines.evaluateAll((elements) =>
      elements
        .map((element) => ({
          top: Number.parseFloat((element as HTMLElement).style.top),
          text: element.textContent,
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return found.join('\n').replaceAll('\u00a0', ' ');
  }

  async #rowTexts(view: string, parts: readonly string[]): Promise<string[]> {
    const rows = await this.view(view)
      .locator('.monaco-list-row')
      .evaluateAll(
        (elements, selectors) =>
          elements
            .map((element) => ({
              index: Number(element.getAttribute('data-index')),
              words: selectors.map((part) =>
                part === ':scope'
                  ? element.getAttribute('aria-label')
                  : (element.querySelector(part)?.textContent ?? ''),
              ),
            }))
            .sort((a, b) => a.index - b.index)
            .map(({ words }) => words.join(' ').trim()),
        parts,
      );
    return rows.map(plain);
  }

  get #menu(): Locator {
    return this.page.locator('.monaco-menu-container .monaco-menu');
  }

  /**
   * VS Code closes a menu when the rows change at that moment, and the layer that keeps clicks from the rest of the
   * window may stay: a person leaves with Escape and asks again.
   */
  async #openMenu(row: Locator): Promise<void> {
    await waitFor('the context menu', async () => {
      if (await this.page.locator('.context-view-block').first().isVisible()) await this.press('Escape');
      await row.click({ button: 'right', timeout: 5000 });
      await this.#menu.first().waitFor({ timeout: 5000 });
      return true;
    });
  }
}
