import type { Failure } from '../../domain/base/failure.ts';
import { isIssueKey } from '../../domain/base/ids.ts';
import type { Listed } from '../../domain/base/listed.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { Ticket, TicketDetails, TicketEvent } from '../../domain/queue/ticket.ts';
import { Recent } from '../../engine/base/recent.ts';
import type { Jira } from '../../sources/atlassian/jira/client.ts';

/** What is known of one ticket in full. */
export interface DetailsState {
  readonly details: TicketDetails | undefined;
  /** Changes of status and assignee; undefined as long as they were not read. */
  readonly history: Listed<TicketEvent> | undefined;
  readonly reading: boolean;
  readonly failure: Failure | undefined;
  /** Why the history could not be read. */
  readonly historyFailure: Failure | undefined;
}

const nothing: DetailsState = {
  details: undefined,
  history: undefined,
  reading: false,
  failure: undefined,
  historyFailure: undefined,
};

/** So many tickets are kept: the ones that were shown last. */
const most = 50;

/** Reads tickets in full when somebody opens them: the ticket, all of its comments, and its history. */
export class TicketDetailsReader {
  readonly #jira: () => Promise<Jira>;
  readonly #changed: (key: string) => void;
  readonly #known = new Recent<DetailsState>({ most });
  /** When each had last changed by the list as it was read. */
  readonly #readFor = new Map<string, Instant>();
  /** Counts resets: an answer to a question of before is not taken. */
  #era = 0;

  /** `changed` is called whenever something new is known of a ticket. */
  constructor(jira: () => Promise<Jira>, changed: (key: string) => void) {
    this.#jira = jira;
    this.#changed = changed;
  }

  state(key: string): DetailsState {
    return this.#known.get(key) ?? nothing;
  }

  /** Reads a ticket; one that is being read already is not read twice. What was good stays when it fails. */
  async read(key: string): Promise<void> {
    if (!isIssueKey(key) || this.state(key).reading) return;
    const before = this.state(key);
    const era = this.#era;
    this.#set(key, { ...before, reading: true, failure: undefined });
    let next: DetailsState;
    try {
      next = await this.#request(key, before);
    } catch (cause) {
      // A bug, or a client that cannot be loaded: shown like a failure, or it would stay shown as being read.
      const failure: Failure = { kind: 'malformed', service: 'jira', operation: 'read ticket', cause };
      next = { ...before, reading: false, failure };
    }
    if (era === this.#era) this.#set(key, next);
  }

  /** A document shows the ticket, which the list has like this now: reads it again when it has changed since. */
  follow(listed: Pick<Ticket, 'key' | 'updatedAt'>): void {
    const { key, updatedAt } = listed;
    const { details, reading } = this.state(key);
    // What was never read is read when its document is opened.
    if (details === undefined || reading) return;
    if (updatedAt <= details.updatedAt || this.#readFor.get(key) === updatedAt) return;
    this.#readFor.set(key, updatedAt);
    void this.read(key);
  }

  /** Removes all: credentials or addresses changed. */
  reset(): void {
    this.#era++;
    this.#readFor.clear();
    for (const key of this.#known.clear()) this.#changed(key);
  }

  async #request(key: string, before: DetailsState): Promise<DetailsState> {
    const jira = await this.#jira();
    const read = await jira.getIssue(key);
    if (!read.ok) return { ...before, reading: false, failure: read.failure };
    const isCut = (read.value.commentCount ?? 0) > read.value.comments.length;
    const [comments, history] = await Promise.all([isCut ? jira.commentsOf(key) : undefined, jira.historyOf(key)]);
    // Where the pages of the comments cannot be read, those that came with the ticket are shown, and how many are missing.
    const details =
      comments?.ok === true && comments.value.records.length > read.value.comments.length
        ? { ...read.value, comments: comments.value.records }
        : read.value;
    return {
      details,
      history: history.ok ? history.value : before.history,
      reading: false,
      failure: undefined,
      historyFailure: history.ok ? undefined : history.failure,
    };
  }

  #set(key: string, state: DetailsState): void {
    this.#known.set(key, state);
    this.#changed(key);
  }
}
