import type { Failure } from '../../domain/base/failure.ts';
import { adfBlocks } from '../../domain/documents/adf.ts';
import {
  documentOf,
  heading,
  link,
  list,
  paragraph,
  remark,
  type Block,
  type Document,
} from '../../domain/documents/tree.ts';
import type { Links } from '../../domain/links/join.ts';
import type { Ticket, TicketDetails } from '../../domain/queue/ticket.ts';
import { factTable, problemNote } from '../kit/documentParts.ts';
import { fullMoment, type Viewpoint } from '../kit/format.ts';
import { linksPart } from '../links/part.ts';
import { ticketUrl } from './view.ts';
import { dueText } from './words.ts';

/** What is known of a ticket: from the list at once, in full once it was read. */
export interface TicketContent {
  readonly ticket: Ticket | TicketDetails | undefined;
  readonly reading: boolean;
  readonly failure: Failure | undefined;
}

/** A ticket as a document. */
export function ticketDocument(
  key: string,
  content: TicketContent,
  from: Viewpoint,
  siteUrl: string,
  links?: Links,
): Document {
  const { ticket } = content;
  const problem = content.failure === undefined ? undefined : problemNote(content.failure);
  if (ticket === undefined) {
    return documentOf(heading(1, key), problem, content.reading ? remark('Reading the ticket…') : undefined);
  }
  const details = 'comments' in ticket ? ticket : undefined;
  return documentOf(
    heading(1, link(ticketUrl(siteUrl, ticket.key), ticket.key), ` ${ticket.summary}`),
    problem,
    factTable([
      ['Status', `${ticket.status.name}${ticket.flagged ? ', flagged as impediment' : ''}`],
      ['Type', ticket.type],
      ['Priority', ticket.priority],
      ['Assignee', ticket.assignee?.name ?? 'nobody'],
      ['Reporter', details?.reporter],
      ['Due', ticket.due === undefined ? undefined : dueText(ticket.due)],
      ['Labels', ticket.labels.join(', ')],
      ['Created', fullMoment(ticket.createdAt, from)],
      ['Updated', fullMoment(ticket.updatedAt, from)],
    ]),
    issueLinksPart(ticket, siteUrl),
    details === undefined ? descriptionPending(content) : descriptionPart(details),
    links === undefined ? undefined : linksPart(links.ofTicket(ticket), from),
    details === undefined ? undefined : commentsPart(details, from),
  );
}

function descriptionPending(content: TicketContent): Block | undefined {
  return content.reading ? remark('Reading description and comments…') : undefined;
}

function descriptionPart(details: TicketDetails): readonly Block[] {
  const blocks = adfBlocks(details.description);
  return [heading(2, 'Description'), ...(blocks.length === 0 ? [remark('No description.')] : blocks)];
}

function issueLinksPart(ticket: Ticket, siteUrl: string): readonly Block[] {
  if (ticket.links.length === 0) return [];
  const items = ticket.links.map(({ relation, key, summary, status }) => [
    paragraph(`${relation} `, link(ticketUrl(siteUrl, key), key), ` ${summary} (${status.name})`),
  ]);
  return [heading(2, 'Links'), list(items)];
}

function commentsPart(details: TicketDetails, from: Viewpoint): readonly Block[] {
  if (details.comments.length === 0) return [];
  const missing = details.commentCount - details.comments.length;
  return [
    heading(2, `Comments (${details.commentCount})`),
    ...(missing > 0 ? [remark(`The ${missing} oldest are only in Jira.`)] : []),
    ...details.comments.flatMap((comment) => [
      heading(3, `${comment.author}, ${fullMoment(comment.createdAt, from)}`),
      ...adfBlocks(comment.body),
    ]),
  ];
}
