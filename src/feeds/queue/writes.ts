import type { Failure } from '../../domain/base/failure.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { WriteKind } from '../../engine/writes/kind.ts';
import { readAnswer, type TicketAnswers, type TicketAnswerName } from './answers.ts';
import type { ProposalOutcome } from '../../domain/proposals/outcome.ts';
import { outcomeComment, outcomeVerb, readOutcome } from './outcome.ts';
import { ticketUndoings, type TicketUndoing } from './undoing.ts';
import { ticketWrite, type TicketVerb, type TicketWritesContext } from './verb.ts';
import { ticketVerbs, type TicketVerbs } from './verbs.ts';

/** The writes to tickets, by the verbs that send them. */
export type TicketWrites = {
  readonly [K in keyof TicketVerbs]: WriteKind<Ticket, TicketAnswers[TicketVerbs[K]['asks']], Failure>;
};

/** Makes the writes to tickets. */
export function ticketWrites(context: TicketWritesContext): TicketWrites {
  const writes = Object.entries<TicketVerb>(ticketVerbs).map(([key, verb]) => [
    key,
    ticketWrite(key, readPayloadOf(verb), verb.write, context, verb),
  ]);
  // One for each key, made from its verb: the type of the entries cannot say so.
  return Object.fromEntries(writes) as TicketWrites;
}

function readPayloadOf({ asks }: TicketVerb): (value: unknown) => TicketAnswers[TicketAnswerName] | undefined {
  return readAnswer[asks];
}

/** Makes the writes that only take others back. */
export function ticketUndoWrites(context: TicketWritesContext): readonly WriteKind<Ticket, unknown, Failure>[] {
  return Object.entries<TicketUndoing<unknown>>(ticketUndoings).map(([key, { readPayload, write }]) =>
    ticketWrite(key, readPayload, write, context),
  );
}

/** Makes the write that comments on what became of a proposal. */
export function outcomeWrite(context: TicketWritesContext): WriteKind<Ticket, ProposalOutcome, Failure> {
  return ticketWrite(outcomeVerb, readOutcome, outcomeComment, context);
}
