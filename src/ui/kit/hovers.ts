import * as vscode from 'vscode';
import { markdownText } from '../../domain/base/harmless.ts';

/**
 * Lines as a hover: the first one strong, all of them as text. No link, icon or picture is made of them. `page` is an
 * address of ours and is a link below them, if it is https.
 */
export function plainHover(lines: readonly string[], page?: string): vscode.MarkdownString {
  const shown = lines.map(markdownText).filter((line) => line !== '');
  const [first, ...rest] = shown;
  if (first === undefined) return new vscode.MarkdownString('');
  return new vscode.MarkdownString([`**${first}**`, ...rest, ...pageLink(page)].join('\n\n'));
}

/** The address as a URL writes it has nothing that could end a link in Markdown but angle brackets, which it escapes. */
function pageLink(page: string | undefined): readonly string[] {
  if (page === undefined || !URL.canParse(page)) return [];
  const { protocol, href } = new URL(page);
  return protocol === 'https:' ? [`[Open in Browser](<${href.replaceAll('<', '%3C').replaceAll('>', '%3E')}>)`] : [];
}

/** Markdown of our own, in which outside text was made harmless, with links to these commands alone. */
export function hoverWithCommands(markdown: string, commands: readonly string[]): vscode.MarkdownString {
  const hover = new vscode.MarkdownString(markdown);
  hover.isTrusted = { enabledCommands: [...commands] };
  return hover;
}
