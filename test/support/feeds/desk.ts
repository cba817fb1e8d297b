import type { Fetched } from '../../../src/engine/read/definition.ts';
import { Feed } from '../../../src/engine/read/feed.ts';
import { Snapshots } from '../../../src/engine/read/snapshot.ts';
import { Store, type FeedKey, type FeedState } from '../../../src/engine/read/store.ts';
import { Windows } from '../../../src/engine/windows/windows.ts';
import { memoryLog, rethrow, wordRules } from '../engine/engine.ts';
import { FakeClock } from '../engine/fakeClock.ts';
import { ProcessClock, processDisk } from '../vscode/machine.ts';
import { MemoryDisk } from '../engine/memoryDisk.ts';

const second = 1_000;

/** What the service of these tests has. */
export interface Thing {
  readonly id: string;
  readonly text: string;
  readonly weight?: bigint | undefined;
}

export const thingsKey: FeedKey<Thing> = { name: 'items', keyOf: (thing) => thing.id };
export const isThing = (record: unknown): record is Thing =>
  typeof record === 'object' && record !== null && 'id' in record;

/**
 * One window with all the parts that share reading among windows: lease, presence, requests, a feed, its store and
 * snapshot.
 */
export interface DeskWindow {
  readonly clock: ProcessClock;
  readonly faults: { read: Error | undefined; write: Error | undefined };
  readonly log: ReturnType<typeof memoryLog>;
  readonly store: Store<string>;
  readonly windows: Windows;
  readonly snapshots: Snapshots<string>;
  readonly feed: Feed<Thing, string>;
  /** Reads under way that were not cancelled. */
  readonly reads: () => number;
}

/** Windows on one shared disk, and the service that they read. */
export class Desk {
  readonly truth = new FakeClock();
  readonly disk = new MemoryDisk();
  /** What the service answers. */
  answer: Fetched<Thing, string> = { kind: 'records', records: [] };
  /** How often the service was asked. */
  reads = 0;
  /** How far the clock of the machine is ahead of the true time, milliseconds. */
  offset = 0;
  readonly #deaf: boolean;
  readonly #diskMs: () => number;
  readonly #readMs: () => number;
  #ids = 0;

  /**
   * `deaf`: watchers report nothing. The others say how long calls take: of the disk, before and after their effect,
   * and of the service.
   */
  constructor(
    options: { readonly deaf?: boolean; readonly diskMs?: () => number; readonly readMs?: () => number } = {},
  ) {
    this.#deaf = options.deaf ?? false;
    this.#diskMs = options.diskMs ?? (() => 5);
    this.#readMs = options.readMs ?? (() => 100);
  }

  async open(scope = 'scope'): Promise<DeskWindow> {
    const window = this.#make(scope);
    await this.truth.advance(200);
    return window;
  }

  #make(scope: string): DeskWindow {
    const clock = new ProcessClock(this.truth);
    clock.offset = this.offset;
    const faults: DeskWindow['faults'] = { read: undefined, write: undefined };
    const disk = processDisk(this.disk, clock, this.#diskMs, faults, this.#deaf);
    const log = memoryLog();
    const store = new Store<string>(rethrow);
    const windows = new Windows({ disk, clock, log, newId: () => `w${++this.#ids}` });
    const failures = {
      keep: (failure: string) => failure,
      bringBack: (kept: unknown) => (typeof kept === 'string' ? kept : undefined),
    };
    const snapshots = new Snapshots<string>({ store, folder: { disk }, clock, log, failures, scope: () => scope });
    const underWay = new Set<AbortSignal>();
    const feed = new Feed<Thing, string>(
      {
        key: thingsKey,
        pace: { activeMs: 10 * second, idleMs: 60 * second, quietMs: 600 * second },
        staleAfterMs: 120 * second,
        fetch: (signal) => this.#read(signal, clock, underWay),
      },
      { store, clock, log, random: () => 0.5, rules: wordRules, reader: windows },
    );
    snapshots.share({ key: thingsKey, readable: isThing, adopt: (state) => feed.adopt(state) });
    const reads = (): number => [...underWay].filter((signal) => !signal.aborted).length;
    const window = { clock, faults, log, store, windows, snapshots, feed, reads };
    void begin(window);
    return window;
  }

  async #read(signal: AbortSignal, clock: ProcessClock, underWay: Set<AbortSignal>): Promise<Fetched<Thing, string>> {
    this.reads++;
    underWay.add(signal);
    // The service answers with its state at the time of the request: an answer is as old as its request.
    const { answer } = this;
    await new Promise<void>((resolve) => void clock.after(this.#readMs(), resolve));
    underWay.delete(signal);
    return answer;
  }
}

/** As `Feeds` does it with all feeds. */
async function begin({ windows, snapshots, feed }: DeskWindow): Promise<void> {
  const takeRole = (): void => {
    if (windows.role === 'leader') snapshots.lead(windows.access);
    else if (windows.role === 'follower') snapshots.follow();
    else snapshots.keepToItself();
    if (windows.role === 'follower') feed.stop();
    else feed.start();
  };
  windows.onDidChangeRole(takeRole);
  windows.onDidChangeAttention(() => feed.attend(windows.attention(thingsKey.name)));
  await snapshots.restore();
  takeRole();
  await windows.start(async ({ refresh, burst }) => {
    if (burst.length > 0) feed.burst();
    if (refresh.length > 0) await feed.refresh();
    await snapshots.flush();
  });
}

/** What a window shows, except whether it reads. */
export function shown(
  window: DeskWindow,
): Omit<FeedState<Thing, string>, 'records' | 'loading'> & { records: readonly Thing[] } {
  const { status, records, asOf, completeness, skipped, failure, failures } = window.store.state(thingsKey);
  return { status, records: [...records.values()], asOf, completeness, skipped, failure, failures };
}
