import type { Failure } from '../../domain/base/failure.ts';
import { isIssueKey } from '../../domain/base/ids.ts';
import type { TicketDetails } from '../../domain/queue/ticket.ts';
import { Recent } from '../../engine/base/recent.ts';
import type { Jira } from '../../sources/atlassian/jira/client.ts';

/** What is known of one ticket in full. */
export interface DetailsState {
  readonly details: TicketDetails | undefined;
  readonly reading: boolean;
  readonly failure: Failure | undefined;
}

const nothing: DetailsState = { details: undefined, reading: false, failure: undefined };

/** So many tickets are kept: the ones that were shown last. */
const most = 50;

/** Reads tickets in full when somebody opens them. */
export class TicketDetailsReader {
  readonly #jira: () => Promise<Jira>;
  readonly #changed: (key: string) => void;
  readonly #known = new Recent<DetailsState>({ most });
  /** Counts resets: an answer to a question of before is not taken. */
  #era = 0;

  /** `changed` is told whenever something new is known of a ticket. */
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
    const { details } = this.state(key);
    const era = this.#era;
    this.#set(key, { details, reading: true, failure: undefined });
    let next: DetailsState;
    try {
      const read = await (await this.#jira()).getIssue(key);
      next = read.ok
        ? { details: read.value, reading: false, failure: undefined }
        : { details, reading: false, failure: read.failure };
    } catch (cause) {
      // A bug, or a client that cannot be loaded: told like a failure, or it would look as if it were read for ever.
      const failure: Failure = { kind: 'malformed', service: 'jira', operation: 'read ticket', cause };
      next = { details, reading: false, failure };
    }
    if (era === this.#era) this.#set(key, next);
  }

  /** Forgets all: credentials or addresses changed. */
  reset(): void {
    this.#era++;
    for (const key of this.#known.clear()) this.#changed(key);
  }

  #set(key: string, state: DetailsState): void {
    this.#known.set(key, state);
    this.#changed(key);
  }
}
