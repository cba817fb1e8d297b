/** How tickets can be grouped; `none` is one list. */
export const ticketGroupings = ['status', 'assignee', 'priority', 'kind', 'none'] as const;
export type TicketGrouping = (typeof ticketGroupings)[number];
