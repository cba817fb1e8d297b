import type { Failure } from '../../domain/base/failure.ts';
import { isWhole } from '../../domain/base/listed.ts';
import { ticketedProposals, type IsTicketed } from '../../domain/links/ticketed.ts';
import type { Store } from '../../engine/read/store.ts';
import { queueKey } from './queue.ts';
import { currentTexts, ticketTextsKey } from './textsKey.ts';

/** What was searched last, by the state of the queue: rows are painted more often than it changes. */
const searched = new WeakMap<object, { readonly texts: object; readonly found: IsTicketed }>();

/** Which proposals the tickets of the queue name, by what is known now. Searched at the first question. */
export function ticketedNow(store: Pick<Store<Failure>, 'state'>): IsTicketed {
  return (proposal) => search(store)(proposal);
}

function search(store: Pick<Store<Failure>, 'state'>): IsTicketed {
  const queue = store.state(queueKey);
  const texts = store.state(ticketTextsKey).records;
  const before = searched.get(queue);
  if (before?.texts === texts) return before.found;
  const found = ticketedProposals({
    tickets: queue.records.values(),
    asOf: queue.status === 'fresh' && isWhole(queue) ? queue.asOf : undefined,
    textsOf: (ticket) => currentTexts(texts, ticket),
  });
  searched.set(queue, { texts, found });
  return found;
}
