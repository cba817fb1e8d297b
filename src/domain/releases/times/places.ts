import { firstGroup } from '../../base/ids.ts';
import type { Batch, Rollout, Target } from '../rollout.ts';
import { isSlackRetry, leastAdvanced } from '../steps.ts';
import { rowId } from '../timeline/rowId.ts';

/** The state of a place as it is recorded: the dashboard's own word where it is none that is known. */
export function stateName({ state, unknownState }: Pick<Target, 'state' | 'unknownState'>): string {
  return unknownState ?? state;
}

/** What the record calls a batch: "batch-12". */
export function batchPlace(batch: Batch): string {
  return rowId(batch);
}

/**
 * What the record calls the subnets or nodes of a batch, in its order: "batch-12/opn46", by the first group of the principal,
 * as people do. The whole principal where two begin alike.
 */
export function targetPlaces(batch: Batch): readonly string[] {
  return placesWithin(batchPlace(batch), batch.targets);
}

/** The same of the batch that has this place. */
export function placesWithin(own: string, targets: readonly Pick<Target, 'id'>[]): readonly string[] {
  const labels = targets.map(({ id }) => firstGroup(id));
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return targets.map(({ id }, index) => {
    const label = labels[index] ?? id;
    return `${own}/${counts.get(label) === 1 ? label : id}`;
  });
}

/**
 * The states of all batches of a rollout and of their subnets or nodes, by place. A subnet whose message to Slack is retried is
 * said to be in error or not in any order (rollout-dashboard.md 0.1): it counts as in the state that it had, `known`, and
 * is left out where that is not known.
 */
export function statesOf(
  { batches }: Pick<Rollout, 'batches'>,
  known: (place: string) => string | undefined,
): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  const set = (place: string, state: string | undefined): void => {
    if (state !== undefined && state !== '') states.set(place, state);
  };
  for (const batch of batches) {
    const own = batchPlace(batch);
    const others = batch.targets.filter((target) => !isSlackRetry(target));
    for (const [index, place] of targetPlaces(batch).entries()) {
      const target = batch.targets[index];
      if (target !== undefined) set(place, isSlackRetry(target) ? known(place) : stateName(target));
    }
    if (others.length < batch.targets.length) {
      const least = leastAdvanced(others);
      set(own, least === undefined ? known(own) : stateName(least));
    } else set(own, isSlackRetry(batch) ? known(own) : stateName(batch));
  }
  return states;
}
