import { getChangeLogs, getComments } from 'jira.js/cloud';
import type { Failure } from '../../../domain/base/failure.ts';
import { isIssueKey } from '../../../domain/base/ids.ts';
import { completenessOf, type Listed } from '../../../domain/base/listed.ts';
import { fail, ok, type Result } from '../../../domain/base/result.ts';
import type { TicketComment, TicketEvent } from '../../../domain/queue/ticket.ts';
import { instant, recordOf, type Report } from '../../records.ts';
import type { Atlassian } from '../connection.ts';
import { nameIn, toComment } from './mapping.ts';
import { transport, unwrap } from './transport.ts';

/** What of one ticket is read in pages (atlassian.md 3.5, 3.8). */
export interface TicketParts {
  /** Its comments, the oldest first; of more than a thousand the newest. */
  commentsOf(key: string): Promise<Result<Listed<TicketComment>, Failure>>;
  /** The changes of its status and assignee, the oldest first; of a long history the beginning. */
  historyOf(key: string): Promise<Result<Listed<TicketEvent>, Failure>>;
}

/** Jira sends at most so many a page. */
const pageSize = 100;
const maxPages = 10;

/** One page: its rows, and how many there are in all. */
interface PartPage {
  readonly rows: readonly unknown[];
  readonly total: number;
}

export function ticketParts(connection: Atlassian): TicketParts {
  type Client = ReturnType<typeof transport>;

  /** Reads page after page until it has as many rows as there are. A row that moves between pages counts once. */
  async function readAll(
    operation: string,
    key: string,
    ask: (client: Client, startAt: number) => Promise<unknown>,
    rowsName: string,
  ): Promise<Result<Listed<unknown>, Failure>> {
    // jira.js puts keys into paths as they are (atlassian.md 4).
    if (!isIssueKey(key)) return fail({ kind: 'rejected', service: 'jira', operation, detail: 'not a ticket key' });
    const rows = new Map<unknown, unknown>();
    let startAt = 0;
    for (let pages = 1; pages <= maxPages; pages++) {
      const read = await unwrap(operation, () => ask(transport(connection, operation, undefined), startAt));
      if (!read.ok) return read;
      const page = pageOf(read.value, rowsName);
      if (page === undefined) return fail({ kind: 'malformed', service: 'jira', operation });
      for (const row of page.rows) rows.set(recordOf(row)?.['id'] ?? row, row);
      startAt += page.rows.length;
      const records = [...rows.values()];
      if (startAt >= page.total) return ok({ records, skipped: 0, completeness: completenessOf(undefined) });
      if (page.rows.length === 0 || pages === maxPages) {
        const reason = `${records.length} of ${page.total} were listed`;
        return ok({ records, skipped: 0, completeness: completenessOf(reason) });
      }
    }
    return fail({ kind: 'malformed', service: 'jira', operation });
  }

  return {
    async commentsOf(key) {
      const read = await readAll(
        'list comments',
        key,
        (client, startAt) =>
          getComments(client, { issueIdOrKey: key, startAt, maxResults: pageSize, orderBy: '-created' }),
        'comments',
      );
      if (!read.ok) return read;
      const { records, completeness } = read.value;
      const comments = records.flatMap((row) => toComment(row, connection.report));
      const sorted = comments.sort((one, other) => one.createdAt - other.createdAt);
      return ok({ records: sorted, skipped: records.length - comments.length, completeness });
    },
    async historyOf(key) {
      const read = await readAll(
        'read history',
        key,
        (client, startAt) => getChangeLogs(client, { issueIdOrKey: key, startAt, maxResults: pageSize }),
        'values',
      );
      if (!read.ok) return read;
      const { records, completeness } = read.value;
      const events = records.map((row) => toEvents(row, key, connection.report));
      const sorted = events.flatMap((each) => each ?? []).sort((one, other) => one.at - other.at);
      return ok({ records: sorted, skipped: events.filter((each) => each === undefined).length, completeness });
    },
  };
}

function pageOf(raw: unknown, rowsName: string): PartPage | undefined {
  const answer = recordOf(raw);
  const rows: unknown = answer?.[rowsName];
  const total = answer?.['total'];
  return Array.isArray(rows) && typeof total === 'number' ? { rows, total } : undefined;
}

/** What one entry of the history says of status and assignee; undefined for one that cannot be read. */
function toEvents(raw: unknown, of: string, report: Report): readonly TicketEvent[] | undefined {
  const { created, author, items } = recordOf(raw) ?? {};
  // jira.js makes dates of some instants.
  const at = created instanceof Date ? created.getTime() : instant(created).value;
  if (at === undefined || !Array.isArray(items)) {
    report.unclear('ticket', of, 'changelog');
    return undefined;
  }
  const writer = recordOf(author);
  return items.flatMap((item: unknown): readonly TicketEvent[] => {
    const fields = recordOf(item) ?? {};
    // Its data has the name `toString` (atlassian.md 3.8).
    const word = (name: string): string | undefined => {
      const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const field = word('fieldId') ?? word('field');
    if (field !== 'status' && field !== 'assignee') return [];
    const by = writer === undefined ? 'somebody' : nameIn(writer);
    return [{ at, author: by, field, from: word('fromString'), to: word('toString') }];
  });
}
