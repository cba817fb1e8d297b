import type { Failure } from '../../domain/base/failure.ts';
import type { RolloutKind } from '../../domain/releases/rollout.ts';
import { estimatesOf, type KindEstimates } from '../../domain/releases/times/estimates.ts';
import type { Store } from '../../engine/read/store.ts';
import { pastLengthsKey, rolloutsKey } from './keys.ts';

/** How long the batches of each kind usually take, by what is known now. Each kind is computed once. */
export function estimatesNow(store: Store<Failure>): (kind: RolloutKind) => KindEstimates {
  const known = new Map<RolloutKind, KindEstimates>();
  const rollouts = [...store.state(rolloutsKey).records.values()];
  const past = store.state(pastLengthsKey).records;
  return (kind) => {
    const estimates = known.get(kind) ?? estimatesOf(kind, rollouts, past.get(kind));
    known.set(kind, estimates);
    return estimates;
  };
}
