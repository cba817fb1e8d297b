import type { Failure } from '../../domain/base/failure.ts';
import { isIssueKey } from '../../domain/base/ids.ts';
import { fail, type Result } from '../../domain/base/result.ts';
import { minute, type Instant } from '../../domain/base/time.ts';
import { jqlWithin } from '../../domain/queue/jql.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Store } from '../../engine/read/store.ts';
import type { FoundIds, Jira } from '../../sources/atlassian/jira/client.ts';
import { ticketListsKey } from './listsKey.ts';
import { ticketQueryKey } from './queryKey.ts';

/**
 * Jira is queried again after this time: sooner once tickets have changed, and after a failure. For a person on shift these are 30 requests an
 * hour at most, beside those of the queue and its lists.
 */
const paces = { soon: 2 * minute, unchanged: 15 * minute };

/** Reads from Jira which tickets of the queue and its lists a query finds, for the filter of this window. */
export class TicketQueryReader {
  readonly #jira: () => Promise<Jira>;
  readonly #epic: () => string;
  readonly #store: Store<Failure>;
  readonly #clock: Clock;
  /** Counts resets: an answer to a request of before is not taken. */
  #era = 0;
  #readAt: Instant = -Infinity;
  #isChanged = false;

  constructor(jira: () => Promise<Jira>, epic: () => string, store: Store<Failure>, clock: Clock) {
    this.#jira = jira;
    this.#epic = epic;
    this.#store = store;
    this.#clock = clock;
  }

  /** Removes all: credentials, addresses or the epic changed. */
  reset(): void {
    this.#era++;
    this.#readAt = -Infinity;
    this.#store.update(ticketQueryKey, { records: [] });
  }

  /** Tickets have changed: what the query finds may be others now. */
  noteChange(): void {
    this.#isChanged = true;
  }

  /** Reads when it is due. Returns after how many milliseconds to call again. */
  async readWhenDue(jql: string): Promise<number> {
    const known = this.#store.state(ticketQueryKey).records.get(jql);
    const isSoon = this.#isChanged || known?.failure !== undefined;
    const dueAt = this.#readAt + (isSoon ? paces.soon : paces.unchanged);
    if (known !== undefined && dueAt > this.#clock.now()) return dueAt - this.#clock.now();
    const read = await this.read(jql);
    return read.ok ? paces.unchanged : paces.soon;
  }

  /** Reads now. What was known of the same query stays when it fails. */
  async read(jql: string): Promise<Result<FoundIds, Failure>> {
    const era = this.#era;
    this.#readAt = this.#clock.now();
    this.#isChanged = false;
    const read = await this.#find(jql);
    if (era !== this.#era) return read;
    const { records } = this.#store.state(ticketQueryKey);
    if (read.ok) {
      const record = { jql, ...read.value, asOf: this.#readAt, failure: undefined };
      this.#store.update(ticketQueryKey, { records: [record] });
      return read;
    }
    // The query that is in use stays when another one is refused.
    const { ids, completeness, asOf } = records.get(jql) ?? {};
    const record = { jql, ids, completeness, asOf, failure: read.failure };
    this.#store.update(ticketQueryKey, {
      records: [...[...records.values()].filter((each) => each.jql !== jql), record],
    });
    return read;
  }

  async #find(jql: string): Promise<Result<FoundIds, Failure>> {
    const epic = this.#epic();
    if (!isIssueKey(epic)) {
      const detail = 'the epic is not the key of a ticket';
      return fail({
        kind: 'notConfigured',
        service: 'jira',
        operation: 'filter tickets',
        detail,
        setting: 'drDre.queue.epic',
      });
    }
    // A list that Jira refuses would have the whole query refused.
    const lists = [...this.#store.state(ticketListsKey).records.values()].filter(
      ({ asOf, failure }) => asOf !== undefined && failure?.kind !== 'rejected',
    );
    const within = [`parent = ${epic}`, ...lists.map((list) => list.jql)];
    return (await this.#jira()).findIds(jqlWithin(within, jql));
  }
}
