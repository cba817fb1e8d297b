import { rolloutKey, type Batch, type CellState, type Rollout, type Target } from '../rollout.ts';
import { batchPlace, stateName, targetPlaces } from './places.ts';
import type { Stay, WatchedRollout } from './stays.ts';

/** Since when the batches of a rollout, and their subnets or nodes, are in their states, as far as that is of interest. */
export interface RolloutTimes {
  /** `rolloutKey`. */
  readonly rollout: string;
  /** By place. */
  readonly stays: Readonly<Record<string, Stay>>;
}

/** The dashboard itself shows when a batch ended, and how long one has been planned is not shown. */
const leftOut: ReadonlySet<string> = new Set<CellState>(['pending', 'complete', 'skipped']);

/** What is kept of a rollout that is watched. */
export function timesOf(rollout: string, { stays }: WatchedRollout): RolloutTimes {
  return { rollout, stays: Object.fromEntries([...stays].filter(([, { state }]) => !leftOut.has(state))) };
}

/** The times of all rollouts, by rollout. */
export type AllTimes = ReadonlyMap<string, RolloutTimes>;

/** Since when a batch is in the state that it is shown in, and each of its subnets or nodes; undefined where not known. */
export interface BatchStays {
  readonly batch: Stay | undefined;
  /** In the order of the batch. */
  readonly targets: readonly (Stay | undefined)[];
}

export function staysOf(all: AllTimes, rollout: Rollout, batch: Batch): BatchStays {
  const stays = all.get(rolloutKey(rollout))?.stays;
  if (stays === undefined) return { batch: undefined, targets: [] };
  const of = (place: string | undefined, shown: Pick<Target, 'state' | 'unknownState'>): Stay | undefined => {
    const stay = place === undefined || !Object.hasOwn(stays, place) ? undefined : stays[place];
    return stay?.state === stateName(shown) ? stay : undefined;
  };
  const places = targetPlaces(batch);
  return {
    batch: of(batchPlace(batch), batch),
    targets: batch.targets.map((target, index) => of(places[index], target)),
  };
}
