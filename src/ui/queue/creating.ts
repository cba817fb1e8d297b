import type * as vscode from 'vscode';
import { adfToText } from '../../domain/documents/adf/toText.ts';
import { ok } from '../../domain/base/result.ts';
import { likelyDuplicates, longestSummary, newTicketIn, type NewTicketText } from '../../domain/queue/newTicket.ts';
import type { CreationForm } from '../../domain/queue/screen.ts';
import { ticketTemplates } from '../../domain/queue/templates.ts';
import { requestSections } from '../../domain/queue/texts.ts';
import type { DraftKey } from '../../engine/disk/drafts.ts';
import {
  draftOfNewTicket,
  newTicketRecord,
  type CreatedTicket,
  type CreatedTickets,
  type NewTicket,
} from '../../feeds/queue/creation.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { ticketName } from '../../feeds/queue/verb.ts';
import type { WriteKinds } from '../../feeds/writeKinds.ts';
import { ago, shorten } from '../../views/kit/format.ts';
import { namesDetail, typedSinceWords } from '../../views/queue/words.ts';
import { withBack } from '../kit/chain.ts';
import type { Documents } from '../kit/documents.ts';
import { confirm } from '../kit/confirm.ts';
import { inform, warn } from '../kit/messages.ts';
import { pickOne, type PickEntry } from '../kit/picks.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import { performFromView, type PerformingParts } from '../writes/performing.ts';
import { endsOf, reportEnds } from '../writes/reports.ts';
import { closeTabs } from './draftTabs.ts';
import { isBeingSent, writesOfDraft } from './draftWrites.ts';
import { keptAlerts, linkBack, type LinkBackParts } from './linkBack.ts';
import { purposeOf, read, type TicketPurpose, type TicketQuestionParts } from './purpose.ts';
import { fillField } from './stepQuestions.ts';
import {
  draftId,
  newTicketDraft,
  newTicketKind,
  textKey,
  type NewTicketDraft,
  type TicketDrafts,
} from './ticketDrafts.ts';

// A new ticket: written in an editor that begins with a template, and sent from there like a comment.

export interface CreatingParts extends TicketQuestionParts, LinkBackParts, PerformingParts {
  readonly commands: LinkBackParts['commands'];
  readonly ticketDrafts: () => Promise<TicketDrafts>;
  readonly documents: Pick<Documents, 'open' | 'readAgain'>;
  readonly writeKinds: () => Promise<Pick<WriteKinds, 'alerts' | 'queue' | 'newTicket'>>;
  readonly createdTickets: Pick<CreatedTickets, 'of' | 'claim' | 'note'>;
}

const title = 'Create Ticket';

/** Asks which kind of ticket it is to be, or which one that was begun is written on. */
export async function pickNewTicket({
  settings,
  clock,
  ticketDrafts,
}: Pick<CreatingParts, 'settings' | 'clock' | 'ticketDrafts'>): Promise<NewTicketDraft | undefined> {
  const drafts = await ticketDrafts();
  const templates = ticketTemplates(settings.current.ticketTemplates).map(({ name, id }) => ({
    label: name,
    draft: drafts.newTicket(id),
  }));
  // A template brings what this window has begun with it.
  const own = new Set(templates.map(({ draft }) => draftId(draft)));
  const begun = (await drafts.unsentTickets()).filter(({ draft }) => !own.has(draftId(draft)));
  const unsent = begun.map(({ draft, text, at }) => ({
    label: shorten(newTicketIn(text)?.summary ?? 'No summary', 100),
    description: `written ${ago(at, viewpoint(clock))}`,
    draft,
  }));
  const heading = (label: string): PickEntry => ({ label, isHeading: true });
  const items: readonly (PickEntry & { readonly draft?: NewTicketDraft })[] =
    unsent.length === 0 ? templates : [heading('New'), ...templates, heading('Begun and Not Sent'), ...unsent];
  return (await pickOne(items, { title, placeHolder: 'Select what kind of ticket it is' }))?.draft;
}

/**
 * Creates the ticket that is written in a document. What was written stays a draft until Jira has it; what may have been
 * created already is searched for first, and never sent again without asking. `known`: the ids of the writes that there were
 * when it was requested, as it may be requested twice.
 */
