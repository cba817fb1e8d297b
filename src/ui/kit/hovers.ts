import * as vscode from 'vscode';
import { markdownText } from '../../domain/base/harmless.ts';

/** Lines as a hover: the first one strong, all of them as text. No link, icon or picture is made of them. */
export function plainHover(lines: readonly string[]): vscode.MarkdownString {
  const shown = lines.map(markdownText).filter((line) => line !== '');
  const [first, ...rest] = shown;
  return new vscode.MarkdownString(first === undefined ? '' : [`**${first}**`, ...rest].join('\n\n'));
}

/** Markdown of our own, in which outside text was made harmless, with links to these commands alone. */
export function hoverWithCommands(markdown: string, commands: readonly string[]): vscode.MarkdownString {
  const hover = new vscode.MarkdownString(markdown);
  hover.isTrusted = { enabledCommands: [...commands] };
  return hover;
}
