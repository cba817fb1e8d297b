import { isWhole, type Listed } from '../base/listed.ts';
import type { Instant } from '../base/time.ts';
import { midnight, wallClock, zoneOffset } from '../base/zone.ts';
import type { Ticket } from './ticket.ts';
import type { TicketTexts } from './texts.ts';

// What the guidelines of the queue require and a ticket lacks. What is not known gives no lint.

/** What can be wrong with a ticket, the most urgent first. */
export const ticketLints = [
  'unassigned',
  'proposalOpen',
  'proposalExecuted',
  'unexplained',
  'quiet',
  'unclear',
  'noContext',
  'scopeChanged',
] as const;
export type TicketLint = (typeof ticketLints)[number];

/** A proposal by its status, in the words of the governance canister. */
interface LintedProposal {
  readonly status: string;
}

/** What is known besides the ticket itself. */
export interface LintKnowledge {
  readonly now: Instant;
  /** A ticket in progress lacks an update (`quiet`) from so long after its last one, milliseconds. */
  readonly quietAfterMs: number;
  /** Description, comments and history; undefined as long as they were not read. */
  readonly texts: TicketTexts | undefined;
  /** The proposals that the ticket names, undefined for those that are not known; none where they could not be read. */
  readonly proposals: readonly (LintedProposal | undefined)[];
}

/** Whether a ticket has each of the lints. */
const rules: Readonly<Record<TicketLint, (ticket: Ticket, known: LintKnowledge) => boolean>> = {
  unassigned: (ticket) => !isDone(ticket) && ticket.assignee === undefined,
  quiet: (ticket, { now, quietAfterMs }) => isInProgress(ticket) && now - ticket.updatedAt >= quietAfterMs,
  // A link to what blocks it is a reason, and so is whatever was said since it was flagged.
  unexplained: (ticket, { texts }) =>
    !isDone(ticket) && ticket.flagged === true && ticket.blockedBy.length === 0 && texts?.reasoned === false,
  unclear: (ticket, { texts }) =>
    !isDone(ticket) &&
    asksForProposal(ticket) &&
    texts !== undefined &&
    !(texts.sections.requirements && texts.sections.outcome),
  proposalOpen: (ticket, { proposals }) => isDone(ticket) && proposals.some((proposal) => proposal?.status === 'open'),
  proposalExecuted: (ticket, { proposals }) =>
    !isDone(ticket) && proposals.length > 0 && proposals.every((proposal) => proposal?.status === 'executed'),
  scopeChanged: (ticket, { texts }) => !isDone(ticket) && texts?.rescoped === true,
  noContext: (ticket, { texts }) => isInProgress(ticket) && texts?.described === false && texts.commented === false,
};

/** The lints of a ticket, the most urgent first. */
export function lintsOf(ticket: Ticket, known: LintKnowledge): readonly TicketLint[] {
  return ticketLints.filter((lint) => rules[lint](ticket, known));
}

/**
 * Whether somebody has changed a ticket of the queue today, on the calendar of the person; undefined when that is not
 * known, and when there is nothing to tend. `asOf`: when the list was last read.
 */
export function tendedToday(
  list: Omit<Listed<unknown>, 'records'> & { readonly asOf: Instant | undefined },
  tickets: Iterable<Ticket>,
  { now, timeZone }: { readonly now: Instant; readonly timeZone: string },
): boolean | undefined {
  const offset = zoneOffset(timeZone);
  const dayOf = (at: Instant): number => midnight(wallClock(at, offset));
  const today = dayOf(now);
  let isEmpty = true;
  for (const { updatedAt } of tickets) {
    if (dayOf(updatedAt) === today) return true;
    isEmpty = false;
  }
  // A list of yesterday, or a part of one, does not show that nobody did.
  return isEmpty || list.asOf === undefined || dayOf(list.asOf) !== today || !isWhole(list) ? undefined : false;
}

/** Whether a ticket requests the submission of a proposal: its labels or the beginning of its summary say so. */
export function asksForProposal({ labels, summary }: Pick<Ticket, 'labels' | 'summary'>): boolean {
  return (
    labels.some((label) => /^(?:nns-)?proposals?(?:-request)?$/i.test(label)) ||
    /^\W*(?:(?:weekly |requested )?proposals?\b|submit\b.*\bproposals?\b)/i.test(summary)
  );
}

function isDone({ status }: Ticket): boolean {
  return status.category === 'done';
}

function isInProgress({ status }: Ticket): boolean {
  return status.category === 'indeterminate';
}
