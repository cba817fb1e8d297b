import type { Clock, Disposable } from '../base/clock.ts';
import { Lifetime } from '../base/lifetime.ts';
import type { Log } from '../base/log.ts';
import { second } from '../base/units.ts';
import type { Disk } from '../disk/disk.ts';
import { entryOf, type SnapshotEntry, type SavedFeed } from './snapshotEntry.ts';
import {
  decodeState,
  encodeState,
  feedOfStateFile,
  newestStateFile,
  readRecords,
  recordsFileOf,
  recordsId,
  setAsideOf,
  stateFileOf,
  tidy,
  writeRecords,
  type SnapshotState,
} from './snapshotFile.ts';
import type { FeedState, Store } from './store.ts';

/** Changes of one moment are written together. */
const gatherMs = 50;
/** Between two writes: a short list may follow an event stream, a long one is spared. */
const pauseMs = 200;
const longPauseMs = second;
const longList = 2_000;
/** How often a follower checks by itself, as watchers miss changes. */
const checkMs = 3 * second;

/** How failures, whose type is defined outside, are kept on disk. */
export interface FailureCodec<F> {
  /** A value for JSON, without the cause. */
  readonly keep: (failure: F) => unknown;
  /** Undefined when it is not one that `keep` made. */
  readonly bringBack: (kept: unknown) => F | undefined;
}

/** What is needed of a disk to read. */
export type SnapshotReads = Pick<Disk, 'list' | 'read'>;

/** The folder that the windows of one scope share. */
export interface SnapshotFolder {
  readonly disk: Disk;
  /** Reads of the same disk for what a person waits for at the start; without it `disk` itself. */
  readonly first?: SnapshotReads | undefined;
}

export interface SnapshotsParts<F> {
  readonly store: Store<F>;
  /** Where the snapshots of the present scope are. */
  readonly folder: SnapshotFolder;
  readonly clock: Clock;
  readonly log: Log;
  readonly failures: FailureCodec<F>;
  /** Names the scope of the settings: what was read in another one is not shown. */
  readonly scope: () => string;
}

/** Whether a feed is one of those that are brought back together. */
export type RestoreStage = (feed: string) => boolean;

/** The right to write: the generation of the lease, and whether it is still held. */
export interface WriteAccess {
  readonly generation: number;
  readonly confirm: () => Promise<boolean>;
}

/**
 * Why a state is taken over: at the start, when nothing is known of who reads; as what the window that reads wrote; or as
 * what the window that read before this one wrote last.
 */
type Taking = 'first' | 'follow' | 'lead';

/**
 * Keeps the states of feeds on disk. The window that reads the services writes them there, the others take them over
 * from there, and the next start begins with them.
 */
export class Snapshots<F> implements Disposable {
  readonly #parts: SnapshotsParts<F>;
  #folder: SnapshotFolder;
  readonly #watch;
  readonly #entries = new Map<string, SnapshotEntry<F>>();
  readonly #dirty = new Set<string>();
  readonly #lifetime = new Lifetime();
  readonly #writeTimer;
  readonly #checkTimer;
  #access: WriteAccess | undefined;
  #follows = false;
  #written = 0;
  #writing: Promise<void> = Promise.resolve();
  #refused = false;
  readonly #complained = new Set<string>();

  constructor(parts: SnapshotsParts<F>) {
    this.#parts = parts;
    this.#folder = parts.folder;
    this.#watch = this.#lifetime.slot();
    this.#watchFolder();
    this.#writeTimer = this.#lifetime.gather(parts.clock, gatherMs, () => this.#writeAndGoOn());
    this.#checkTimer = this.#lifetime.timer(parts.clock);
    this.#lifetime.own(
      parts.store.onDidChange(({ feed }) => {
        if (this.#access === undefined || !this.#entries.has(feed)) return;
        this.#dirty.add(feed);
        this.#writeTimer.note();
      }),
    );
  }

