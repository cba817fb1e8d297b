import type { Failure } from '../../domain/base/failure.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { WriteKind } from '../../engine/writes/kind.ts';
import type { Answers } from './answers.ts';
import { ticketWrite, type TicketVerb, type TicketWritesContext } from './verb.ts';
import { ticketVerbs, type TicketVerbs } from './verbs.ts';

/** The writes to tickets, by the verbs that send them. */
export type TicketWrites = {
  readonly [K in keyof TicketVerbs]: WriteKind<Ticket, Answers[TicketVerbs[K]['asks']], Failure>;
};

/** Makes the writes to tickets. */
export function ticketWrites(context: TicketWritesContext): TicketWrites {
  const writes = Object.entries<TicketVerb>(ticketVerbs).map(([key, verb]) => [key, ticketWrite(key, verb, context)]);
  // One for each key, made from its verb: the type of the entries cannot say so.
  return Object.fromEntries(writes) as TicketWrites;
}
