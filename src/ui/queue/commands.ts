import { isIssueKey } from '../../domain/base/ids.ts';
import { knownTickets } from '../../feeds/queue/known.ts';
import { ticketUrl } from '../../views/queue/view.ts';
import type { Handlers } from '../kit/commands.ts';
import { openDocument, openLinks, type OpenableKind, type OpenableParts } from '../kit/openable.ts';
import { linkTicket } from './linkTicket.ts';
import { quickFix, type QuickFixParts } from './quickFix.ts';
import { ticketVerbCommands, type TicketVerbParts } from './verbCommands.ts';
import { queueViewCommands, type QueueViewParts } from './viewCommands.ts';
import { writtenCommands } from './written.ts';

export type QueueCommandParts = OpenableParts & TicketVerbParts & QuickFixParts & QueueViewParts;

/** The commands for tickets. */
export function queueCommands(parts: QueueCommandParts): Handlers {
  const { store, settings, documents, views } = parts;
  const tickets: OpenableKind = {
    kind: 'ticket',
    view: 'drDre.queue',
    noun: 'ticket',
    isKey: isIssueKey,
    list: () =>
      knownTickets(store).map((ticket) => ({
        key: ticket.key,
        label: `${ticket.key} ${ticket.summary}`,
        description: ticket.status.name,
        link: ticketUrl(settings.current.atlassianSite.href, ticket.key),
      })),
  };
  return {
    ...ticketVerbCommands(parts),
    ...writtenCommands(parts),
    ...queueViewCommands(parts),
    'drDre.queue.open': (invocation) => openDocument(invocation, tickets, documents),
    'drDre.queue.linkTicket': ({ rows }) => linkTicket(parts, rows),
    'drDre.queue.quickFix': ({ rows }) => quickFix(parts, rows),
    'drDre.queue.openGuidelines': () => documents.open('guidelines', settings.current.epic),
    'drDre.queue.openInJira': ({ rows }) => openLinks(rows, tickets, views),
  };
}
