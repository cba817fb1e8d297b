import type { TicketTexts } from '../../domain/queue/texts.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Log } from '../../engine/base/log.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Jira } from '../../sources/atlassian/jira/client.ts';
import { SpacedReading } from '../kit/spacedReading.ts';
import { currentTexts, ticketTextsKey, type ReadTexts } from './textsKey.ts';

/** The feeds leave so many of the 120 requests an hour that each service gets at most on shift. */
const limits = { perMinute: 1, perHour: 10 };
/** A request reads so many tickets (atlassian.md 3.3). */
const perRequest = 100;

/**
 * What the list of tickets does not have: whether they are described, explained and commented on, and what they name. It is
 * read for tickets that are not done first, a hundred a request, each again only when it has changed; a few requests an hour at most.
 */
export class TicketTextsReader {
  readonly #jira: () => Promise<Jira>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #store: Store<Failure>;
  readonly #reading: SpacedReading;

  constructor(jira: () => Promise<Jira>, store: Store<Failure>, clock: Clock, log: Log) {
    this.#jira = jira;
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#reading = new SpacedReading(clock, limits);
  }

  /** What is known of a ticket as it is now; undefined where it was not read since it last changed. */
  textsOf(ticket: Pick<Ticket, 'key' | 'updatedAt'>): TicketTexts | undefined {
    return currentTexts(this.#known, ticket);
  }

  /** Removes all: credentials or addresses changed. */
  reset(): void {
    this.#reading.reset();
    this.#store.update(ticketTextsKey, { status: 'neverLoaded', asOf: undefined, records: [] });
  }

  get #known(): ReadonlyMap<string, ReadTexts> {
    return this.#store.state(ticketTextsKey).records;
  }

  /**
   * Reads the tickets of which it is not known. Returns after how many milliseconds to call again; undefined when there is
   * nothing left to read.
   */
  readNext(tickets: Iterable<Ticket>): Promise<number | undefined> {
    const all = [...tickets];
    const asked = this.#wanted(all).slice(0, perRequest);
    return this.#reading.next(
      asked.length === 0 ? undefined : asked,
      async () => (await this.#jira()).textsOf(asked.map(({ key }) => key)),
      (read) => {
        if (read.ok) this.#learn(all, asked, read.value);
        else this.#log.debug('texts', `the texts of tickets were not read: ${read.failure.kind}`);
        return 0;
      },
    );
  }

  /** What was not sent is noted too, so that it is not read again until the ticket changes. */
  #learn(all: readonly Ticket[], asked: readonly Ticket[], texts: readonly TicketTexts[]): void {
    const byKey = new Map(texts.map((each) => [each.key, each]));
    const now = new Map(asked.map(({ key, updatedAt }) => [key, { key, readFor: updatedAt, texts: byKey.get(key) }]));
    const listed = new Set(all.map(({ key }) => key));
    const before = [...this.#known.values()].filter(({ key }) => listed.has(key) && !now.has(key));
    const records = [...before, ...now.values()];
    this.#store.update(ticketTextsKey, { status: 'fresh', asOf: this.#clock.now(), records });
  }

  /** Those of which most can be wrong come first: what is in progress or marked as blocked. */
  #wanted(tickets: readonly Ticket[]): readonly Ticket[] {
    const rank = ({ status, flagged }: Ticket): number =>
      status.category === 'done' ? 2 : flagged === true || status.category === 'indeterminate' ? 0 : 1;
    const unread = tickets.filter(({ key, updatedAt }) => this.#known.get(key)?.readFor !== updatedAt);
    return unread.sort((a, b) => rank(a) - rank(b));
  }
}
