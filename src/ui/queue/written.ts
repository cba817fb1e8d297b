import * as vscode from 'vscode';
import { sameDocument } from '../../domain/documents/adf/json.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { WriteKind } from '../../engine/writes/kind.ts';
import type { NewDescription, Written } from '../../feeds/queue/answers.ts';
import { knownTicket } from '../../feeds/queue/known.ts';
import { ticketName } from '../../feeds/queue/verb.ts';
import { ticketVerbs } from '../../feeds/queue/verbs.ts';
import { shorten } from '../../views/kit/format.ts';
import type { Row } from '../../views/kit/row.ts';
import { contestedWords, typedSinceWords, uneditableWords } from '../../views/queue/words.ts';
import { draftScheme } from '../kit/draftFiles.ts';
import type { Handlers } from '../kit/commands.ts';
import { inform, showMessage, warn } from '../kit/messages.ts';
import { performFromView } from '../writes/performing.ts';
import { reportEnds } from '../writes/reports.ts';
import { read, type TicketPurpose } from './purpose.ts';
import { createTicket, pickNewTicket, type CreatingParts } from './creating.ts';
import { closeTabs, isOpen, openEditor } from './draftTabs.ts';
import { isBeingSent, writeIds, writesOfDraft } from './draftWrites.ts';
import { keepAlerts } from './linkBack.ts';
import { originOf } from './origins.ts';
import { draftAt, draftUri, elsewhereWords, textKey, type DraftAddress } from './ticketDrafts.ts';

// What is written in an editor: opened by the command of its verb, sent by one of its own.

export type WrittenParts = CreatingParts;

/** The commands of an editor tab in which something for a ticket is written. */
export function writtenCommands(parts: WrittenParts): Handlers {
  return {
    'drDre.queue.sendDraft': () => sendDraft(parts),
    'drDre.queue.createTicketFrom': ({ rows }) => createFrom(parts, rows),
    'drDre.queue.createTicket': async () => {
      const draft = await pickNewTicket(parts);
      if (draft !== undefined) await openEditor(draft);
    },
  };
}

/** Opens the editor for a ticket that is created from something. What was written of it before is still there. */
async function createFrom(
  { drafts, ticketDrafts }: Pick<WrittenParts, 'ticketDrafts' | 'drafts'>,
  rows: readonly Row[],
): Promise<void> {
  const origin = originOf(rows);
  if (origin === undefined) {
    inform('Select text in an editor first, or use the menu of a row.');
    return;
  }
  const draft = (await ticketDrafts()).newTicket(origin.id);
  const draftKey = textKey(draft);
  if ((await drafts.offered(draftKey)) === undefined) drafts.type(draftKey, origin.text);
  keepAlerts({ drafts }, draft, rows);
  await openEditor(draft);
}

/** Opens the editor for a comment. Nothing is answered: what is written there is sent from there. */
export async function openComment(
  { ticketDrafts }: Pick<WrittenParts, 'ticketDrafts'>,
  { tickets }: TicketPurpose,
): Promise<undefined> {
  const drafts = await ticketDrafts();
  for (const { key } of tickets) await openEditor(drafts.addressOf('comment', key));
}

/** Opens the editor for a description, once it was read. */
export async function openDescription(
  parts: Pick<WrittenParts, 'ticketDrafts' | 'commands'>,
  purpose: TicketPurpose,
): Promise<undefined> {
  const drafts = await parts.ticketDrafts();
  for (const { key } of purpose.tickets) {
    const address = drafts.addressOf('editDescription', key);
    const can = await read(parts, purpose, () => drafts.canEdit(address, isOpen(address)));
    if (can === true) await openEditor(address);
    if (can === false) warn(uneditableWords(key));
  }
}

