import type * as vscode from 'vscode';
import type { Node } from '../../../src/views/kit/nodes.ts';
import type { ViewModel } from '../../../src/views/kit/row.ts';
import { useVscodeDouble } from './vscodeDouble.ts';

useVscodeDouble();
const { RegisteredTree } = await import('../../../src/ui/kit/registeredTree.ts');
const { RowTree } = await import('../../../src/ui/kit/rowTree.ts');

/** A row as VS Code is given it. */
export interface PaintedRow {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What a screen reader says; empty where that is the label and the description. */
  readonly spoken: string;
}

/** A row with the hover that VS Code is given when a person hovers. */
export interface HoveredRow extends PaintedRow {
  /** Markdown of the hover; empty without one. */
  readonly hover: string;
  /** The hover is Markdown without HTML, icons and other commands than `trusted`. */
  readonly isPlain: boolean;
  /** The commands that links in the hover may run. */
  readonly trusted: readonly string[];
}

type Tree = InstanceType<typeof RowTree>;

function shown(model: ViewModel): Tree {
  const tree = new RowTree(new RegisteredTree('drDre.alerts'));
  tree.show(model);
  return tree;
}

function nodesIn(tree: Tree, nodes: readonly Node[] = tree.getChildren()): readonly Node[] {
  return nodes.flatMap((node) => [node, ...nodesIn(tree, tree.getChildren(node))]);
}

/** All rows of a view as VS Code is given them, those below others included. */
export function painted(model: ViewModel): readonly PaintedRow[] {
  const tree = shown(model);
  return nodesIn(tree).map((node) => paintedRow(tree.getTreeItem(node)));
}

/** The same with their hovers. */
export async function hovered(model: ViewModel): Promise<readonly HoveredRow[]> {
  const tree = shown(model);
  return Promise.all(
    nodesIn(tree).map(async (node) => {
      const item = await tree.resolveTreeItem(tree.getTreeItem(node), node);
      return { ...paintedRow(item), ...hoverOf(item) };
    }),
  );
}

function paintedRow({ id = '', label, description, accessibilityInformation }: vscode.TreeItem): PaintedRow {
  return {
    id,
    label: typeof label === 'string' ? label : (label?.label ?? ''),
    description: typeof description === 'string' ? description : '',
    spoken: accessibilityInformation?.label ?? '',
  };
}

function hoverOf({ tooltip }: vscode.TreeItem): Pick<HoveredRow, 'hover' | 'isPlain' | 'trusted'> {
  if (typeof tooltip !== 'object') return { hover: '', isPlain: tooltip === undefined, trusted: [] };
  const { value, supportHtml, supportThemeIcons, isTrusted } = tooltip;
  return {
    hover: value,
    isPlain: [supportHtml, supportThemeIcons, isTrusted === true].every((asked) => asked !== true),
    trusted: typeof isTrusted === 'object' ? isTrusted.enabledCommands : [],
  };
}
