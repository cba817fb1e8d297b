import { rolloutKey, type Batch, type Rollout } from './rollout.ts';
import { rowId } from './timeline/rowId.ts';

/** Names a batch among those of all rollouts. */
export function batchKey(rollout: Rollout, batch: Batch): string {
  return `${rolloutKey(rollout)}#${rowId(batch)}`;
}
