import type { Instant } from '../base/time.ts';

/** The dashboard's kinds are the DAG ids (rollout-dashboard.md 1.3). `unknown`: one that is new to us. */
export type RolloutKind =
  | 'rollout_ic_os_to_mainnet_subnets'
  | 'rollout_ic_os_to_mainnet_api_boundary_nodes'
  | 'rollout_ic_os_to_mainnet_nodes'
  | 'unknown';

/** `unknown`: a word that is new to us. */
export type RolloutState =
  | 'failed'
  | 'problem'
  | 'preparing'
  | 'waiting'
  | 'upgrading_subnets'
  | 'upgrading_unassigned_nodes'
  | 'upgrading_api_boundary_nodes'
  | 'canary'
  | 'main'
  | 'unassigned'
  | 'stragglers'
  | 'complete'
  | 'unknown';

/** The state of a subnet or of a batch (rollout-dashboard.md 2.3). */
export type CellState =
  | 'error'
  | 'predecessor_failed'
  | 'pending'
  | 'waiting'
  | 'determining_targets'
  | 'proposing'
  | 'waiting_for_election'
  | 'waiting_for_adoption'
  | 'waiting_for_alerts_gone'
  | 'waiting_until_nodes_healthy'
  | 'complete'
  | 'skipped'
  | 'unknown';

/** `unknown`: a word that is new to us. */
export type HostStage = 'canary' | 'main' | 'unassigned' | 'stragglers' | 'unknown';

/** What a batch upgrades one by one: a subnet (GuestOS) or a node (API boundary nodes). */
export interface Target {
  /** Full principal text. */
  readonly id: string;
  readonly state: CellState;
  /** The dashboard's word where `state` is `unknown` because that word is none that is known. */
  readonly unknownState?: string | undefined;
  /** The Airflow task that the state is of, in Airflow's words; empty when unknown. */
  readonly comment: string;
  /** Airflow page; empty when unknown. */
  readonly url: string;
  /** Commit of dfinity/ic (GuestOS only). */
  readonly revision: string | undefined;
}

export interface Batch {
  /** The number in the plan. Gaps are normal: the NNS subnet's batch is 30. */
  readonly number: number;
  /** The number as the dashboard wrote it, where that is another text ("01"): there may be both. */
  readonly writtenNumber?: string;
  /** HostOS rollouts only. */
  readonly stage: HostStage | undefined;
  /** The dashboard's word where `stage` is `unknown`. */
  readonly unknownStage?: string | undefined;
  readonly plannedStart: Instant;
  readonly actualStart: Instant | undefined;
  readonly end: Instant | undefined;
  /** The batch's own state, or for GuestOS the least advanced state of its subnets (trouble first). */
  readonly state: CellState;
  /** As of a target. */
  readonly unknownState?: string | undefined;
  readonly comment: string;
  readonly url: string;
  /** Subnets, or API boundary nodes. Empty for HostOS: there the dashboard has only counts. */
  readonly targets: readonly Target[];
  readonly plannedNodes: number | undefined;
  readonly actualNodes: number | undefined;
}

/** One rollout. Names repeat between kinds: key by `rolloutKey`. */
export interface Rollout {
  readonly kind: RolloutKind;
  /** The dashboard's word where `kind` is `unknown`. What is in its batches is not known then: there are none here. */
  readonly unknownKind?: string | undefined;
  /** The DAG run id: free text. */
  readonly name: string;
  readonly state: RolloutState;
  /** The dashboard's word where `state` is `unknown`. */
  readonly unknownState?: string | undefined;
  readonly url: string;
  readonly note: string | undefined;
  readonly dispatchedAt: Instant;
  readonly lastSchedulingDecision: Instant | undefined;
  /** The commit that it rolls out, where `conf` names it. */
  readonly revision: string | undefined;
  readonly simulated: boolean;
  /** In plan order (HostOS: by stage, those that are not known last, then number). Empty while there is no plan. */
  readonly batches: readonly Batch[];
  /** False while there is no plan yet (HostOS `stages: null`). */
  readonly planned: boolean;
  /**
   * When the dashboard was first seen to list no rollout of its kind, as it does while their engine is broken
   * (rollout-dashboard.md 0.5): all else is what was known before. Undefined for one that it lists.
   */
  readonly unlistedSince?: Instant;
}

/** `unknown`: a word that is new to us. */
export type EngineState = 'broken' | 'paused' | 'inactive' | 'active' | 'unknown';

/** Airflow's workflow behind the rollouts of a kind. */
export interface Engine {
  readonly kind: RolloutKind;
  /** The dashboard's word where `kind` is `unknown`. */
  readonly unknownKind?: string | undefined;
  readonly state: EngineState;
  /** The dashboard's word where `state` is `unknown`, if it is one. */
  readonly unknownState?: string | undefined;
  /** When it was first seen in this state, shortly after it was seen in another one. Undefined where that is not known. */
  readonly since?: Instant;
}

/** The state of the dashboard. */
export interface RolloutBoard {
  /** Newest first. */
  readonly rollouts: readonly Rollout[];
  readonly engines: readonly Engine[];
}

/** What identifies a rollout, here or as the dashboard names it. */
interface RolloutIdentity {
  readonly kind: string;
  readonly unknownKind?: string | undefined;
  readonly name: string;
}

/** That the dashboard was read in whole, not by changes in its event stream. The age of this record says when. */
export interface FullRead {
  readonly of: 'rollouts';
}

/** The key of a rollout: the dashboard's word for its kind, and its name. */
export function rolloutKey({ kind, unknownKind = kind, name }: RolloutIdentity): string {
  return `${unknownKind}/${name}`;
}

/** Whether a rollout is to be followed: it has neither completed nor failed. */
export function isActive(rollout: Pick<Rollout, 'state'>): boolean {
  return rollout.state !== 'complete' && rollout.state !== 'failed';
}

/** What the targets of a rollout are. */
export function targetKind({ kind }: Pick<Rollout, 'kind'>): 'subnet' | 'node' {
  return kind === 'rollout_ic_os_to_mainnet_subnets' ? 'subnet' : 'node';
}
