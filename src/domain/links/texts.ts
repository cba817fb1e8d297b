import { adfToText } from '../documents/adf/toText.ts';
import type { Alert } from '../alerts/alert.ts';
import type { Proposal } from '../proposals/proposal.ts';
import type { Ticket, TicketDetails } from '../queue/ticket.ts';

// What of a record is searched for mentions: its parts by lines, so that a word of one part says nothing of the next.

/** Longer texts are searched only in their beginning. */
const longest = 20_000;

/** The searched text of an alert. Properties and tags are fields: their names say what their values are. */
export function alertText(alert: Alert): string {
  return joined([
    alert.message,
    alert.entity,
    ...alert.tags,
    ...Object.entries(alert.properties).map(([name, value]) => `${name}: ${value}`),
    alert.alias,
    alert.description,
  ]);
}

/** The searched text of a ticket; the description and the comments too where they are known. */
export function ticketText(ticket: Ticket | TicketDetails): string {
  const details = 'comments' in ticket ? ticket : undefined;
  return joined([
    ticket.summary,
    ...ticket.labels,
    ...ticket.links.map(({ key }) => key),
    ...(details === undefined ? [] : [adfToText(details.description)]),
    ...(details?.comments.map(({ body }) => adfToText(body)) ?? []),
  ]);
}

/** The searched text of a proposal. */
export function proposalText(proposal: Proposal): string {
  return joined([proposal.title, proposal.summary, proposal.url]);
}

/** A pull request of the configured repository, as far as it can be joined. */
export interface LinkablePullRequest {
  readonly number: number;
  readonly title: string;
  readonly branch?: string;
}

/** The searched text of a pull request. */
export function pullRequestText({ title, branch }: LinkablePullRequest): string {
  return joined([title, branch ?? '']);
}

function joined(parts: readonly string[]): string {
  const text = parts.filter((part) => part !== '').join('\n');
  return text.length > longest ? text.slice(0, longest) : text;
}
