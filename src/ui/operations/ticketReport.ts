import type { Failure } from '../../domain/base/failure.ts';
import type { Links } from '../../domain/links/join.ts';
import { runTitle, type Run } from '../../domain/operations/run.ts';
import type { Store } from '../../engine/read/store.ts';
import { knownProposal } from '../../feeds/proposals/known.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { proposalsText } from '../../views/operations/ticketText.ts';
import { inform } from '../kit/messages.ts';
import { pickOne, type PickEntry } from '../kit/picks.ts';
import type { LiveLinks } from '../links/liveLinks.ts';

/** Opens texts for tickets in editors, from which the person sends them. */
export interface TicketEditors {
  comment(key: string, markdown: string): Promise<void>;
  /** `id`: the same for the same ticket, letters and digits. */
  create(ticket: { readonly id: string; readonly summary: string; readonly markdown: string }): Promise<void>;
}

export interface TicketReportParts {
  readonly store: Store<Failure>;
  readonly links: Pick<LiveLinks, 'current'>;
  readonly ticketEditors: TicketEditors;
}

/** The ticket that a run is for: the one that it was started from, else the only one that names one of its proposals. */
function ticketOf(run: Run, links: Links | undefined, store: Pick<Store<Failure>, 'state'>): string | undefined {
  if (run.ticket !== undefined) return run.ticket;
  const keys = new Set<string>();
  for (const id of run.end?.proposals ?? []) {
    const proposal = knownProposal(store, id);
    if (proposal === undefined) continue;
    for (const { to, reason } of links?.ofProposal(proposal) ?? []) {
      if (to.kind === 'ticket' && (reason.kind === 'namedBy' || reason.kind === 'names')) keys.add(to.id);
    }
  }
  const [only, another] = keys;
  return another === undefined ? only : undefined;
}

/** Writes the proposals of a run into a comment or a new ticket, which the person sees before it is sent. */
export async function addToTicket({ store, links, ticketEditors }: TicketReportParts, run: Run): Promise<void> {
  if (run.end === undefined || run.end.proposals.length === 0) {
    inform(`${runTitle(run)}: it has submitted no proposal.`);
    return;
  }
  const markdown = proposalsText(run);
  const known = ticketOf(run, links.current, store);
  if (known !== undefined) return ticketEditors.comment(known, markdown);
  const tickets = [...store.state(queueKey).records.values()];
  const entries: readonly (PickEntry & { readonly key?: string })[] = [
    { label: 'New ticket…', icon: 'add', alwaysShow: true },
    ...tickets.map(({ key, summary, status }) => ({ label: `${key} ${summary}`, description: status.name, key })),
  ];
  const picked = await pickOne(entries, { title: runTitle(run), placeHolder: 'Select a ticket for its proposals' });
  if (picked === undefined) return;
  if (picked.key !== undefined) return ticketEditors.comment(picked.key, markdown);
  await ticketEditors.create({ id: `run${run.id.replaceAll('-', '')}`, summary: runTitle(run), markdown });
}
