import type { Failure } from '../../domain/base/failure.ts';
import type { Result } from '../../domain/base/result.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { Store } from '../../engine/read/store.ts';
import type { DraftKey } from '../../engine/disk/drafts.ts';
import type { Clients } from '../../feeds/clients.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import type { Commands } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { progressInView } from '../kit/progress.ts';
import { askTyped, type TypedQuestionOptions } from '../kit/typedQuestion.ts';

export interface TicketQuestionParts extends Pick<Host, 'clock' | 'log' | 'drafts' | 'settings'> {
  readonly store: Store<Failure>;
  readonly clients: Pick<Clients, 'jira' | 'account'>;
  readonly account: Pick<SignedInAccount, 'current'>;
  readonly commands: Pick<Commands, 'showFailure'>;
}

/** What a question is for: the tickets, and the kind of write that carries the answer. */
export interface TicketPurpose {
  readonly title: string;
  readonly kind: { readonly name: string };
  readonly tickets: readonly Ticket[];
  /** A question, after what Jira said of the answer before. `field`: what it said of that field alone. */
  readonly asking: (question: string, field?: string) => string;
}

/** Makes a purpose. `said`: what Jira said of the fields that were sent before, by their ids. */
export function purposeOf(
  { title, kind, tickets }: Pick<TicketPurpose, 'title' | 'kind' | 'tickets'>,
  said: Readonly<Record<string, string>>,
): TicketPurpose {
  return {
    title,
    kind,
    tickets,
    asking: (question, field) => {
      const parts = field === undefined ? Object.values(said) : [said[field] ?? ''];
      return [...parts.filter((each) => each !== ''), question].join(' ');
    },
  };
}

/** Asks for a text, which is kept until it is applied: whoever uses it calls `handOver`. Undefined for a blank one. */
export async function askText(
  parts: Pick<TicketQuestionParts, 'clock' | 'drafts' | 'settings'>,
  purpose: TicketPurpose,
  options: Pick<TypedQuestionOptions, 'check'> & {
    readonly prompt: string;
    readonly value?: string | undefined;
    /** The field that it is for, where a purpose has several. */
    readonly field?: string;
  },
): Promise<string | undefined> {
  const { prompt, value = '', field, check } = options;
  const text = await askTyped(
    parts,
    { ...draftKeyOf(parts, purpose), step: field },
    {
      title: purpose.title,
      prompt: purpose.asking(prompt, field),
      value,
      check: (typed) => (typed.trim() === '' ? undefined : check?.(typed)),
    },
  );
  return text === undefined || text.trim() === '' ? undefined : text;
}

/** What was typed is in the writes from here on. */
export function handOver(parts: Pick<TicketQuestionParts, 'drafts' | 'settings'>, purpose: AskedTickets): void {
  const { kind, records, site } = draftKeyOf(parts, purpose);
  parts.drafts.handOver(kind, records, site);
}

/** Reads what a question needs. Says why it could not be read, and is undefined then. */
export async function read<T>(
  { commands }: Pick<TicketQuestionParts, 'commands'>,
  { title }: Pick<TicketPurpose, 'title'>,
  ask: () => Promise<Result<T, Failure>>,
): Promise<T | undefined> {
  const answer = await progressInView('drDre.queue', ask);
  if (answer.ok) return answer.value;
  await commands.showFailure(answer.failure, title);
  return undefined;
}

/** What is requested for which tickets. */
interface AskedTickets extends Pick<TicketPurpose, 'kind'> {
  readonly tickets: readonly Pick<Ticket, 'key'>[];
}

function draftKeyOf({ settings }: Pick<TicketQuestionParts, 'settings'>, { kind, tickets }: AskedTickets): DraftKey {
  const site = settings.current.atlassianSite.host;
  return { kind: kind.name, site, records: tickets.map(({ key }) => key) };
}
