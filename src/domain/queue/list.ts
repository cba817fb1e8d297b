import type { Completeness } from '../base/listed.ts';
import type { Failure } from '../base/failure.ts';
import type { Instant } from '../base/time.ts';
import type { Ticket } from './ticket.ts';

/** A further list of tickets, as the settings have it. */
export interface NamedQuery {
  readonly name: string;
  /** A query in Jira's query language. */
  readonly jql: string;
}

/** What was read of a further list. */
export interface QueriedTickets extends NamedQuery {
  /** As they were last good; none where they never were. */
  readonly tickets: readonly Ticket[];
  readonly skipped: number;
  readonly completeness: Completeness;
  /** When the tickets were good; undefined when nothing was ever read. */
  readonly asOf: Instant | undefined;
  /** When it was last tried. */
  readonly triedAt: Instant;
  /** Why the last attempt failed; undefined after a good one. */
  readonly failure: Failure | undefined;
}

/** So many further lists are read; the settings take no more. */
export const mostLists = 6;
