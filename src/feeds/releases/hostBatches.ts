import type { Failure } from '../../domain/base/failure.ts';
import { minute, type Instant } from '../../domain/base/time.ts';
import { batchKey } from '../../domain/releases/batchKey.ts';
import { hostBatchName, listedAs, type HostBatchName, type HostBatchRead } from '../../domain/releases/hostBatch.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Log } from '../../engine/base/log.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Rollouts } from '../../sources/rollouts/client.ts';
import type { HostBatchEvent } from '../../sources/rollouts/hostBatchEvents.ts';
import { SpacedReading } from '../kit/spacedReading.ts';
import { HostBatchStreams } from './hostBatchStreams.ts';
import { fullReadAt, hostBatchesKey, rolloutsKey } from './keys.ts';

/** The feed leaves so many of the 120 requests an hour that each service gets at most on shift. */
const limits = { perMinute: 10, perHour: 60 };
/** One that was not read is requested again after so long; sooner when a person refreshes all. */
const afterFailureMs = 2 * minute;

interface Wanted {
  readonly key: string;
  readonly name: HostBatchName;
  readonly listed: string;
}

/**
 * Reads the detail of the HostOS batches that are open: each at once, then from its own event stream while it goes on and can
 * be seen. Where its stream does not hold it is read again when the list says something else of it, and with every read of the
 * whole list. What is known of them is in the store under `hostBatchesKey`.
 */
export class HostBatchReader {
  readonly #rollouts: () => Promise<Rollouts>;
  readonly #store: Store<Failure>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #reading: SpacedReading;
  readonly #streams: HostBatchStreams;
  #isShown = false;
  /** By key, in the order in which they were opened. */
  readonly #open = new Set<string>();

  constructor(rollouts: () => Promise<Rollouts>, store: Store<Failure>, clock: Clock, log: Log, random: () => number) {
    this.#rollouts = rollouts;
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#reading = new SpacedReading(clock, limits);
    const take = (key: string, { said }: HostBatchEvent): void => this.#takeEvent(key, said);
    this.#streams = new HostBatchStreams({ rollouts, clock, log, random, take });
  }

  /** A batch (`batchKey`) is to be known from now on. */
  open(key: string): void {
    this.#open.add(key);
  }

  /** It is not any more: what was read of it is removed. */
  close(key: string): void {
    this.#open.delete(key);
    this.#follow();
    const left = this.#known().filter((each) => each.key !== key);
    if (left.length < this.#known().length) this.#store.update(hostBatchesKey, { status: 'fresh', records: left });
  }

  /** Whether what is open can be seen: only then are streams followed. */
  show(isShown: boolean): void {
    this.#isShown = isShown;
    this.#follow();
  }

  /** Removes all that was read: the settings lead to another dashboard. */
  reset(): void {
    this.#reading.reset();
    this.#streams.dispose();
    this.#store.update(hostBatchesKey, { status: 'neverLoaded', asOf: undefined, records: [] });
  }

  /**
   * Reads the open batch that is due longest, if one is. Returns after how many milliseconds to call again; undefined when
   * nothing is due before the rollouts change.
   */
  async readNext(): Promise<number | undefined> {
    this.#follow();
    const due = this.#due();
    const again = await this.#reading.next(
      due,
      async (wanted) => ({ wanted, read: await (await this.#rollouts()).hostBatch(wanted.name) }),
      ({ wanted, read }) => {
        this.#take(wanted, read);
        return 0;
      },
    );
    if (again !== undefined) return again;
    return this.#known().some(({ last }) => last !== 'read') ? afterFailureMs : undefined;
  }

  #known(): readonly HostBatchRead[] {
    return [...this.#store.state(hostBatchesKey).records.values()];
  }

  /** The open batches that the dashboard has the detail of, in the order in which they were opened. */
  #wanted(): readonly (Wanted & { readonly end: Instant | undefined })[] {
    const byKey = new Map<string, Wanted & { readonly end: Instant | undefined }>();
    for (const rollout of this.#store.state(rolloutsKey).records.values()) {
      // The dashboard has nothing of them now: what was known stays.
      if (rollout.unlistedSince !== undefined) continue;
      for (const batch of rollout.batches) {
        const name = hostBatchName(rollout, batch);
        const key = batchKey(rollout, batch);
        if (name !== undefined && this.#open.has(key)) {
          byKey.set(key, { key, name, listed: listedAs(batch), end: batch.end });
        }
      }
    }
    return [...this.#open].flatMap((key) => byKey.get(key) ?? []);
  }

  /** Nothing changes in a batch that has ended. */
  #follow(): void {
    const going = this.#isShown ? this.#wanted().filter(({ end }) => end === undefined) : [];
    this.#streams.follow(new Map(going.map(({ key, name }) => [key, name])));
  }

  #due(): Wanted | undefined {
    const known = this.#store.state(hostBatchesKey).records;
    const now = this.#clock.now();
    const readInWholeAt = fullReadAt(this.#store) ?? -Infinity;
    const due = this.#wanted().filter(({ key, listed, end }) => {
      const read = known.get(key);
      if (read === undefined) return true;
      if (this.#streams.isLive(key)) return false;
      return (
        read.listed !== listed ||
        (read.last !== 'read' && Math.abs(now - read.triedAt) >= afterFailureMs) ||
        ((end === undefined || read.last !== 'read') && read.triedAt < readInWholeAt)
      );
    });
    const triedAt = ({ key }: Wanted): Instant => known.get(key)?.triedAt ?? -Infinity;
    return due.toSorted((a, b) => triedAt(a) - triedAt(b))[0];
  }

  #takeEvent(key: string, said: HostBatchEvent['said']): void {
    const wanted = this.#wanted().find((each) => each.key === key);
    if (wanted !== undefined) this.#take(wanted, said);
  }

  #take({ key, listed }: Wanted, read: Awaited<ReturnType<Rollouts['hostBatch']>>): void {
    // Folded meanwhile: nothing would remove it.
    if (!this.#open.has(key)) return;
    const now = this.#clock.now();
    const before = this.#store.state(hostBatchesKey).records.get(key);
    const others = this.#known().filter((each) => each.key !== key);
    if (!read.ok) this.#log.debug('rollouts', `the batch ${key} was not read: ${read.failure.kind}`);
    const record: HostBatchRead = { ...outcome(read, before, now), key, listed, triedAt: now };
    this.#store.update(hostBatchesKey, { status: 'fresh', asOf: now, records: [...others, record] });
  }
}

/** What is known after a read. One that failed leaves what was known before, unless there is no such batch. */
export function outcome(
  read: Awaited<ReturnType<Rollouts['hostBatch']>>,
  before: HostBatchRead | undefined,
  now: Instant,
): Pick<HostBatchRead, 'batch' | 'asOf' | 'last'> {
  if (read.ok && read.value.kind === 'batch') return { batch: read.value.batch, asOf: now, last: 'read' };
  const last = read.ok ? (read.value.kind === 'loading' ? 'loading' : 'notYet') : read.failure;
  const isGone = !read.ok && read.failure.kind === 'notFound';
  return { batch: isGone ? undefined : before?.batch, asOf: isGone ? undefined : before?.asOf, last };
}
