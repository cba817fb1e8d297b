import type { Instant } from '../base/time.ts';
import type { Proposal } from '../proposals/proposal.ts';
import type { NamedNumbers, TicketTexts } from '../queue/texts.ts';
import { numbersIn } from '../queue/texts.ts';
import type { Ticket } from '../queue/ticket.ts';

/** The tickets of the queue, and what was read of their texts. */
export interface QueueRecords {
  readonly tickets: Iterable<Pick<Ticket, 'key' | 'summary' | 'labels' | 'updatedAt'>>;
  /** As of when these are all tickets; undefined while that is not known. */
  readonly asOf: Instant | undefined;
  /** Undefined where they were not read since the ticket last changed. */
  readonly textsOf: (ticket: Pick<Ticket, 'key' | 'updatedAt'>) => Pick<TicketTexts, 'named'> | undefined;
}

/** Returns whether a ticket of the queue names a proposal; undefined where that is not known. */
export type IsTicketed = (proposal: Pick<Proposal, 'id' | 'createdAt'>) => boolean | undefined;

/**
 * Finds the proposals that tickets name. Any number in a ticket can be the one of a proposal: that there is none is said only
 * where all texts are known, and of proposals that are older than the list.
 */
export function ticketedProposals({ tickets, asOf, textsOf }: QueueRecords): IsTicketed {
  const numbers = new Set<string>();
  let isWhole = asOf !== undefined;
  for (const ticket of tickets) {
    const inList = numbersIn([ticket.summary, ...ticket.labels].join('\n'));
    const inTexts: NamedNumbers | undefined = textsOf(ticket)?.named;
    for (const number of [...inList, ...(inTexts?.numbers ?? [])]) numbers.add(number);
    isWhole &&= inTexts?.isWhole === true;
  }
  return ({ id, createdAt }) => {
    if (numbers.has(`${id}`)) return true;
    return isWhole && asOf !== undefined && createdAt < asOf ? false : undefined;
  };
}
