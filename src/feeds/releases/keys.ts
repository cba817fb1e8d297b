import type { Failure } from '../../domain/base/failure.ts';
import { rolloutKey, type Engine, type Rollout } from '../../domain/releases/rollout.ts';
import type { FeedKey, Store } from '../../engine/read/store.ts';

/** The dashboard's rollouts, newest first, by kind and name. */
export const rolloutsKey: FeedKey<Rollout> = { name: 'rollouts', keyOf: rolloutKey };

/** The rollout engines: they come with the rollouts. */
export const enginesKey: FeedKey<Engine> = { name: 'engines', keyOf: ({ kind, unknownKind = kind }) => unknownKind };

/** The engines as the dashboard tells them. */
export function enginesOf(store: Store<Failure>): readonly Engine[] {
  return [...store.state(enginesKey).records.values()];
}
