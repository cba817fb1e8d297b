import type { Failure } from '../../domain/base/failure.ts';
import type { TicketGrouping } from '../../domain/queue/groupings.ts';
import type { Store } from '../../engine/read/store.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import type { TicketQueryReader } from '../../feeds/queue/query.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { ticketFiltering } from '../../views/queue/filters.ts';
import { explain } from '../../views/kit/sentences.ts';
import { refuseAnswer } from '../kit/chain.ts';
import type { Commands, Handlers } from '../kit/commands.ts';
import { filterCommands, wordFiltersOf, type FilterChoice, type FilterEntry } from '../kit/filterCommands.ts';
import type { Host } from '../kit/host.ts';
import { progressInView } from '../kit/progress.ts';
import { askTyped } from '../kit/typedQuestion.ts';
import type { ViewOptions } from '../kit/viewOptions.ts';

export interface QueueViewParts extends Pick<Host, 'clock' | 'drafts' | 'settings'> {
  readonly store: Store<Failure>;
  readonly account: Pick<SignedInAccount, 'current'>;
  readonly queueOptions: ViewOptions<TicketGrouping>;
  readonly ticketQuery: () => Promise<Pick<TicketQueryReader, 'read'>>;
  readonly commands: Pick<Commands, 'showFailure'>;
}

const groupingLabels: Record<TicketGrouping, string> = {
  status: 'Status',
  assignee: 'Assignee',
  priority: 'Priority',
  kind: 'Type',
  none: 'No groups',
};

/** The commands that choose groups and filter of the Queue view. */
export function queueViewCommands(parts: QueueViewParts): Handlers {
  const { store, account, settings, queueOptions } = parts;
  const words = wordFiltersOf(
    'ticket',
    () => [...store.state(queueKey).records.values()],
    () => ticketFiltering(settings.current.ticketFilters, account.current),
  );
  const query: FilterEntry = {
    label: 'Advanced Query…',
    icon: 'search',
    description: 'JQL, as in Jira',
    choose: () => askQuery(parts),
  };
  const queries = (): readonly FilterEntry[] =>
    settings.current.ticketQueries.map(({ name, jql }) => ({
      label: name,
      icon: 'search',
      description: jql,
      choose: () => Promise.resolve({ filter: { kind: 'query', query: jql } }),
    }));
  return filterCommands(parts, {
    view: 'drDre.queue',
    name: 'Tickets',
    options: queueOptions,
    groupings: groupingLabels,
    ...words,
    more: () => [...queries(), ...(words.more?.() ?? []), query],
  });
}

const queryKey = { kind: 'queue.filterByQuery', records: [] };
const queryTitle = 'Filter Tickets by a Query';

/** Asks for a query until Jira takes it. What Jira says of one that it refuses stands above the field. */
async function askQuery(
  parts: Pick<QueueViewParts, 'queueOptions' | 'ticketQuery' | 'commands' | 'clock' | 'drafts'>,
): Promise<FilterChoice | undefined> {
  const { queueOptions, drafts, ticketQuery, commands } = parts;
  let said = '';
  for (;;) {
    const jql = await askTyped(parts, queryKey, {
      title: queryTitle,
      prompt: `${said}For example: assignee is EMPTY AND created < -7d.`,
      value: queueOptions.filter?.kind === 'query' ? queueOptions.filter.query : undefined,
    });
    if (jql === undefined) return undefined;
    const query = jql.trim();
    const found =
      query === '' ? undefined : await progressInView('drDre.queue', async () => (await ticketQuery()).read(query));
    if (found?.ok === false && found.failure.kind === 'rejected') {
      said = `${explain(found.failure).title}. `;
      refuseAnswer();
      continue;
    }
    if (found?.ok === false) {
      await commands.showFailure(found.failure, queryTitle);
      return undefined;
    }
    drafts.remove(queryKey.kind);
    return { filter: query === '' ? undefined : { kind: 'query', query } };
  }
}
