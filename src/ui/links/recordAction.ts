import type { RecordActionAddress } from '../../domain/links/recordActionAddress.ts';
import { ticketConditions } from '../../domain/queue/conditions.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import { knownTicket } from '../../feeds/queue/known.ts';
import { ticketName, type TicketVerb } from '../../feeds/queue/verb.ts';
import { ticketVerbs } from '../../feeds/queue/verbs.ts';
import type { Commands } from '../kit/commands.ts';
import { documentUri, type Documents } from '../kit/documents.ts';
import { confirm } from '../kit/confirm.ts';
import { argumentsFor } from '../kit/rowTree.ts';

export interface RecordActionParts {
  readonly store: Store<Failure>;
  readonly documents: Pick<Documents, 'rowOf'>;
  readonly commands: Pick<Commands, 'run'>;
}

/**
 * Begins an action on a record as its row does: each of them shows something or asks first, as an address may come from
 * anywhere. Returns whether the record is known.
 */
export async function beginRecordAction(
  { kind, key, action }: RecordActionAddress,
  { store, documents, commands }: RecordActionParts,
): Promise<boolean> {
  if (kind === 'ticket') {
    const ticket = knownTicket(store, key);
    if (ticket === undefined) return false;
    if (!(await isConfirmed(ticketVerbs[action], ticket))) return true;
    await commands.run(`drDre.queue.${action}`, [{ record: { kind, key } }]);
    return true;
  }
  const row = await documents.rowOf(documentUri(kind, key));
  if (row === undefined) return false;
  await commands.run(`drDre.${kind === 'run' ? 'operations' : 'queue'}.${action}`, argumentsFor([row]));
  return true;
}

/** Asks about a verb of tickets that has no question of its own, where it fits the ticket. */
async function isConfirmed(verb: TicketVerb, ticket: Ticket): Promise<boolean> {
  const { asks, fits, label, labelEnd = '' } = verb;
  if ((asks !== 'nothing' && asks !== 'me') || !ticketConditions[fits](ticket, undefined)) return true;
  const what = `${label} ${ticket.key}${labelEnd}`;
  return confirm({ severity: 'warning', text: `${what}?`, detail: ticketName(ticket), yes: what });
}
