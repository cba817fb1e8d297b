import * as vscode from 'vscode';
import { harmless } from '../../domain/base/harmless.ts';

// Progress of VS Code. All texts may come from outside; no link and no icon is made of them.

/** Shows that a view is being read anew. */
export function progressInView<T>(viewId: string, run: () => Thenable<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId } }, run);
}

/** Shows in the status bar that something is going on. */
export function progressInStatusBar<T>(title: string, run: () => Thenable<T>): Thenable<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: harmless(title) }, run);
}

/** What is shown of a step. */
export interface ProgressStep {
  readonly message: string;
  /** How much further it got, per cent of the whole. */
  readonly increment: number;
}

/** Shows in a notification that something is going on; with `cancel` it can be ended, which calls it. */
export function progressInNotification<T>(
  title: string,
  run: (report: (step: ProgressStep) => void) => Thenable<T>,
  cancel?: () => void,
): Thenable<T> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: harmless(title),
    cancellable: cancel !== undefined,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    if (cancel !== undefined) token.onCancellationRequested(cancel);
    return run(({ message, increment }) => progress.report({ message: harmless(message), increment }));
  });
}
