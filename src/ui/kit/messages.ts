import * as vscode from 'vscode';
import { harmless, visibleLine, visibleLines } from '../../domain/base/harmless.ts';
import { longestMessage, shorten } from '../../views/kit/format.ts';
import { askDialog } from './chain.ts';

// Messages of VS Code. All texts may come from outside; no link and no icon is made of them.

export type Severity = 'info' | 'warning' | 'error';

/** Shows a message and resolves with the button that is pressed; undefined when it is closed or goes by itself. */
export async function showMessage<B extends string>(
  severity: Severity,
  text: string,
  ...buttons: readonly B[]
): Promise<B | undefined> {
  const labels = buttons.map(harmless);
  const pressed = await showers[severity](shorten(harmless(text), longestMessage), ...labels);
  return pressed === undefined ? undefined : buttons[labels.indexOf(pressed)];
}

/** Says something that needs no answer. */
export function inform(text: string): void {
  void showMessage('info', text);
}

/** Shows a warning that needs no answer. */
export function warn(text: string): void {
  void showMessage('warning', text);
}

/** A question that must be answered before anything else. */
export interface ConfirmOptions {
  readonly severity: Severity;
  readonly text: string;
  /** What it is about, line by line. A dialog shows it as it is: commands in it can be read and copied. */
  readonly detail?: string;
  /** The button that says yes. */
  readonly yes: string;
  /** The button that says no; VS Code's own "Cancel" when absent. */
  readonly no?: string;
  /** A further button, which answers nothing: the dialog is there again after it. */
  readonly other?: { readonly label: string; readonly run: () => Promise<void> };
}

/** Asks in a dialog. True only when the button for yes was pressed. */
export function confirm(options: ConfirmOptions): Promise<boolean> {
  return askDialog(() => showDialog(options));
}

async function showDialog({ severity, text, detail, yes, no, other }: ConfirmOptions): Promise<boolean> {
  const options: vscode.MessageOptions = { modal: true };
  if (detail !== undefined) options.detail = visibleLines(detail);
  const [message, accept] = [visibleLine(text), visibleLine(yes)];
  if (other !== undefined) {
    const label = visibleLine(other.label);
    let pressed = await showers[severity](message, options, accept, label);
    while (pressed === label) {
      await other.run();
      pressed = await showers[severity](message, options, accept, label);
    }
    return pressed === accept;
  }
  if (no === undefined) return (await showers[severity](message, options, accept)) === accept;
  const items = [{ title: accept }, { title: visibleLine(no), isCloseAffordance: true }];
  return (await showers[severity](message, options, ...items)) === items[0];
}

const showers: Readonly<Record<Severity, typeof vscode.window.showInformationMessage>> = {
  info: vscode.window.showInformationMessage,
  warning: vscode.window.showWarningMessage,
  error: vscode.window.showErrorMessage,
};
