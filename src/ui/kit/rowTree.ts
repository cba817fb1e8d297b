import * as vscode from 'vscode';
import { visibleLine } from '../../domain/base/harmless.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import { samePlainData } from '../../engine/base/samePlainData.ts';
import { faultRow, faultsIn, withFaultSentence } from '../../views/kit/faults.ts';
import { mergeNodes, type Node } from '../../views/kit/nodes.ts';
import type { Row, ViewModel } from '../../views/kit/row.ts';
import { fitsBesideName, hasArrowAndIcon } from '../../views/kit/rowWidth.ts';
import { uniqueIds } from '../../views/kit/uniqueIds.ts';
import { contextKey, type SetContextKey } from './contextKey.ts';
import { plainHover, rowHover } from './hovers.ts';
import type { RegisteredTree, TreeItems } from './registeredTree.ts';
import { treeItemOf } from './treeItem.ts';

/** A tree view that shows a view model and, when it gets another, repaints the fewest rows. */
export class RowTree implements TreeItems, vscode.Disposable {
  readonly #lifetime = new Lifetime();
  readonly #changed: Pick<vscode.EventEmitter<Node[] | undefined>, 'fire'>;
  readonly #id: string;
  readonly #view: vscode.TreeView<Node>;
  /** The name of the view in the manifest. */
  readonly #name: string;
  /** What a click on a row runs. */
  readonly #openCommand: string;
  #roots: Node[] = [];
  /** Whether one of the outermost rows has an arrow and an icon: checked once for all of them. */
  #isAligned = false;
  /** For which width of the side bar the rows are written, pixels; undefined before the first of them. */
  #width: number | undefined;
  /** The rows for which it was fired that there are others below them, which VS Code has not read since. */
  readonly #unread = new Set<Node | undefined>();
  readonly #setSituation: SetContextKey<string | undefined>;
  #message: string | undefined;
  /** The rows that could not be made or shown, by the row that was to be shown. */
  #replaced = new Map<Row, Row>();
  readonly #failed = this.#lifetime.own(new vscode.EventEmitter<Row>());
  /** Fires for a row that stands for one that could not be made or shown: `fault` says why. Once, while it lasts. */
  readonly onDidFail = this.#failed.event;
  /** How often the row with the keyboard was requested. */
  #requests = 0;

