import * as vscode from 'vscode';
import type { Document } from '../../domain/documents/tree.ts';
import type { HoverAction } from '../../views/kit/hover.ts';
import type { HoveredRow } from '../../views/rowHover.ts';

// Hovers are trees, as documents are. What makes and writes them is loaded with the first one.

/** Lines as a hover: the first one strong, all of them as text, and below them commands that need no record. */
export async function plainHover(
  lines: readonly string[],
  actions: readonly HoverAction[] = [],
): Promise<vscode.MarkdownString> {
  const { plainHoverTree } = await import('../../views/kit/hover.ts');
  return markdownOf(plainHoverTree(lines, actions));
}

/** The hover of a row: its lines as text, and below them what can be done with its record and its pages as links. */
export async function rowHover(row: HoveredRow): Promise<vscode.MarkdownString> {
  const { rowHoverTree } = await import('../../views/rowHover.ts');
  return markdownOf(rowHoverTree(row));
}

/** Asks for neither HTML nor icons. Its links may run the commands that the tree names, and no others. */
async function markdownOf(tree: Document): Promise<vscode.MarkdownString> {
  const { serialiseHover } = await import('../../domain/documents/serialise.ts');
  const { markdown, commands } = serialiseHover(tree);
  const hover = new vscode.MarkdownString(markdown);
  if (commands.length > 0) hover.isTrusted = { enabledCommands: commands };
  return hover;
}
