import * as vscode from 'vscode';
import { lazily } from '../../engine/base/lazy.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';

/** What is written in editor tabs and not sent yet, by their addresses: path and query. */
export interface DraftSource {
  /** Throws an `Error` that says why, when it cannot be read. */
  read(address: DraftUri): Promise<string>;
  write(address: DraftUri, text: string): void;
  /** It is there to be compared with. */
  isReadOnly(address: DraftUri): boolean;
  /** A text was sent: its file begins anew. */
  readonly onDidRemove: vscode.Event<vscode.Uri>;
}

/** What identifies a text: VS Code shows the path, and nothing of the query. */
export type DraftUri = Pick<vscode.Uri, 'path' | 'query'>;

export const draftScheme = 'dr-dre-draft';

/**
 * The files that people write in: real documents, so that VS Code saves them, keeps what is not saved over a reload, and
 * previews and compares them. Registered at activation, as VS Code opens the tabs of the last session then.
 */
export class DraftFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #lifetime = new Lifetime();
  readonly #changed = this.#lifetime.own(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly onDidChangeFile = this.#changed.event;
  readonly #source: () => Promise<DraftSource>;
  /** What each file held last, and since when: VS Code reads a file anew when that changes. */
  readonly #known = new Map<string, { readonly text: string; readonly mtime: number }>();
  readonly #now: () => number;

  /** `load` brings what keeps the texts; it is called when the first file is opened. */
  constructor(load: () => Promise<DraftSource>, now: () => number) {
    this.#source = lazily(async () => {
      const source = await load();
      // VS Code keeps the text of a closed editor for some minutes: without this it would offer what was sent again.
      this.#lifetime.own(
        source.onDidRemove((uri) => this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }])),
      );
      return source;
    });
    this.#now = now;
    this.#lifetime.own(vscode.workspace.registerFileSystemProvider(draftScheme, this, { isCaseSensitive: true }));
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, mtime } = await this.#read(uri);
    const isReadOnly = (await this.#source()).isReadOnly(uri);
    const size = new TextEncoder().encode(text).length;
    const stat = { type: vscode.FileType.File, ctime: 0, mtime, size };
    return isReadOnly ? { ...stat, permissions: vscode.FilePermission.Readonly } : stat;
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode((await this.#read(uri)).text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const text = new TextDecoder().decode(content);
    (await this.#source()).write(uri, text);
    this.#known.set(keyOf(uri), { text, mtime: this.#now() });
  }

  async #read(uri: DraftUri): Promise<{ readonly text: string; readonly mtime: number }> {
    let text: string;
    try {
      text = await (await this.#source()).read(uri);
    } catch (cause) {
      throw vscode.FileSystemError.Unavailable(cause instanceof Error ? cause.message : uri.path);
    }
    const before = this.#known.get(keyOf(uri));
    const now = before?.text === text ? before : { text, mtime: this.#now() };
    this.#known.set(keyOf(uri), now);
    return now;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}

function keyOf({ path, query }: DraftUri): string {
  return `${path}?${query}`;
}
