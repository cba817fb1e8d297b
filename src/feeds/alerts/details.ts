import type { Alert, AlertLogEntry, AlertNote, Responder } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { isAlertId } from '../../domain/base/ids.ts';
import type { Listed } from '../../domain/base/listed.ts';
import type { Result } from '../../domain/base/result.ts';
import { minute, type Instant } from '../../domain/base/time.ts';
import { Recent } from '../../engine/base/recent.ts';
import type { Ops } from '../../sources/atlassian/ops/client.ts';

/** What was read last, and why the last attempt failed: what was good stays beside a failure. */
export interface LastRead<T> {
  readonly value: T | undefined;
  readonly failure: Failure | undefined;
}

/** What is known of one alert besides what the list of alerts says. */
export interface AlertDetails {
  readonly alert: LastRead<Alert>;
  /** Oldest first. */
  readonly notes: LastRead<Listed<AlertNote>>;
  /** Oldest first. */
  readonly log: LastRead<Listed<AlertLogEntry>>;
  /** Names of responders by id, as far as they are known. */
  readonly names: ReadonlyMap<string, string>;
  readonly reading: boolean;
  /** When it was read last, however that ended. */
  readonly readAt: Instant | undefined;
}

const unread = { value: undefined, failure: undefined };
const nothing: AlertDetails = {
  alert: unread,
  notes: unread,
  log: unread,
  names: new Map(),
  reading: false,
  readAt: undefined,
};

/** So many alerts are kept: the ones that were shown last. */
const most = 50;
/** An alert that only comes again and again is read no more often: a read costs three requests. */
const repeatsEveryMs = 5 * minute;

/** What the list said of an alert when it was read; undefined when it was not in there. */
type ListEntry = Pick<Alert, 'updatedAt' | 'count'> | undefined;

/** Reads alerts in full, with notes and log, for the documents that show them. */
export class AlertDetailsReader {
  readonly #ops: () => Promise<Ops>;
  readonly #now: () => Instant;
  readonly #changed: (id: string) => void;
  readonly #known = new Recent<AlertDetails>({
    most,
    stays: (id) => this.#running.has(id),
    dropped: (id) => this.#readOf.delete(id),
  });
  readonly #readOf = new Map<string, ListEntry>();
  readonly #running = new Map<string, Promise<void>>();
  /** Counts resets: an answer to a question of before is not taken. */
  #era = 0;

  /** `changed` is called whenever something new is known of an alert. */
  constructor(ops: () => Promise<Ops>, now: () => Instant, changed: (id: string) => void) {
    this.#ops = ops;
    this.#now = now;
    this.#changed = changed;
  }

  state(id: string): AlertDetails {
    return this.#known.get(id) ?? nothing;
  }

  /** Reads an alert; whoever calls during a read joins it. Resolves when it is done, however it ended. */
  read(id: string, listed?: Alert): Promise<void> {
    if (!isAlertId(id)) return Promise.resolve();
    const running = this.#running.get(id);
    if (running !== undefined) return running;
    this.#readOf.set(id, listed);
    this.#set(id, { ...this.state(id), reading: true });
    const promise = this.#read(id, this.#era).finally(() => {
      if (this.#running.get(id) === promise) this.#running.delete(id);
    });
    this.#running.set(id, promise);
    return promise;
  }

  /** A document shows the alert, of which the list now says this: reads it again if there is reason to. */
  follow(id: string, listed: Alert | undefined): void {
    if (!this.#running.has(id) && this.#hasNews(id, listed)) void this.read(id, listed);
  }

  /** Removes all: credentials or addresses changed. */
  reset(): void {
    this.#era++;
    for (const map of [this.#readOf, this.#running]) map.clear();
    for (const id of this.#known.clear()) this.#changed(id);
  }

  #hasNews(id: string, listed: Alert | undefined): boolean {
    const { alert, readAt } = this.state(id);
    if (!this.#readOf.has(id)) return true;
    const before = this.#readOf.get(id);
    if (listed === undefined) return before !== undefined;
    // It was read before the list was: the alert itself says how new that is.
    const { updatedAt, count } = before ?? alert.value ?? { updatedAt: 0, count: 0 };
    if (listed.updatedAt === updatedAt) return false;
    // That a note moves `updatedAt` is inferred: where it does not, a note is seen when the document is opened again.
    return listed.count === count || this.#now() - (readAt ?? 0) >= repeatsEveryMs;
  }

  async #read(id: string, era: number): Promise<void> {
    let next: Partial<AlertDetails>;
    try {
      next = await this.#request(id);
    } catch (cause) {
      const failure: Failure = { kind: 'malformed', service: 'ops', operation: 'read alert', cause };
      next = { alert: { value: this.state(id).alert.value, failure } };
    }
    if (era === this.#era) this.#set(id, { ...this.state(id), ...next, reading: false, readAt: this.#now() });
  }

  async #request(id: string): Promise<Partial<AlertDetails>> {
    const ops = await this.#ops();
    const [alert, notes, log] = await Promise.all([ops.getAlert(id), ops.listNotes(id), ops.listLog(id)]);
    const before = this.state(id);
    const responders: readonly Responder[] = alert.ok ? alert.value.responders : [];
    const names = responders.length === 0 ? before.names : await ops.responderNames(responders);
    return {
      alert: lastRead(alert, before.alert.value),
      notes: lastRead(notes, before.notes.value),
      log: lastRead(log, before.log.value),
      names,
    };
  }

  #set(id: string, details: AlertDetails): void {
    this.#known.set(id, details);
    this.#changed(id);
  }
}

function lastRead<T>(read: Result<T, Failure>, before: T | undefined): LastRead<T> {
  return read.ok ? { value: read.value, failure: undefined } : { value: before, failure: read.failure };
}
