import { rolloutKey, type Batch, type Rollout } from './rollout.ts';
import { rowId } from './timeline/rowId.ts';

/** Names a batch among those of all rollouts. */
export function batchKey(rollout: Rollout, batch: Batch): string {
  return batchKeyOf(rolloutKey(rollout), rowId(batch));
}

/** The same of a rollout (`rolloutKey`) and a batch (`rowId`) that a row names. */
export function batchKeyOf(rollout: string, row: string): string {
  return `${rollout}#${row}`;
}
