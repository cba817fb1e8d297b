import { firstGroup } from '../../base/ids.ts';
import { rowId } from './rowId.ts';
import { isRetrying, stepOf } from '../steps.ts';
import { staysOf, type AllTimes, type BatchStays, type RolloutTimes } from '../times/current.ts';
import type { Stay } from '../times/stays.ts';
import type { BatchSchedule } from './schedule.ts';
import { rolloutKey, type Batch, type CellState, type HostStage, type Rollout, type Target } from '../rollout.ts';

/** One subnet or API boundary node. */
export interface TimelineCell {
  /** Full principal. */
  readonly id: string;
  /** The first group of the principal, by which people name it. */
  readonly label: string;
  readonly state: CellState;
  readonly unknownState?: string | undefined;
  readonly comment: string;
  /** Since when it is in this state, where that is recorded. */
  readonly stay: Stay | undefined;
  readonly revision: string | undefined;
  /** Whether it gets another build than the rollout as a whole. */
  readonly otherRevision: boolean;
  /** See `stepOf`. */
  readonly step: 'adopted' | 'ready' | undefined;
  /** Whether Airflow tries again by itself; undefined when the state is not an error. */
  readonly retrying: boolean | undefined;
  readonly isNns: boolean;
}

/** One batch. */
export interface TimelineRow extends BatchSchedule {
  /** See `rowId`. */
  readonly id: string;
  readonly number: number;
  readonly stage: HostStage | undefined;
  readonly unknownStage?: string | undefined;
  readonly state: CellState;
  readonly unknownState?: string | undefined;
  readonly comment: string;
  /** As of a cell. */
  readonly stay: Stay | undefined;
  readonly cells: readonly TimelineCell[];
  readonly plannedNodes: number | undefined;
  readonly actualNodes: number | undefined;
  /** Targets that are done, and all of them: subnets or nodes. What was skipped is not done. */
  readonly done: number;
  readonly total: number;
}

/** The NNS subnet: it upgrades last, in a batch of its own. */
const nnsSubnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';

/** A batch with its times, as a row to draw. */
export function toRow(
  rollout: Rollout,
  batch: Batch,
  times: BatchSchedule,
  recorded: AllTimes = new Map(),
): TimelineRow {
  const { stays, cells } = partsOf(rollout, batch, recorded);
  const nodes = batch.actualNodes ?? batch.plannedNodes ?? 0;
  const isComplete = times.phase === 'done' && batch.state !== 'skipped';
  const counted = batch.stage === undefined ? cells.length : nodes;
  return {
    ...times,
    id: rowId(batch),
    number: batch.number,
    stage: batch.stage,
    unknownStage: batch.unknownStage,
    state: batch.state,
    unknownState: batch.unknownState,
    comment: batch.comment,
    stay: stays.batch,
    cells,
    plannedNodes: batch.plannedNodes,
    actualNodes: batch.actualNodes,
    done: batch.stage === undefined ? cells.filter(isDone).length : isComplete ? nodes : 0,
    total: counted,
  };
}

interface RowParts {
  readonly stays: BatchStays;
  readonly cells: readonly TimelineCell[];
  readonly revision: string | undefined;
  readonly times: RolloutTimes | undefined;
}

/** What was made of batches. Most are the same objects as before when something of their rollout changes. */
const made = new WeakMap<Batch, RowParts>();

function partsOf(rollout: Rollout, batch: Batch, recorded: AllTimes): RowParts {
  const { revision } = rollout;
  const times = recorded.get(rolloutKey(rollout));
  const before = made.get(batch);
  if (before !== undefined && before.revision === revision && before.times === times) return before;
  const stays = staysOf(recorded, rollout, batch);
  const cells = batch.targets.map((target, index) => toCell(rollout, target, stays.targets[index]));
  const parts = { stays, cells, revision, times };
  made.set(batch, parts);
  return parts;
}

function toCell(rollout: Rollout, target: Target, stay: Stay | undefined): TimelineCell {
  return {
    id: target.id,
    label: firstGroup(target.id),
    state: target.state,
    unknownState: target.unknownState,
    comment: target.comment,
    stay,
    revision: target.revision,
    otherRevision:
      target.revision !== undefined && rollout.revision !== undefined && target.revision !== rollout.revision,
    step: stepOf(target),
    retrying: target.state === 'error' ? isRetrying(target.comment) : undefined,
    isNns: target.id === nnsSubnet,
  };
}

function isDone(cell: { readonly state: CellState }): boolean {
  return cell.state === 'complete';
}
