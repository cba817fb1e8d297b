import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../base/waitFor.ts';
import { clickOnce } from './click.ts';

/** The quick pick, input box or palette that is open in a window. */
export class QuickInput {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits until one is open (the palette does not count), and returns its title, or what its field asks for. */
  async title(): Promise<string> {
    return waitFor('a quick pick', async () => {
      if ((await this.#input.inputValue({ timeout: 1000 })).startsWith('>')) return undefined;
      const title = plain(await this.#widget.locator('.quick-input-title').innerText({ timeout: 1000 }));
      const asked = title === '' ? await this.#input.getAttribute('placeholder') : title;
      return asked === null || asked === '' ? undefined : asked;
    });
  }

  async items(): Promise<string[]> {
    await this.#row.first().waitFor();
    return this.#labels();
  }

  /**
   * Waits for an entry with this label and chooses it; types the label where the list is too long to show it. Resolves when
   * the list has gone: what is typed before goes into its field.
   */
  async choose(label: string): Promise<void> {
    const list = await this.#click(label);
    await waitFor(`the list with "${label}" to close`, async () => (await this.#shown()) !== list);
  }

  /** Clicks an entry; resolves with what was shown then. */
  async #click(label: string): Promise<string> {
    return waitFor(`"${label}" in the quick pick`, async () => {
      // The palette that led here may still be closing.
      if ((await this.#input.inputValue({ timeout: 1000 })).startsWith('>')) return undefined;
      const labels = await this.#labels();
      if (!labels.includes(label) && labels.length > 0) await this.#input.fill(label, { timeout: 1000 });
      await this.entry(label).waitFor({ timeout: 1000 });
      const list = await this.#shown();
      await clickOnce(this.entry(label), 1000);
      return list;
    });
  }

  /** What distinguishes the quick input that is open from others; empty when none is. */
  async #shown(): Promise<string> {
    const texts = await this.#widget.evaluateAll((widgets) =>
      widgets.map((widget) => {
        const field = widget.querySelector('input');
        const rows = [...widget.querySelectorAll('.monaco-list-row')].map(({ textContent }) => textContent);
        return [widget.querySelector('.quick-input-title')?.textContent, field?.placeholder, ...rows].join('\n');
      }),
    );
    return texts.join();
  }

  /** Waits until an entry with this label is the only one. */
  async only(label: string): Promise<void> {
    await waitFor(`only "${label}" in the quick pick`, async () => (await this.#labels()).join('\n') === label);
  }

  /** Ticks an entry where several can be chosen. */
  async tick(label: string, by: 'mouse' | 'keyboard'): Promise<void> {
    const ticked = this.#row.filter({ hasText: label }).locator('[aria-checked="true"], .checked');
    if (by === 'mouse') {
      await this.#click(label);
      await ticked.first().waitFor();
      return;
    }
    await this.#input.fill(label);
    await this.only(label);
    // Space ticks once the keyboard is in the list.
    await waitFor('the keyboard at the entry', async () => {
      const inList = (await this.#widget.locator('.monaco-list:focus').count()) > 0;
      if (inList && (await this.focused.count()) > 0) return true;
      await this.#page.keyboard.press(inList ? 'ArrowDown' : 'Tab');
      return false;
    });
    await waitFor('the tick', async () => {
      await this.#page.keyboard.press('Space');
      await ticked.first().waitFor({ timeout: 1000 });
      return true;
    });
  }

  /** The entries that are ticked, where several can be chosen. */
  async ticked(): Promise<string[]> {
    const ticked = this.#row.filter({ has: this.#page.locator('[aria-checked="true"], .checked') });
    return (await ticked.locator('.label-name').allInnerTexts()).map(plain);
  }

  /** Types into its field in place of what is there. */
  async type(text: string, { timeoutMs = 30_000 } = {}): Promise<void> {
    await this.#input.fill(text, { timeout: timeoutMs });
  }

  /** What its field holds. */
  async value(): Promise<string> {
    return this.#input.inputValue();
  }

  async accept(): Promise<void> {
    await this.#input.press('Enter', { timeout: 10_000 });
  }

  async cancel(): Promise<void> {
    await this.#input.press('Escape');
  }

  /** What stands below the field: the prompt, or why the text is refused. */
  async message(): Promise<string> {
    return plain(await this.#widget.locator('.quick-input-message').innerText());
  }

  /**
   * Opens the palette if need be, types the title of a command there, and returns what it offers. The time limits are
   * short because a palette that is just closing looks like one that is open.
   */
  async searchPalette(title: string): Promise<string[]> {
    if (!(await this.#input.isVisible())) {
      await this.#page.keyboard.press('F1');
      await this.#input.waitFor({ timeout: 2000 });
    }
    // Typed again it would be searched again: on a busy machine that may take longer than each attempt of the caller.
    const search = `>${title}`;
    if ((await this.#input.inputValue({ timeout: 1000 })) !== search) await this.#input.fill(search, { timeout: 1000 });
    return this.#labels();
  }

  /** An entry by its label, or by its beginning, found at the moment of the click: the list is made anew at every key. */
  entry(label: string, orLonger = false): Locator {
    const named = this.#page.locator('.label-name', { hasText: wholly(label, orLonger) });
    return this.#row.filter({ has: named }).first();
  }

  /**
   * A command that the palette offers for what was typed, by its title or its beginning. The entries of before, which stand
   * elsewhere and are still shown for a moment, are not marked with it.
   */
  command(title: string, orLonger = false): Locator {
    const typed = this.#page.locator('.label-name .highlight', { hasText: wholly(title) });
    return this.entry(title, orLonger).and(this.#row.filter({ has: typed }));
  }

  /** The entry that has the keyboard. */
  get focused(): Locator {
    return this.#widget.locator('.monaco-list-row.focused');
  }

  async #labels(): Promise<string[]> {
    const labels = await this.#row.locator('.label-name').allInnerTexts();
    return labels.map(plain);
  }

  get #widget(): Locator {
    return this.#page.locator('.quick-input-widget:visible');
  }

  get #input(): Locator {
    return this.#widget.locator('.quick-input-box input');
  }

  get #row(): Locator {
    return this.#widget.locator('.monaco-list-row:visible');
  }
}

/** Text as a person reads it: the blanks that keep icons and words apart are one. */
export function plain(text: string): string {
  return text.replaceAll(/[\s\u00a0\u200e\u200f]+/g, ' ').trim();
}

/** Matches a text that is this, or with `orLonger` begins so. */
function wholly(text: string, orLonger = false): RegExp {
  const literal = text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  return new RegExp(String.raw`^\s*${literal}${orLonger ? '' : String.raw`\s*$`}`);
}
