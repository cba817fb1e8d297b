import { adfDocument, type AdfJson } from '../../domain/documents/adf/json.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { isIssueKey } from '../../domain/base/ids.ts';
import type { Result } from '../../domain/base/result.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { Confirmation, WriteKind } from '../../engine/writes/kind.ts';
import { notAccepted, notKnown } from '../kit/writeAnswers.ts';
import { queueKey } from './queue.ts';
import { completedRefusal, ticketName, type TicketWritesContext } from './verb.ts';

/** A ticket that a person creates. JSON data. */
export interface NewTicket {
  readonly epic: string;
  /** Id of its type, and of the field that holds the epic. */
  readonly typeId: string;
  readonly epicField: string;
  readonly summary: string;
  /** The description as Markdown and as a document of Jira; null for none. */
  readonly markdown: string;
  readonly body: AdfJson | null;
  readonly labels: readonly string[];
  /** Further values by the ids of their fields, as Jira takes them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** By which it is found again when no answer came. */
  readonly requestId: string;
}

/** What the write needs that creates tickets. */
export interface TicketCreationContext extends TicketWritesContext {
  readonly created: CreatedTickets;
}

/** A ticket that was created. */
export interface CreatedTicket {
  readonly key: string;
  readonly id?: string | undefined;
  /** What was sent; undefined where that is not known any more. */
  readonly sent: Pick<NewTicket, 'summary' | 'markdown'> | undefined;
}

/** The tickets that this window has created. */
export class CreatedTickets {
  readonly #byRecord = new Map<string, CreatedTicket>();
  /** The records whose drafts are finished with. */
  readonly #claimed = new Set<string>();

  /** The ticket that the last write of a record has created; undefined where it has not. */
  of(record: string): CreatedTicket | undefined {
    return this.#byRecord.get(record);
  }

  /** Whether nobody else finishes what the last write of a record has created: true once. */
  claim(record: string): boolean {
    if (this.#claimed.has(record)) return false;
    this.#claimed.add(record);
    return true;
  }

  /** A write of this record is sent: what an earlier one created is not what this one does. */
  begin(record: string): void {
    this.#byRecord.delete(record);
  }

  /** A write of this record has created a ticket. */
  note(record: string, ticket: CreatedTicket): void {
    this.#byRecord.set(record, ticket);
    this.#claimed.delete(record);
  }
}

/** What the lines of the journal for a ticket created from here begin with. */
export const creationTitle = 'create ticket';

const prefix = 'new/';

/** The record of the write that creates what is written in a draft, by the id of that: there is no ticket yet. */
export function newTicketRecord(draft: string): string {
  return `${prefix}${draft}`;
}

/** The id of the draft of such a record; undefined for another record. */
export function draftOfNewTicket(record: string): string | undefined {
  return record.startsWith(prefix) ? record.slice(prefix.length) : undefined;
}

/**
 * Makes the write that creates a ticket. Never sent twice without a question: it would be there twice. Jira keeps with the
 * ticket by which request it was made, so that it is found where no answer came.
 */
export function ticketCreationWrite({
  jira,
  readAgain,
  created,
}: Pick<TicketCreationContext, 'created' | 'jira' | 'readAgain'>): WriteKind<Ticket, NewTicket, Failure> {
  const madeBy = (record: string, ticket: CreatedTicket): Confirmation<Failure> => {
    created.note(record, ticket);
    return { kind: 'applied' };
  };
  return {
    name: `${queueKey.name}.createTicket`,
    feed: queueKey,
    service: 'jira',
    title: creationTitle,
    doing: 'creating the ticket',
    past: { before: 'Created', after: 'was created' },
    independent: true,
    readPayload,
    typed: ({ summary, markdown }) => `${summary}\n\n${markdown}`.trim(),
    subject: ticketName,
    subjectOf: ({ summary }) => summary,
    apply: (ticket) => ticket,
    shown: () => true,
    send: async ({ record, payload }) => {
      created.begin(record);
      const { typeId, epicField, body, ...rest } = payload;
      const form = { typeId, epicField, fields: [] };
      const sent = await (await jira()).createTicket({ ...rest, form, description: body ?? undefined });
      if (!sent.ok) return notAccepted(completedRefusal('Create Issues', sent.failure));
      return { kind: 'accepted', receipt: sent.value };
    },
    confirm: async (key, { record, payload }) => {
      const read = await (await jira()).getTicket(key);
      return read.ok
        ? madeBy(record, { key: read.value.key, id: read.value.id, sent: payload })
        : notKnown(read.failure);
    },
    readBack: async ({ record, payload }) => {
      const { epic, requestId } = payload;
      const found: Result<string | null, Failure> = await (await jira()).findCreated(epic, requestId);
      if (!found.ok) return notKnown(found.failure);
      // The search may not list yet what was made a moment ago: that it is not there is not certain.
      return found.value === null ? { kind: 'pending' } : madeBy(record, { key: found.value, sent: payload });
    },
    readAgain,
  };
}

function readPayload(value: unknown): NewTicket | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { epic, typeId, epicField, summary, markdown, body, labels, values, requestId } = value as Readonly<
    Record<string, unknown>
  >;
  const document = body === null ? null : adfDocument(body);
  if (!isIssueKey(epic) || document === undefined || !isTextList(labels)) return undefined;
  if (!isText(typeId) || !isText(epicField) || !isText(summary) || !isText(requestId)) return undefined;
  if (typeof markdown !== 'string' || typeof values !== 'object' || values === null) return undefined;
  return { epic, typeId, epicField, summary, markdown, body: document, labels, values: { ...values }, requestId };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
