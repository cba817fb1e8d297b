import type { Failure } from '../../domain/base/failure.ts';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Gather } from '../../engine/base/lifetime.ts';
import type { Disk } from '../../engine/disk/disk.ts';
import type { Journal } from '../../engine/disk/journal.ts';
import type { Log } from '../../engine/base/log.ts';
import { Sequence } from '../../engine/base/sequence.ts';
import { SharedValue } from '../../engine/disk/sharedValue.ts';
import type { FeedKey, Store } from '../../engine/read/store.ts';
import type { Role } from '../../engine/windows/windows.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import type { Instant } from '../../domain/base/time.ts';
import { hour } from '../../domain/base/time.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import { creationTitle } from '../../feeds/queue/creation.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { rolloutsKey } from '../../feeds/releases/keys.ts';
import { isRecorded, recordChanges, type PageLinks, type CurrentRecords } from '../../views/journal/changes.ts';

export interface JournalRecorderParts {
  readonly store: Store<Failure>;
  readonly clock: Clock;
  readonly log: Log;
  readonly journal: Pick<Journal, 'append' | 'read'>;
  /** The folder that the windows with the present settings share. */
  readonly disk: () => Disk;
  readonly role: () => Role;
  /** The scope of the settings: what they point to (site, team, epic and the like). */
  readonly scope: () => string;
  readonly links: PageLinks;
  /** Lines were added. */
  readonly added: () => void;
}

/** What comes within this time is recorded together, so that a storm makes few lines. */
const gatherMs = 10_000;
/** A ticket that is listed for a shorter time may be one that a window is just creating. */
const settleMs = 10_000;
/** The line of a ticket that was created from a window is at most so old when the list shows the ticket. */
const createdWithinMs = hour;
const feeds: readonly FeedKey<never>[] = [alertsKey, proposalsKey, queueKey, rolloutsKey];

/**
 * Writes into the journal what has changed. The window that reads the services does it. What was recorded is kept on the
 * shared disk before the lines are written, so that after a crash a line is missing rather than there twice.
 */
export class JournalRecorder implements Disposable {
  readonly #parts: JournalRecorderParts;
  readonly #lifetime = new Lifetime();
  readonly #changes: Gather;
  readonly #recording: Sequence;
  /** When tickets were first seen that are not recorded yet. */
  #seenAt: ReadonlyMap<string, Instant> = new Map();

  constructor(parts: JournalRecorderParts) {
    this.#parts = parts;
    // While the disk refuses, lines of the shift are lost; the journal says so itself.
    this.#recording = new Sequence((cause) => parts.log.debug('journal', 'what came cannot be recorded', cause));
    this.#changes = this.#lifetime.gather(parts.clock, gatherMs, () => this.#recording.run(() => this.#record()));
    this.#lifetime.own(
      parts.store.onDidChange(({ feed }) => {
        if (feeds.some(({ name }) => name === feed)) this.#changes.note();
      }),
    );
    this.#changes.note();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #record(): Promise<void> {
    const { clock, journal, role, links, added } = this.#parts;
    if (role() !== 'leader') return;
    const shared = new SharedValue(this.#parts.disk(), 'news', isRecorded);
    const { value, version } = await shared.read();
    const now = clock.now();
    const current = this.#current();
    const known = value?.world === current.scope ? value.tickets : undefined;
    const tickets = current.tickets && this.#settled([...current.tickets], known, now);
    const createdTickets = await this.#createdHere(tickets, known, now);
    const { entries, state } = recordChanges(value, { ...current, tickets, createdTickets }, links, now);
    if (state === value || !(await shared.replace(version, state))) return;
    for (const entry of entries) await journal.append(entry);
    if (entries.length > 0) added();
  }

  /** The tickets without those that are listed for too short a time. */
  #settled(tickets: readonly Ticket[], known: readonly string[] | undefined, now: Instant): readonly Ticket[] {
    if (known === undefined) return tickets;
    const recorded = new Set(known);
    const fresh = tickets.filter(({ key }) => !recorded.has(key));
    this.#seenAt = new Map(fresh.map(({ key }) => [key, this.#seenAt.get(key) ?? now]));
    const isNew = ({ key }: Ticket): boolean => now - (this.#seenAt.get(key) ?? -Infinity) < settleMs;
    if (fresh.some(isNew)) this.#changes.note();
    return tickets.filter((ticket) => !isNew(ticket));
  }

  /** The tickets of which the journal has a line already, as a window created them, whichever it was. */
  async #createdHere(
    tickets: readonly Ticket[] | undefined,
    known: readonly string[] | undefined,
    now: Instant,
  ): Promise<ReadonlySet<string>> {
    const recorded = new Set(known);
    if (known === undefined || tickets?.every(({ key }) => recorded.has(key)) !== false) return new Set();
    const { entries } = await this.#parts.journal.read({ from: now - createdWithinMs, to: now });
    return new Set(
      entries.flatMap(({ record, title }) =>
        record?.feed === queueKey.name && title.startsWith(creationTitle) ? [record.key] : [],
      ),
    );
  }

  #current(): CurrentRecords {
    const fresh = <R>(key: FeedKey<R>): Iterable<R> | undefined => {
      const { status, records } = this.#parts.store.state(key);
      return status === 'fresh' ? records.values() : undefined;
    };
    return {
      scope: this.#parts.scope(),
      alerts: fresh(alertsKey),
      proposals: fresh(proposalsKey),
      tickets: fresh(queueKey),
      rollouts: fresh(rolloutsKey),
    };
  }
}
