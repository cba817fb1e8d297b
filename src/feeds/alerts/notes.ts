import type { Alert } from '../../domain/alerts/alert.ts';
import { needsNotes } from '../../domain/alerts/forgotten.ts';
import { isWhole } from '../../domain/base/listed.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Log } from '../../engine/base/log.ts';
import { Recent } from '../../engine/base/recent.ts';
import type { Ops } from '../../sources/atlassian/ops/client.ts';
import { SpacedReading } from '../kit/spacedReading.ts';
import type { AlertDetails } from './details.ts';

interface NotesRead {
  readonly hasNote: boolean;
  /** When the alert had last changed as its notes were read, if they were read for this alert. */
  readonly updatedAt: Instant | undefined;
}

/** The feeds leave so many of the 120 requests an hour that each service gets at most on shift. */
const limits = { perMinute: 2, perHour: 4 };
/** Of so many alerts it is kept: far more than are read in a week. */
const most = 1_000;

/**
 * Whether acknowledged alerts have notes, which their list does not show: it is read for the few where it matters, each
 * once and again only when the alert has changed; a few an hour at most.
 */
export class AlertNotesReader {
  readonly #ops: () => Promise<Ops>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #changed: () => void;
  readonly #known = new Recent<NotesRead>({ most });
  readonly #reading: SpacedReading;

  /** `changed` is called whenever something new is known. */
  constructor(ops: () => Promise<Ops>, changed: () => void, clock: Clock, log: Log) {
    this.#ops = ops;
    this.#changed = changed;
    this.#clock = clock;
    this.#log = log;
    this.#reading = new SpacedReading(clock, limits);
  }

  /** Whether an alert has a note; undefined as long as nobody has read them. */
  hasNote(alertId: string): boolean | undefined {
    return this.#known.get(alertId)?.hasNote;
  }

  /** Removes all: credentials or addresses changed. */
  reset(): void {
    this.#reading.reset();
    if (this.#known.clear().length > 0) this.#changed();
  }

  /** Somebody has seen the notes of an alert, or has written one. */
  learn(alertId: string, hasNote: boolean, updatedAt?: Instant): void {
    const before = this.#known.get(alertId)?.hasNote;
    this.#known.set(alertId, { hasNote, updatedAt });
    if (before !== hasNote) this.#changed();
  }

  /**
   * Reads the notes of the next alert that needs them read. Returns after how many milliseconds to call again;
   * undefined when there is nothing left to read.
   */
  readNext(alerts: Iterable<Alert>): Promise<number | undefined> {
    return this.#reading.next(
      this.#next(alerts, this.#clock.now()),
      async (alert) => ({ alert, read: await (await this.#ops()).listNotes(alert.id) }),
      ({ alert: { id, updatedAt }, read }) => {
        if (read.ok) this.learn(id, read.value.records.length > 0, updatedAt);
        else this.#log.debug('notes', `the notes of ${id} were not read: ${read.failure.kind}`);
        return 0;
      },
    );
  }

  /** The one that has been acknowledged longest among those that were never read, then among those that have changed. */
  #next(alerts: Iterable<Alert>, now: Instant): Alert | undefined {
    const wanted = [...alerts].filter((alert) => needsNotes(alert, now) && this.#isUnread(alert));
    const rank = (alert: Alert): number => (this.#known.has(alert.id) ? 1 : 0);
    wanted.sort((a, b) => rank(a) - rank(b) || since(a) - since(b));
    return wanted[0];
  }

  /** Whether its notes were never read, or none was found and it has changed since. */
  #isUnread({ id, updatedAt }: Alert): boolean {
    const known = this.#known.get(id);
    return known === undefined || (!known.hasNote && known.updatedAt !== updatedAt);
  }
}

function since({ acknowledgedAt, updatedAt }: Alert): Instant {
  return acknowledgedAt ?? updatedAt;
}

/** Whoever opens an alert's document has its notes read: what they show need not be read again. */
export function learnNotes(reader: AlertNotesReader, id: string, { alert, notes }: AlertDetails): void {
  // A list that failed or is not whole does not show that there is no note.
  if (notes.value === undefined || notes.failure !== undefined) return;
  const { records } = notes.value;
  if (records.length > 0 || isWhole(notes.value)) reader.learn(id, records.length > 0, alert.value?.updatedAt);
}
