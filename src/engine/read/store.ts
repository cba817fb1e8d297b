import { dequal } from 'dequal/lite';
import type { Disposable } from '../base/clock.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { mapInSlices } from '../base/slices.ts';
import { samePlainData } from '../base/samePlainData.ts';

/**
 * What is known of a feed: `neverLoaded` (nothing, not even from disk), `fresh`, `stale` (good, but old or from disk),
 * `failing` (the last good records are kept), or one of three that wait for a person.
 */
export type FeedStatus =
  'neverLoaded' | 'fresh' | 'stale' | 'failing' | 'notSignedIn' | 'notPermitted' | 'notConfigured';

/**
 * Whether the records are all there are. `reason` is the end of a sentence: "the service shows at most 20,000". `remark` is
 * what else there is to say of the list, a sentence without a full stop.
 */
export type Completeness = ({ readonly kind: 'complete' } | { readonly kind: 'partial'; readonly reason: string }) & {
  readonly remark?: string;
};

export const complete: Completeness = { kind: 'complete' };

/** A feed's value at one moment. */
export interface FeedState<R, F> {
  readonly status: FeedStatus;
  /** By key, in the feed's order. A record that did not change is the same object as before. */
  readonly records: ReadonlyMap<string, R>;
  /** When the records were good, epoch milliseconds; undefined when nothing was ever read. */
  readonly asOf: number | undefined;
  readonly completeness: Completeness;
  /** How many records the service sent that could not be read. */
  readonly skipped: number;
  /** Why the last attempt failed; undefined after a good one. */
  readonly failure: F | undefined;
  /** How many attempts in a row failed. */
  readonly failures: number;
  readonly loading: boolean;
}

/** A change of a feed's state: what is absent stays as it is. `records` are all of them, in the feed's order. */
export type StateChange<R, F> = Partial<Omit<FeedState<R, F>, 'records'>> & { readonly records?: readonly R[] };

/**
 * What changed in a feed, by key. A read that brought nothing new (a 304, or the same records) fires twice, with
 * `status` alone: that it began, and as of when all is good now. No record is changed by it, so no row is painted anew.
 */
export interface FeedChange {
  readonly feed: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Status, age, failure or completeness changed, or a read began or ended. */
  readonly status: boolean;
}

/** Names a feed and carries the type of its records. */
export interface FeedKey<R> {
  readonly name: string;
  /** The key of a record, stable for as long as it is the same thing. */
  readonly keyOf: (record: R) => string;
}

interface FeedEntry {
  state: FeedState<unknown, unknown>;
  /** What the service said, without the patches on top. */
  base: ReadonlyMap<string, unknown>;
  /** The base that `state.records` was made of. */
  under: ReadonlyMap<string, unknown>;
  readonly patches: Map<string, ((record: unknown) => unknown)[]>;
}

const empty: FeedState<unknown, unknown> = {
  status: 'neverLoaded',
  records: new Map(),
  asOf: undefined,
  completeness: complete,
  skipped: 0,
  failure: undefined,
  failures: 0,
  loading: false,
};

/** Holds the records of all feeds: the only place for them. Views read it, and only feeds write it. */
export class Store<F> implements Disposable {
  readonly #entries = new Map<string, FeedEntry>();
  readonly #changes: Emitter<FeedChange>;

  constructor(onError: (error: unknown) => void) {
    this.#changes = new Emitter(onError);
  }

  get onDidChange(): Event<FeedChange> {
    return this.#changes.event;
  }

