import type { Failure } from '../domain/failure.ts';
import { isIssueKey } from '../domain/ids.ts';
import type { TicketDetails } from '../domain/ticket.ts';
import type { Jira } from '../sources/atlassian/jira/client.ts';

/** What is known of one ticket in full. */
export interface DetailsState {
  readonly details: TicketDetails | undefined;
  readonly reading: boolean;
  readonly failure: Failure | undefined;
}

const nothing: DetailsState = { details: undefined, reading: false, failure: undefined };

/** Reads tickets in full when somebody opens them. */
export class TicketDetailsReader {
  readonly #jira: () => Promise<Jira>;
  readonly #changed: (key: string) => void;
  readonly #known = new Map<string, DetailsState>();

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
    this.#set(key, { details, reading: true, failure: undefined });
    const read = await (await this.#jira()).getIssue(key);
    this.#set(key, {
      details: read.ok ? read.value : details,
      reading: false,
      failure: read.ok ? undefined : read.failure,
    });
  }

  #set(key: string, state: DetailsState): void {
    this.#known.set(key, state);
    this.#changed(key);
  }
}
