import type * as vscode from 'vscode';
import { adfToText } from '../../domain/documents/adfText.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { ok } from '../../domain/base/result.ts';
import { likelyDuplicates, longestSummary, newTicketIn, type NewTicketText } from '../../domain/queue/newTicket.ts';
import type { CreationForm } from '../../domain/queue/screen.ts';
import { ticketTemplates, type TicketTemplate } from '../../domain/queue/templates.ts';
import { requestSections } from '../../domain/queue/texts.ts';
import type { JournalEntry } from '../../engine/disk/journal.ts';
import type { Feeds } from '../../feeds/feeds.ts';
import { notAccepted } from '../../feeds/kit/writeAnswers.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { ticketName } from '../../feeds/queue/verb.ts';
import { explain } from '../../views/kit/sentences.ts';
import { ticketUrl } from '../../views/queue/view.ts';
import { namesDetail } from '../../views/queue/words.ts';
import type { Documents } from '../kit/documents.ts';
import type { Host } from '../kit/host.ts';
import { confirm, inform, warn } from '../kit/messages.ts';
import { pickOne } from '../kit/picks.ts';
import { progressInView } from '../kit/progress.ts';
import { purposeOf, read, type Purpose, type TicketQuestionParts } from './purpose.ts';
import { fillField } from './stepQuestions.ts';
import { newTicketKind, type TicketDrafts } from './ticketDrafts.ts';

// A new ticket: written in an editor that begins with a template, and sent from there like a comment.

export interface CreatingParts extends TicketQuestionParts {
  readonly ticketDrafts: () => Promise<TicketDrafts>;
  readonly documents: Pick<Documents, 'open' | 'readAgain' | 'refresh'>;
  readonly journal: Pick<Host['journal'], 'append'>;
  readonly feeds: { readonly queue: Pick<Feeds['queue'], 'burst'> };
}

const title = 'Create Ticket';

/** Asks which kind of ticket it is to be. */
export function pickTemplate({ settings }: Pick<CreatingParts, 'settings'>): Promise<TicketTemplate | undefined> {
  const items = ticketTemplates(settings.current.ticketTemplates).map((template) => ({
    label: template.name,
    template,
  }));
  return pickOne(items, { title, placeHolder: 'Select what kind of ticket it is' }).then((picked) => picked?.template);
}

/**
 * Makes the ticket that is written in a document, and notes in the journal how that ended. The key when Jira has it. What
 * was written stays a draft when not; what may have been made already is looked for first, and never sent again without
 * asking.
 */
export async function createTicket(
  parts: CreatingParts,
  document: Pick<vscode.TextDocument, 'getText'>,
  templateId: string,
): Promise<string | undefined> {
  const { settings, clients, drafts } = parts;
  const { epic } = settings.current;
  const written = newTicketIn(document.getText());
  if (written === undefined || written.summary.length > longestSummary) {
    inform(
      written === undefined
        ? 'The first line is the summary of the ticket. It is empty.'
        : `The first line is the summary of the ticket: at most ${longestSummary} characters.`,
    );
    return undefined;
  }
  const jira = await clients.jira();
  const request = { kind: newTicketKind(templateId), step: 'request', records: [] };
  const earlier = (await drafts.offered(request))?.text;
  if (earlier !== undefined) {
    const found = await read(parts, { title }, () => jira.findCreated(epic, earlier));
    if (found === undefined) return undefined;
    if (found !== null) return isThere(parts, templateId, written, found);
    if (!(await isMeantAgain())) return undefined;
  }
  if (!(await isMeant(parts, written))) return undefined;
  const asked = await read(parts, { title }, async () => {
    const form = await jira.creationForm(epic);
    return form.ok ? ok({ form: form.value }) : form;
  });
  if (asked === undefined) return undefined;
  const { form } = asked;
  if (form === undefined) {
    warn('Jira does not let you create tickets in the project of the queue: it takes the permission “Create Issues”.');
    return undefined;
  }
  const template = ticketTemplates(settings.current.ticketTemplates).find(({ id }) => id === templateId);
  const requestId = earlier ?? (await parts.ticketDrafts()).newId();
  let said: Readonly<Record<string, string>> = {};
  let answered: Readonly<Record<string, unknown>> = {};
  for (;;) {
    const values = await askRequired(parts, form, newTicketKind(templateId), said, answered);
    if (values === undefined) return undefined;
    answered = values;
    // On the disk before it is sent: it is looked for by this, whatever happens to the window.
    drafts.type(request, requestId);
    await drafts.flush();
    const { summary, description } = written;
    const sent = await progressInView('drDre.queue', async () =>
      jira.createTicket({
        epic,
        form,
        summary,
        description: description === '' ? undefined : (await parts.ticketDrafts()).written(description),
        labels: template?.labels ?? [],
        values,
        requestId,
      }),
    );
    if (sent.ok) return isThere(parts, templateId, written, sent.value);
    if (notAccepted(sent.failure).kind === 'unknown') {
      const found = await progressInView('drDre.queue', () => jira.findCreated(epic, requestId));
      if (found.ok && found.value !== null) return isThere(parts, templateId, written, found.value);
      note(parts, written, { kind: 'unconfirmed', failure: sent.failure });
      warn(
        'It is not known whether Jira has created the ticket: no answer came. What you wrote is kept. Send it again to look for the ticket first.',
      );
      return undefined;
    }
    note(parts, written, { kind: 'failed', failure: sent.failure });
    // It was refused: there is nothing to look for.
    drafts.type(request, '');
    const refused = sent.failure.fields ?? {};
    if (!form.fields.some(({ id, required }) => required && refused[id] !== undefined)) {
      await parts.commands.tell(namingPermission(sent.failure), title);
      return undefined;
    }
    said = refused;
  }
}

