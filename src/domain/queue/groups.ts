import { byName } from '../base/byName.ts';
import { weekStart } from '../base/isoWeek.ts';
import { instantsOf, wallClock, zoneOffset } from '../base/zone.ts';
import type { Instant } from '../base/time.ts';
import type { TicketGrouping } from './groupings.ts';
import type { StatusCategory, Ticket } from './ticket.ts';

/** Tickets that belong together, in the order in which they came. */
export interface TicketGroup {
  /** Unique among all groups. */
  readonly id: string;
  /** Undefined for tickets that have no value: of nobody, of no priority. Empty for one list of all. */
  readonly name: string | undefined;
  readonly isDone: boolean;
  readonly tickets: readonly Ticket[];
}

interface GroupingKnowledge {
  readonly now: Instant;
  readonly timeZone: string;
  /** Of whoever is signed in, as far as that is known. */
  readonly accountId?: string | undefined;
}

interface GroupHead {
  readonly id: string;
  readonly name: string | undefined;
  /** The lowest stands first; groups of one rank by name. */
  readonly rank: number;
}

/**
 * Groups tickets. By status: what is in progress first; statuses of different ids and one name are one to a person. By
 * assignee: one's own first, then those of nobody. By priority: the most urgent first. Done ones are last in any case,
 * those that were done before this week, on the calendar of the person, in a group of their own.
 */
export function groupTickets(
  tickets: Iterable<Ticket>,
  grouping: TicketGrouping,
  { now, timeZone, accountId }: GroupingKnowledge,
): readonly TicketGroup[] {
  const offset = zoneOffset(timeZone);
  const thisWeek = instantsOf(weekStart(wallClock(now, offset)), offset).first;
  const groups = new Map<string, TicketGroup & { readonly tickets: Ticket[]; readonly rank: number }>();
  for (const ticket of tickets) {
    const isDone = ticket.status.category === 'done';
    const head = isDone ? headOfDone(ticket, grouping, thisWeek) : headOf(ticket, grouping, accountId);
    const group = groups.get(head.id);
    if (group === undefined) groups.set(head.id, { ...head, isDone, tickets: [ticket] });
    else group.tickets.push(ticket);
  }
  const byRank = (a: GroupHead, b: GroupHead): number => a.rank - b.rank || byName(a.name ?? '', b.name ?? '');
  return [...groups.values()].sort(byRank);
}

/** What is being worked on comes first, what is done last. */
const categoryOrder: readonly StatusCategory[] = ['indeterminate', 'new', 'undefined', 'done'];

/** Behind all others. */
const doneRank = 100;

function headOfDone({ status, updatedAt }: Ticket, grouping: TicketGrouping, thisWeek: Instant): GroupHead {
  // What was not touched since was done before.
  const isOld = updatedAt < thisWeek;
  const name = grouping === 'status' ? status.name : 'Done';
  return {
    id: `status/done/${isOld ? 'before/' : ''}${name}`,
    name: isOld ? `${name} before this week` : name,
    rank: doneRank,
  };
}

function headOf(ticket: Ticket, grouping: TicketGrouping, accountId: string | undefined): GroupHead {
  switch (grouping) {
    case 'status': {
      const { category, name } = ticket.status;
      return { id: `status/${category}/${name}`, name, rank: categoryOrder.indexOf(category) };
    }
    case 'assignee': {
      const { assignee } = ticket;
      if (assignee === undefined) return { id: 'assignee/', name: undefined, rank: 1 };
      const id = `assignee/${assignee.accountId}`;
      return { id, name: assignee.name, rank: assignee.accountId === accountId ? 0 : 2 };
    }
    case 'priority': {
      const { priority } = ticket;
      if (priority === undefined) return { id: 'priority/', name: undefined, rank: priorityOrder.length };
      return { id: `priority/${priority}`, name: priority, rank: priorityRank(priority) };
    }
    case 'kind':
      return { id: `kind/${ticket.type}`, name: ticket.type, rank: 0 };
    case 'none':
      return { id: 'none/', name: '', rank: 0 };
  }
}

/** The names that Jira comes with, and those of older sites, from the most urgent on. */
const priorityOrder: readonly string[] = 'blocker highest critical high major medium minor low trivial lowest'.split(
  ' ',
);
/** A site's own name, of which the urgency is not known, may be urgent. */
const ownNameRank = priorityOrder.indexOf('medium') - 0.5;

function priorityRank(priority: string): number {
  const found = priorityOrder.indexOf(priority.toLowerCase());
  return found === -1 ? ownNameRank : found;
}

/**
 * How urgent a ticket is that is more urgent than most, by the names of priorities that Jira comes with. Undefined for all
 * others, also for a site's own names.
 */
export function urgencyOf({ priority = '' }: Pick<Ticket, 'priority'>): 'highest' | 'high' | undefined {
  const rank = priorityOrder.indexOf(priority.toLowerCase());
  const high = priorityOrder.indexOf('high');
  if (rank === -1 || rank > high) return undefined;
  return rank === high ? 'high' : 'highest';
}
