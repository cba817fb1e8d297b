import type { Failure } from '../../domain/base/failure.ts';
import type { Release } from '../../domain/releases/release.ts';
import type { HostBatchRead } from '../../domain/releases/hostBatch.ts';
import { rolloutKey, type Engine, type FullRead, type Rollout } from '../../domain/releases/rollout.ts';
import type { RolloutTimes } from '../../domain/releases/times/current.ts';
import type { PastLengths } from '../../domain/releases/times/estimates.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { FeedKey, Store } from '../../engine/read/store.ts';

/** The dashboard's rollouts, newest first, by kind and name. */
export const rolloutsKey: FeedKey<Rollout> = { name: 'rollouts', keyOf: rolloutKey };

/** The newest releases of the release index, newest first, by name. */
export const releasesKey: FeedKey<Release> = { name: 'releases', keyOf: ({ name }) => name };

/** The rollout engines: they come with the rollouts. */
export const enginesKey: FeedKey<Engine> = { name: 'engines', keyOf: ({ kind, unknownKind = kind }) => unknownKind };

/** When all rollouts were last read at once. */
export const fullReadKey: FeedKey<FullRead> = { name: 'rolloutsReadInWhole', keyOf: ({ of }) => of };

/** When all rollouts were last read at once; undefined when never. */
export function fullReadAt(store: Store<Failure>): Instant | undefined {
  return store.state(fullReadKey).asOf;
}

/** The engines as the dashboard has them. */
export function enginesOf(store: Store<Failure>): readonly Engine[] {
  return [...store.state(enginesKey).records.values()];
}

/** Since when the batches, subnets and nodes of the rollouts are in their states: recorded here, as the dashboard does not say it. */
export const timesKey: FeedKey<RolloutTimes> = { name: 'rolloutTimes', keyOf: ({ rollout }) => rollout };

/** The detail of the HostOS batches that are unfolded in this window. */
export const hostBatchesKey: FeedKey<HostBatchRead> = { name: 'hostBatches', keyOf: ({ key }) => key };

/** Whether a record from disk has the form of the times of a rollout. */
export function isStoredTimes(record: unknown): record is RolloutTimes {
  if (typeof record !== 'object' || record === null || !('rollout' in record) || !('stays' in record)) return false;
  const { rollout, stays } = record;
  return typeof rollout === 'string' && typeof stays === 'object' && stays !== null;
}

/** What batches and their tasks took in past weeks, by kind: read from what was recorded here. */
export const pastLengthsKey: FeedKey<PastLengths> = { name: 'rolloutLengths', keyOf: ({ kind }) => kind };

/** Whether a record from disk has the form of such lengths. */
export function isStoredLengths(record: unknown): record is PastLengths {
  return (
    typeof record === 'object' &&
    record !== null &&
    'kind' in record &&
    'batches' in record &&
    Array.isArray(record.batches) &&
    'tasks' in record &&
    Array.isArray(record.tasks)
  );
}
