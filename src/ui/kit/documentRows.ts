import * as vscode from 'vscode';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Log } from '../../engine/base/log.ts';
import { tokens, type Row, type RowToken } from '../../views/kit/row.ts';
import { contextKey, type SetContextKey } from './contextKey.ts';
import type { Documents } from './documents.ts';

/**
 * Sets which actions fit the open documents, for the menus of their titles: the context key
 * `drDre.documents.<token>` lists the addresses of those whose row carries the token, to be matched with
 * `resource in drDre.documents.<token>`.
 */
export class DocumentKeys implements Disposable {
  readonly #documents: Pick<Documents, 'rows' | 'onDidChange'>;
  readonly #log: Log;
  readonly #lifetime = new Lifetime();
  /** For each token, once a document was open: the window may have lists from before the extensions were restarted in it. */
  #keys: ReadonlyMap<RowToken, SetContextKey<readonly string[]>> | undefined;
  /** Of several updates at once only the last one sets the keys. */
  #updates = 0;

  constructor(documents: Pick<Documents, 'rows' | 'onDidChange'>, log: Log) {
    this.#documents = documents;
    this.#log = log;
    const { workspace } = vscode;
    this.#lifetime.own(documents.onDidChange(() => this.#update()));
    this.#lifetime.own(workspace.onDidOpenTextDocument(() => this.#update()));
    this.#lifetime.own(workspace.onDidCloseTextDocument(() => this.#update()));
    this.#update();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #update(): void {
    this.#set(++this.#updates).catch((cause: unknown) =>
      this.#log.error('documents', 'what fits the open documents was not set', cause),
    );
  }

  async #set(update: number): Promise<void> {
    const rows = await this.#documents.rows();
    if (update !== this.#updates || (rows.size === 0 && this.#keys === undefined)) return;
    this.#keys ??= new Map(tokens.map((token) => [token, contextKey(`drDre.documents.${token}`)]));
    for (const [token, setKey] of this.#keys) {
      setKey([...rows].filter(([, row]) => row.tokens.includes(token)).map(([uri]) => uri));
    }
  }
}

/**
 * The document that a command was called for: VS Code names it to what stands in the title of an editor, and our keys call
 * it for the one in the active editor with `{ "document": "active" }`.
 */
export function documentMeant([first]: readonly unknown[]): vscode.Uri | undefined {
  if (first instanceof vscode.Uri) return first;
  if (typeof first !== 'object' || first === null || !('document' in first)) return undefined;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
}

/** What finds the row of the record that a document shows. */
export type RowOfDocument = (uri: vscode.Uri) => Promise<Row | undefined>;