/** Sends what is written in the active editor. The text stays there until Jira has it. */
async function sendDraft(parts: WrittenParts): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const draft = document?.uri.scheme === draftScheme ? draftAt(document.uri) : undefined;
  if (document === undefined || draft === undefined || draft.what === 'inJira') {
    inform('The active editor has no text that is sent to Jira.');
    return;
  }
  const known = writeIds(parts.writes);
  if ((await parts.ticketDrafts()).isElsewhere(draft)) {
    warn(elsewhereWords(draft));
    return;
  }
  if (draft.what === 'newTicket') {
    await document.save();
    await createTicket(parts, document, { ...draft, what: 'newTicket' }, known);
    return;
  }
  const markdown = document.getText();
  if (draft.what === 'comment' && markdown.trim() === '') {
    inform('There is no text to send yet.');
    return;
  }
  const { queue } = await parts.writeKinds();
  if (draft.what === 'comment') {
    const body = (await parts.ticketDrafts()).written(markdown);
    await send(parts, { kind: queue.comment, document, draft, known, payload: { markdown, body } });
    return;
  }
  const payload = await newDescription(parts, draft, markdown);
  if (payload !== undefined) {
    await send(parts, { kind: queue.editDescription, document, draft, known, payload });
  }
}

/** What is sent. Where somebody else has changed the description meanwhile, both are shown side by side, and nothing is. */
async function newDescription(
  parts: Pick<WrittenParts, 'commands' | 'ticketDrafts' | 'store'>,
  draft: DraftAddress,
  markdown: string,
): Promise<NewDescription | undefined> {
  const drafts = await parts.ticketDrafts();
  const { key } = draft;
  const ticket = knownTicket(parts.store, key);
  const name = shorten(ticket === undefined ? key : ticketName(ticket), 60);
  const title = `${ticketVerbs.editDescription.label} “${name}”`;
  const found = await read(parts, { title }, () => drafts.description(draft, markdown));
  if (found === undefined) return undefined;
  const { body, before, contested } = found;
  if (!contested) {
    if (!sameDocument(body, before)) return { markdown, body, before };
    inform('The description is the same as in Jira.');
    return undefined;
  }
  const [theirs, mine] = [draftUri({ ...draft, what: 'inJira' }), draftUri(draft)];
  await vscode.commands.executeCommand('vscode.diff', theirs, mine, `${key}: in Jira ↔ yours`);
  warn(contestedWords(key));
  return undefined;
}

interface Sending<P extends Written> {
  readonly kind: WriteKind<Ticket, P, Failure>;
  readonly document: vscode.TextDocument;
  readonly draft: DraftAddress;
  /** The ids of the writes that there were when it was requested. */
  readonly known: ReadonlySet<string>;
  readonly payload: P;
}

async function send<P extends Written>(
  parts: WrittenParts,
  { kind, document, draft, known, payload }: Sending<P>,
): Promise<void> {
  const { key } = draft;
  const written = { record: key, kind: kind.name };
  if (isBeingSent(parts.writes, written, known)) return;
  const earlier = writesOfDraft(parts.writes, written);
  if (earlier.some(({ state }) => state.kind === 'unconfirmed')) {
    const choice = await showMessage(
      'warning',
      "Can't tell whether Jira has what was sent before. Send it once more?",
      'Send Once More',
    );
    if (choice === undefined) return;
  }
  await document.save();
  // It may have been requested twice.
  if (isBeingSent(parts.writes, written, known)) return;
  // What did not go through before is what is sent now: it would be offered twice.
  for (const { id, state } of earlier) if (state.kind !== 'applied') parts.writes.discard(id);
  parts.drafts.handOver(kind.name, [key], draft.site);
  const sent = document.getText();
  const ends = await performFromView(parts, 'drDre.queue', kind, [
    (signal) => parts.writes.run(kind, key, payload, signal),
  ]);
  if (ends.every(({ state }) => state.kind === 'applied')) {
    if (document.getText() === sent) {
      await closeTabs(draft);
      (await parts.ticketDrafts()).remove(draft);
    } else inform(typedSinceWords(key));
    // An open document of the ticket shows what was sent.
    void parts.documents.readAgain();
  }
  await reportEnds(parts, ends);
}
