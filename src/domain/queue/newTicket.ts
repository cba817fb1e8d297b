import type { Ticket } from './ticket.ts';

/** What a person wrote of a new ticket. */
export interface NewTicketText {
  readonly summary: string;
  /** The description, as Markdown. */
  readonly description: string;
}

/** Jira takes no longer summary. */
export const longestSummary = 255;

/** The summary is the first line, whether it is a heading or not; undefined where there is none. */
export function newTicketIn(text: string): NewTicketText | undefined {
  const [first = '', ...rest] = text.trim().split(/\r?\n/);
  const summary = first.replace(/^#{0,6}\s*/, '').trim();
  return summary === '' ? undefined : { summary, description: rest.join('\n').trim() };
}

/** Words that say nothing of what a ticket is about. */
const common: ReadonlySet<string> = new Set(
  'a an and at by for from in is it no not of off on or out proposal proposals the to weekly with'.split(' '),
);
/** Tickets that share so much of the words of the shorter summary are likely about the same. */
const likely = 0.6;

/** The open tickets that are likely about the same, the likeliest first. */
export function likelyDuplicates(summary: string, tickets: Iterable<Ticket>): readonly Ticket[] {
  const words = wordsIn(summary);
  const found: { readonly ticket: Ticket; readonly share: number }[] = [];
  for (const ticket of tickets) {
    if (ticket.status.category === 'done') continue;
    const others = wordsIn(ticket.summary);
    const shared = [...words].filter((word) => others.has(word)).length;
    const share = shared / Math.max(2, Math.min(words.size, others.size));
    if (share >= likely) found.push({ ticket, share });
  }
  return found.sort((one, other) => other.share - one.share).map(({ ticket }) => ticket);
}

function wordsIn(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => !common.has(word)));
}
