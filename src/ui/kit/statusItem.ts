import * as vscode from 'vscode';
import { harmless, visibleLine } from '../../domain/base/harmless.ts';

/** What an item of the status bar shows. All texts but the icon may come from outside. */
export interface StatusItemContent {
  /** Id of a codicon, with `~spin` where it turns. */
  readonly icon: string;
  readonly text: string;
  readonly tooltip: vscode.MarkdownString;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly command: string;
  /** Whether it stands out; these are the only backgrounds that VS Code lets an item have. */
  readonly background?: 'warning' | 'error' | undefined;
}

/** An item of the status bar on its left side. No icon is made of its text. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;

  /** `name` is what VS Code's menu of the status bar calls it. Items of a higher priority stand further left. */
  constructor(id: string, name: string, priority: number) {
    this.#item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left, priority);
    this.#item.name = name;
  }

  show({ icon, text, tooltip, spoken, command, background }: StatusItemContent): void {
    this.#item.text = `$(${icon}) ${harmless(text)}`;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: visibleLine(spoken) };
    this.#item.command = command;
    this.#item.backgroundColor =
      background === undefined ? undefined : new vscode.ThemeColor(`statusBarItem.${background}Background`);
    this.#item.show();
  }

  hide(): void {
    this.#item.hide();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
