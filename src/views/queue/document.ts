import type { Failure } from '../../domain/base/failure.ts';
import { adfBlocks } from '../../domain/documents/adf/blocks.ts';
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
import type { Link, Links } from '../../domain/links/join.ts';
import { recordAddress } from '../../domain/links/recordAddress.ts';
import { recordActionAddress, recordActions } from '../../domain/links/recordActionAddress.ts';
import { ticketConditions } from '../../domain/queue/conditions.ts';
import { isWhole, type Listed } from '../../domain/base/listed.ts';
import type { Ticket, TicketDetails, TicketEvent } from '../../domain/queue/ticket.ts';
import { verbName } from '../../feeds/kit/verbName.ts';
import { ticketVerbs } from '../../feeds/queue/verbs.ts';
import { factTable, problemNote } from '../kit/documentParts.ts';
import { explain } from '../kit/sentences.ts';
import { fullMoment, momentAndAge, type Viewpoint } from '../kit/format.ts';
import { linksPart } from '../links/part.ts';
import { ticketUrl } from './view.ts';
import { dueText } from './words.ts';

/** What is known of a ticket: from the list at once, in full once it was read. */
export interface TicketContent {
  readonly ticket: Ticket | TicketDetails | undefined;
  readonly reading: boolean;
  readonly failure: Failure | undefined;
  /** Whether it is in the queue or in a further list: something can be done with those alone. */
  readonly isListed?: boolean;
  /** Changes of status and assignee; absent as long as they were not read. */
  readonly history?: Listed<TicketEvent> | undefined;
  readonly historyFailure?: Failure | undefined;
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
    content.isListed === true ? actionsLine(ticket, siteUrl) : undefined,
    factTable([
      ['Status', `${ticket.status.name}${flagWords(ticket)}`],
      ['Type', ticket.type],
      ['Priority', ticket.priority],
      ['Assignee', ticket.assignee?.name ?? 'nobody'],
      ['Reporter', details?.reporter],
      ['Due', ticket.due === undefined ? undefined : dueText(ticket.due)],
      ['Labels', ticket.labels.join(', ')],
      ['Created', momentAndAge(ticket.createdAt, from)],
      ['Updated', momentAndAge(ticket.updatedAt, from)],
    ]),
    issueLinksPart(ticket),
    details === undefined ? descriptionPending(content) : descriptionPart(details),
    links === undefined ? undefined : linksPart(besidesIssueLinks(ticket, links.ofTicket(ticket)), from),
    details === undefined ? undefined : attachmentsPart(details, siteUrl),
    details === undefined ? undefined : commentsPart(details, from),
    historyPart(content, from),
  );
}

/** What can be done with the ticket, each as a link, with a confirmation before anything is sent; and its page. */
function actionsLine(ticket: Ticket, siteUrl: string): Block {
  const fitting = recordActions.ticket.filter((action) =>
    ticketConditions[ticketVerbs[action].fits](ticket, undefined),
  );
  const links = fitting.map((action) =>
    link(recordActionAddress({ kind: 'ticket', key: ticket.key, action }), `${verbName(ticketVerbs[action])}…`),
  );
  const all = [...links, link(ticketUrl(siteUrl, ticket.key), 'Open in Jira')];
  return paragraph(all.flatMap((each, index) => (index === 0 ? [each] : [' · ', each])));
}

function descriptionPending(content: TicketContent): Block | undefined {
  return content.reading ? remark('Reading description and comments…') : undefined;
}

function descriptionPart(details: TicketDetails): readonly Block[] {
  const blocks = adfBlocks(details.description);
  return [heading(2, 'Description'), ...(blocks.length === 0 ? [remark('No description.')] : blocks)];
}

function issueLinksPart(ticket: Ticket): readonly Block[] {
  if (ticket.links.length === 0) return [];
  const items = ticket.links.map(({ relation, key, summary, status }) => [
    paragraph(`${relation} `, link(recordAddress({ kind: 'ticket', key }), key), ` ${summary} (${status.name})`),
  ]);
  return [heading(2, 'Links'), list(items)];
}

