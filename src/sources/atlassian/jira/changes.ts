import {
  addComment,
  bulkFetchIssues,
  deleteIssueLink,
  doTransition,
  editIssue,
  findAssignableUsers,
  getComments,
  getEditIssueMeta,
  getIssue,
  getIssueLinkTypes,
  getTransitions,
  linkIssues,
} from 'jira.js/cloud';
import { adfOfText } from '../../../domain/documents/adf/ofText.ts';
import { isIssueKey } from '../../../domain/base/ids.ts';
import type { Failure } from '../../../domain/base/failure.ts';
import { fail, ok, type Result } from '../../../domain/base/result.ts';
import type { LinkType, ScreenField, Transition } from '../../../domain/queue/screen.ts';
import type { TicketTexts } from '../../../domain/queue/texts.ts';
import type { Ticket, TicketComment } from '../../../domain/queue/ticket.ts';
import { recordOf } from '../../records.ts';
import type { Atlassian } from '../connection.ts';
import { expansionOf, toTicketWithPart, type TicketWithPart, type TicketPart } from './ticketWithPart.ts';
import { linkIds, toComment, toTicket, type FlaggedField } from './mapping.ts';
import { epicLinkIn, toLinkTypes, toParent, toPeople, toScreenFields, toTransitions } from './screens.ts';
import { toTicketTexts } from './texts.ts';
import { transport, unwrap } from './transport.ts';

/** What is changed of a ticket. What is absent stays as it is. */
export interface TicketChange {
  readonly summary?: string;
  /** Its name. */
  readonly priority?: string;
  /** A day as `2026-09-01`; null takes it away. */
  readonly due?: string | null;
  /** Null unassigns. */
  readonly assignee?: string | null;
  readonly addLabels?: readonly string[];
  readonly removeLabels?: readonly string[];
  /** The key of its epic; null takes it out of any. */
  readonly parent?: string | null;
  /** The id of the option of the field "Flagged"; null takes the flag away. */
  readonly flag?: string | null;
  /** A comment in plain text that is added with it. */
  readonly comment?: string;
}

/** A step of the workflow with what its screen requires. */
export interface TransitionRequest {
  readonly id: string;
  /** Values by the ids of their fields, as Jira takes them. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** In plain text. */
  readonly comment: string | null;
}

/** What changes tickets, and what must be known for it (atlassian.md 3.3 to 3.7). */
export interface TicketChanges {
  /** A ticket as it is now, without description and comments. */
  getTicket(key: string, signal?: AbortSignal): Promise<Result<Ticket, Failure>>;
  /** A ticket as it is now, and a part of it, in one request. */
  ticketWith(key: string, part: TicketPart | undefined): Promise<Result<TicketWithPart, Failure>>;
  /**
   * What is known of description, comments and history of at most a hundred tickets. One that is not there, or may not be
   * seen, is left out.
   */
  textsOf(keys: readonly string[], signal?: AbortSignal): Promise<Result<readonly TicketTexts[], Failure>>;
  /** The key of its epic; null for none. */
  parentOf(key: string): Promise<Result<string | null, Failure>>;
  /** The fields that the account may change; none where it may change nothing. */
  editableFields(key: string): Promise<Result<readonly ScreenField[], Failure>>;
  /** The id of the field "Flagged"; undefined where the site has none, or that is not known. */
  flagField(): Promise<string | undefined>;
  /** Changes a ticket. The answer is the ticket as it is then; undefined where Jira does not send it. */
  edit(key: string, change: TicketChange): Promise<Result<Ticket | undefined, Failure>>;
  /**
   * Replaces the description by a document of Jira, as JSON. The answer is the description as it is then, undefined for none;
   * null where Jira does not send it.
   */
  editDescription(key: string, body: unknown): Promise<Result<unknown, Failure>>;
  /** The steps of the workflow that the account may take now; none where it may take none. */
  transitions(key: string): Promise<Result<readonly Transition[], Failure>>;
  transition(key: string, request: TransitionRequest): Promise<Result<undefined, Failure>>;
  /** Adds a comment, a document of Jira. The answer is the comment as Jira holds it. */
  addComment(key: string, body: unknown): Promise<Result<TicketComment, Failure>>;
  /** The newest hundred comments, the newest first. */
  newestComments(key: string): Promise<Result<readonly TicketComment[], Failure>>;
  /** The description as it is now, a document of Jira; undefined for none. */
  descriptionOf(key: string): Promise<Result<unknown, Failure>>;
  /** People to whom a ticket can be assigned, the first hundred of them. */
  assignablePeople(
    key: string,
  ): Promise<Result<readonly { readonly accountId: string; readonly name: string }[], Failure>>;
  linkTypes(): Promise<Result<readonly LinkType[], Failure>>;
  /** Links two tickets: `from` stands before the outward words of the type ("blocks"), `to` after them. */
  link(type: string, from: string, to: string): Promise<Result<undefined, Failure>>;
  /** Takes a link away: the one in these words to the other ticket. One that is not there is none to take away. */
  removeLink(key: string, relation: string, other: string): Promise<Result<undefined, Failure>>;
}

