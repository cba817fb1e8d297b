import type { Alert } from '../domain/alerts/alert.ts';
import type { Failure } from '../domain/base/failure.ts';
import type { ProposalOutcome } from '../domain/proposals/outcome.ts';
import type { Rotation } from '../domain/rotation/rotation.ts';
import type { Ticket } from '../domain/queue/ticket.ts';
import type { WriteKind } from '../engine/writes/kind.ts';
import type { Writes } from '../engine/writes/writes.ts';
import type { AlertWritesContext } from './alerts/verb.ts';
import { alertWrites, type AlertWrites } from './alerts/writes.ts';
import { ticketCreationWrite, type NewTicket, type TicketCreationContext } from './queue/creation.ts';
import { outcomeWrite, ticketUndoWrites, ticketWrites, type TicketWrites } from './queue/writes.ts';
import { rotationWrites, type RotationWrites, type RotationWritesContext } from './rotation/verbs.ts';

/** All kinds of writes, by feature and verb. */
export interface WriteKinds {
  readonly alerts: AlertWrites;
  readonly rotations: RotationWrites;
  readonly queue: TicketWrites;
  /** Creates a ticket. */
  readonly newTicket: WriteKind<Ticket, NewTicket, Failure>;
  /** Comments in a ticket on what became of a proposal. */
  readonly outcome: WriteKind<Ticket, ProposalOutcome, Failure>;
}

/** Makes all kinds of writes, and registers them: the engine needs them to recover what an earlier window has left. */
export function writeKinds(
  writes: Writes<Failure>,
  contexts: {
    readonly alerts: AlertWritesContext;
    readonly rotations: RotationWritesContext;
    readonly queue: TicketCreationContext;
  },
): WriteKinds {
  const kinds = {
    alerts: alertWrites(contexts.alerts),
    rotations: rotationWrites(contexts.rotations),
    queue: ticketWrites(contexts.queue),
    newTicket: ticketCreationWrite(contexts.queue),
    outcome: outcomeWrite(contexts.queue),
  };
  for (const kind of Object.values<WriteKind<Alert, unknown, Failure>>(kinds.alerts)) writes.register(kind);
  for (const kind of Object.values<WriteKind<Rotation, unknown, Failure>>(kinds.rotations)) writes.register(kind);
  for (const kind of Object.values<WriteKind<Ticket, unknown, Failure>>(kinds.queue)) writes.register(kind);
  writes.register(kinds.newTicket);
  writes.register(kinds.outcome);
  for (const kind of ticketUndoWrites(contexts.queue)) writes.register(kind);
  return kinds;
}
