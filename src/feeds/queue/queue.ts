import type { Failure } from '../../domain/base/failure.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import { minute } from '../../domain/base/time.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { FeedDefinition } from '../../engine/read/definition.ts';
import type { FeedKey } from '../../engine/read/store.ts';
import type { Jira } from '../../sources/atlassian/jira/client.ts';
import { EmptyProof } from '../kit/emptyProof.ts';

/** The child tickets of the queue's epic, by key. */
export const queueKey: FeedKey<Ticket> = { name: 'queue', keyOf: (ticket) => ticket.key };

/** So long after a write Jira's search may have the ticket as it was, unless the request excludes that (atlassian.md 3.2). */
const lagMs = minute;
/** So many tickets such a request can name. */
const mostWritten = 50;

/** Reads the queue. An empty list counts only when the account is known: it may be what somebody without one gets. */
export function queueFeed(
  jira: () => Promise<Jira>,
  epic: () => string,
  clock: Pick<Clock, 'now'>,
): FeedDefinition<Ticket, Failure> {
  const proof = new EmptyProof(clock);
  /** When tickets were written, by their ids. */
  const written = new Map<string, number>();
  return {
    key: queueKey,
    pace: { activeMs: 60_000, idleMs: 4 * minute, quietMs: 90 * minute },
    // The list, and the account.
    requests: 2,
    staleAfterMs: 10 * minute,
    readsAfterWrite: 1,
    noteChanged(id) {
      written.delete(id);
      written.set(id, clock.now());
    },
    async fetch(signal) {
      const client = await jira();
      const now = clock.now();
      const provedAt = proof.take([client]);
      for (const [id, at] of written) if (now - at > lagMs) written.delete(id);
      const search = (): ReturnType<Jira['searchChildren']> =>
        client.searchChildren(epic(), {
          isProved: provedAt !== undefined,
          changed: [...written.keys()].slice(-mostWritten),
          signal,
        });
      let read = await search();
      if (!read.ok && read.failure.kind === 'rejected' && written.size > 0) {
        // It may be one of these that Jira does not take: a ticket that was deleted since.
        written.clear();
        read = await search();
      }
      if (!read.ok) return { kind: 'failed', failure: read.failure };
      const { tickets, skipped, pages, completeness } = read.value;
      if (tickets.length + skipped === 0) proof.hold([client], provedAt ?? now);
      return { kind: 'records', records: tickets, skipped, pages, completeness };
    },
  };
}

/** Whether a record from disk has the form of a ticket. */
export function isStoredTicket(record: unknown): record is Ticket {
  return typeof record === 'object' && record !== null && 'key' in record && 'status' in record && 'links' in record;
}
