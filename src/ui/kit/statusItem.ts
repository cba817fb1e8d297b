import * as vscode from 'vscode';
import { harmless, visibleLine } from '../../domain/base/harmless.ts';
import type { HoverAction } from '../../views/kit/hover.ts';
import { plainHover } from './hovers.ts';

/** What an item of the status bar shows. All texts but the icon may come from outside. */
export interface StatusItemContent {
  /** Id of a codicon, with `~spin` where it turns. */
  readonly icon: string;
  readonly text: string;
  /** The lines of its hover, and the commands that these offer. */
  readonly tooltip: readonly string[];
  readonly actions?: readonly HoverAction[];
  /** What a screen reader says. */
  readonly spoken: string;
  readonly command: string;
  /** Whether it stands out; these are the only backgrounds that VS Code lets an item have. */
  readonly background?: 'warning' | 'error' | undefined;
}

/** An item of the status bar on its left side. No icon is made of its text. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  /** The hover that was requested last. */
  #hover: Promise<vscode.MarkdownString> | undefined;

  /** `name` is what VS Code's menu of the status bar calls it. Items of a higher priority stand further left. */
  constructor(id: string, name: string, priority: number) {
    this.#item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left, priority);
    this.#item.name = name;
  }

  show({ icon, text, tooltip, actions, spoken, command, background }: StatusItemContent): void {
    this.#item.text = `$(${icon}) ${harmless(text)}`;
    void this.#setHover(plainHover(tooltip, actions));
    this.#item.accessibilityInformation = { label: visibleLine(spoken) };
    this.#item.command = command;
    this.#item.backgroundColor =
      background === undefined ? undefined : new vscode.ThemeColor(`statusBarItem.${background}Background`);
    this.#item.show();
  }

  async #setHover(made: Promise<vscode.MarkdownString>): Promise<void> {
    this.#hover = made;
    const hover = await made;
    if (this.#hover === made) this.#item.tooltip = hover;
  }

  hide(): void {
    this.#item.hide();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
