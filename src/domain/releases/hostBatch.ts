import type { Failure } from '../base/failure.ts';
import type { Instant } from '../base/time.ts';
import type { Batch, HostStage, Rollout } from './rollout.ts';
import { cellStateText } from './words.ts';

// The detail of a HostOS batch, which the dashboard returns for one batch at a time (rollout-dashboard.md 1.3, BatchResponse).

/** Whether a node runs the version: `AWOL` does not report at all. `unknown`: a word that is new to us. */
export type Adoption = 'upgraded' | 'pending' | 'AWOL' | 'unknown';

/** Whether a node has alerts. `notKnown` is the dashboard's own word "unknown"; `unknown`: a word that is new to us. */
export type NodeHealth = 'OK' | 'alerting' | 'notKnown' | 'unknown';

/** A node of a HostOS batch. */
export interface HostNode {
  /** Full principal text. */
  readonly id: string;
  /** The full id of its node provider; undefined where not known. */
  readonly provider: string | undefined;
  readonly dataCenter: string | undefined;
  /** The id of its subnet, or "API boundary"; undefined where it has none. */
  readonly assignment: string | undefined;
  /** What the registry's dashboard says of it: "Healthy", "Degraded", "Dead". */
  readonly status: string | undefined;
  /** Undefined where it is not known (yet). */
  readonly adoption: Adoption | undefined;
  /** The dashboard's word where `adoption` is `unknown`. */
  readonly unknownAdoption?: string;
  /** Undefined where it is not known (yet). */
  readonly health: NodeHealth | undefined;
  /** The dashboard's word where `health` is `unknown`. */
  readonly unknownHealth?: string;
}

/** What the dashboard returns for one HostOS batch. */
export interface HostBatch {
  /** The nodes that it upgrades, once they are determined; undefined before, and where that is not known. */
  readonly nodes: readonly HostNode[] | undefined;
  /** The nodes of the plan; undefined where they are not known. */
  readonly plannedNodes: readonly HostNode[] | undefined;
  /** How many nodes, or "5%" of them, may be left behind. `none`: none may. Undefined where it cannot be read. */
  readonly tolerance: string | undefined;
  /** Whether a person let the batch go on without waiting for the nodes; undefined while that is not known. */
  readonly adoptionBypassed: boolean | undefined;
  /** The same of its wait for healthy nodes. */
  readonly healthBypassed: boolean | undefined;
  /** So many nodes could not be read. */
  readonly skipped: number;
}

/** Names a HostOS batch for the dashboard. */
export interface HostBatchName {
  /** The name of the rollout. */
  readonly rollout: string;
  readonly stage: Exclude<HostStage, 'unknown'>;
  readonly number: number;
}

/** What was read of a HostOS batch. */
export interface HostBatchRead {
  /** `batchKey`. */
  readonly key: string;
  /** As it was read last; undefined while it never was, or where the dashboard has none (any more). */
  readonly batch: HostBatch | undefined;
  /** When `batch` was read. */
  readonly asOf: Instant | undefined;
  /** What the last read gave: `loading`, the dashboard has nothing yet; `notYet`, it has none of this batch yet. */
  readonly last: 'read' | 'loading' | 'notYet' | Failure;
  readonly triedAt: Instant;
  /** The state that the list had the batch in as it was read: when that is another one, the detail is of before. */
  readonly listed: string;
}

/** What the detail of a batch is requested by; undefined where the dashboard has none. */
export function hostBatchName(rollout: Rollout, { stage, number }: Batch): HostBatchName | undefined {
  if (rollout.kind !== 'rollout_ic_os_to_mainnet_nodes' || stage === undefined || stage === 'unknown') return undefined;
  // The dashboard takes no others (rollout-dashboard.md 1).
  return number >= 1 && number <= 100 ? { rollout: rollout.name, stage, number } : undefined;
}

/** How the list has a batch: once this is another text, its detail may be another one, too. */
export function listedAs(batch: Batch): string {
  return `${cellStateText(batch)} ${batch.comment} ${batch.end ?? ''}`;
}
