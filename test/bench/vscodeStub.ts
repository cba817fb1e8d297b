import { register } from 'node:module';
import { EventEmitter, type Disposable, type TreeItem } from '../support/ui/vscodeTypes.ts';

export { Disposable, EventEmitter, ThemeColor, ThemeIcon, TreeItem } from '../support/ui/vscodeTypes.ts';

// As much of VS Code as the tree views need, so that the bench can run the real ones in Node. It does what VS Code's own
// side does with an update: it asks for what was fired, and for nothing else.

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

interface Provider {
  readonly onDidChangeTreeData: (listener: (value: readonly unknown[] | undefined) => unknown) => Disposable;
  getChildren(element?: unknown): readonly unknown[];
  getTreeItem(element: unknown): TreeItem;
}

/** Fires when a tree has been painted, with the number of rows that were asked for. */
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

export const commands = {
  executeCommand: (): Promise<void> => Promise.resolve(),
  registerCommand: (): object => ({ dispose: () => undefined }),
};

/** From now on `import 'vscode'` finds this. */
export function standIn(): void {
  const url = JSON.stringify(import.meta.url);
  const hook = `export const resolve = (name, context, next) =>
    name === 'vscode' ? { url: ${url}, format: 'module', shortCircuit: true } : next(name, context);`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
}