  constructor(registered: RegisteredTree) {
    registered.fill(this);
    const { id, view, name, changed } = registered;
    this.#id = id;
    this.#view = view;
    this.#changed = changed;
    this.#setSituation = contextKey<string | undefined>(`${id}.situation`);
    this.#name = name;
    this.#openCommand = `${id}.openRow`;
    this.#lifetime.own(vscode.commands.registerCommand(this.#openCommand, () => this.openSelected()));
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  get onDidChangeSelection(): vscode.Event<unknown> {
    return this.#view.onDidChangeSelection;
  }

  /** Fires when a person folds or unfolds a row. */
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
   * The row that has the keyboard here, or had it last. The arrow keys move it away from the selection, and VS Code has
   * it only in the arguments of a command that it calls itself: so it is made to call one.
   */
  async focusedRow(): Promise<Row | undefined> {
    const name = `${this.#id}.focusedRow.${++this.#requests}`;
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
   * Runs the command of the row that was clicked, which VS Code has selected by then. It is not passed as an argument: VS
   * Code drops the arguments of a row that is drawn anew, and a click in that moment would open nothing.
   */
  async openSelected(): Promise<void> {
    const [node, another] = this.#view.selection;
    if (node === undefined || another !== undefined) return;
    const { command } = this.#replaced.get(node.row) ?? node.row;
    if (command !== undefined) await vscode.commands.executeCommand(command, node);
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
    const title = model.trouble === undefined ? this.#name : `${this.#name}: ${visibleLine(model.trouble)}`;
    setOrClear(this.#view, 'title', title);
    const asOf = visibleLine(model.asOf ?? '');
    const isCut = model.trouble !== undefined && !fitsBesideName(title, asOf, model);
    setOrClear(this.#view, 'description', isCut && model.isCurrent === true ? '' : asOf);
    if (!samePlainData(this.#view.badge, model.badge)) this.#view.badge = model.badge;
    this.#setSituation(model.situation);
    const dirty: Node[] = [];
    const rows = uniqueIds(model.rows);
    const merged = mergeNodes(undefined, this.#roots, rows, dirty);
    this.#roots = merged.nodes;
    this.#isAligned = hasArrowAndIcon(this.#roots);
    this.#message = model.message;
    this.#takeFaults(faultsIn(rows));
    // All descriptions are painted for the width.
    const hasOtherWidth = this.#width !== undefined && this.#width !== model.sideBarWidth;
    this.#width = model.sideBarWidth;
    if (merged.moved || hasOtherWidth) this.#fire([undefined]);
    else this.#fire(dirty);
  }

  /** Keeps those that could not be shown and are still there, and adds those that could not be made. */
  #takeFaults(made: readonly Row[]): void {
    const before = this.#replaced;
    const known = new Set([...before.values()].map(({ id, fault }) => `${id} ${fault ?? ''}`));
    const shown = new Set(before.size === 0 ? [] : nodesOf(this.#roots).map(({ row }) => row));
    this.#replaced = new Map([...before].filter(([row]) => shown.has(row) && row.fault === undefined));
    for (const row of made) {
      this.#replaced.set(row, row);
      if (!known.has(`${row.id} ${row.fault ?? ''}`)) this.#failed.fire(row);
    }
    this.#sayMessage();
  }

  #replace({ row }: Node, cause: unknown): Row {
    const known = this.#replaced.get(row);
    if (known !== undefined) return known;
    const fault = faultRow(row.id, cause);
    this.#replaced.set(row, fault);
    this.#failed.fire(fault);
    this.#sayMessage();
    return fault;
  }

  #sayMessage(): void {
    setOrClear(this.#view, 'message', visibleLine(withFaultSentence(this.#message, this.#replaced.size) ?? ''));
  }

  /** Whether other rows were fired that VS Code has not read since. */
  get hasUnreadRows(): boolean {
    return this.#unread.size > 0;
  }

  /**
   * Fires again for the rows that VS Code has not read. It misses a change that reaches the window together with
   * the answer to its last request: it shows that answer, then, which may be that there are no rows at all. Rows inside
   * of others fire once more only, as it reads those of collapsed ones when a person expands them.
   */
  fireAgain(): void {
    const nodes = this.#unread.has(undefined) ? [undefined] : [...this.#unread];
    this.#unread.clear();
    this.#fire(nodes);
    if (!nodes.includes(undefined)) this.#unread.clear();
  }

  /** Fires for rows that differ or have others below them; undefined stands for the whole tree. */
  #fire(nodes: readonly (Node | undefined)[]): void {
    if (nodes.length === 0) return;
    const known = nodes.filter((node) => node !== undefined);
    for (const node of nodes) if (node === undefined || node.row.children !== undefined) this.#unread.add(node);
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
    // VS Code reads with the whole tree all that is expanded in it too.
    if (node === undefined) this.#unread.clear();
    else this.#unread.delete(node);
    return node === undefined ? this.#roots : node.children;
  }

  getParent(node: Node): Node | undefined {
    return node.parent;
  }

  /** A row that cannot be shown says so, and the others are shown all the same. */
  getTreeItem(node: Node): vscode.TreeItem {
    try {
      return this.#itemOf(node.row, node);
    } catch (cause) {
      return this.#itemOf(this.#replace(node, cause), node);
    }
  }

  #itemOf(row: Row, node: Node): vscode.TreeItem {
    return treeItemOf(row, node, this.#isAligned, { sideBarWidth: this.#width }, this.#openCommand);
  }

  /** The hover is made when a person hovers. Its text comes from outside: it is shown as text, never as Markdown. */
  async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    const row = this.#replaced.get(node.row) ?? node.row;
    if (row.hover === undefined) return item;
    try {
      item.tooltip = await rowHover(row);
    } catch (cause) {
      item.tooltip = await plainHover(this.#replace(node, cause).hover ?? []);
    }
    return item;
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}

function nodesOf(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => [node, ...nodesOf(node.children)]);
}

/** VS Code takes an empty text as none; only what differs is set, as each setting is a message to the window. */
function setOrClear(view: vscode.TreeView<Node>, name: 'title' | 'message' | 'description', text: string): void {
  if ((view[name] ?? '') !== text) view[name] = text;
}

/** The row behind what VS Code passes to a command, or undefined if it is something else. */
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
