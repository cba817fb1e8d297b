import { register } from 'node:module';

// As much of VS Code as the tree views need, so that the bench can run the real ones in Node. It does what VS Code's own
// side does with an update: it asks for what was fired, and for nothing else.

type Listener<T> = (value: T) => unknown;

export class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class Disposable {
  readonly dispose: () => unknown;

  constructor(dispose: () => unknown) {
    this.dispose = dispose;
  }

  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((each) => each.dispose()));
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

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon extends ThemeColor {
  readonly color: ThemeColor | undefined;

  constructor(id: string, color?: ThemeColor) {
    super(id);
    this.color = color;
  }
}

interface Provider {
  readonly onDidChangeTreeData: (listener: Listener<readonly unknown[] | undefined>) => Disposable;
  getChildren(element?: unknown): readonly unknown[];
  getTreeItem(element: unknown): TreeItem;
}

/** Told when a tree has been painted, with the number of rows that were asked for. */
export const painted = new EventEmitter<{ readonly id: string; readonly rows: number }>();

export const window = {
  createTreeView(id: string, { treeDataProvider: provider }: { treeDataProvider: Provider }): object {
    const draw = (element: unknown): number => {
      const state = provider.getTreeItem(element).collapsibleState;
      return 1 + (state === TreeItemCollapsibleState.Expanded ? drawAll(provider.getChildren(element)) : 0);
    };
    const drawAll = (elements: readonly unknown[]): number =>
      elements.reduce<number>((sum, each) => sum + draw(each), 0);
    provider.onDidChangeTreeData((changed) => {
      painted.fire({ id, rows: drawAll(changed ?? provider.getChildren()) });
    });
    const never = new EventEmitter<never>().event;
    return {
      visible: true,
      selection: [],
      onDidChangeVisibility: never,
      onDidExpandElement: never,
      onDidCollapseElement: never,
      dispose: () => undefined,
    };
  },
};

export const commands = { executeCommand: (): Promise<void> => Promise.resolve() };

/** From now on `import 'vscode'` finds this. */
export function standIn(): void {
  const url = JSON.stringify(import.meta.url);
  const hook = `export const resolve = (name, context, next) =>
    name === 'vscode' ? { url: ${url}, format: 'module', shortCircuit: true } : next(name, context);`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
}