  /**
   * Names a feed whose state is kept and shared, before `restore`. One that is named again takes over from then on what
   * comes from disk.
   */
  share<R>(shared: SavedFeed<R, F>): void {
    // Records go back only to the feed that they came from, and those from disk have passed its `readable`.
    const known = shared as unknown as SavedFeed<unknown, F>;
    const entry = this.#entries.get(shared.key.name);
    if (entry === undefined) this.#entries.set(shared.key.name, entryOf(known));
    else entry.shared = known;
  }

  /**
   * Brings the last known records of the shared feeds into the store, as stale: stage by stage, by `first` if it is given,
   * then all other feeds. What a person sees does not wait for the rest. What was brought back before stays as it is.
   */
  async restore(stages: readonly RestoreStage[] = []): Promise<void> {
    const { disk, first = disk } = this.#folder;
    const rest = new Set([...this.#entries].filter(([, { isBack }]) => !isBack).map(([feed]) => feed));
    for (const isPart of stages) {
      const feeds = [...rest].filter(isPart);
      for (const feed of feeds) rest.delete(feed);
      await Promise.all(feeds.map((feed) => this.#take(feed, 'first', first)));
    }
    await Promise.all([...rest].map((feed) => this.#take(feed, 'first')));
    // What was on disk may be what the reading window says now: whoever follows takes it over once more.
    for (const entry of this.#entries.values()) {
      entry.isBack = true;
      entry.text = undefined;
    }
  }

  /** This window reads the services: what changes in the store is written, once what the window before wrote last was taken over. */
  lead(access: WriteAccess): void {
    this.#stop();
    this.#access = access;
    this.#writing = this.#writing.then(() => this.#takeAll('lead'));
    // What happened before this window was sure to lead.
    for (const feed of this.#entries.keys()) this.#dirty.add(feed);
    this.#writeTimer.note();
  }

  /** Another window reads: what it writes is taken over. */
  follow(): void {
    this.#stop();
    this.#follows = true;
    this.#check();
  }

  /** The scope changed: nothing more is written to the folder before, and nothing taken over from it. */
  move(folder: SnapshotFolder): void {
    this.#stop();
    this.#folder = folder;
    for (const [name, { shared }] of this.#entries) this.#entries.set(name, entryOf(shared));
    this.#watchFolder();
  }

  /** This window reads for itself and writes nothing. */
  keepToItself(): void {
    this.#stop();
  }

  /** Writes what has changed, now. */
  async flush(): Promise<void> {
    this.#writeTimer.cancel();
    this.#writing = this.#writing.then(() => this.#writeAll());
    await this.#writing;
  }

  /** Takes over what has changed on disk, now. */
  async takeOver(): Promise<void> {
    if (this.#follows) await this.#takeAll('follow');
  }

  dispose(): void {
    this.#stop();
    this.#lifetime.dispose();
  }

  #watchFolder(): void {
    this.#watch.replace(
      this.#folder.disk.watch((name) => {
        const feed = feedOfStateFile(name);
        if (this.#follows && feed !== undefined) void this.#take(feed, 'follow');
      }),
    );
  }

  #stop(): void {
    this.#access = undefined;
    this.#follows = false;
    this.#dirty.clear();
    this.#writeTimer.cancel();
    this.#checkTimer.cancel();
  }

  #check(): void {
    void this.takeOver();
    this.#checkTimer.set(checkMs, () => this.#check());
  }

  #writeAndGoOn(): void {
    void this.flush().then(() => {
      if (this.#dirty.size > 0) this.#writeTimer.note();
    });
  }

  async #writeAll(): Promise<void> {
    let pause = 0;
    for (const feed of [...this.#dirty]) {
      const [entry, access] = [this.#entries.get(feed), this.#access];
      if (entry === undefined || access === undefined || !(await access.confirm())) return;
      this.#dirty.delete(feed);
      const wroteRecords = await this.#write(entry, access);
      if (wroteRecords) pause = Math.max(pause, entry.count > longList ? longPauseMs : pauseMs);
    }
    // Delays the next write; a flush that somebody waits for is not delayed.
    if (pause > 0 && this.#access !== undefined) this.#writeTimer.note(pause);
  }

  /** Returns whether the records were written too. */
  async #write(entry: SnapshotEntry<F>, access: WriteAccess): Promise<boolean> {
    const { store, log } = this.#parts;
    const { disk } = this.#folder;
    const { key } = entry.shared;
    const state = store.state(key);
    const records = store.served(key);
    // Nothing is known, so nothing is written; least of all over a file that could not be read.
    if (state.status === 'neverLoaded' && entry.records === undefined) return false;
    // What another window wrote is written anew: it may still come back, and change its own files.
    const changed = records !== entry.records || Number.parseInt(entry.id) !== access.generation;
    try {
      if (changed) {
        const id = recordsId(access.generation, ++this.#written);
        entry.count = await writeRecords(disk, key.name, id, [...records.values()]);
        entry.id = id;
        entry.records = records;
      }
      const text = this.#stateText(entry, state, access.generation);
      if (text === entry.text) return changed;
      // Many records take a while, in which this window may have slept and another one may lead by now.
      if (changed && !(await access.confirm())) return true;
      await disk.write(stateFileOf(key.name, access.generation), text, changed ? undefined : 'passing');
      entry.text = text;
      this.#refused = entry.refused = false;
      if (changed) await tidy(disk, key.name, access.generation);
    } catch (cause) {
      // Once is enough, of the disk and of a feed: a full disk stays full for a while, or has room for short lists only.
      const isNews = !this.#refused && !entry.refused;
      log[isNews ? 'error' : 'debug']('snapshots', `${key.name} cannot be kept on disk`, cause);
      this.#refused = true;
      entry.refused ||= isNews;
    }
    return changed;
  }

  #stateText(entry: SnapshotEntry<F>, state: FeedState<unknown, F>, generation: number): string {
    const { scope, failures: codec } = this.#parts;
    const { status, asOf, completeness, skipped, failure, failures } = state;
    const total = entry.records?.size ?? 0;
    const reason = `only ${entry.count} of ${total} fit into what the windows share`;
    return encodeState({
      feed: entry.shared.key.name,
      scope: scope(),
      generation,
      records: entry.id,
      status,
      asOf,
      completeness: entry.count < total ? { kind: 'partial', reason } : completeness,
      skipped,
      failure: failure === undefined ? undefined : codec.keep(failure),
      failures,
    });
  }

  async #takeAll(taking: Taking): Promise<void> {
    await Promise.all([...this.#entries.keys()].map((feed) => this.#take(feed, taking)));
  }

  /** One after the other for each feed. */
  #take(feed: string, taking: Taking, disk: SnapshotReads = this.#folder.disk): Promise<void> {
    const entry = this.#entries.get(feed);
    if (entry === undefined) return Promise.resolve();
    entry.reading = entry.reading.then(async () => {
      try {
        await this.#read(entry, taking, disk);
      } catch (cause) {
        this.#complain(`${feed} cannot be read from disk`, cause);
      }
    });
    return entry.reading;
  }

  async #read(entry: SnapshotEntry<F>, taking: Taking, disk: SnapshotReads): Promise<void> {
    const { store, scope, log } = this.#parts;
    const { key, readable } = entry.shared;
    const file = await newestStateFile(disk, key.name);
    const text = file === undefined ? undefined : await disk.read(file);
    if (file === undefined || text === undefined || text === entry.text) return;
    const state = decodeState(text, key.name);
    if (state === undefined) return this.#damaged(file, taking);
    if (state.scope !== scope() || this.#isLate(entry, state)) return;
    let records: readonly unknown[] | undefined;
    // Those that this window has may also be its own by now: it removed them, or read by itself meanwhile.
    if (state.records !== entry.id || store.served(key) !== entry.records) {
      const read = await readRecords(disk, key.name, state.records, readable);
      if (read === 'damaged') return this.#damaged(recordsFileOf(key.name, state.records), taking);
      if (read === 'other') {
        // Written anew meanwhile: the state that belongs to it follows. At the start it may also never have been written.
        const records = recordsFileOf(key.name, state.records);
        if (taking === 'first') log.info('snapshots', `${records} is missing or newer: ${key.name} is read anew`);
        return;
      }
      records = await store.recognize(key, read);
    }
    // All that took a while.
    if (state.scope !== scope() || this.#isLate(entry, state)) return;
    if (!this.#isWanted(taking) || this.#entries.get(key.name) !== entry) return;
    entry.text = text;
    entry.generation = state.generation;
    if (taking === 'first') this.#bringBack(entry, state, records);
    else this.#adopt(entry, state, records, taking);
  }

  #isWanted(taking: Taking): boolean {
    if (taking === 'first') return true;
    return taking === 'follow' ? this.#follows : this.#access !== undefined;
  }

  /** What a window wrote that led before the one whose state is known already. */
  #isLate(entry: SnapshotEntry<F>, state: SnapshotState): boolean {
    return state.generation < entry.generation && (state.asOf ?? 0) <= this.#knownAsOf(entry);
  }

  /** As of when the feed is known in this window; of a clock that was set back since, nothing follows. */
  #knownAsOf(entry: SnapshotEntry<F>): number {
    const known = this.#parts.store.state(entry.shared.key).asOf ?? 0;
    return known > this.#parts.clock.now() ? 0 : known;
  }

  #bringBack(entry: SnapshotEntry<F>, state: SnapshotState, records: readonly unknown[] | undefined): void {
    const { asOf, completeness, skipped } = state;
    // After a change of the scope this window may have newer records of what did not change.
    if (asOf === undefined || asOf < this.#knownAsOf(entry)) return;
    const known = { status: 'stale', asOf, completeness, skipped } as const;
    entry.shared.adopt(records === undefined ? known : { ...known, records });
    this.#noteRecords(entry, state, records);
  }

  #adopt(entry: SnapshotEntry<F>, state: SnapshotState, records: readonly unknown[] | undefined, taking: Taking): void {
    const { status, asOf, completeness, skipped, failures } = state;
    const failure = state.failure === undefined ? undefined : this.#parts.failures.bringBack(state.failure);
    if ((asOf ?? 0) < this.#knownAsOf(entry)) {
      // This window read by itself since: its records stay, and the window that reads now says how the reading goes.
      if (taking === 'follow' && failure !== undefined) entry.shared.adopt({ status, failure, failures });
      return;
    }
    const known = { status, asOf, completeness, skipped, failure, failures };
    entry.shared.adopt(records === undefined ? known : { ...known, records });
    this.#noteRecords(entry, state, records);
  }

  /** What the store has now is what the records file of this state has. */
  #noteRecords(entry: SnapshotEntry<F>, state: SnapshotState, records: readonly unknown[] | undefined): void {
    if (records === undefined) return;
    entry.id = state.records;
    entry.records = this.#parts.store.served(entry.shared.key);
    entry.count = records.length;
  }

  /** At the start a damaged file is set aside; later it is the reading window's, which will write it anew. */
  async #damaged(file: string, taking: Taking): Promise<void> {
    const { disk } = this.#folder;
    const first = taking === 'first';
    this.#complain(`${file} is damaged or of another version${first ? `, set aside as ${setAsideOf(file)}` : ''}`);
    if (!first) return;
    try {
      await disk.rename(file, setAsideOf(file));
    } catch (cause) {
      this.#complain(`${file} could not be set aside`, cause);
    }
  }

  #complain(message: string, cause?: unknown): void {
    if (this.#complained.has(message)) return;
    this.#complained.add(message);
    this.#parts.log.warn('snapshots', message, cause);
  }
}
