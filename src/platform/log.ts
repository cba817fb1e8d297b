import * as vscode from 'vscode';
import { describeCause, type Log } from '../engine/base/log.ts';

/** The one log channel of the extension, "Dr. DRE" in the Output panel. Every line names its component. */
export class ChannelLog implements Log {
  #made: vscode.LogOutputChannel | undefined;

  /** Made with the first line: the first rows do not wait for it. */
  get #channel(): vscode.LogOutputChannel {
    return (this.#made ??= vscode.window.createOutputChannel('Dr. DRE', { log: true }));
  }

  debug(component: string, message: string, cause?: unknown): void {
    this.#channel.debug(line(component, message, cause));
  }

  info(component: string, message: string, cause?: unknown): void {
    this.#channel.info(line(component, message, cause));
  }

  warn(component: string, message: string, cause?: unknown): void {
    this.#channel.warn(line(component, message, cause));
  }

  error(component: string, message: string, cause?: unknown): void {
    this.#channel.error(line(component, message, cause));
  }

  /** Shows the channel. */
  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#made?.dispose();
  }
}

function line(component: string, message: string, cause: unknown): string {
  return `[${component}] ${message}${cause === undefined ? '' : `: ${describeCause(cause)}`}`;
}
