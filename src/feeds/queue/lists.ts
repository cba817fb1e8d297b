import type { Failure, FailureKind } from '../../domain/base/failure.ts';
import { hour, minute } from '../../domain/base/time.ts';
import type { NamedQuery, QueriedTickets } from '../../domain/queue/list.ts';
import { mostLists } from '../../domain/queue/list.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Log } from '../../engine/base/log.ts';
import { complete, type Store } from '../../engine/read/store.ts';
import type { Jira } from '../../sources/atlassian/jira/client.ts';
import { ticketListsKey } from './listsKey.ts';
import { queueKey } from './queue.ts';

/**
 * A list is read again after this time. Six lists cost 24 requests an hour for a person on shift with the queue visible,
 * and 6 for others: the feeds leave that of the 120 and 40 that each service gets at most.
 */
const paces = { active: 15 * minute, idle: hour };

/** After a read that failed and says nothing of the query, the next one is not tried sooner. */
const afterFailureMs = 5 * minute;
/** Failures that say something of one query, and nothing of the others. */
const ofQuery: ReadonlySet<FailureKind> = new Set(['rejected', 'notFound', 'malformed']);

/** Reads the further lists of the Queue view: a request each, its first page. One that fails does not keep the others from being read. */
export class TicketListsReader {
  readonly #jira: () => Promise<Jira>;
  readonly #store: Store<Failure>;
  readonly #clock: Clock;
  readonly #log: Log;
  /** Counts resets: an answer to a question of before is not taken. */
  #era = 0;
  /** One reads after the other, so that none is read twice at once. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(jira: () => Promise<Jira>, store: Store<Failure>, clock: Clock, log: Log) {
    this.#jira = jira;
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  /** Removes all: credentials or addresses changed. */
  reset(): void {
    this.#era++;
    this.#store.update(ticketListsKey, { status: 'neverLoaded', asOf: undefined, records: [] });
  }

  /** Reads the lists that are due. Returns after how many milliseconds to call again; undefined where there is no list. */
  readDue(all: readonly NamedQuery[], attention: keyof typeof paces): Promise<number | undefined> {
    const queries = all.slice(0, mostLists);
    return this.#inTurn(async () => {
      const isDue = (query: NamedQuery): boolean => this.#dueAt(query, attention) <= this.#clock.now();
      const end = await this.#readThose(queries, isDue);
      if (end === 'reset') return 0;
      // Of a service that does not answer, the others are not read either.
      if (end === 'failed') return afterFailureMs;
      if (queries.length === 0) return undefined;
      const next = Math.min(...queries.map((query) => this.#dueAt(query, attention)));
      return Math.max(minute, next - this.#clock.now());
    });
  }

  /** Reads now, whatever is due: all lists, or those that show a ticket, which was changed a moment ago. */
  async readNow(all: readonly NamedQuery[], changed?: string): Promise<void> {
    const queries = all.slice(0, mostLists);
    await this.#inTurn(async () => {
      const of = (query: NamedQuery): Ticket | undefined =>
        this.#known(query)?.tickets.find(({ key }) => key === changed);
      await this.#readThose(queries, (query) => changed === undefined || of(query) !== undefined, of);
    });
  }

  #inTurn<T>(read: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(read);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Reads those of the lists that are due. `changed`: the ticket of one that was changed a moment ago. */
  async #readThose(
    queries: readonly NamedQuery[],
    isMeant: (query: NamedQuery) => boolean,
    changed: (query: NamedQuery) => Ticket | undefined = () => undefined,
  ): Promise<'read' | 'failed' | 'reset'> {
    for (const query of queries) {
      if (!isMeant(query)) continue;
      const era = this.#era;
      const list = await this.#read(query, changed(query));
      if (era !== this.#era) return 'reset';
      this.#learn(list, queries);
      if (list.failure !== undefined && !ofQuery.has(list.failure.kind)) return 'failed';
    }
    return 'read';
  }

  #dueAt(query: NamedQuery, attention: keyof typeof paces): number {
    const known = this.#known(query);
    return known === undefined ? -Infinity : known.triedAt + paces[attention];
  }

  #known({ name, jql }: NamedQuery): QueriedTickets | undefined {
    const known = this.#store.state(ticketListsKey).records.get(name);
    return known?.jql === jql ? known : undefined;
  }

  async #read(query: NamedQuery, changed: Ticket | undefined): Promise<QueriedTickets> {
    // A token that brought tickets a moment ago is good: an empty list needs no further proof.
    const { status, records } = this.#store.state(queueKey);
    const isProved = status === 'fresh' && records.size > 0;
    const read = await (await this.#jira()).searchTickets(query.jql, { isProved, changed });
    const triedAt = this.#clock.now();
    if (read.ok) {
      const { tickets, skipped, completeness } = read.value;
      return { ...query, tickets, skipped, completeness, asOf: triedAt, triedAt, failure: undefined };
    }
    const { kind, service, operation, status: code, detail, setting } = read.failure;
    this.#log.debug('queue', `the list ${JSON.stringify(query.name)} was not read: ${kind}`);
    const known = this.#known(query);
    return {
      ...query,
      tickets: known?.tickets ?? [],
      skipped: known?.skipped ?? 0,
      completeness: known?.completeness ?? complete,
      asOf: known?.asOf,
      triedAt,
      // Without its cause: it is kept on disk.
      failure: { kind, service, operation, status: code, detail, setting },
    };
  }

  /** Those that the settings name no more are removed. */
  #learn(list: QueriedTickets, queries: readonly NamedQuery[]): void {
    const records = queries.flatMap((query) => (query.name === list.name ? list : (this.#known(query) ?? [])));
    this.#store.update(ticketListsKey, { status: 'fresh', asOf: list.triedAt, records });
  }
}
