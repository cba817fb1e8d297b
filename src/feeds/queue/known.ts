import type { Failure } from '../../domain/base/failure.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import type { FeedKey, Store } from '../../engine/read/store.ts';
import { ticketListsKey } from './listsKey.ts';
import { queueKey } from './queue.ts';

/** The tickets of all further lists, by key. Made of the lists in each window, so that a write shows in their rows at once. */
export const listedTicketsKey: FeedKey<Ticket> = { name: 'listedTickets', keyOf: ({ key }) => key };

/** Keeps the tickets of the further lists as records of their own. */
export function followListedTickets(store: Store<Failure>): Disposable {
  const take = (): void => {
    const { status, asOf, records } = store.state(ticketListsKey);
    const tickets = new Map<string, Ticket>();
    for (const ticket of [...records.values()].flatMap((list) => list.tickets)) {
      const other = tickets.get(ticket.key);
      if (other === undefined || other.updatedAt < ticket.updatedAt) tickets.set(ticket.key, ticket);
    }
    store.update(listedTicketsKey, { status, asOf, records: [...tickets.values()] });
  };
  take();
  return store.onDidChange(({ feed }) => {
    if (feed === ticketListsKey.name) take();
  });
}

type TicketStore = Pick<Store<Failure>, 'state'>;

/** A ticket of the queue or of a further list, as it is shown; undefined for one that is in neither. */
export function knownTicket(store: TicketStore, key: string): Ticket | undefined {
  return store.state(queueKey).records.get(key) ?? store.state(listedTicketsKey).records.get(key);
}

/** All tickets of the queue, then those that are in further lists alone. */
export function knownTickets(store: TicketStore): readonly Ticket[] {
  const queued = store.state(queueKey).records;
  const listed = [...store.state(listedTicketsKey).records.values()].filter(({ key }) => !queued.has(key));
  return [...queued.values(), ...listed];
}

/** Whether a ticket is in a further list and not in the queue. */
export function isListedAlone(store: TicketStore, key: string): boolean {
  return !store.state(queueKey).records.has(key) && store.state(listedTicketsKey).records.has(key);
}