export async function createTicket(
  parts: CreatingParts,
  document: Pick<vscode.TextDocument, 'getText'>,
  draft: NewTicketDraft,
  known: ReadonlySet<string>,
): Promise<void> {
  const { settings, clients, drafts, writes } = parts;
  const { epic } = settings.current;
  const record = recordOf(draft);
  const written = newTicketIn(document.getText());
  if (written === undefined || written.summary.length > longestSummary) {
    inform(
      written === undefined
        ? 'The first line is the summary of the ticket. It is empty.'
        : `The first line is the summary of the ticket: at most ${longestSummary} characters.`,
    );
    return;
  }
  if (isBeingSent(writes, { record }, known)) return;
  const earlier = writesOfDraft(writes, { record }).filter(({ state }) => state.kind !== 'applied');
  const jira = await clients.jira();
  const request = { kind: newTicketKind(draft), step: 'request', records: [] };
  const sentBefore = (await drafts.offered(request))?.text;
  if (sentBefore !== undefined) {
    const found = await read(parts, { title }, () => jira.findCreated(epic, sentBefore));
    if (found === undefined) return;
    if (found !== null) {
      // The writes themselves add to the journal.
      const ends = await endsOf(earlier.map(({ id }) => writes.check(id)));
      if (!ends.some(({ state }) => state.kind === 'applied')) {
        parts.createdTickets.note(record, { key: found, sent: undefined });
      }
      await showCreated(parts, draft, found, written.summary);
      return;
    }
    if (!(await isMeantAgain())) return;
  }
  if (!(await isMeant(parts, written))) return;
  const asked = await read(parts, { title }, async () => {
    const form = await jira.creationForm(epic);
    return form.ok ? ok({ form: form.value }) : form;
  });
  if (asked === undefined) return;
  const { form } = asked;
  if (form === undefined) {
    warn('Jira does not let you create tickets in the project of the queue: it takes the permission “Create Issues”.');
    return;
  }
  if (isBeingSent(writes, { record }, known)) return;
  for (const { id } of earlier) writes.discard(id);
  const requestId = sentBefore ?? (await parts.ticketDrafts()).requestId(draft);
  await fillAndSend(parts, { draft, written, form, requestId, request, known });
}

interface TicketSending {
  readonly draft: NewTicketDraft;
  readonly written: NewTicketText;
  readonly form: CreationForm;
  readonly requestId: string;
  readonly request: DraftKey;
  readonly known: ReadonlySet<string>;
}

/** Asks for what the project requires and sends the ticket; asks anew for what Jira refuses at a field that was filled. */
async function fillAndSend(
  parts: CreatingParts,
  { draft, written, form, requestId, request, known }: TicketSending,
): Promise<void> {
  const { drafts, settings, writes } = parts;
  const [{ newTicket }, ticketDrafts] = await Promise.all([parts.writeKinds(), parts.ticketDrafts()]);
  const template = ticketTemplates(settings.current.ticketTemplates).find(({ id }) => id === draft.key);
  const record = recordOf(draft);
  let said: Readonly<Record<string, string>> = {};
  let values: Readonly<Record<string, unknown>> | undefined = {};
  for (;;) {
    values = await askRequired(parts, form, newTicketKind(draft), said, values);
    if (values === undefined) return;
    const { summary, description } = written;
    const payload: NewTicket = {
      epic: settings.current.epic,
      typeId: form.typeId,
      epicField: form.epicField,
      summary,
      markdown: description,
      body: description === '' ? null : ticketDrafts.written(description),
      labels: template?.labels ?? [],
      values,
      requestId,
    };
    // On the disk before it is sent: it is searched for by this, whatever happens to the window.
    drafts.type(request, requestId);
    await drafts.flush();
    if (isBeingSent(writes, { record }, known)) return;
    const ends = await performFromView(parts, 'drDre.queue', newTicket, [
      (signal) => writes.run(newTicket, record, payload, signal),
    ]);
    const [end] = ends;
    const created = parts.createdTickets.of(record);
    if (end?.state.kind === 'applied' && created !== undefined) {
      await showCreated(parts, draft, created.key, summary);
      return;
    }
    // It was refused, or never sent: there is nothing to search for.
    if (end?.state.kind !== 'unconfirmed') drafts.type(request, '');
    const refused = end?.state.kind === 'failed' ? (end.state.failure?.fields ?? {}) : {};
    if (end === undefined || !form.fields.some(({ id, required }) => required && refused[id] !== undefined)) {
      await reportEnds(parts, ends);
      return;
    }
    writes.discard(end.id);
    said = refused;
  }
}

/** The record of the write that creates what is written in a draft. */
function recordOf(draft: NewTicketDraft): string {
  return newTicketRecord(draftId(draft));
}

