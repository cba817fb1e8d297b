import type { SavedFilter } from '../../domain/base/savedFilter.ts';
import type { NamedQuery } from '../../domain/queue/list.ts';
import { ticketMatches } from '../../domain/queue/text.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { Account } from '../../domain/base/account.ts';
import type { QueryResult } from '../../feeds/queue/queryKey.ts';
import type { ActiveFilter, ChosenFilter } from '../kit/filter.ts';
import { moment, type Viewpoint } from '../kit/format.ts';
import { explain } from '../kit/sentences.ts';
import { activeWordFilter, unusable, type WordFiltering } from '../kit/wordFilters.ts';

/** How the Queue view is filtered: by words, and by the assignee who is signed in. */
export function ticketFiltering(saved: readonly SavedFilter[], account: Account | undefined): WordFiltering<Ticket> {
  return {
    matches: ticketMatches,
    saved,
    setting: 'drDre.queue.filters',
    isMine: account === undefined ? undefined : ({ assignee }) => assignee?.accountId === account.accountId,
  };
}

/** Makes a chosen filter of the Queue view ready for use. `found`: what Jira returned last for its query, as it is shown now. */
export function activeTicketFilter(
  chosen: ChosenFilter,
  saved: readonly SavedFilter[],
  account: Account | undefined,
  found?: {
    readonly queries: ReadonlyMap<string, QueryResult>;
    readonly from: Viewpoint;
    /** Queries with names: one is called by its name. */
    readonly named?: readonly NamedQuery[];
  },
): ActiveFilter<Ticket> {
  if (chosen.kind === 'query') {
    const { query } = chosen;
    const name = found?.named?.find(({ jql }) => jql === query)?.name ?? query;
    return { ...queryFilter(query, found?.queries.get(query), found?.from), name };
  }
  return activeWordFilter(chosen, ticketFiltering(saved, account));
}

/** The tickets that Jira finds by a query. */
function queryFilter(jql: string, found: QueryResult | undefined, from: Viewpoint | undefined): ActiveFilter<Ticket> {
  if (found?.ids === undefined) {
    const { failure } = found ?? {};
    return unusable(
      jql,
      failure === undefined ? 'These tickets are being read from Jira.' : `${explain(failure).title}.`,
    );
  }
  const ids = new Set(found.ids);
  const filter = { name: jql, shows: ({ id }: Ticket) => ids.has(id) };
  const isOld = found.failure !== undefined && found.asOf !== undefined && from !== undefined;
  const remarks = [
    ...(found.completeness?.kind === 'partial' ? [`not all: ${found.completeness.reason}`] : []),
    ...(isOld ? [`as of ${moment(found.asOf, from)}`] : []),
  ];
  return remarks.length === 0 ? filter : { ...filter, remark: remarks.join(', ') };
}
