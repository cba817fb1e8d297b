import type { Failure } from '../../domain/base/failure.ts';
import type { Completeness } from '../../domain/base/listed.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { FeedKey } from '../../engine/read/store.ts';

/** What Jira returned last for a query by which a window filters its tickets. */
export interface QueryResult {
  readonly jql: string;
  /** The ids of the tickets that it finds, as they were last good; undefined where they never were. */
  readonly ids: readonly string[] | undefined;
  /** Whether these are all that it finds. */
  readonly completeness?: Completeness | undefined;
  /** When they were good. */
  readonly asOf: Instant | undefined;
  /** Why Jira could not be queried the last time, or refuses the query. */
  readonly failure: Failure | undefined;
}

/** The query by which this window filters its tickets, and those that Jira has refused since. Not shared with other windows. */
export const ticketQueryKey: FeedKey<QueryResult> = { name: 'ticketQuery', keyOf: ({ jql }) => jql };
