// Plain classes of the stand-in for VS Code (`vscode.ts`): what they are given, and nothing more.

export class Disposable {
  readonly #run: () => unknown;

  constructor(run: () => unknown) {
    this.#run = run;
  }

  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const each of all) each.dispose();
    });
  }

  dispose(): void {
    this.#run();
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => unknown>();

  readonly event = (listener: (value: T) => unknown): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;

  constructor(label: string, collapsibleState: number) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class TerminalLink {
  readonly startIndex: number;

  constructor(startIndex: number) {
    this.startIndex = startIndex;
  }
}

export class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;

  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class MarkdownString {
  value: string;

  constructor(value = '') {
    this.value = value;
  }
}

/** A tab with a text editor, and one with an editor of another kind, such as a preview. */
export class TabInputText {
  readonly uri: unknown;

  constructor(uri: unknown) {
    this.uri = uri;
  }
}

export class TabInputCustom extends TabInputText {}

export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }

  translate(lines: number, characters: number): Position {
    return new Position(this.line + lines, this.character + characters);
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position, end: Position) {
    this.start = start;
    this.end = end;
  }
}

export class CompletionItem {
  readonly label: string;

  constructor(label: string) {
    this.label = label;
  }
}

export const CompletionItemKind = { User: 25 };
export const FileType = { File: 1 };
export const FileChangeType = { Changed: 1 };
export const FilePermission = { Readonly: 1 };

export class FileSystemError extends Error {
  static Unavailable(message: string): FileSystemError {
    return new FileSystemError(message);
  }

  static NoPermissions(uri: { readonly path: string }): FileSystemError {
    return new FileSystemError(uri.path);
  }
}

export class TabInputTextDiff {
  readonly modified: unknown;

  constructor(_original: unknown, modified: unknown) {
    this.modified = modified;
  }
}

/** A text in an editor. */
export class TextDocument {
  readonly uri: Pick<Uri, 'path' | 'query'>;
  text = '';

  constructor(uri: Pick<Uri, 'path' | 'query'>) {
    this.uri = uri;
  }

  getText(): string {
    return this.text;
  }

  async save(): Promise<boolean> {
    return true;
  }
}

/** An address, as far as it is asked for. */
export class Uri {
  readonly scheme: string = '';
  readonly authority: string = '';
  readonly path: string = '';
  readonly query: string = '';
  readonly fsPath: string = '';
  readonly #text: string | undefined;

  private constructor(parts: object, text?: string) {
    Object.assign(this, parts);
    this.#text = text;
  }

  static file(fsPath: string): Uri {
    return new Uri({ scheme: 'file', path: fsPath, fsPath });
  }

  static from(parts: object): Uri {
    return new Uri(parts);
  }

  static parse(text: string): Uri {
    const { protocol, host: authority } = new URL(text);
    return new Uri({ scheme: protocol.replace(/:$/, ''), authority }, text);
  }

  static joinPath({ fsPath }: { fsPath: string }, ...parts: readonly string[]): Uri {
    return Uri.file([fsPath, ...parts].join('/'));
  }

  toString(): string {
    return this.#text ?? `${this.scheme}:${this.path}${this.query === '' ? '' : `?${this.query}`}`;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };
export const QuickPickItemKind = { Separator: -1, Default: 0 };
export const InputBoxValidationSeverity = { Info: 1, Warning: 2, Error: 3 };
export const ConfigurationTarget = { Global: 1 };
