import { adfToMarkdown } from '../../domain/documents/adf.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Links } from '../../domain/links/join.ts';
import type { Ticket, TicketDetails } from '../../domain/queue/ticket.ts';
import { blocks, factTable, link, oneLine, problemNote } from '../kit/documentParts.ts';
import { fullMoment, type Viewpoint } from '../kit/format.ts';
import { linksPart } from '../links/part.ts';
import { ticketUrl } from './view.ts';

/** What is known of a ticket: from the list at once, in full once it was read. */
export interface KnownTicket {
  readonly ticket: Ticket | TicketDetails | undefined;
  readonly reading: boolean;
  readonly failure: Failure | undefined;
}

/** A ticket as a document. */
export function ticketDocument(
  key: string,
  known: KnownTicket,
  from: Viewpoint,
  siteUrl: string,
  links?: Links,
): string {
  const { ticket } = known;
  const problem = known.failure === undefined ? '' : problemNote(known.failure);
  if (ticket === undefined) return blocks(`# ${oneLine(key)}`, problem, known.reading ? '_Reading the ticket…_' : '');
  const details = 'comments' in ticket ? ticket : undefined;
  return blocks(
    `# ${link(ticket.key, ticketUrl(siteUrl, ticket.key))} ${oneLine(ticket.summary)}`,
    problem,
    factTable([
      ['Status', `${ticket.status.name}${ticket.flagged ? ', flagged as impediment' : ''}`],
      ['Type', ticket.type],
      ['Priority', ticket.priority],
      ['Assignee', ticket.assignee?.name ?? 'nobody'],
      ['Reporter', details?.reporter],
      ['Labels', ticket.labels.join(', ')],
      ['Created', fullMoment(ticket.createdAt, from)],
      ['Updated', fullMoment(ticket.updatedAt, from)],
    ]),
    issueLinksPart(ticket, siteUrl),
    links === undefined ? '' : linksPart(links.ofTicket(ticket), from),
    details === undefined ? descriptionPending(known) : descriptionPart(details),
    details === undefined ? '' : commentsPart(details, from),
  );
}

function descriptionPending(known: KnownTicket): string {
  return known.reading ? '_Reading description and comments…_' : '';
}

function descriptionPart(details: TicketDetails): string {
  const text = adfToMarkdown(details.description);
  return text === '' ? '_No description._' : text;
}

function issueLinksPart(ticket: Ticket, siteUrl: string): string {
  if (ticket.links.length === 0) return '';
  const lines = ticket.links.map(
    (each) =>
      `- ${oneLine(each.relation)} ${link(each.key, ticketUrl(siteUrl, each.key))} ${oneLine(each.summary)} (${oneLine(each.status.name)})`,
  );
  return ['## Links', ...lines].join('\n\n').replace(/\n\n- /g, '\n- ');
}

function commentsPart(details: TicketDetails, from: Viewpoint): string {
  if (details.comments.length === 0) return '';
  const missing = details.commentCount - details.comments.length;
  const heading = `## Comments (${details.commentCount})`;
  const note = missing > 0 ? `_The ${missing} oldest are only in Jira._` : '';
  const comments = details.comments.map(
    (comment) =>
      `### ${oneLine(comment.author)}, ${fullMoment(comment.createdAt, from)}\n\n${adfToMarkdown(comment.body)}`,
  );
  return [heading, note, ...comments].filter((part) => part !== '').join('\n\n');
}
