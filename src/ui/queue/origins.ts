import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { visibleLine } from '../../domain/base/harmless.ts';
import { httpsAddress } from '../../domain/base/httpsAddress.ts';
import { serialise } from '../../domain/documents/serialise.ts';
import { documentOf, lines, link, paragraph, quote, type Block } from '../../domain/documents/tree.ts';
import { longestSummary } from '../../domain/queue/newTicket.ts';
import type { Row } from '../../views/kit/row.ts';

// What a ticket is created from: rows of other views, or text that is selected in an editor.

/** What a new ticket begins with. */
export interface Origin {
  /** The same for the same origin: what was written of it is offered again. Letters and digits. */
  readonly id: string;
  readonly text: string;
}

/** What rows or else the selected text make of a new ticket; undefined where there are neither. */
export function originOf(rows: readonly Row[]): Origin | undefined {
  const [first] = rows;
  if (first !== undefined) {
    return originWith(
      nameOf(first),
      rows.map((row) => paragraph('From ', linkTo(row))),
    );
  }
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection).trim() ?? '';
  return selected === '' ? undefined : originWith(selected.split('\n')[0] ?? '', [quote(paragraph(lines(selected)))]);
}

/** The first line is plain text, what is below is Markdown. */
function originWith(summary: string, blocks: readonly Block[]): Origin {
  const body = serialise(documentOf(blocks));
  const text = `# ${visibleLine(summary).slice(0, longestSummary)}\n\n${body}`;
  return { id: `from${createHash('sha256').update(text).digest('hex').slice(0, 24)}`, text };
}

/** The label of a row may be cut. */
function nameOf({ hover, label }: Row): string {
  return hover?.[0] ?? label;
}

function linkTo(row: Row): ReturnType<typeof link> | string {
  const address = row.link === undefined ? undefined : httpsAddress(row.link);
  return address === undefined ? nameOf(row) : link(address, nameOf(row));
}
