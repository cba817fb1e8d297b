import type { QueriedTickets } from '../../domain/queue/list.ts';
import type { FeedKey } from '../../engine/read/store.ts';

/** Further lists of tickets, by name. The window that reads the services reads them for all. */
export const ticketListsKey: FeedKey<QueriedTickets> = { name: 'ticketLists', keyOf: ({ name }) => name };

/** Whether a record from disk has the form of a further list. */
export function isStoredList(record: unknown): record is QueriedTickets {
  return (
    typeof record === 'object' &&
    record !== null &&
    'jql' in record &&
    'triedAt' in record &&
    'completeness' in record &&
    'tickets' in record &&
    Array.isArray(record.tickets)
  );
}
