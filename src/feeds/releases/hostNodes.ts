import type { Failure } from '../../domain/base/failure.ts';
import { minute, type Instant } from '../../domain/base/time.ts';
import { batchKey } from '../../domain/releases/batchKey.ts';
import { hostBatchName, listedAs, type HostBatchName, type HostBatchRead } from '../../domain/releases/hostBatch.ts';
import { isActive, type Batch, type Rollout } from '../../domain/releases/rollout.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Rollouts } from '../../sources/rollouts/client.ts';
import { RequestSpacing } from '../kit/requestSpacing.ts';
import { outcome } from './hostBatches.ts';
import { hostBatchesKey, rolloutsKey } from './keys.ts';

/** A rollout of HostOS has some fifty batches. With what the feeds take, an hour has room for these requests. */
const limits = { perMinute: 60, perHour: 60 };
/** The nodes of a batch that goes on are read again when a person searches for one after so long. */
const oldAfterMs = 2 * minute;

/** A batch of HostOS whose nodes are not known as of now. */
export interface UnreadBatch {
  /** `batchKey`. */
  readonly key: string;
  readonly name: HostBatchName;
  /** `listedAs`. */
  readonly listed: string;
}

/** Why a read of the nodes ended before all were read: it was cancelled, it failed, or no request may be made before `at`. */
export type NodesEnd =
  | { readonly kind: 'all' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'limit'; readonly at: Instant };

/**
 * Reads the nodes of HostOS batches for a person who searches for one of them: the dashboard returns them for one batch at a time,
 * so that they are read only then, each batch once as long as the list says the same of it.
 */
export class HostNodesReader {
  readonly #rollouts: () => Promise<Rollouts>;
  readonly #store: Store<Failure>;
  readonly #clock: Clock;
  readonly #spacing = new RequestSpacing(limits);
  readonly #read = new Map<string, HostBatchRead>();

  constructor(rollouts: () => Promise<Rollouts>, store: Store<Failure>, clock: Clock) {
    this.#rollouts = rollouts;
    this.#store = store;
    this.#clock = clock;
  }

  /** What was read of batches, by `batchKey`: here, or later for a row that is unfolded. */
  known(): ReadonlyMap<string, HostBatchRead> {
    const shown = [...this.#store.state(hostBatchesKey).records.values()].filter(
      ({ key, asOf }) => asOf !== undefined && asOf >= (this.#read.get(key)?.asOf ?? -Infinity),
    );
    return new Map([...this.#read, ...shown.map((each) => [each.key, each] as const)]);
  }

  /** The batches to read before all nodes are known that the HostOS rollouts that go on have, else the newest one. */
  unread(): readonly UnreadBatch[] {
    const hosts = [...this.#store.state(rolloutsKey).records.values()].filter(
      ({ kind, unlistedSince }) => kind === 'rollout_ic_os_to_mainnet_nodes' && unlistedSince === undefined,
    );
    const goingOn = hosts.filter(isActive);
    const newest = hosts.toSorted((a, b) => b.dispatchedAt - a.dispatchedAt).slice(0, 1);
    const known = this.known();
    return (goingOn.length > 0 ? goingOn : newest).flatMap((rollout) =>
      rollout.batches.flatMap((batch) => this.#unread(rollout, batch, known) ?? []),
    );
  }

  /** Reads these, one after another. `report` is called after each with how many are done. */
  async read(batches: readonly UnreadBatch[], signal: AbortSignal, report: (done: number) => void): Promise<NodesEnd> {
    const rollouts = await this.#rollouts();
    for (const [index, { key, name, listed }] of batches.entries()) {
      const now = this.#clock.now();
      const waitMs = this.#spacing.waitMs(now);
      if (waitMs > 0) return { kind: 'limit', at: now + waitMs };
      this.#spacing.note(now);
      const read = await rollouts.hostBatch(name, signal);
      if (signal.aborted) return { kind: 'cancelled' };
      // One that is gone says nothing of the others; all else would be the same for them.
      if (!read.ok && read.failure.kind !== 'notFound') return { kind: 'failed', failure: read.failure };
      const triedAt = this.#clock.now();
      this.#read.set(key, { ...outcome(read, this.#read.get(key), triedAt), key, listed, triedAt });
      report(index + 1);
    }
    return { kind: 'all' };
  }

  /** Removes all that was read: the settings lead to another dashboard. */
  reset(): void {
    this.#read.clear();
  }

  #unread(rollout: Rollout, batch: Batch, known: ReadonlyMap<string, HostBatchRead>): UnreadBatch | undefined {
    const name = hostBatchName(rollout, batch);
    if (name === undefined) return undefined;
    const key = batchKey(rollout, batch);
    const listed = listedAs(batch);
    const read = known.get(key);
    const goesOn = batch.actualStart !== undefined && batch.end === undefined;
    const isKnown =
      read?.listed === listed && (!goesOn || Math.abs(this.#clock.now() - (read.asOf ?? read.triedAt)) < oldAfterMs);
    return isKnown ? undefined : { key, name, listed };
  }
}
