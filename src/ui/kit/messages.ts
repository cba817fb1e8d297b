import * as vscode from 'vscode';
import { harmless } from '../../domain/base/harmless.ts';
import { longestMessage, shorten } from '../../views/kit/format.ts';

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

/** What shows a message of each severity, also as a dialog. */
export const showers: Readonly<Record<Severity, typeof vscode.window.showInformationMessage>> = {
  info: vscode.window.showInformationMessage,
  warning: vscode.window.showWarningMessage,
  error: vscode.window.showErrorMessage,
};
