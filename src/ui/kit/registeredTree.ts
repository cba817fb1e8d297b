import * as vscode from 'vscode';
import type { Node } from '../../views/kit/nodes.ts';

/** What makes the items of a tree view. */
export type TreeItems = Pick<vscode.Disposable, 'dispose'> &
  Required<Pick<vscode.TreeDataProvider<Node>, 'getChildren' | 'getParent' | 'getTreeItem' | 'resolveTreeItem'>>;

/** A tree view as it is registered at activation: without rows, until what makes them is loaded. */
export class RegisteredTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  /** Fires for rows that VS Code has to read again; without one for all of them. */
  readonly changed = new vscode.EventEmitter<Node[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  readonly id: string;
  readonly view: vscode.TreeView<Node>;
  /** The name of the view in the manifest. */
  readonly name: string;
  #items: TreeItems | undefined;

  constructor(id: string) {
    this.id = id;
    this.view = vscode.window.createTreeView(id, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.name = this.view.title ?? '';
  }

  /** From now on these are the items of the view. Those of a start that failed before it was tried again are disposed of. */
  fill(items: TreeItems): void {
    this.#items?.dispose();
    this.#items = items;
  }

  getChildren(node?: Node): vscode.ProviderResult<Node[]> {
    return this.#items === undefined ? [] : this.#items.getChildren(node);
  }

  getParent(node: Node): vscode.ProviderResult<Node> {
    return this.#items?.getParent(node);
  }

  getTreeItem(node: Node): vscode.TreeItem | Thenable<vscode.TreeItem> {
    // VS Code asks for items of what it was given as a child.
    return this.#items?.getTreeItem(node) ?? new vscode.TreeItem('');
  }

  resolveTreeItem(
    item: vscode.TreeItem,
    node: Node,
    token: vscode.CancellationToken,
  ): vscode.ProviderResult<vscode.TreeItem> {
    return this.#items === undefined ? item : this.#items.resolveTreeItem(item, node, token);
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }
}
