import type { Failure } from '../domain/failure.ts';
import type { Ticket } from '../domain/ticket.ts';
import { minute } from '../domain/time.ts';
import type { FeedDefinition } from '../engine/feed.ts';
import type { FeedKey } from '../engine/store.ts';
import type { Jira } from '../sources/atlassian/jira/client.ts';

/** The child tickets of the queue's epic, by key. */
export const queueKey: FeedKey<Ticket> = { name: 'queue', keyOf: (ticket) => ticket.key };

/** Reads the queue. */
export function queueFeed(jira: () => Promise<Jira>, epic: () => string): FeedDefinition<Ticket, Failure> {
  return {
    key: queueKey,
    pace: { activeMs: 60_000, idleMs: 4 * minute, quietMs: 90 * minute },
    staleAfterMs: 10 * minute,
    async fetch(signal) {
      const read = await (await jira()).searchChildren(epic(), signal);
      if (!read.ok) return { kind: 'failed', failure: read.failure };
      const { tickets, skipped, pages, completeness } = read.value;
      return { kind: 'records', records: tickets, skipped, pages, completeness };
    },
  };
}

/** Whether a record from disk has the form of a ticket. */
export function isStoredTicket(record: unknown): record is Ticket {
  return typeof record === 'object' && record !== null && 'key' in record && 'status' in record && 'links' in record;
}
