import { isIssueKey, isProposalId } from '../../domain/base/ids.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { knownTickets } from '../../feeds/queue/known.ts';
import type { TicketProposal, NewEpic, NewLink } from '../../feeds/queue/answers.ts';
import { ticketName } from '../../feeds/queue/verb.ts';
import { inform } from '../kit/messages.ts';
import { askLine } from '../kit/inputs.ts';
import { pickOne, type PickEntry } from '../kit/picks.ts';
import { read, type TicketPurpose, type TicketQuestionParts } from './purpose.ts';

/** Asks how tickets are linked, and to which other one. */
export async function askLink(
  parts: Pick<TicketQuestionParts, 'store' | 'clients' | 'commands'>,
  purpose: TicketPurpose,
): Promise<NewLink | undefined> {
  const { title, asking } = purpose;
  const types = await read(parts, purpose, async () => (await parts.clients.jira()).linkTypes());
  if (types === undefined) return undefined;
  if (types.length === 0) {
    inform('The site has no type of link.');
    return undefined;
  }
  const relations = types.flatMap(({ name, outward, inward }) => [
    { label: outward, type: name, isOutward: true },
    // Where both directions have the same words, they mean the same.
    ...(inward === outward ? [] : [{ label: inward, type: name, isOutward: false }]),
  ]);
  const relation = await pickOne(relations, {
    title,
    placeHolder: asking('Select a type of link'),
    ignoreFocusOut: true,
  });
  if (relation === undefined) return undefined;
  const key = await askTicket(parts, purpose, `${title}: ${relation.label}`);
  if (key === undefined) return undefined;
  return { type: relation.type, relation: relation.label, key, isOutward: relation.isOutward };
}

/** Asks for another ticket: one of the queue, or any other by its key. */
export async function askTicket(
  { store }: Pick<TicketQuestionParts, 'store'>,
  { tickets }: TicketPurpose,
  title: string,
): Promise<string | undefined> {
  const own = new Set(tickets.map(({ key }) => key));
  const others = knownTickets(store).filter(({ key }) => !own.has(key));
  const other: PickEntry & { readonly key?: string } = { label: 'Another ticket…', icon: 'edit', alwaysShow: true };
  const items: readonly (PickEntry & { readonly key?: string })[] = [
    ...others.map((ticket) => ({ label: ticketName(ticket), description: ticket.status.name, key: ticket.key })),
    other,
  ];
  const picked = await pickOne(items, { title, placeHolder: 'Select a ticket', ignoreFocusOut: true });
  return picked === undefined
    ? undefined
    : (picked.key ?? askKey(title, 'The key of the ticket, or its address in Jira.'));
}

/** Asks for a proposal: one that is known, or any other by its id. */
export async function askProposal(
  { store }: Pick<TicketQuestionParts, 'store'>,
  { title, asking }: TicketPurpose,
): Promise<TicketProposal | undefined> {
  const known = [...store.state(proposalsKey).records.values()].map((proposal) => {
    const id = proposal.id.toString();
    return { label: `${id} ${proposal.title}`, proposal: { id, title: proposal.title === '' ? null : proposal.title } };
  });
  const other: PickEntry & { readonly proposal?: TicketProposal } = {
    label: 'Another proposal…',
    icon: 'edit',
    alwaysShow: true,
  };
  const items: readonly (PickEntry & { readonly proposal?: TicketProposal })[] = [...known, other];
  const options = { title, placeHolder: asking('Select a proposal'), ignoreFocusOut: true };
  const picked = await pickOne(items, options);
  if (picked?.proposal !== undefined || picked === undefined) return picked?.proposal;
  const idIn = (typed: string): string | undefined => /(\d+)\D*$/.exec(typed)?.[1];
  const text = await askLine({
    title,
    prompt: 'The id of the proposal, or the address of its page.',
    placeHolder: '141234',
    problem: (typed) => (isProposalId(idIn(typed)) ? undefined : 'Not the id of a proposal. For example: 141234.'),
  });
  const id = text === undefined ? undefined : idIn(text);
  return isProposalId(id) ? { id, title: null } : undefined;
}

/** Asks to which epic tickets are moved. */
export async function askEpic(
  { settings }: Pick<TicketQuestionParts, 'settings'>,
  { title, asking }: TicketPurpose,
): Promise<NewEpic | undefined> {
  const { epic } = settings.current;
  const items = [
    { label: 'To another epic…', to: 'epic' as const },
    { label: 'Out of any epic', to: 'none' as const },
  ];
  const picked = await pickOne(items, { title, placeHolder: asking('Select where to move'), ignoreFocusOut: true });
  if (picked === undefined) return undefined;
  if (picked.to === 'none') return { parent: null };
  const parent = await askKey(title, 'The key of the epic, or its address in Jira.', (key) =>
    key === epic ? `${epic} is the epic of the queue.` : undefined,
  );
  return parent === undefined ? undefined : { parent };
}

async function askKey(
  title: string,
  prompt: string,
  problem: (key: string) => string | undefined = () => undefined,
): Promise<string | undefined> {
  const text = await askLine({
    title,
    prompt,
    placeHolder: 'DRE-351',
    problem: (typed) => {
      const key = keyIn(typed);
      return key === undefined ? 'Not the key of a ticket. For example: DRE-351.' : problem(key);
    },
  });
  return text === undefined ? undefined : keyIn(text);
}

/** The key in what was typed: the key itself, or the address of its page. */
function keyIn(typed: string): string | undefined {
  const last = typed.trim().split(/[?#]/)[0]?.split('/').at(-1)?.toUpperCase();
  return isIssueKey(last) ? last : undefined;
}
