import type { Ticket } from './ticket.ts';

/**
 * Conditions that decide what can be done to a ticket. Each name is also the token that the rows of such tickets carry,
 * and that the menus of the manifest match. `me`: the account id of whoever is signed in; undefined while it is not known.
 */
export const ticketConditions = {
  ticket: () => true,
  /** Not known to be assigned to whoever is signed in. */
  notMine: ({ assignee }, me) => me === undefined || assignee?.accountId !== me,
  /** Has labels. */
  labelled: ({ labels }) => labels.length > 0,
  /** Marked as blocked: Jira's field "Flagged" is set. */
  flagged: ({ flagged }) => flagged === true,
  /** Not done, and not marked as blocked. */
  unflagged: ({ flagged, status }) => flagged !== true && status.category !== 'done',
} satisfies Record<string, (ticket: Ticket, me: string | undefined) => boolean>;

export type TicketCondition = keyof typeof ticketConditions;

const names = Object.keys(ticketConditions) as readonly TicketCondition[];

/** The conditions that a ticket is in. */
export function ticketConditionsOf(ticket: Ticket, me: string | undefined): readonly TicketCondition[] {
  return names.filter((name) => ticketConditions[name](ticket, me));
}
