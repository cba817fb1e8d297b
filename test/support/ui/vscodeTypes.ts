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
