import * as vscode from 'vscode';
import { lazily } from '../../engine/base/lazy.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';

/** What is written in editor tabs and not sent yet, by the paths of their addresses. */
export interface DraftSource {
  /** Throws an `Error` that says why, when it cannot be read. */
  read(path: string): Promise<string>;
  write(path: string, text: string): void;
  /** It is there to be compared with. */
  isReadOnly(path: string): boolean;
}

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
    this.#source = lazily(load);
    this.#now = now;
    this.#lifetime.own(vscode.workspace.registerFileSystemProvider(draftScheme, this, { isCaseSensitive: true }));
  }

  async stat({ path }: vscode.Uri): Promise<vscode.FileStat> {
    const { text, mtime } = await this.#read(path);
    const isReadOnly = (await this.#source()).isReadOnly(path);
    const size = new TextEncoder().encode(text).length;
    const stat = { type: vscode.FileType.File, ctime: 0, mtime, size };
    return isReadOnly ? { ...stat, permissions: vscode.FilePermission.Readonly } : stat;
  }

  async readFile({ path }: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode((await this.#read(path)).text);
  }

  async writeFile({ path }: vscode.Uri, content: Uint8Array): Promise<void> {
    const text = new TextDecoder().decode(content);
    (await this.#source()).write(path, text);
    this.#known.set(path, { text, mtime: this.#now() });
  }

  async #read(path: string): Promise<{ readonly text: string; readonly mtime: number }> {
    let text: string;
    try {
      text = await (await this.#source()).read(path);
    } catch (cause) {
      throw vscode.FileSystemError.Unavailable(cause instanceof Error ? cause.message : path);
    }
    const before = this.#known.get(path);
    const now = before?.text === text ? before : { text, mtime: this.#now() };
    this.#known.set(path, now);
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
