import * as vscode from 'vscode';
import { markdownText } from '../../domain/base/harmless.ts';
import { hoverActions } from '../../views/kit/hoverActions.ts';
import type { Row } from '../../views/kit/row.ts';
import { commandLink } from './recordLinks.ts';

/**
 * Lines as a hover: the first one strong, all of them as text. No link, icon or picture is made of them. `page` is an
 * address of ours and is a link below them, if it is https.
 */
export function plainHover(lines: readonly string[], page?: string): vscode.MarkdownString {
  return new vscode.MarkdownString(textOf(lines, pageLink(page)));
}

/** The hover of a row: its lines as text, and below them what can be done with its record and its page as links. */
export function rowHover(row: Pick<Row, 'hover' | 'link' | 'record' | 'tokens'>): vscode.MarkdownString {
  const { hover = [], link, record } = row;
  const actions = hoverActions(row).flatMap(({ command, label }) => {
    const address = commandLink(command, record);
    return address === undefined ? [] : [{ command, shown: `[${label}](<${address}>)` }];
  });
  if (actions.length === 0) return plainHover(hover, link);
  const links = [...actions.map(({ shown }) => shown), ...pageLink(link)];
  return hoverWithCommands(
    textOf(hover, links),
    actions.map(({ command }) => command),
  );
}

function textOf(lines: readonly string[], links: readonly string[]): string {
  const [first, ...rest] = lines.map(markdownText).filter((line) => line !== '');
  if (first === undefined) return '';
  return [`**${first}**`, ...rest, ...(links.length === 0 ? [] : [links.join(' · ')])].join('\n\n');
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