  state<R>(key: FeedKey<R>): FeedState<R, F> {
    // Only `update` and `patch` write an entry, and both take the same key type.
    return (this.#entries.get(key.name)?.state ?? empty) as FeedState<R, F>;
  }

  /**
   * Changes a feed's state. `records` replaces all of them, in that order; what is absent stays as it is.
   * Listeners are called once, with what differs; not at all when nothing does.
   */
  update<R>(key: FeedKey<R>, change: StateChange<R, F>): void {
    const entry = this.#entry(key);
    const { records, ...rest } = change;
    if (records !== undefined) entry.base = keepIdentity(entry.base, records, key.keyOf);
    this.#settle(key.name, entry, rest);
  }

  /**
   * The records, with those that did not change as the objects that the store has already. Comparing many takes long:
   * here it is done in slices, and `update` has little left to do with what this returns, whatever came in between.
   */
  recognize<R>(key: FeedKey<R>, records: readonly R[]): Promise<readonly R[]> {
    const before = this.served(key);
    return mapInSlices(records, (record) => kept(before.get(key.keyOf(record)), record));
  }

  /**
   * Lays a change over one record, on top of whatever the service says, until it is taken away: this is how a row shows
   * at once what a person did. Taking it away twice does nothing.
   */
  patch<R>(key: FeedKey<R>, id: string, apply: (record: R) => R): Disposable {
    const entry = this.#entry(key);
    const patches = entry.patches.get(id) ?? [];
    const patch = (record: unknown): unknown => apply(record as R);
    entry.patches.set(id, [...patches, patch]);
    this.#settle(key.name, entry, {});
    return {
      dispose: () => {
        const left = (entry.patches.get(id) ?? []).filter((each) => each !== patch);
        if (left.length === 0) entry.patches.delete(id);
        else entry.patches.set(id, left);
        this.#settle(key.name, entry, {});
      },
    };
  }

  /** What the service itself says of one record, without patches. */
  base<R>(key: FeedKey<R>, id: string): R | undefined {
    return this.#entries.get(key.name)?.base.get(id) as R | undefined;
  }

  /** All that the service itself says, without patches: the same map for as long as it says the same. */
  served<R>(key: FeedKey<R>): ReadonlyMap<string, R> {
    return (this.#entries.get(key.name)?.base ?? empty.records) as ReadonlyMap<string, R>;
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #entry<R>(key: FeedKey<R>): FeedEntry {
    let entry = this.#entries.get(key.name);
    if (entry === undefined) {
      entry = { state: empty, base: empty.records, under: empty.records, patches: new Map() };
      this.#entries.set(key.name, entry);
    }
    return entry;
  }

  #settle(feed: string, entry: FeedEntry, rest: Partial<FeedState<unknown, unknown>>): void {
    const before = entry.state;
    const records = patched(entry, before.records);
    const after = { ...before, ...rest, records };
    entry.state = after;
    entry.under = entry.base;
    const difference = compare(before.records, records);
    const status = !dequal({ ...before, records: undefined }, { ...after, records: undefined });
    if (status || difference !== undefined) {
      const { added, changed, removed } = difference ?? { added: [], changed: [], removed: [] };
      this.#changes.fire({ feed, status, added, changed, removed });
    }
  }
}

function keepIdentity<R>(
  before: ReadonlyMap<string, unknown>,
  records: readonly R[],
  keyOf: (record: R) => string,
): ReadonlyMap<string, unknown> {
  const after = new Map<string, unknown>();
  let same = true;
  for (const record of records) {
    const id = keyOf(record);
    const old = before.get(id);
    const current = kept(old, record);
    after.set(id, current);
    same &&= current === old;
  }
  return same && after.size === before.size && sameOrder(before, after) ? before : after;
}

/** The old record when the new one says the same. */
function kept<R>(old: unknown, record: R): R {
  // Equal records have the same form.
  return old !== undefined && samePlainData(old, record) ? (old as R) : record;
}

/** The base with the patches on top; a patch that changes nothing keeps the record's identity. */
function patched(entry: FeedEntry, before: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  const results = new Map<string, unknown>();
  for (const [id, patches] of entry.patches) {
    const base = entry.base.get(id);
    if (base === undefined) continue;
    const result = patches.reduce<unknown>((record, patch) => patch(record), base);
    const current = kept(before.get(id), kept(base, result));
    if (current !== base) results.set(id, current);
  }
  if (results.size === 0) return entry.base;
  // Most updates change neither the base nor a patch: the many records are not copied for those.
  if (entry.under === entry.base && sameOnTop(entry, before, results)) return before;
  const records = new Map(entry.base);
  for (const [id, record] of results) records.set(id, record);
  return records;
}

/** Whether exactly these records lie on top of the base already. */
function sameOnTop(
  { base }: FeedEntry,
  before: ReadonlyMap<string, unknown>,
  results: ReadonlyMap<string, unknown>,
): boolean {
  for (const [id, record] of before) {
    const current = results.get(id) ?? base.get(id);
    if (current !== record) return false;
  }
  return true;
}

function compare(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): Pick<FeedChange, 'added' | 'changed' | 'removed'> | undefined {
  if (before === after) return undefined;
  const added: string[] = [];
  const changed: string[] = [];
  for (const [id, record] of after) {
    const old = before.get(id);
    if (old === undefined) added.push(id);
    else if (old !== record) changed.push(id);
  }
  const isNoneGone = after.size - added.length === before.size;
  const removed = isNoneGone ? [] : [...before.keys()].filter((id) => !after.has(id));
  const same = added.length === 0 && changed.length === 0 && removed.length === 0;
  return same && sameOrder(before, after) ? undefined : { added, changed, removed };
}

function sameOrder(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): boolean {
  const other = after.keys();
  for (const id of before.keys()) {
    if (other.next().value !== id) return false;
  }
  return true;
}