const mostPeople = 100;
/** Jira sends at most so many a page (atlassian.md 3.5). */
const mostComments = 100;

/** `fields` of a ticket as the list has it, with the flag; `flagField` gets the id of the flag. */
export function ticketChanges(
  connection: Atlassian,
  fields: () => readonly string[],
  flagField: (signal?: AbortSignal) => Promise<FlaggedField>,
): TicketChanges {
  async function call(
    operation: string,
    keys: readonly string[],
    send: (client: ReturnType<typeof transport>) => Promise<unknown>,
    signal?: AbortSignal,
  ): Promise<Result<unknown, Failure>> {
    // jira.js puts keys into paths as they are (atlassian.md 4).
    if (!keys.every(isIssueKey)) {
      return fail({ kind: 'rejected', service: 'jira', operation, detail: 'not a ticket key' });
    }
    return unwrap(operation, () => send(transport(connection, operation, signal)));
  }

  function mapped<T>(
    operation: string,
    read: Result<unknown, Failure>,
    map: (raw: unknown) => T | undefined,
  ): Result<T, Failure> {
    if (!read.ok) return read;
    const value = map(read.value);
    return value === undefined ? fail({ kind: 'malformed', service: 'jira', operation }) : ok(value);
  }

  /** The id of the field that holds the epic of a ticket, where its project has one of its own. */
  async function epicLinkOf(key: string): Promise<string | undefined> {
    const read = await call('read fields of ticket', [key], (client) =>
      getEditIssueMeta(client, { issueIdOrKey: key }),
    );
    return read.ok ? epicLinkIn(recordOf(read.value)?.['fields']) : undefined;
  }

  return {
    async getTicket(key, signal) {
      const operation = 'read ticket';
      const flag = await flagField(signal);
      const read = await call(
        operation,
        [key],
        (client) => getIssue(client, { issueIdOrKey: key, fields: [...fields()] }),
        signal,
      );
      return mapped(operation, read, (raw) => toTicket(raw, flag, connection.report));
    },
    async ticketWith(key, part) {
      const operation = 'read ticket';
      const flag = await flagField();
      const read = await call(operation, [key], (client) =>
        getIssue(client, {
          issueIdOrKey: key,
          fields: [...fields(), ...(part === 'comments' ? ['comment'] : [])],
          expand: [...expansionOf(part)],
        }),
      );
      return mapped(operation, read, (raw) => toTicketWithPart(raw, part, flag, connection.report));
    },
    async textsOf(keys, signal) {
      const operation = 'read descriptions';
      const flag = await flagField(signal);
      const wanted = ['summary', 'updated', 'description', 'comment', ...(typeof flag === 'string' ? [flag] : [])];
      const read = await call(
        operation,
        keys,
        (client) => bulkFetchIssues(client, { issueIdsOrKeys: [...keys], fields: wanted, expand: ['changelog'] }),
        signal,
      );
      return mapped(operation, read, (raw) => {
        const issues = recordOf(raw)?.['issues'];
        if (!Array.isArray(issues)) return undefined;
        return issues.flatMap((issue: unknown) => toTicketTexts(issue, flag ?? undefined, connection.report) ?? []);
      });
    },
    async parentOf(key) {
      const operation = 'read ticket';
      const read = await call(operation, [key], (client) =>
        getIssue(client, { issueIdOrKey: key, fields: ['parent'] }),
      );
      return mapped(operation, read, toParent);
    },
    async editableFields(key) {
      const operation = 'read fields of ticket';
      const read = await call(operation, [key], (client) => getEditIssueMeta(client, { issueIdOrKey: key }));
      return read.ok ? ok(toScreenFields(recordOf(read.value)?.['fields'])) : read;
    },
    flagField: async () => (await flagField()) ?? undefined,
    async edit(key, change) {
      const flag = await flagField();
      // Without the field nothing would be sent of it, and its absence is the same as a ticket without a flag.
      if (change.flag !== undefined && typeof flag !== 'string') {
        const detail = 'the field “Flagged” of this site is not known';
        return fail({ kind: 'rejected', service: 'jira', operation: 'change ticket', detail, notSent: true });
      }
      const send = (body: ReturnType<typeof bodyOf>): ReturnType<typeof call> =>
        call('change ticket', [key], (client) => editIssue(client, { issueIdOrKey: key, returnIssue: true, ...body }));
      let sent = await send(bodyOf(change, flag));
      const { parent, ...rest } = change;
      if (!sent.ok && parent !== undefined && sent.failure.fields?.['parent'] !== undefined) {
        const epicField = await epicLinkOf(key);
        if (epicField !== undefined) {
          const { fields: values, update } = bodyOf(rest, flag);
          sent = await send({ fields: { ...values, [epicField]: parent }, update });
        }
      }
      if (!sent.ok) return sent;
      return ok(sent.value === undefined ? undefined : toTicket(sent.value, flag, connection.report));
    },
    async editDescription(key, body) {
      const sent = await call('change ticket', [key], (client) =>
        editIssue(client, { issueIdOrKey: key, returnIssue: true, fields: { description: body } }),
      );
      if (!sent.ok) return sent;
      const fields = recordOf(recordOf(sent.value)?.['fields']);
      return ok(fields === undefined ? null : (fields['description'] ?? undefined));
    },
    async transitions(key) {
      const operation = 'list transitions';
      const read = await call(operation, [key], (client) =>
        getTransitions(client, { issueIdOrKey: key, expand: 'transitions.fields' }),
      );
      return mapped(operation, read, (raw) => toTransitions(raw, key, connection.report));
    },
    transition: async (key, { id, fields: values, comment }) =>
      done(
        await call('move ticket', [key], (client) =>
          doTransition(client, {
            issueIdOrKey: key,
            transition: { id },
            fields: Object.keys(values).length === 0 ? undefined : values,
            // A comment goes this way, never among the fields (atlassian.md 3.4).
            update: comment === null ? undefined : { comment: [{ add: { body: adfOfText(comment) } }] },
          }),
        ),
      ),
    async addComment(key, body) {
      const operation = 'add comment';
      const sent = await call(operation, [key], (client) =>
        // What a person wrote was checked when it was made; the library's own type is of another form.
        addComment(client, { issueIdOrKey: key, body: body as never }),
      );
      return mapped(operation, sent, (raw) => toComment(raw, connection.report)[0]);
    },
    async newestComments(key) {
      const operation = 'list comments';
      const read = await call(operation, [key], (client) =>
        getComments(client, { issueIdOrKey: key, maxResults: mostComments, orderBy: '-created' }),
      );
      return mapped(operation, read, (raw) => {
        const rows = recordOf(raw)?.['comments'];
        return Array.isArray(rows) ? rows.flatMap((row: unknown) => toComment(row, connection.report)) : undefined;
      });
    },
    async descriptionOf(key) {
      const operation = 'read description';
      const read = await call(operation, [key], (client) =>
        getIssue(client, { issueIdOrKey: key, fields: ['description'] }),
      );
      if (!read.ok) return read;
      const fields = recordOf(recordOf(read.value)?.['fields']);
      if (fields === undefined) return fail({ kind: 'malformed', service: 'jira', operation });
      return ok(fields['description'] ?? undefined);
    },
    async assignablePeople(key) {
      const operation = 'list people';
      const read = await call(operation, [key], (client) =>
        findAssignableUsers(client, { issueKey: key, maxResults: mostPeople }),
      );
      return mapped(operation, read, toPeople);
    },
    async linkTypes() {
      const operation = 'list types of links';
      return mapped(operation, await call(operation, [], getIssueLinkTypes), toLinkTypes);
    },
    // In the request the inward issue is the one that blocks (atlassian.md 3.6).
    link: async (type, from, to) =>
      done(
        await call('link tickets', [from, to], (client) =>
          linkIssues(client, { type: { name: type }, inwardIssue: { key: from }, outwardIssue: { key: to } }),
        ),
      ),
    async removeLink(key, relation, other) {
      // Making a link answers nothing: its id is read from the ticket (atlassian.md 3.6).
      const read = await call('read links', [key, other], (client) =>
        getIssue(client, { issueIdOrKey: key, fields: ['issuelinks'] }),
      );
      const found = mapped('read links', read, (raw) => linkIds(raw, key, { relation, other }, connection.report));
      if (!found.ok) return found;
      const [linkId] = found.value;
      if (linkId === undefined) return ok(undefined);
      return done(await call('unlink tickets', [], (client) => deleteIssueLink(client, { linkId })));
    },
  };
}

