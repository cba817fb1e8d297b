import { wordFilter } from '../base/wordFilter.ts';
import type { Ticket } from './ticket.ts';

/**
 * The simple text filter: whether every word of a text occurs somewhere in what a person knows a ticket by (key, summary,
 * type, status, priority, assignee, labels, keys of linked tickets), or among the words of its row: "nobody" where it has
 * no assignee, "blocked" where something holds it up.
 */
export const ticketMatches = wordFilter<Ticket>((ticket) => {
  const { key, summary, type, status, priority = '', assignee, labels, links, flagged, blockedBy } = ticket;
  const isDone = status.category === 'done';
  return [
    ...[key, summary, type, status.name, priority, assignee?.name ?? 'nobody', ...labels],
    ...links.map((link) => link.key),
    ...(flagged === true && !isDone ? ['flagged'] : []),
    ...((flagged === true || blockedBy.length > 0) && !isDone ? ['blocked'] : []),
  ].join('\n');
});
