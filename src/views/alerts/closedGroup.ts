import type { Row } from '../kit/row.ts';

/** How the closed alerts are looked at. */
export interface ClosedLook {
  /** Whether a person wants to see them. */
  readonly shown: boolean;
  /** Another number makes another group of it, which VS Code folds or unfolds as it is told. */
  readonly fold: number;
}

/** The id of the group that closed alerts stand in. */
export function closedGroupId({ fold }: ClosedLook): string {
  return `closedGroup/${fold}`;
}

/** Whether a row is that group. */
export function isClosedGroup({ id }: Row): boolean {
  return /^closedGroup\/\d+$/.test(id);
}
