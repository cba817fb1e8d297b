import type * as vscode from 'vscode';
import type { Node } from '../../../src/views/kit/nodes.ts';
import type { ViewModel } from '../../../src/views/kit/row.ts';
import { useVscodeDouble } from './vscodeDouble.ts';

useVscodeDouble();
const { RowTree } = await import('../../../src/ui/kit/rowTree.ts');

/** A row as VS Code is given it. */
export interface PaintedRow {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What a screen reader says; empty where that is the label and the description. */
  readonly spoken: string;
  /** Markdown of the hover; empty without one. */
  readonly hover: string;
  /** The hover is text or Markdown without HTML, icons and other commands than `trusted`. */
  readonly isPlain: boolean;
  /** The commands that links in the hover may run. */
  readonly trusted: readonly string[];
}

/** All rows of a view as VS Code is given them, those below others included. */
export function painted(model: ViewModel): readonly PaintedRow[] {
  const tree = new RowTree('drDre.alerts');
  tree.show(model);
  const below = (nodes: readonly Node[]): readonly PaintedRow[] =>
    nodes.flatMap((node) => [
      paintedRow(tree.resolveTreeItem(tree.getTreeItem(node), node)),
      ...below(tree.getChildren(node)),
    ]);
  return below(tree.getChildren());
}

function paintedRow({ id = '', label, description, accessibilityInformation, tooltip }: vscode.TreeItem): PaintedRow {
  return {
    id,
    label: typeof label === 'string' ? label : (label?.label ?? ''),
    description: typeof description === 'string' ? description : '',
    spoken: accessibilityInformation?.label ?? '',
    hover: typeof tooltip === 'object' ? tooltip.value : (tooltip ?? ''),
    isPlain:
      typeof tooltip !== 'object' ||
      [tooltip.supportHtml, tooltip.supportThemeIcons, tooltip.isTrusted === true].every((asked) => asked !== true),
    trusted:
      typeof tooltip === 'object' && typeof tooltip.isTrusted === 'object' ? tooltip.isTrusted.enabledCommands : [],
  };
}
