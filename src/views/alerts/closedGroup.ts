import type { Row } from '../kit/row.ts';

/** Whether the group of closed alerts is shown, and folded. */
export interface ClosedGroupState {
  /** Whether a person has chosen to see them. */
  readonly shown: boolean;
  /** Another number makes another group of it, which VS Code folds or unfolds as the tree item says. */
  readonly fold: number;
}

/** The id of the group that closed alerts stand in. */
export function closedGroupId({ fold }: ClosedGroupState): string {
  return `closedGroup/${fold}`;
}

/** Whether a row is that group. */
export function isClosedGroup({ id }: Row): boolean {
  return /^closedGroup\/\d+$/.test(id);
}
