import { isIssueKey } from '../../domain/base/ids.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { ticketUrl } from '../../views/queue/view.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { openDocument, openLinks, type OpenableKind, type OpenableParts } from '../kit/openable.ts';

export type QueueCommandParts = OpenableParts & Pick<Host, 'settings'>;

/** The commands for tickets. */
export function queueCommands({ store, settings, documents, views }: QueueCommandParts): Handlers {
  const tickets: OpenableKind = {
    kind: 'ticket',
    view: 'drDre.queue',
    noun: 'ticket',
    isKey: isIssueKey,
    list: () =>
      [...store.state(queueKey).records.values()].map((ticket) => ({
        key: ticket.key,
        label: `${ticket.key} ${ticket.summary}`,
        description: ticket.status.name,
        link: ticketUrl(settings.current.atlassianSite.href, ticket.key),
      })),
  };
  return {
    'drDre.queue.open': (invocation) => openDocument(invocation, tickets, documents),
    'drDre.queue.openInJira': ({ rows }) => openLinks(rows, tickets, views),
  };
}
