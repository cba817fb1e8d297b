import * as vscode from 'vscode';
import type { Host } from '../kit/host.ts';
import { openEditor } from './draftTabs.ts';
import { draftUri, textKey, type DraftAddress, type TicketDrafts } from './ticketDrafts.ts';

// Texts for tickets that Dr. DRE writes for a person: they are in an editor, and only the person sends them.

interface OfferParts extends Pick<Host, 'drafts'> {
  readonly settings: { readonly current: Pick<Host['settings']['current'], 'atlassianSite'> };
}

interface OfferedTicket {
  /** The same for the same ticket, letters and digits. */
  readonly id: string;
  readonly summary: string;
  readonly markdown: string;
}

/** What opens the editor of a comment or of a new ticket. */
export function ticketEditors(
  parts: OfferParts & { readonly ticketDrafts: () => Promise<Pick<TicketDrafts, 'newTicket'>> },
): {
  readonly comment: (key: string, markdown: string) => Promise<void>;
  readonly create: (ticket: OfferedTicket) => Promise<void>;
} {
  return {
    comment: (key, markdown) => offerComment(parts, key, markdown),
    create: (ticket) => offerTicket(parts, ticket),
  };
}

/** Opens the editor for a comment on a ticket with this Markdown in it, below what is there already. */
export async function offerComment(parts: OfferParts, key: string, markdown: string): Promise<void> {
  await offer(parts, { what: 'comment', key, site: parts.settings.current.atlassianSite.host }, markdown);
}

/** Opens the editor for a new ticket with this summary and description. */
export async function offerTicket(
  parts: Pick<Host, 'drafts'> & { readonly ticketDrafts: () => Promise<Pick<TicketDrafts, 'newTicket'>> },
  { id, summary, markdown }: OfferedTicket,
): Promise<void> {
  await offer(parts, (await parts.ticketDrafts()).newTicket(id), `# ${summary}\n\n${markdown}`);
}

async function offer({ drafts }: Pick<Host, 'drafts'>, address: DraftAddress, text: string): Promise<void> {
  const draftKey = textKey(address);
  const uri = draftUri(address);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  const before = (open?.getText() ?? (await drafts.offered(draftKey))?.text ?? '').trimEnd();
  const whole = before === '' ? text : `${before}\n\n${text}`;
  if (!before.includes(text.trim())) {
    if (open === undefined) drafts.type(draftKey, whole);
    else await replaceText(open, whole);
  }
  await openEditor(address);
}

/** An editor that is open shows what it holds, not what is kept of it. */
async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
  await vscode.workspace.applyEdit(edit);
}