/** The related records without the tickets that are among its links. */
function besidesIssueLinks(ticket: Ticket, related: readonly Link[]): readonly Link[] {
  return related.filter(({ to }) => to.kind !== 'ticket' || !ticket.links.some(({ key }) => key === to.id));
}

function commentsPart(details: TicketDetails, from: Viewpoint): readonly Block[] {
  const { commentCount: count } = details;
  if (count === undefined) return [heading(2, 'Comments'), remark('Not known: Jira did not send them.')];
  const missing = count - details.comments.length;
  return [
    heading(2, `Comments (${count})`),
    ...(count === 0 ? [remark('No comments.')] : []),
    ...(missing > 0 ? [remark(`${missing} more are only in Jira.`)] : []),
    ...details.comments.flatMap((comment) => [
      heading(3, `${comment.author}, ${momentAndAge(comment.createdAt, from)}`),
      ...adfBlocks(comment.body),
    ]),
  ];
}

/** Files by name; a click opens them in Jira. */
function attachmentsPart({ attachments }: TicketDetails, siteUrl: string): readonly Block[] {
  if (attachments.length === 0) return [];
  const items = attachments.map(({ id, name, size }) => [
    paragraph(link(attachmentUrl(siteUrl, id), name), size === undefined ? '' : `, ${sizeText(size)}`),
  ]);
  return [heading(2, `Attachments (${attachments.length})`), list(items)];
}

/** The file behind an attachment; the browser is signed in there (Jira v3, "Get attachment content"). */
function attachmentUrl(siteUrl: string, id: string): string {
  return new URL(`/rest/api/3/attachment/content/${encodeURIComponent(id)}`, siteUrl).href;
}

function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Who had it and how it went on, the newest first; with what of it is not known. */
function historyPart({ history, historyFailure }: TicketContent, from: Viewpoint): readonly Block[] {
  const problem = historyFailure === undefined ? [] : [remark(`Not read: ${explain(historyFailure).title}.`)];
  if (history === undefined) return problem.length === 0 ? [] : [heading(2, 'History'), ...problem];
  const cut = isWhole(history) ? [] : [remark('Not all changes were read: the rest is only in Jira.')];
  const items = history.records.toReversed().map((event) => [paragraph(eventText(event, from))]);
  if (items.length + cut.length + problem.length === 0) return [];
  return [heading(2, 'History'), ...problem, ...cut, ...(items.length === 0 ? [] : [list(items)])];
}

function eventText({ at, author, field, from: before, to }: TicketEvent, from: Viewpoint): string {
  const none = field === 'assignee' ? 'nobody' : 'none';
  const what = field === 'assignee' ? 'Assignee' : 'Status';
  return `${what}: ${before ?? none} → ${to ?? none}, ${author}, ${fullMoment(at, from)}`;
}

/** The description of the queue's epic as a document: the team's rules for its queue. */
export function guidelinesDocument(key: string, content: TicketContent, siteUrl: string): Document {
  const { ticket, reading, failure } = content;
  const problem = failure === undefined ? undefined : problemNote(failure);
  const details = ticket !== undefined && 'comments' in ticket ? ticket : undefined;
  const pending = reading ? remark('Reading the guidelines…') : undefined;
  if (details === undefined) return documentOf(heading(1, 'Queue Guidelines'), problem, pending);
  const blocks = adfBlocks(details.description);
  return documentOf(
    heading(1, 'Queue Guidelines'),
    problem,
    paragraph('The description of ', link(ticketUrl(siteUrl, key), key), ` ${details.summary}`),
    blocks.length === 0 ? remark('No description.') : blocks,
  );
}

function flagWords({ flagged }: Pick<Ticket, 'flagged'>): string {
  if (flagged === undefined) return ', not known whether flagged';
  return flagged ? ', flagged as impediment' : '';
}
