import type { Failure } from '../../domain/base/failure.ts';
import { hour } from '../../domain/base/time.ts';
import { inGist } from '../../domain/links/join.ts';
import { lintsOf, tendedToday, type TicketLint } from '../../domain/queue/lints.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { Store } from '../../engine/read/store.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import type { TicketTextsReader } from '../../feeds/queue/texts.ts';
import type { Viewpoint } from '../../views/kit/format.ts';
import type { Host } from '../kit/host.ts';
import type { LiveLinks } from '../links/liveLinks.ts';

export interface LintParts {
  readonly settings: { readonly current: Pick<Host['settings']['current'], 'lints' | 'quietAfterHours'> };
  readonly store: Store<Failure>;
  readonly links: Pick<LiveLinks, 'current'>;
  readonly ticketTexts: Pick<TicketTextsReader, 'textsOf'>;
}

/** The lints of a ticket that are switched on, by what is known now. */
export function lintsNow(
  { settings, store, links, ticketTexts }: LintParts,
  ticket: Ticket,
  { now }: Pick<Viewpoint, 'now'>,
): readonly TicketLint[] {
  const { lints, quietAfterHours } = settings.current;
  // A proposal of an old list may have been decided since.
  const isFresh = store.state(proposalsKey).status === 'fresh';
  // Not all links: there may be thousands, and this runs for each row. What a ticket names is the strongest.
  const strongest = isFresh ? (links.current?.gistOf({ kind: 'ticket', ticket }).strongest ?? []) : [];
  const named = strongest.filter(({ reason }) => reason.kind === 'names');
  const proposals = named.flatMap(({ to }) => (to.kind === 'proposal' ? [to.proposal] : []));
  // Where it names as many as that, it may name more, which are not known.
  if (named.length === inGist) proposals.push(undefined);
  const texts = ticketTexts.textsOf(ticket);
  const found = lintsOf(ticket, { now, quietAfterMs: quietAfterHours * hour, texts, proposals });
  return found.filter((lint) => lints[lint] !== false);
}

/** Whether it is certain that nobody has tended the queue today, and the settings show that. */
export function isNotTended({ settings, store }: Pick<LintParts, 'settings' | 'store'>, from: Viewpoint): boolean {
  const state = store.state(queueKey);
  return settings.current.lints['notTended'] !== false && tendedToday(state, state.records.values(), from) === false;
}
