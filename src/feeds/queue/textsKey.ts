import type { Instant } from '../../domain/base/time.ts';
import type { TicketTexts } from '../../domain/queue/texts.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { FeedKey } from '../../engine/read/store.ts';

/** What was read of a ticket's texts. */
export interface ReadTexts {
  readonly key: string;
  /** When the ticket had last changed, as the list said before they were read. */
  readonly readFor: Instant;
  /** Undefined where the service did not send them. */
  readonly texts: TicketTexts | undefined;
}

/** What the list of tickets does not have, by key. The window that reads the services reads it for all. */
export const ticketTextsKey: FeedKey<ReadTexts> = { name: 'ticketTexts', keyOf: ({ key }) => key };

/** What is known of a ticket as it is now; undefined where it was not read since it last changed. */
export function currentTexts(
  read: ReadonlyMap<string, ReadTexts>,
  { key, updatedAt }: Pick<Ticket, 'key' | 'updatedAt'>,
): TicketTexts | undefined {
  const texts = read.get(key)?.texts;
  return texts === undefined || texts.updatedAt < updatedAt ? undefined : texts;
}

/** Whether a record from disk has the form of what was read of a ticket's texts: without them where none were sent. */
export function isStoredTexts(record: unknown): record is ReadTexts {
  if (typeof record !== 'object' || record === null) return false;
  if (!('key' in record && 'readFor' in record)) return false;
  if (!('texts' in record)) return true;
  // Versions before kept no numbers: those tickets are read again.
  return typeof record.texts !== 'object' || record.texts === null || 'named' in record.texts;
}
