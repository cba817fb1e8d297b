import type { Batch } from '../rollout.ts';

/** The id of a batch within its rollout: `batch-12`, `main-11`; `stage_late_nodes-3` in a stage that is not known. */
export function rowId(batch: Pick<Batch, 'number' | 'writtenNumber' | 'stage' | 'unknownStage'>): string {
  const { stage, unknownStage } = batch;
  const number = batch.writtenNumber ?? batch.number;
  if (unknownStage === undefined) return `${stage ?? 'batch'}-${number}`;
  return `stage_${unknownStage
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '_')
    .slice(0, 40)}-${number}`;
}
