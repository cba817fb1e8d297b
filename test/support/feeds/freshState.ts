import type { Failure } from '../../../src/domain/base/failure.ts';
import { Store, type FeedKey, type FeedState, type StateChange } from '../../../src/engine/read/store.ts';
import { rethrow } from '../engine/engine.ts';
import { wednesday } from './rolloutBuilder.ts';

/** The state of a feed that has read these records on Wednesday, in their order; or another state of it. */
export function freshState<R>(records: readonly R[], more: StateChange<R, Failure> = {}): FeedState<R, Failure> {
  let next = 0;
  const key: FeedKey<R> = { name: 'test', keyOf: () => `${next++}` };
  const store = new Store<Failure>(rethrow);
  store.update(key, { status: 'fresh', asOf: wednesday, ...more, records });
  return store.state(key);
}