/** An answer that says nothing but that it was done. */
function done(sent: Result<unknown, Failure>): Result<undefined, Failure> {
  return sent.ok ? ok(undefined) : sent;
}

/** The body of an edit (atlassian.md 3.3): a field stands either among the fields or among the updates. */
function bodyOf(
  { summary, priority, due, assignee, addLabels, removeLabels, parent, flag, comment }: TicketChange,
  flagField: FlaggedField,
): { readonly fields: Record<string, unknown>; readonly update: Record<string, unknown> } {
  const fields: Record<string, unknown> = {};
  const update: Record<string, unknown> = {};
  if (summary !== undefined) fields['summary'] = summary;
  if (priority !== undefined) fields['priority'] = { name: priority };
  if (due !== undefined) fields['duedate'] = due;
  if (assignee !== undefined) fields['assignee'] = assignee === null ? null : { accountId: assignee };
  if (typeof parent === 'string') fields['parent'] = { key: parent };
  // Only this form takes a parent away (description of the parameters of "Edit issue").
  if (parent === null) update['parent'] = [{ set: { none: true } }];
  if (flag !== undefined && typeof flagField === 'string') fields[flagField] = flag === null ? [] : [{ id: flag }];
  const labels = [
    ...(addLabels ?? []).map((label) => ({ add: label })),
    ...(removeLabels ?? []).map((label) => ({ remove: label })),
  ];
  if (labels.length > 0) update['labels'] = labels;
  if (comment !== undefined) update['comment'] = [{ add: { body: adfOfText(comment) } }];
  return { fields, update };
}
