import type * as vscode from 'vscode';
import { visibleLine, visibleLines } from '../../domain/base/harmless.ts';
import { askDialog } from './chain.ts';
import { showers, type Severity } from './messages.ts';

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
