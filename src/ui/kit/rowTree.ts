import * as vscode from 'vscode';
import { ownDirection, visibleLine } from '../../domain/base/harmless.ts';
import { samePlainData } from '../../engine/base/samePlainData.ts';
import { mergeNodes, type Node } from '../../views/kit/nodes.ts';
import { contextValue, type Row, type ViewModel } from '../../views/kit/row.ts';
import { plainHover } from './hovers.ts';

/** A tree view that shows a view model and, when it gets another, repaints the fewest rows. */
export class RowTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Node[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #id: string;
  readonly #view: vscode.TreeView<Node>;
  #roots: Node[] = [];
  /** Of which rows VS Code was told that there are others below them, without asking for those since. */
  readonly #unasked = new Set<Node | undefined>();
  #situation: string | undefined;
  /** How often it was asked for the row with the keyboard. */
  #asked = 0;

  constructor(id: string) {
    this.#id = id;
    this.#view = vscode.window.createTreeView(id, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  /** Told when a person folds or unfolds a row. */
  onDidFold(run: (row: Row, isUnfolded: boolean) => void): vscode.Disposable {
    return vscode.Disposable.from(
      this.#view.onDidExpandElement(({ element }) => run(element.row, true)),
      this.#view.onDidCollapseElement(({ element }) => run(element.row, false)),
    );
  }

  /** The rows that a person has selected here, in their order. */
  get selection(): readonly Row[] {
    return this.#view.selection.map((node) => node.row);
  }

  /**
   * The row that has the keyboard here, or had it last. The arrow keys move it away from the selection, and VS Code tells
   * of it only in the arguments of a command that it calls itself: so it is asked to call one.
   */
  async focusedRow(): Promise<Row | undefined> {
    const name = `${this.#id}.focusedRow.${++this.#asked}`;
    let row: Row | undefined;
    const answer = vscode.commands.registerCommand(name, (node: unknown) => {
      row = rowOf(node);
    });
    try {
      const args = { $treeViewId: this.#id, $focusedTreeItem: true };
      await vscode.commands.executeCommand('runCommands', { commands: [{ command: name, args }] });
    } finally {
      answer.dispose();
    }
    return row;
  }

  /**
   * Selects the rows of these records in place of all others; of several that stand for one record, as a heartbeat's does
   * for the alert that it raised, the first. VS Code selects one row for us; further ones are added as
   * the person's own key would, for which the view takes the focus. Without `takeFocus` only the first is selected.
   */
  async select(keys: ReadonlySet<string>, takeFocus: boolean): Promise<void> {
    const found = new Map<string, Node>();
    for (const node of nodesOf(this.#roots)) {
      const key = node.row.record?.key;
      if (key !== undefined && keys.has(key) && !found.has(key)) found.set(key, node);
    }
    const [first, ...others] = found.values();
    if (first === undefined || !this.visible) return;
    await this.#view.reveal(first, { select: true, focus: false });
    for (const node of takeFocus ? others : []) {
      await this.#view.reveal(node, { select: false, focus: true });
      await vscode.commands.executeCommand('list.toggleSelection');
    }
  }

  /** Shows a model. Fires for the rows that differ, and for the parents whose children came or went. */
  show(model: ViewModel): void {
    setOrClear(this.#view, 'message', visibleLine(model.message ?? ''));
    setOrClear(this.#view, 'description', visibleLine(model.asOf ?? ''));
    if (!samePlainData(this.#view.badge, model.badge)) this.#view.badge = model.badge;
    if (this.#situation !== model.situation) {
      this.#situation = model.situation;
      void vscode.commands.executeCommand('setContext', `${this.#id}.situation`, model.situation);
    }
    const dirty: Node[] = [];
    const merged = mergeNodes(undefined, this.#roots, model.rows, dirty);
    this.#roots = merged.nodes;
    if (merged.moved) this.#tell([undefined]);
    else this.#tell(dirty);
  }

  /** Whether VS Code was told of other rows and has not asked for them since. */
  get hasUnaskedRows(): boolean {
    return this.#unasked.size > 0;
  }

  /**
   * Tells VS Code again of the rows that it has not asked for. It misses a change that reaches the window together with
   * the answer to its last question: it shows that answer, then, which may be that there are no rows at all. Rows inside
   * of others are told of once more only, as it asks for those of collapsed ones when a person expands them.
   */
  tellAgain(): void {
    const nodes = this.#unasked.has(undefined) ? [undefined] : [...this.#unasked];
    this.#unasked.clear();
    this.#tell(nodes);
    if (!nodes.includes(undefined)) this.#unasked.clear();
  }

  /** Tells VS Code of rows that differ or have others below them; undefined stands for the whole tree. */
  #tell(nodes: readonly (Node | undefined)[]): void {
    if (nodes.length === 0) return;
    const known = nodes.filter((node) => node !== undefined);
    for (const node of nodes) if (node === undefined || node.row.children !== undefined) this.#unasked.add(node);
    this.#changed.fire(known.length < nodes.length ? undefined : this.#withSelected(known));
  }

  /**
   * VS Code, when it draws one of several selected rows anew, no longer shows those below it as selected, though they are:
   * all of them are drawn anew then, from top to bottom.
   */
  #withSelected(dirty: Node[]): Node[] {
    const { selection } = this.#view;
    if (selection.length < 2) return dirty;
    const wanted = new Set([...dirty, ...selection]);
    return nodesOf(this.#roots).filter((node) => wanted.has(node));
  }

  getChildren(node?: Node): Node[] {
    // Whoever asks for the whole tree asks for all that is expanded in it too.
    if (node === undefined) this.#unasked.clear();
    else this.#unasked.delete(node);
    return node === undefined ? this.#roots : node.children;
  }

  getParent(node: Node): Node | undefined {
    return node.parent;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const { row } = node;
    const label = ownDirection(row.label);
    const item = new vscode.TreeItem(label === '' ? nameless : label, collapsibleState(row));
    item.id = row.id;
    item.contextValue = contextValue(row);
    if (row.description !== undefined) item.description = ownDirection(row.description);
    if (row.icon !== undefined) {
      const color = row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color);
      item.iconPath = new vscode.ThemeIcon(row.icon.id, color);
    }
    if (row.spoken !== undefined) item.accessibilityInformation = { label: visibleLine(row.spoken) };
    if (row.command !== undefined)
      {item.command = { command: row.command, title: visibleLine(row.label), arguments: [node] };}
    return item;
  }

  /** The hover is made when a person hovers. Its text comes from outside: it is shown as text, never as Markdown. */
  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    if (node.row.hover !== undefined) item.tooltip = plainHover(node.row.hover);
    return item;
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }
}

/** Stands for a label in which nothing can be seen. */
const nameless = '(no name)';

function nodesOf(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => [node, ...nodesOf(node.children)]);
}

/** VS Code takes an empty text as none; only what differs is set, as each setting is a message to the window. */
function setOrClear(view: vscode.TreeView<Node>, name: 'message' | 'description', text: string): void {
  if ((view[name] ?? '') !== text) view[name] = text;
}

/** The row behind what VS Code hands to a command, or undefined if it is something else. */
export function rowOf(argument: unknown): Row | undefined {
  return isNode(argument) ? argument.row : undefined;
}

/** What a command is called with for rows that no menu names. */
export function argumentsFor(rows: readonly Row[]): readonly unknown[] {
  const [first, ...others] = rows.map((row): Node => ({ row, parent: undefined, children: [] }));
  return others.length === 0 ? [first] : [first, [first, ...others]];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'row' in value && 'children' in value;
}

function collapsibleState(row: Row): vscode.TreeItemCollapsibleState {
  if (row.children === undefined) return vscode.TreeItemCollapsibleState.None;
  return row.expanded === true ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
