import type { Failure } from '../../domain/base/failure.ts';
import type { TicketGrouping } from '../../domain/queue/groupings.ts';
import type { Store } from '../../engine/read/store.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { ticketFiltering } from '../../views/queue/filters.ts';
import type { Handlers } from '../kit/commands.ts';
import { filterCommands, wordFiltersOf } from '../kit/filterCommands.ts';
import type { Host } from '../kit/host.ts';
import type { ViewOptions } from '../kit/viewOptions.ts';

export interface QueueViewParts extends Pick<Host, 'drafts' | 'settings'> {
  readonly store: Store<Failure>;
  readonly account: Pick<SignedInAccount, 'current'>;
  readonly queueOptions: ViewOptions<TicketGrouping>;
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
  return filterCommands(parts, {
    view: 'drDre.queue',
    name: 'Tickets',
    options: queueOptions,
    groupings: groupingLabels,
    ...wordFiltersOf(
      'ticket',
      () => [...store.state(queueKey).records.values()],
      () => ticketFiltering(settings.current.ticketFilters, account.current),
    ),
  });
}
