import { within, statesAfter, type RolloutRecord } from './record.ts';
import type { Instant } from '../../base/time.ts';
import { isCellState } from '../words.ts';
import type { Batch, CellState, HostStage, Rollout, RolloutState, Target } from '../rollout.ts';
import type { RolloutTimes } from '../times/current.ts';
import { batchPlace, targetPlaces } from '../times/places.ts';
import type { Stay } from '../times/stays.ts';

/** A rollout as it was seen at an instant of the past. */
export interface PastRollout {
  readonly at: Instant;
  readonly rollout: Rollout;
  /** Since when its parts were in their states then. */
  readonly times: RolloutTimes;
}

/**
 * A rollout as it was after a step of its record: its plan is that of now, its states are those that were recorded, and what
 * happened later has not happened yet. Undefined where there is no such step.
 */
export function rolloutAt(rollout: Rollout, record: RolloutRecord, step: number): PastRollout | undefined {
  const at = record.steps[step]?.at;
  if (at === undefined) return undefined;
  const states = statesAfter(record.steps.slice(0, step + 1));
  const batches = rollout.batches.map((batch) => batchAt(batch, at, states));
  return {
    at,
    rollout: {
      ...rollout,
      batches,
      state: stateOf(rollout, batches, at),
      note: undefined,
      lastSchedulingDecision: undefined,
    },
    times: { rollout: record.rollout, stays: staysAfter(record, step) },
  };
}

/** What had been recorded when a step of a record was seen; undefined where there is no such step. */
export function recordAt(record: RolloutRecord, step: number): RolloutRecord | undefined {
  const at = record.steps[step]?.at;
  if (at === undefined) return undefined;
  const gaps = within({ start: -Infinity, end: at }, record.gaps);
  return { ...record, steps: record.steps.slice(0, step + 1), gaps, until: at };
}

function batchAt(batch: Batch, at: Instant, states: ReadonlyMap<string, string>): Batch {
  const happened = (when: Instant | undefined): Instant | undefined =>
    when !== undefined && when <= at ? when : undefined;
  const places = targetPlaces(batch);
  return {
    ...withState(batch, states.get(batchPlace(batch))),
    actualStart: happened(batch.actualStart),
    end: happened(batch.end),
    targets: batch.targets.map((target, index) => withState(target, states.get(places[index] ?? ''))),
  };
}

interface Stated {
  state: CellState;
  unknownState?: string | undefined;
  comment: string;
}

/** What is not recorded is in no state that is known. Airflow's words about its tasks are not recorded. */
function withState<T extends Pick<Target, 'state' | 'unknownState' | 'comment'>>(of: T, word: string | undefined): T {
  const copy: T = { ...of };
  const stated: Stated = copy;
  stated.comment = '';
  delete stated.unknownState;
  if (word === undefined || isCellState(word)) stated.state = word ?? 'unknown';
  else {
    stated.state = 'unknown';
    stated.unknownState = word;
  }
  return copy;
}

const over: ReadonlySet<CellState> = new Set<CellState>(['complete', 'skipped']);
const notBegun: ReadonlySet<CellState> = new Set<CellState>(['pending', 'waiting', 'unknown']);

/** The dashboard's word for a rollout as a whole is not recorded: it follows from its batches. */
function stateOf(
  { kind, state, lastSchedulingDecision }: Rollout,
  batches: readonly Batch[],
  at: Instant,
): RolloutState {
  const all = batches.flatMap((batch) => [batch.state, ...batch.targets.map((target) => target.state)]);
  if (all.includes('predecessor_failed')) return 'failed';
  if (all.includes('error')) return 'problem';
  if (all.every((each) => over.has(each))) return state === 'complete' ? 'complete' : runningState(kind, undefined);
  if (state === 'failed' && lastSchedulingDecision !== undefined && at >= lastSchedulingDecision) return 'failed';
  if (all.every((each) => notBegun.has(each))) return 'waiting';
  return runningState(kind, batches.find((batch) => !over.has(batch.state))?.stage);
}

function runningState(kind: Rollout['kind'], stage: HostStage | undefined): RolloutState {
  switch (kind) {
    case 'rollout_ic_os_to_mainnet_subnets':
      return 'upgrading_subnets';
    case 'rollout_ic_os_to_mainnet_api_boundary_nodes':
      return 'upgrading_api_boundary_nodes';
    case 'rollout_ic_os_to_mainnet_nodes':
      return stage ?? 'unknown';
    case 'unknown':
      return 'unknown';
  }
}

function staysAfter({ steps, gaps, fromStart }: RolloutRecord, last: number): Readonly<Record<string, Stay>> {
  const stays = new Map<string, Stay>();
  for (const [index, { at, states }] of steps.slice(0, last + 1).entries()) {
    const before = steps[index - 1]?.at;
    const afterGap = before !== undefined && within({ start: before, end: at }, gaps).length > 0;
    const began = index === 0 ? fromStart : !afterGap;
    // What did not change in a gap may have changed and changed back.
    if (afterGap) for (const [place, stay] of stays) stays.set(place, { ...stay, since: at, began: false });
    for (const [state, places] of states) for (const place of places) stays.set(place, { state, since: at, began });
  }
  return Object.fromEntries(stays);
}
