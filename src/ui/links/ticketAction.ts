import { ticketConditions } from '../../domain/queue/conditions.ts';
import type { TicketActionAddress } from '../../domain/links/ticketActionAddress.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import { knownTicket } from '../../feeds/queue/known.ts';
import { ticketName, type TicketVerb } from '../../feeds/queue/verb.ts';
import { ticketVerbs } from '../../feeds/queue/verbs.ts';
import type { Commands } from '../kit/commands.ts';
import { confirm } from '../kit/messages.ts';

export interface TicketActionParts {
  readonly store: Store<Failure>;
  readonly commands: Pick<Commands, 'run'>;
}

/**
 * Begins an action on a ticket as its row does, with its questions. A verb without a question is confirmed first, as an
 * address may come from anywhere. Returns whether the ticket is known.
 */
export async function beginTicketAction(
  { key, action }: TicketActionAddress,
  { store, commands }: TicketActionParts,
): Promise<boolean> {
  const ticket = knownTicket(store, key);
  if (ticket === undefined) return false;
  const verb: TicketVerb = ticketVerbs[action];
  if (asksNothing(verb) && ticketConditions[verb.fits](ticket, undefined)) {
    const what = `${verb.label} ${key}${verb.labelEnd ?? ''}`;
    if (!(await confirm({ severity: 'warning', text: `${what}?`, detail: ticketName(ticket), yes: what }))) return true;
  }
  await commands.run(`drDre.queue.${action}`, [{ record: { kind: 'ticket', key } }]);
  return true;
}

function asksNothing({ asks }: TicketVerb): boolean {
  return asks === 'nothing' || asks === 'me';
}
