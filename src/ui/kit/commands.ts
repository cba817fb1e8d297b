import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import { lazily } from '../../engine/base/lazy.ts';
import type { Log } from '../../engine/base/log.ts';
import type { Row } from '../../views/kit/row.ts';
import { explain } from '../../views/kit/sentences.ts';
import { documentMeant, type RowOfDocument } from './documentRows.ts';
import { showMessage } from './messages.ts';
import { rowOfLink } from './rowOfLink.ts';
import { rowOf } from './rowTree.ts';

/** What a command was called with. */
export interface Invocation {
  /**
   * The rows of a row's menu or of a selection of several, or the one that stands for the document in whose title the
   * command is, or for the record of a link in a hover; empty from the palette or the keyboard.
   */
  readonly rows: readonly Row[];
  /** The arguments as they came, for commands that are called with something else than rows. */
  readonly args: readonly unknown[];
}

/** What a command does. */
export type Handler = (invocation: Invocation) => Promise<void> | void;

/** What commands do, by their ids. */
export type Handlers = Readonly<Record<string, Handler>>;

/** Commands that are loaded together, when the first of them is called. */
export interface CommandGroup {
  /** Ids of single commands ("drDre.refresh"), or nouns for all of their commands ("drDre.alerts"). */
  readonly names: readonly string[];
  readonly load: () => Promise<Handlers>;
}

/** Runs commands: one place for errors, so that none fails without a message. The entry registers them with VS Code. */
export class Commands {
  readonly #log: Log;
  readonly #rowOfDocument: RowOfDocument;
  /** By id or noun. */
  readonly #groups = new Map<string, () => Promise<Handlers>>();

  constructor(log: Log, rowOfDocument: RowOfDocument = () => Promise.resolve(undefined)) {
    this.#log = log;
    this.#rowOfDocument = rowOfDocument;
  }

  /** Adds a group: its code is loaded at the first call. */
  addGroup({ names, load }: CommandGroup): void {
    const handlers = lazily(load);
    for (const name of names) this.#groups.set(name, handlers);
  }

  /** Runs a command with what VS Code called it with. Never rejects. */
  async run(id: string, args: readonly unknown[]): Promise<void> {
    this.#log.debug('commands', id);
    try {
      const group = this.#groups.get(id) ?? this.#groups.get(id.slice(0, id.lastIndexOf('.')));
      const handler = (await group?.())?.[id];
      if (handler === undefined) throw new Error(`nothing handles ${id}`);
      await handler({ rows: await this.#rowsOf(args), args });
    } catch (cause) {
      this.#log.error('commands', `${id} ended unexpectedly`, cause);
      await this.say(
        'error',
        `The command did not finish because of an error in Dr. DRE itself. The log has the details.`,
      );
    }
  }

  async #rowsOf(args: readonly unknown[]): Promise<readonly Row[]> {
    const linked = rowOfLink(args);
    if (linked !== undefined) return [linked];
    const document = documentMeant(args);
    if (document === undefined) return rowsOf(args);
    const row = await this.#rowOfDocument(document);
    return row === undefined ? [] : [row];
  }

  /** Shows a person a failure of what they requested, with the way forward. */
  async showFailure(failure: Failure, what: string): Promise<void> {
    if (failure.kind === 'cancelled') return;
    this.#log.warn('commands', `${what}: ${failure.kind}`, failure.cause ?? failure.detail);
    const { title, wayForward } = explain(failure);
    if (failure.kind === 'notSignedIn' || failure.kind === 'addressChanged') {
      const choice = await showMessage('warning', `${what}: ${title}.`, 'Sign In…');
      if (choice !== undefined) await vscode.commands.executeCommand('drDre.signIn');
      return;
    }
    await this.say('error', `${what}: ${title}. ${wayForward}`);
  }

  /** A message with a way to the log. There may be words of a service in it. */
  async say(severity: 'error' | 'warning', text: string): Promise<void> {
    const choice = await showMessage(severity, text, 'Show Log');
    if (choice !== undefined) await vscode.commands.executeCommand('drDre.showLog');
  }
}

/** A row's menu passes the row and, if there are several selected, all of them. */
function rowsOf(args: readonly unknown[]): readonly Row[] {
  const several: readonly unknown[] = Array.isArray(args[1]) ? args[1] : [args[0]];
  return several.map(rowOf).filter((row) => row !== undefined);
}
