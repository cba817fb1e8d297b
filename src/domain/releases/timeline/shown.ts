import { rolloutKey, type Rollout } from '../rollout.ts';
import type { RolloutHeading } from './messages.ts';

/** What decides which rollout a page shows. By `rolloutKey`. */
export interface RolloutChoice {
  /** The one that a person chose. */
  readonly selected: string | undefined;
  /** The one that the page showed last without a person selecting it: it does not give way to one that is of more interest by now. */
  readonly pinned: string | undefined;
}

/** The rollout that is shown: the chosen one, else the pinned one, else the first. Undefined where there is none. */
export function shownOf(rollouts: readonly Rollout[], { selected, pinned }: RolloutChoice): Rollout | undefined {
  const listed = (key: string | undefined): Rollout | undefined => rollouts.find((each) => rolloutKey(each) === key);
  return listed(selected) ?? listed(pinned) ?? rollouts[0];
}

/** What the list of rollouts says of one. */
export function headingOf({ kind, name, state, unknownState }: Rollout): RolloutHeading {
  return unknownState === undefined ? { kind, name, state } : { kind, name, state, unknownState };
}
