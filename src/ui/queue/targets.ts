import { ticketConditions } from '../../domain/queue/conditions.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Writes } from '../../engine/writes/writes.ts';
import type { Clients } from '../../feeds/clients.ts';
import type { Feeds } from '../../feeds/feeds.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { isListedAlone, knownTicket, knownTickets } from '../../feeds/queue/known.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { ticketName, type TicketVerb } from '../../feeds/queue/verb.ts';
import { changedDetail, goneWords, movedWords } from '../../views/queue/words.ts';
import { counted, shorten } from '../../views/kit/format.ts';
import type { Row } from '../../views/kit/row.ts';
import type { Commands } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { confirm } from '../kit/confirm.ts';
import { inform, warn } from '../kit/messages.ts';
import { pickSeveral } from '../kit/picks.ts';
import { progressInView } from '../kit/progress.ts';
import { rowsMeant } from '../kit/rowsMeant.ts';
import type { Views } from '../kit/views.ts';

export interface TicketTargetParts extends Pick<Host, 'log'> {
  readonly store: Store<Failure>;
  readonly writes: Writes<Failure>;
  readonly clients: Pick<Clients, 'jira'>;
  readonly account: Pick<SignedInAccount, 'current'>;
  readonly commands: Pick<Commands, 'showFailure'>;
  readonly feeds: { readonly queue: Pick<Feeds['queue'], 'burst'> };
  readonly views: Pick<Views, 'selection' | 'focusedRow'>;
}

/** The tickets of the rows, or of the selection, that a verb fits; without rows a person picks. */
export async function chooseTickets(
  { store, account, views }: Pick<TicketTargetParts, 'store' | 'account' | 'views'>,
  verb: TicketVerb,
  rows: readonly Row[],
): Promise<readonly Ticket[]> {
  const fits = (ticket: Ticket): boolean =>
    ticketConditions[verb.fits](ticket, account.current?.accountId) &&
    !(verb.inQueue === true && isListedAlone(store, ticket.key));
  const meant = await rowsMeant(views, 'drDre.queue', rows);
  const keys = new Set(meant.rows.flatMap(({ record }) => (record?.kind === 'ticket' ? [record.key] : [])));
  const found = [...keys].flatMap((key) => knownTicket(store, key) ?? []);
  if (keys.size > 0 && !meant.ask) {
    const fitting = found.filter(fits);
    if (fitting.length === 0) inform(found.length === 0 ? goneWords : verb.none);
    return fitting;
  }
  const fitting = knownTickets(store).filter(fits);
  if (fitting.length === 0) {
    inform('No ticket that was read fits this command.');
    return [];
  }
  const items = fitting.map((ticket) => ({
    label: shorten(ticketName(ticket), 100),
    description: ticket.status.name,
    picked: keys.has(ticket.key),
    ticket,
  }));
  const picked = await pickSeveral([...items.filter((item) => item.picked), ...items.filter((item) => !item.picked)], {
    title: `${verb.label} Tickets${verb.labelEnd ?? ''}`,
    placeHolder: 'Select tickets',
    matchOnDescription: true,
  });
  return (picked ?? []).map((item) => item.ticket);
}

/** Each ticket is a request: of more than this, what is known is taken for what is. */
const mostRead = 5;

/**
 * Reads tickets again before something of them is replaced. Where somebody else has changed just that since the list was
 * read, shows both and asks. The tickets that may be changed, as they are now; undefined when the person wants none.
 */
export async function uncontested(
  parts: Pick<TicketTargetParts, 'writes' | 'clients' | 'commands' | 'feeds' | 'log'>,
  verb: TicketVerb,
  tickets: readonly Ticket[],
): Promise<readonly Ticket[] | undefined> {
  const { clients, feeds, commands, log } = parts;
  if (verb.replaces === undefined || tickets.length > mostRead || isBeingWritten(parts, tickets)) return tickets;
  const jira = await clients.jira();
  const reads = await progressInView('drDre.queue', () =>
    Promise.all(tickets.map(async (before) => ({ before, read: await jira.getTicket(before.key) }))),
  );
  const now: Ticket[] = [];
  const changed: { readonly key: string; readonly before: string; readonly now: string }[] = [];
  for (const { before, read } of reads) {
    if (!read.ok) {
      if (read.failure.kind === 'notFound') {
        await commands.showFailure(read.failure, before.key);
        feeds.queue.burst();
        continue;
      }
      // What is known is good enough: the write says what is wrong.
      log.debug('queue', `${before.key} was not read before an action: ${read.failure.kind}`);
    }
    const found = read.ok ? read.value : before;
    if (found.key !== before.key) {
      warn(movedWords(before.key, found.key));
      feeds.queue.burst();
      continue;
    }
    now.push(found);
    const [was, is] = [verb.replaces(before), verb.replaces(found)];
    if (was !== is) changed.push({ key: found.key, before: was, now: is });
  }
  if (changed.length === 0) return now;
  feeds.queue.burst();
  const isSure = await confirm({
    severity: 'warning',
    text: `Somebody else has changed ${changed.length === 1 ? changed[0]?.key : counted(changed.length, 'ticket')} meanwhile. Replace it?`,
    detail: changedDetail(changed),
    yes: 'Replace',
  });
  return isSure ? now : undefined;
}

/** Whether this window is changing one of them: the service does not have that yet. */
function isBeingWritten({ writes }: Pick<TicketTargetParts, 'writes'>, tickets: readonly Ticket[]): boolean {
  const pending = writes
    .list(queueKey.name)
    .flatMap(({ record, state }) => (state.kind === 'waiting' || state.kind === 'sending' ? [record] : []));
  return tickets.some(({ key }) => pending.includes(key));
}
