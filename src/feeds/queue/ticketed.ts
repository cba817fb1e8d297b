import type { Failure } from '../../domain/base/failure.ts';
import { ticketedProposals, type IsTicketed } from '../../domain/links/ticketed.ts';
import type { Store } from '../../engine/read/store.ts';
import { queueKey } from './queue.ts';
import { ticketTextsKey } from './textsKey.ts';

/** Which proposals the tickets of the queue name, by what is known now. Searched at the first question. */
export function ticketedNow(store: Pick<Store<Failure>, 'state'>): IsTicketed {
  let found: IsTicketed | undefined;
  return (proposal) => {
    found ??= search(store);
    return found(proposal);
  };
}

function search(store: Pick<Store<Failure>, 'state'>): IsTicketed {
  const { status, asOf, skipped, completeness, records } = store.state(queueKey);
  const texts = store.state(ticketTextsKey).records;
  const isWhole = status === 'fresh' && completeness.kind === 'complete' && skipped === 0;
  return ticketedProposals({
    tickets: records.values(),
    asOf: isWhole ? asOf : undefined,
    textsOf: ({ key, updatedAt }) => {
      const read = texts.get(key)?.texts;
      return read === undefined || read.updatedAt < updatedAt ? undefined : read;
    },
  });
}