async function showCreated(parts: CreatingParts, draft: NewTicketDraft, key: string, summary: string): Promise<void> {
  const alerts = await finish(parts, draft);
  const show = async (): Promise<void> => {
    // The list does not have it yet.
    await parts.documents.open('ticket', key, { title: ticketName({ key, summary }) });
    inform(`Created ${key}.`);
  };
  // Beside each other: the links are in a message that waits for an answer.
  await Promise.all([show(), linkBack(parts, alerts, key)]);
}

/**
 * It is there: what was written is not needed any more. What was typed since it was sent, in whichever window, stays.
 * Resolves with the alerts that the ticket was created from and that are to lead to it.
 */
async function finish(
  parts: Pick<CreatingParts, 'ticketDrafts' | 'createdTickets' | 'drafts'>,
  draft: NewTicketDraft,
): Promise<readonly string[]> {
  const { createdTickets, drafts } = parts;
  const record = recordOf(draft);
  const created = createdTickets.of(record);
  if (created === undefined || !createdTickets.claim(record)) return [];
  const alerts = await keptAlerts(parts, draft);
  drafts.remove(newTicketKind(draft));
  const ticketDrafts = await parts.ticketDrafts();
  ticketDrafts.isCreated(draft);
  const draftKey = textKey(draft);
  const text = (await drafts.offered(draftKey))?.text;
  if (text === undefined || isWhatWasSent(text, created)) {
    if (text !== undefined) drafts.removeText(draftKey, text);
    await closeTabs(draft);
    ticketDrafts.remove(draft);
  } else inform(typedSinceWords(created.key));
  return alerts;
}

/** Whether a text is what was sent. */
function isWhatWasSent(text: string, { sent }: CreatedTicket): boolean {
  const written = newTicketIn(text);
  return written?.summary === sent?.summary && written?.description === sent?.markdown;
}

/** Finishes what was created otherwise than from its editor: tried again from its row, or begun by a window that was closed. */
export async function finishCreated(parts: CreatingParts, record: string): Promise<void> {
  const draft = newTicketDraft(draftOfNewTicket(record) ?? '');
  const created = parts.createdTickets.of(record);
  if (draft === undefined || created === undefined) return;
  await linkBack(parts, await finish(parts, draft), created.key);
}

function isMeantAgain(): Promise<boolean> {
  return confirm({
    severity: 'warning',
    text: 'Create the ticket again?',
    detail:
      'No answer came when it was sent before, and Jira lists no such ticket now. If it was created all the same, it is then there twice.',
    yes: 'Create Again',
  });
}

/** Points out what is likely there already, and what a request lacks. */
async function isMeant(
  { store, ticketDrafts }: Pick<CreatingParts, 'ticketDrafts' | 'store'>,
  { summary, description }: NewTicketText,
): Promise<boolean> {
  const alike = likelyDuplicates(summary, store.state(queueKey).records.values());
  if (alike.length > 0) {
    const isNew = await confirm({
      severity: 'warning',
      text: 'There is likely such a ticket already. Create another one?',
      detail: namesDetail(alike),
      yes: 'Create Another One',
    });
    if (!isNew) return false;
  }
  if (!/^##\s+(?:requirements|expected outcome)/im.test(description)) return true;
  const text = adfToText((await ticketDrafts()).written(description));
  const { requirements, outcome } = requestSections(text);
  const missing = [...(requirements ? [] : ['the requirements']), ...(outcome ? [] : ['the expected outcome'])];
  if (missing.length === 0) return true;
  return confirm({
    severity: 'warning',
    text: `Create the ticket without ${missing.join(' and ')}?`,
    detail: 'Whoever takes it has to ask for them.',
    yes: 'Create Without',
  });
}

/** Asks for what the project requires besides summary and description; undefined when the person leaves. */
async function askRequired(
  parts: CreatingParts,
  form: CreationForm,
  kind: string,
  said: Readonly<Record<string, string>>,
  before: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const purpose: TicketPurpose = purposeOf({ title, kind: { name: kind }, tickets: [] }, said);
  const required = form.fields.filter((field) => field.required);
  const asked = required.filter(({ id }) => !(id in before) || said[id] !== undefined);
  const inJira = asked.find((field) => field.form === 'other');
  if (inJira !== undefined) {
    warn(`A new ticket needs “${inJira.name}”, which can only be filled in Jira.`);
    return undefined;
  }
  return withBack(async () => {
    const values: Record<string, unknown> = { ...before };
    for (const field of asked) {
      const given = await fillField(parts, purpose, field);
      if (given === undefined) return undefined;
      if (given !== 'asItIs') values[field.id] = given.value;
    }
    return values;
  });
}
