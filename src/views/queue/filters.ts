import type { SavedFilter } from '../../domain/base/savedFilter.ts';
import { ticketMatches } from '../../domain/queue/text.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { Account } from '../../domain/rotation/rotation.ts';
import type { ActiveFilter, ChosenFilter } from '../kit/filter.ts';
import { activeWordFilter, type WordFiltering } from '../kit/wordFilters.ts';

/** How the Queue view is filtered: by words, and by the assignee who is signed in. */
export function ticketFiltering(saved: readonly SavedFilter[], account: Account | undefined): WordFiltering<Ticket> {
  return {
    matches: ticketMatches,
    saved,
    setting: 'drDre.queue.filters',
    isMine: account === undefined ? undefined : ({ assignee }) => assignee?.accountId === account.accountId,
  };
}

/** Makes a chosen filter of the Queue view ready for use. */
export function activeTicketFilter(
  chosen: ChosenFilter,
  saved: readonly SavedFilter[],
  account: Account | undefined,
): ActiveFilter<Ticket> {
  return activeWordFilter(chosen, ticketFiltering(saved, account));
}
