import * as vscode from 'vscode';
import { describeCause, type Log } from '../engine/base/log.ts';

/** The one log channel of the extension, "Dr. DRE" in the Output panel. Every line names its component. */
export class ChannelLog implements Log {
  readonly #channel: vscode.LogOutputChannel;

  constructor() {
    this.#channel = vscode.window.createOutputChannel('Dr. DRE', { log: true });
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
    this.#channel.dispose();
  }
}

function line(component: string, message: string, cause: unknown): string {
  return `[${component}] ${message}${cause === undefined ? '' : `: ${describeCause(cause)}`}`;
}
