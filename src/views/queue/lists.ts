import type { Failure } from '../../domain/base/failure.ts';
import { hour } from '../../domain/base/time.ts';
import { mostLists, type NamedQuery, type QueriedTickets } from '../../domain/queue/list.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import { complete, type FeedState } from '../../engine/read/store.ts';
import { cappedRows, rowsAtOnce } from '../kit/capped.ts';
import type { ActiveFilter } from '../kit/filter.ts';
import { counted, grouped, type Viewpoint } from '../kit/format.ts';
import type { Row } from '../kit/row.ts';
import { sectionRow } from '../kit/section.ts';
import { leftOutRow } from '../kit/waysForward.ts';

/** The further lists of the settings, and what was read of them, by name. */
export interface ShownLists {
  readonly queries: readonly NamedQuery[];
  readonly read: ReadonlyMap<string, QueriedTickets>;
  /** Their tickets with what is being done to them, by key; those that are absent are as they were read. */
  readonly tickets?: ReadonlyMap<string, Ticket>;
}

interface ListRowParts {
  readonly filter: ActiveFilter<Ticket> | undefined;
  readonly limits: ReadonlyMap<string, number>;
  /** The row of a ticket. It has an id of its own: the ticket may stand in the epic's list, too. */
  readonly toRow: (ticket: Ticket, id: string) => Row;
}

/** Each further list as a group with its own trouble, age and emptiness. */
export function listRows({ queries, read, tickets }: ShownLists, from: Viewpoint, parts: ListRowParts): readonly Row[] {
  const rows = queries
    .slice(0, mostLists)
    .map((query) => listRow(query, { found: read.get(query.name), tickets }, from, parts));
  const left = queries.length - rows.length;
  return left === 0 ? rows : [...rows, leftRow(left)];
}

/** What was read longer ago is not called current. */
const staleAfterMs = 2 * hour;

function listRow(
  { name, jql }: NamedQuery,
  { found, tickets }: { readonly found: QueriedTickets | undefined; readonly tickets: ShownLists['tickets'] },
  from: Viewpoint,
  { filter, limits, toRow }: ListRowParts,
): Row {
  // What was read for another query is not this list.
  const list = found?.jql === jql ? found : undefined;
  const all = (list?.tickets ?? []).map((ticket) => tickets?.get(ticket.key) ?? ticket);
  const shown = filter === undefined ? all : all.filter(filter.shows);
  const id = `list/${name}`;
  const rowId = ({ key }: Ticket): string => `${id}/${key}`;
  const of = shown.length === all.length ? '' : ` of ${grouped(all.length)}`;
  const row = sectionRow(stateOf(list, from), from, {
    id,
    label: name,
    count: list?.asOf === undefined ? '' : `${grouped(shown.length)}${of}`,
    noun: `tickets of ${name}`,
    empty: 'No ticket fits the query.',
    icon: { id: 'list-unordered' },
    expanded: true,
    hidden: all.length - shown.length,
    rows: cappedRows(shown, limits.get(id) ?? rowsAtOnce, { id, noun: 'ticket', rowId }, (ticket) =>
      toRow(ticket, rowId(ticket)),
    ),
  });
  return { ...row, hover: [name, jql] };
}

function stateOf(list: QueriedTickets | undefined, { now }: Viewpoint): FeedState<Ticket, Failure> {
  const { tickets = [], skipped = 0, completeness = complete, asOf, failure } = list ?? {};
  const isOld = asOf !== undefined && now - asOf > staleAfterMs;
  return {
    status: list === undefined ? 'neverLoaded' : failure !== undefined ? 'failing' : isOld ? 'stale' : 'fresh',
    records: new Map(tickets.map((ticket) => [ticket.key, ticket])),
    asOf,
    completeness,
    skipped,
    failure,
    failures: failure === undefined ? 0 : 1,
    loading: false,
  };
}

function leftRow(left: number): Row {
  const label = `${counted(left, 'list')} not read`;
  const reason = `At most ${mostLists} of drDre.queue.lists are read.`;
  return leftOutRow('!listsLeft', label, reason, 'drDre.queue.lists');
}
