import * as vscode from 'vscode';
import { lineOfOwnDirection, ownDirection, visibleLine } from '../../domain/base/harmless.ts';
import type { Node } from '../../views/kit/nodes.ts';
import { paintedDescription, pixelsAt } from '../../views/kit/rowWidth.ts';
import { contextValue, type RecordRef, type Row, type ViewModel } from '../../views/kit/row.ts';

/** What the records of rows are called. */
const nouns: Readonly<Record<RecordRef['kind'], string>> = {
  alert: 'Alert',
  ticket: 'Ticket',
  proposal: 'Proposal',
  rollout: 'Rollout',
  rotation: 'Schedule',
  shift: 'Shift',
  override: 'Override',
  pullRequest: 'Pull request',
  workflowRun: 'Workflow run',
  run: 'Run',
  setting: 'Setting',
};

/** Stands for a label in which nothing can be seen: the record's kind and key. */
function nameless({ record }: Row): string {
  return record === undefined ? '(no name)' : ownDirection(`${nouns[record.kind]} ${record.key}`);
}

/**
 * A row as VS Code shows it, without its hover. Texts from outside stay within their own place and direction. `isAligned`:
 * whether one of the outermost rows of its view has an arrow and an icon. `model`: what its view shows. `openCommand`: the id
 * of what a click runs, without arguments, where the row has a command.
 */
export function treeItemOf(
  row: Row,
  node: Node,
  isAligned: boolean,
  model: Pick<ViewModel, 'sideBarWidth'>,
  openCommand: string,
): vscode.TreeItem {
  const label = ownDirection(row.label);
  const item = new vscode.TreeItem(label === '' ? nameless(row) : label, collapsibleState(row));
  item.id = row.id;
  item.contextValue = contextValue(row);
  if (row.description !== undefined) {
    // What is left out at its end must not be the end of its direction.
    const shown = paintedDescription(label, visibleLine(row.description), pixelsAt(node, isAligned, model));
    item.description = lineOfOwnDirection(shown);
  }
  if (row.icon !== undefined) {
    const color = row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color);
    item.iconPath = new vscode.ThemeIcon(row.icon.id, color);
  }
  if (row.spoken !== undefined) item.accessibilityInformation = { label: visibleLine(row.spoken) };
  if (row.command !== undefined) {
    item.command = { command: openCommand, title: visibleLine(row.label) };
  }
  return item;
}

function collapsibleState(row: Row): vscode.TreeItemCollapsibleState {
  if (row.children === undefined) return vscode.TreeItemCollapsibleState.None;
  return row.expanded === true ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
