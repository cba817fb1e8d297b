import type { Clock, Disposable } from './clock.ts';
import type { Disk } from './disk.ts';
import { describeCause, type Log } from './log.ts';
import { complete, type Completeness, type FeedKey, type Store } from './store.ts';

/** Raised when the form of a record changes: older files are set aside, and the next read fills in. */
const version = 1;
/** A feed whose file would be larger is not kept: the next start reads it from the network. */
const largestFile = 16 * 1024 * 1024;
const writeAfterMs = 2_000;

interface Envelope {
  readonly version: number;
  readonly feed: string;
  readonly asOf: number;
  readonly completeness: Completeness;
  readonly records: readonly unknown[];
}

/** Keeps the last good values of feeds on disk, and brings them back at the next start. */
export class Snapshots<F> implements Disposable {
  readonly #store: Store<F>;
  readonly #disk: Disk;
  readonly #log: Log;
  readonly #kept = new Map<string, FeedKey<unknown>>();
  readonly #dirty = new Set<string>();
  readonly #subscription: Disposable;
  #timer: Disposable | undefined;
  #refused = false;

  constructor(store: Store<F>, disk: Disk, clock: Clock, log: Log) {
    this.#store = store;
    this.#disk = disk;
    this.#log = log;
    this.#subscription = store.onDidChange((change) => {
      if (this.#kept.has(change.feed) && store.state({ name: change.feed, keyOf: String }).status === 'fresh') {
        this.#dirty.add(change.feed);
        this.#timer ??= clock.after(writeAfterMs, () => void this.flush());
      }
    });
  }

  /**
   * Brings a feed's last good records into the store, as stale, and keeps them from now on. A file that cannot be read
   * is set aside with a line in the log. `readable` says whether a record still has the form that this version knows.
   */
  async restore<R>(key: FeedKey<R>, readable: (record: unknown) => record is R): Promise<void> {
    this.#kept.set(key.name, { name: key.name, keyOf: (record) => key.keyOf(record as R) });
    const envelope = await this.#load(key.name, readable);
    // A read from the network that was quicker knows better.
    if (envelope === undefined || this.#store.state(key).asOf !== undefined) return;
    const { asOf, completeness } = envelope;
    this.#store.update(key, { status: 'stale', records: envelope.records, asOf, completeness });
  }

  /** Writes what has changed, now. */
  async flush(): Promise<void> {
    this.#timer?.dispose();
    this.#timer = undefined;
    const feeds = [...this.#dirty];
    this.#dirty.clear();
    for (const feed of feeds) await this.#save(feed);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#timer?.dispose();
  }

  async #load<R>(
    feed: string,
    readable: (record: unknown) => record is R,
  ): Promise<(Omit<Envelope, 'records'> & { records: readonly R[] }) | undefined> {
    const file = fileOf(feed);
    let text: string | undefined;
    try {
      text = await this.#disk.read(file);
    } catch (cause) {
      this.#log.warn('snapshots', `${file} cannot be read`, cause);
      return undefined;
    }
    if (text === undefined) return undefined;
    const envelope = parse(text, feed);
    if (envelope !== undefined) {
      const { records } = envelope;
      if (records.every(readable)) return { ...envelope, records };
    }
    await this.#setAside(file);
    return undefined;
  }

  async #setAside(file: string): Promise<void> {
    this.#log.warn('snapshots', `${file} is damaged or of another version, set aside as ${file}.bad`);
    try {
      await this.#disk.rename(file, `${file}.bad`);
    } catch (cause) {
      this.#log.warn('snapshots', `${file} could not be set aside`, cause);
    }
  }

  async #save(feed: string): Promise<void> {
    const key = this.#kept.get(feed);
    if (key === undefined) return;
    const state = this.#store.state(key);
    if (state.asOf === undefined) return;
    const envelope: Envelope = {
      version,
      feed,
      asOf: state.asOf,
      completeness: state.completeness,
      records: [...state.records.values()],
    };
    const text = encode(envelope);
    if (text.length > largestFile) {
      this.#log.info('snapshots', `${feed} is too large to keep (${text.length} characters)`);
      return;
    }
    try {
      await this.#disk.write(fileOf(feed), text);
      this.#refused = false;
    } catch (cause) {
      // Once is enough: a full disk stays full for a while.
      this.#log[this.#refused ? 'debug' : 'error'](
        'snapshots',
        `${feed} cannot be kept on disk: ${describeCause(cause)}`,
      );
      this.#refused = true;
    }
  }
}

function fileOf(feed: string): string {
  return `${feed}.json`;
}

/** JSON with room for bigint and undefined, which records use. */
export function encode(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === 'bigint') return { $bigint: `${each}` };
    return each === undefined ? { $undefined: true } : each;
  });
}

/** The value that `encode` wrote. Throws when the text is no JSON. */
export function decode(text: string): unknown {
  return revive(JSON.parse(text));
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  if ('$bigint' in value && typeof value.$bigint === 'string') return BigInt(value.$bigint);
  if ('$undefined' in value) return undefined;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, revive(each)]));
}

function parse(text: string, feed: string): Envelope | undefined {
  let value: unknown;
  try {
    value = decode(text);
  } catch {
    // Damaged: the caller sets it aside.
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const found = value as Partial<Record<keyof Envelope, unknown>>;
  if (found.version !== version || found.feed !== feed || typeof found.asOf !== 'number') return undefined;
  if (!Array.isArray(found.records)) return undefined;
  const records: readonly unknown[] = found.records;
  return { version, feed, asOf: found.asOf, completeness: readCompleteness(found.completeness), records };
}

function readCompleteness(value: unknown): Completeness {
  const reason = typeof value === 'object' && value !== null && 'reason' in value ? value.reason : undefined;
  return typeof reason === 'string' ? { kind: 'partial', reason } : complete;
}
