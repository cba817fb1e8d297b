import type { Instant } from '../../domain/base/time.ts';
import type { Links } from '../../domain/links/join.ts';
import type { HostBatchRead } from '../../domain/releases/hostBatch.ts';
import type { KindEstimates } from '../../domain/releases/times/estimates.ts';
import type { Batch, Engine, Rollout, RolloutKind } from '../../domain/releases/rollout.ts';
import type { AllTimes } from '../../domain/releases/times/current.ts';
import type { Viewpoint } from '../kit/format.ts';
import type { VersionPages } from './versionPages.ts';

/** What the rows of the Releases view are made with. */
export interface RolloutContext {
  readonly from: Viewpoint;
  readonly airflowUrl: string;
  readonly links: Links | undefined;
  readonly engines: readonly Engine[];
  /** When all rollouts were last read at once. */
  readonly fullReadAt: Instant | undefined;
  readonly rollouts: readonly Rollout[];
  /** Since when what is shown is in its state. */
  readonly times: AllTimes;
  /** The ids (`batchKey`) of the batches that are stuck. */
  readonly stuck: ReadonlySet<string>;
  /** What was read of HostOS batches, by `batchKey`. */
  readonly hostBatches: ReadonlyMap<string, HostBatchRead>;
  /** What is known about the version of a rollout. */
  readonly pagesOf: (rollout: Rollout) => VersionPages;
  /** How long the batches of a kind usually take. */
  readonly estimates: (kind: RolloutKind) => KindEstimates | undefined;
}

/** "Batch 12", "Batch main 11". */
export function batchLabel({ stage, unknownStage, number }: Pick<Batch, 'stage' | 'unknownStage' | 'number'>): string {
  const word = unknownStage === undefined ? stage : `“${unknownStage}”`;
  return `Batch ${word === undefined ? '' : `${word} `}${number}`;
}