/** It is there: it is read back and shown, and what was written is not needed any more. */
async function isThere(
  parts: CreatingParts,
  templateId: string,
  written: NewTicketText,
  key: string,
): Promise<string | undefined> {
  const { drafts, clients, feeds, documents } = parts;
  note(parts, written, { kind: 'applied', key });
  await read(parts, { title: `${title}: ${key}` }, async () => (await clients.jira()).getTicket(key));
  drafts.forget(newTicketKind(templateId));
  feeds.queue.burst();
  await documents.open('ticket', key);
  inform(`Created ${key}.`);
  return key;
}

/** How sending a new ticket ended. */
type Ending =
  | { readonly kind: 'applied'; readonly key: string }
  | { readonly kind: 'failed' | 'unconfirmed'; readonly failure: Failure };

/** A line in the journal. */
function note(parts: CreatingParts, { summary }: NewTicketText, ending: Ending): void {
  const { clock, account, journal, documents, settings, log } = parts;
  const key = ending.kind === 'applied' ? ending.key : undefined;
  const entry: JournalEntry = {
    at: clock.now(),
    what: 'done',
    record: key === undefined ? undefined : { feed: queueKey.name, key },
    title: `create ticket “${ticketName({ key: key ?? '', summary }).trim()}”`,
    outcome: ending.kind,
    who: account.current?.name,
    detail: ending.kind === 'applied' ? undefined : explain(ending.failure).title,
    link: key === undefined ? undefined : ticketUrl(settings.current.atlassianSite.href, key),
  };
  journal
    .append(entry)
    .then(() => documents.refresh('journal'))
    .catch((cause: unknown) => log.error('queue', 'the journal has no line of a new ticket', cause));
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
  { store, ticketDrafts }: CreatingParts,
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

/** Asks for what the project wants besides summary and description; undefined when the person leaves. */
async function askRequired(
  parts: CreatingParts,
  form: CreationForm,
  kind: string,
  said: Readonly<Record<string, string>>,
  before: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const values: Record<string, unknown> = { ...before };
  const purpose: Purpose = purposeOf({ title, kind: { name: kind }, tickets: [] }, said);
  for (const field of form.fields.filter(({ required }) => required)) {
    if (field.id in values && said[field.id] === undefined) continue;
    if (field.form === 'other') {
      warn(`A new ticket needs “${field.name}”, which can only be filled in Jira.`);
      return undefined;
    }
    const given = await fillField(parts, purpose, field);
    if (given === undefined) return undefined;
    if (given !== 'asItIs') values[field.id] = given.value;
  }
  return values;
}

function namingPermission(failure: Failure): Failure {
  if (failure.kind !== 'forbidden') return failure;
  return { ...failure, detail: 'It takes the permission “Create Issues”' };
}
