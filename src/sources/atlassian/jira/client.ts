import { getFields, getIssue, searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud';
import * as z from 'zod/mini';
import { grouped } from '../../../domain/base/counted.ts';
import type { Failure } from '../../../domain/base/failure.ts';
import { isIssueKey } from '../../../domain/base/ids.ts';
import { completenessOf, type Completeness } from '../../../domain/base/listed.ts';
import { fail, ok, type Result } from '../../../domain/base/result.ts';
import type { Ticket, TicketDetails } from '../../../domain/queue/ticket.ts';
import { namedBy } from '../../about.ts';
import { cutReason, mapInSlices, rowsOf } from '../../records.ts';
import type { Atlassian } from '../connection.ts';
import { ticketChanges, type TicketChanges } from './changes.ts';
import { ticketCreation, type TicketCreation } from './creation.ts';
import { flaggedFieldOf, toTicket, toTicketDetails, type FlaggedField } from './mapping.ts';
import { ticketParts, type TicketParts } from './parts.ts';
import { transport, unwrap } from './transport.ts';

export interface TicketList {
  /** In Jira's rank order; by priority and the oldest first where the site cannot sort by it, as the remark says. */
  readonly tickets: readonly Ticket[];
  /** How many records could not be read. */
  readonly skipped: number;
  /** How many pages were requested. */
  readonly pages: number;
  readonly completeness: Completeness;
}

/** The Jira platform API as the queue needs it (atlassian.md 3), through jira.js. */
export interface Jira extends TicketChanges, TicketCreation, TicketParts {
  /**
   * All child tickets of an epic. Who is not signed in may get an empty list instead of an error (atlassian.md 1.1), so
   * that for an empty one the account is read, unless it is known from a moment ago (`isProved`). `changed`: the
   * ids of at most 50 tickets that were written a moment ago, which the search may still have as they were (atlassian.md 3.2).
   */
  searchChildren(
    epicKey: string,
    more?: { readonly isProved?: boolean; readonly changed?: readonly string[]; readonly signal?: AbortSignal },
  ): Promise<Result<TicketList, Failure>>;
  /**
   * The tickets that a query in Jira's query language finds, the first page of them. Proved as those of an epic. `changed`:
   * one that was written a moment ago, which the search may still have as it was (atlassian.md 3.2).
   */
  searchTickets(
    jql: string,
    more?: {
      readonly isProved?: boolean;
      readonly changed?: Pick<Ticket, 'id'> | undefined;
      readonly signal?: AbortSignal;
    },
  ): Promise<Result<TicketList, Failure>>;
  /** The ids of the tickets that a query finds, of many the first 20,000. */
  findIds(jql: string, signal?: AbortSignal): Promise<Result<FoundIds, Failure>>;
  /** One ticket with description, attachments and the comments that come with it. One that is not found is not there for the account that is signed in. */
  getIssue(key: string, signal?: AbortSignal): Promise<Result<TicketDetails, Failure>>;
}

const fields = [
  'summary',
  'status',
  'issuetype',
  'priority',
  'assignee',
  'labels',
  'issuelinks',
  'duedate',
  'created',
  'updated',
];
/** A page holds at most this many issues with real fields (atlassian.md 3.2). */
const pageSize = 100;
/** A limit for a service whose pages never end: ten times the largest queue that we measure. */
const maxPages = 500;

const unranked = 'Jira refuses to sort tickets by rank: they are sorted by priority, the oldest first';

function withRemark(list: TicketList): TicketList {
  return { ...list, completeness: { ...list.completeness, remark: unranked } };
}

/** After so many pages without a new ticket nothing more is to be expected. */
const mostIdlePages = 2;

const pageSchema = z.object({
  issues: z.unknown(),
  nextPageToken: z.optional(z.nullable(z.string())),
});

/** What a query finds. */
export interface FoundIds {
  readonly ids: readonly string[];
  /** Whether these are all. */
  readonly completeness: Completeness;
}

const idPageSize = 5_000;
const maxIdPages = 4;
const idPageSchema = z.object({
  issues: z.array(z.object({ id: z.string() })),
  nextPageToken: z.optional(z.nullable(z.string())),
});

export function createJira(connection: Atlassian): Jira {
  let flaggedField: FlaggedField;

  /** The field's id differs by site. Without it tickets are listed all the same, and it is not known which are flagged. */
  async function learnFlaggedField(signal: AbortSignal | undefined): Promise<void> {
    if (flaggedField !== undefined) return;
    const read = await unwrap('read fields', () => getFields(transport(connection, 'read fields', signal)));
    if (!read.ok) return;
    flaggedField = flaggedFieldOf(read.value) ?? null;
    if (flaggedField === null) {
      connection.log('this Jira site has no field "Flagged": no ticket is shown as flagged');
    }
  }

  /** The fields that the list shows. */
  function listFields(): string[] {
    return typeof flaggedField === 'string' ? [...fields, flaggedField] : fields;
  }

  /**
   * What was read. Where that may be the answer to somebody who is not signed in, the account is read: nothing is
   * called empty, missing or wrong before it is certain that the token is good.
   */
  async function provedBy<T>(
    read: () => Promise<Result<T, Failure>>,
    isDoubtful: (result: Result<T, Failure>) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<Result<T, Failure>> {
    const host = connection.jiraHost;
    const result = await read();
    if (!isDoubtful(result)) return result;
    const account = await connection.account(signal);
    if (!account.ok) return result.ok || account.failure.kind === 'unauthorized' ? account : result;
    // Only now it shows that the token works at another host only: the first one answered as to nobody signed in.
    return connection.jiraHost === host ? result : read();
  }

  async function readIds(jql: string, signal: AbortSignal | undefined): Promise<Result<FoundIds, Failure>> {
    const operation = 'filter tickets';
    const ids = new Set<string>();
    let nextPageToken: string | undefined;
    for (let pages = 1; pages <= maxIdPages; pages++) {
      // Without fields Jira gives the ids alone, and many more of them at once (atlassian.md 3.2).
      const request = { jql, maxResults: idPageSize, nextPageToken };
      const read = await unwrap(operation, () =>
        searchAndReconsileIssuesUsingJqlPost(transport(connection, operation, signal), request),
      );
      if (!read.ok) return read;
      const parsed = idPageSchema.safeParse(read.value);
      if (!parsed.success) return fail({ kind: 'malformed', service: 'jira', operation, cause: parsed.error });
      for (const { id } of parsed.data.issues) ids.add(id);
      nextPageToken = parsed.data.nextPageToken ?? undefined;
      if (nextPageToken === undefined) return ok({ ids: [...ids], completeness: completenessOf(undefined) });
    }
    const most = grouped(maxIdPages * idPageSize);
    return ok({ ids: [...ids], completeness: completenessOf(`Jira finds more than ${most}`) });
  }

  /** The rank is a field of Jira Software: where the site refuses to sort by it (400), that is not requested again. */
  let ranked = true;

  async function readChildren(
    epicKey: string,
    changed: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<Result<TicketList, Failure>> {
    if (!isIssueKey(epicKey)) {
      return fail({
        kind: 'notConfigured',
        service: 'jira',
        operation: 'search tickets',
        detail: 'the epic is not the key of a ticket',
        setting: 'drDre.queue.epic',
      });
    }
    await learnFlaggedField(signal);
    const search = (): ReturnType<typeof searchAll> =>
      searchAll(
        `parent = ${epicKey} ORDER BY ${ranked ? 'rank' : 'priority DESC, created ASC'}`,
        maxPages,
        signal,
        changed,
      );
    const read = await search();
    if (read.ok) return ranked ? read : ok(withRemark(read.value));
    if (!ranked || read.failure.status !== 400 || !/\brank\b/i.test(read.failure.detail ?? '')) return read;
    ranked = false;
    connection.log('Jira refuses to sort by rank: tickets are listed by priority and age');
    const again = await search();
    return again.ok ? ok(withRemark(again.value)) : again;
  }

  async function searchAll(
    jql: string,
    most: number,
    signal: AbortSignal | undefined,
    changed: readonly string[],
  ): Promise<Result<TicketList, Failure>> {
    const operation = 'search tickets';
    const reconcileIssues = changed.map(Number).filter(Number.isSafeInteger);
    const tickets = new Map<string, Ticket>();
    const unread = new Set<string>();
    let idle = 0;
    let nextPageToken: string | undefined;
    const list = (pages: number, reason: string | undefined): Result<TicketList, Failure> => {
      if (unread.size > 0) connection.log(`${unread.size} tickets could not be read`);
      return ok({
        tickets: [...tickets.values()],
        skipped: unread.size,
        pages,
        completeness: completenessOf(reason),
      });
    };
    for (let pages = 1; pages <= most; pages++) {
      const request = {
        jql,
        fields: listFields(),
        maxResults: pageSize,
        nextPageToken,
        reconcileIssues: reconcileIssues.length === 0 ? undefined : reconcileIssues,
      };
      const read = await unwrap(operation, () =>
        searchAndReconsileIssuesUsingJqlPost(transport(connection, operation, signal), request),
      );
      if (!read.ok) return read;
      const parsed = pageSchema.safeParse(read.value);
      const page = parsed.success ? rowsOf(parsed.data.issues) : undefined;
      if (!parsed.success || page === undefined) return fail({ kind: 'malformed', service: 'jira', operation });
      const before = tickets.size + unread.size;
      const mapped = await mapInSlices(page.rows, (raw) => toTicket(raw, flaggedField, connection.report));
      for (const [index, ticket] of mapped.entries()) {
        if (ticket === undefined) unread.add(JSON.stringify(page.rows[index]));
        else tickets.set(ticket.key, ticket);
      }
      const next = parsed.data.nextPageToken ?? undefined;
      if (page.cut > 0) return list(pages, cutReason(page.cut));
      if (next === undefined) return list(pages, undefined);
      // Only a new ticket counts as progress, not a new token: tokens may repeat.
      const known = tickets.size + unread.size;
      idle = known > before ? 0 : idle + 1;
      if (idle >= mostIdlePages || next === nextPageToken) {
        return list(pages, `Jira says that there are more, but gives only ${grouped(known)}`);
      }
      nextPageToken = next;
    }
    return list(most, `more than ${grouped(most * pageSize)} were listed`);
  }

  return {
    ...ticketCreation(connection),
    ...ticketChanges(connection, listFields, async (signal) => {
      await learnFlaggedField(signal);
      return flaggedField;
    }),
    ...ticketParts(connection),
    async searchChildren(epicKey, { isProved = false, changed = [], signal } = {}) {
      const read = await provedBy(
        () => readChildren(epicKey, changed, signal),
        // The search does not find an epic that the account may not see.
        (result) =>
          result.ok
            ? !isProved && result.value.tickets.length + result.value.skipped === 0
            : result.failure.kind === 'rejected',
        signal,
      );
      return namedBy('drDre.queue.epic', read);
    },
    async searchTickets(jql, { isProved = false, changed, signal } = {}) {
      await learnFlaggedField(signal);
      const read = await provedBy(
        () => searchAll(jql, 1, signal, changed === undefined ? [] : [changed.id]),
        (result) => result.ok && !isProved && result.value.tickets.length + result.value.skipped === 0,
        signal,
      );
      if (read.ok || read.failure.kind !== 'rejected') return read;
      return fail({ ...read.failure, setting: 'drDre.queue.lists' });
    },
    findIds: (jql, signal) =>
      provedBy(
        () => readIds(jql, signal),
        (result) => result.ok && result.value.ids.length === 0,
        signal,
      ),
    async getIssue(key, signal) {
      const operation = 'read ticket';
      if (!isIssueKey(key)) return fail({ kind: 'rejected', service: 'jira', operation, detail: 'not an issue key' });
      await learnFlaggedField(signal);
      const wanted = [...listFields(), 'description', 'reporter', 'comment', 'attachment'];
      const read = await provedBy(
        () =>
          unwrap(operation, () =>
            getIssue(transport(connection, operation, signal), { issueIdOrKey: key, fields: wanted }),
          ),
        (result) => !result.ok && result.failure.kind === 'notFound',
        signal,
      );
      if (!read.ok) return read;
      const details = toTicketDetails(read.value, flaggedField, connection.report);
      return details === undefined ? fail({ kind: 'malformed', service: 'jira', operation }) : ok(details);
    },
  };
}
