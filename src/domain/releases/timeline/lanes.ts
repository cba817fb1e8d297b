import { minute, week, type Instant, type Span } from '../../base/time.ts';
import { isActive, rolloutKey, type HostStage, type Rollout, type RolloutKind } from '../rollout.ts';
import type { KindEstimates } from '../times/estimates.ts';
import type { BatchRun } from './comparison.ts';
import type { RolloutHeading } from './messages.ts';
import { schedule } from './schedule.ts';
import { headingOf } from './shown.ts';
import { isStandingStill, type TimelineMoment } from './troubles.ts';

/** A batch, as far as its name says. */
export interface LaneBatch {
  readonly number: number;
  readonly stage: HostStage | undefined;
  /** The dashboard's word where `stage` is `unknown`. */
  readonly unknownStage?: string | undefined;
}

/**
 * How a batch is drawn:
 * - `done`, `running`, `failed`: it ran, or runs, in that time
 * - `recorded`: it ran in that time, and how it ended is not known
 * - `predicted`, `planned`: it has not begun
 */
export type BarForm = 'done' | 'running' | 'failed' | 'recorded' | 'predicted' | 'planned';

/** A batch of another rollout. */
export interface LaneBar extends Span {
  readonly form: BarForm;
  /** It goes on: it is drawn to the present. */
  readonly open: boolean;
  readonly batch: LaneBatch;
}

/** Another rollout beside the one that is shown. Plain JSON. */
export interface Lane {
  /** Its `rolloutKey`. */
  readonly rollout: string;
  readonly kind: RolloutKind;
  readonly name: string;
  /** How it stands; null where it is in the record alone: then it cannot be shown. */
  readonly heading: RolloutHeading | null;
  readonly isActive: boolean;
  /** Since when the dashboard does not list it; null while it does. */
  readonly unlistedSince: Instant | null;
  /** Batches that are done, and all that are known. What was skipped is not done. */
  readonly done: number;
  readonly batches: number;
  readonly failed: readonly LaneBatch[];
  /** How many batches have no bar, as their times are not known. */
  readonly withoutTimes: number;
  /** In the order of the batches. */
  readonly bars: readonly LaneBar[];
}

/** The rollouts beside the one that the page shows: all of them. */
export interface LanesMessage {
  readonly type: 'lanes';
  readonly lanes: readonly Lane[];
}

/** Of more rollouts those that are further back are left out, of more batches the last ones. */
export const [mostLanes, mostLaneBars] = [30, 100];

/** So long before the shown rollout begins others are shown. */
const lanesBack = 4 * week;

/** What is predicted is worked out anew when so much time has passed: each message to a page takes its time. */
const freshMs = 5 * minute;

/** A smaller delay is drawn as planned. */
const notable = 5 * minute;

/** What is known of each rollout besides the rollout itself. */
export type LaneMoment = Pick<TimelineMoment, 'now' | 'fullReadAt' | 'engine' | 'wait' | 'estimates'>;

/** What the lane of a rollout is made of besides the rollout: as long as both are the same, so is the lane. */
export interface LaneBasis {
  /** The same for some minutes. */
  readonly now: Instant;
  /** Nothing can be predicted. */
  readonly isStill: boolean;
  readonly estimates: KindEstimates | undefined;
}

/**
 * The lanes beside a rollout: those that the dashboard lists, and those that were recorded and are not listed any more. Active
 * ones first, then the newest. What was over four weeks before the rollout began has none.
 */
export function lanesBeside(
  shown: Rollout,
  listed: readonly Rollout[],
  recorded: readonly Lane[],
  laneFor: (rollout: Rollout) => Lane,
): readonly Lane[] {
  const from = lanesFrom(shown);
  const known = new Set(listed.map((rollout) => rolloutKey(rollout)));
  const lanes = [
    ...listed
      .filter((rollout) => rolloutKey(rollout) !== rolloutKey(shown))
      .map((rollout) => ({ lane: laneFor(rollout), began: rollout.dispatchedAt })),
    ...recorded.filter(({ rollout }) => !known.has(rollout)).map((lane) => ({ lane, began: lane.bars[0]?.start ?? 0 })),
  ];
  return lanes
    .filter(({ lane, began }) => lane.isActive || Math.max(began, ...lane.bars.map(({ end }) => end)) >= from)
    .sort((a, b) => Number(b.lane.isActive) - Number(a.lane.isActive) || b.began - a.began)
    .slice(0, mostLanes)
    .map(({ lane }) => lane);
}

/** From when on other rollouts are shown beside one. */
export function lanesFrom({ dispatchedAt }: Pick<Rollout, 'dispatchedAt'>): Instant {
  return dispatchedAt - lanesBack;
}

/** What the lane of a rollout is made of at a moment, besides the rollout itself. */
export function laneBasis(rollout: Rollout, moment: LaneMoment): LaneBasis {
  const now = Math.floor(moment.now / freshMs) * freshMs;
  return { now, isStill: isStandingStill(rollout, moment), estimates: moment.estimates };
}

/** One that the dashboard lists, or that it listed until its engine broke. */
export function laneOf(rollout: Rollout, { now, isStill, estimates }: LaneBasis): Lane {
  const { rows } = schedule(rollout, now, isStill, estimates);
  const failed = rollout.batches.filter(({ state }) => state === 'error');
  // When what is behind a failed batch begins cannot be predicted: only its plan is known.
  const isStuck = failed.length > 0;
  const bars: LaneBar[] = [];
  let [done, withoutTimes] = [0, 0];
  for (const [index, batch] of rollout.batches.entries()) {
    const { phase, actual, planned, predicted, drift = 0 } = rows[index] ?? {};
    const named = nameOf(batch);
    if (phase === 'done' && batch.state !== 'skipped') done += 1;
    const form = batch.state === 'error' ? 'failed' : phase === 'done' ? 'done' : 'running';
    const coming = predicted !== undefined && !isStuck && Math.abs(drift) >= notable ? predicted : undefined;
    if (actual !== undefined) {
      const open = phase !== 'done' && actual.open && actual.end >= now;
      bars.push({ start: actual.start, end: actual.end, form, open, batch: named });
    } else if (phase === 'done') withoutTimes += batch.state === 'skipped' ? 0 : 1;
    else if (coming !== undefined) bars.push({ ...coming, form: 'predicted', open: false, batch: named });
    else if (planned !== undefined) bars.push({ ...planned, form: 'planned', open: false, batch: named });
    else withoutTimes += 1;
  }
  return {
    rollout: rolloutKey(rollout),
    kind: rollout.kind,
    name: rollout.name,
    heading: headingOf(rollout),
    isActive: isActive(rollout),
    unlistedSince: rollout.unlistedSince ?? null,
    done,
    batches: rollout.batches.length,
    failed: failed.map(nameOf),
    withoutTimes,
    bars: bars.slice(0, mostLaneBars),
  };
}

function nameOf({ number, stage, unknownStage }: LaneBatch): LaneBatch {
  return { number, stage, unknownStage };
}

/** The lanes of rollouts of which only the record has when their batches ran, by `rolloutKey`; none where the kind is not known. */
export function recordedLanes(runs: ReadonlyMap<string, readonly BatchRun[]>): readonly Lane[] {
  return [...runs].flatMap(([key, each]) => recordedLane(key, each) ?? []);
}

const recordedKinds: Readonly<Partial<Record<string, RolloutKind>>> = {
  rollout_ic_os_to_mainnet_subnets: 'rollout_ic_os_to_mainnet_subnets',
  rollout_ic_os_to_mainnet_api_boundary_nodes: 'rollout_ic_os_to_mainnet_api_boundary_nodes',
  rollout_ic_os_to_mainnet_nodes: 'rollout_ic_os_to_mainnet_nodes',
};

/** One of which only the record has when its batches ran; undefined where its kind is not known. */
function recordedLane(key: string, runs: readonly BatchRun[]): Lane | undefined {
  const slash = key.indexOf('/');
  const kind = recordedKinds[key.slice(0, slash)];
  if (kind === undefined || runs.length === 0) return undefined;
  const bars = runs
    .map(({ row, start, end }): LaneBar => {
      return { start, end: end ?? start, form: 'recorded', open: false, batch: batchOf(row) };
    })
    .sort((a, b) => a.start - b.start);
  return {
    rollout: key,
    kind,
    name: key.slice(slash + 1),
    heading: null,
    isActive: false,
    unlistedSince: null,
    done: 0,
    batches: runs.length,
    failed: [],
    withoutTimes: 0,
    bars: bars.slice(0, mostLaneBars),
  };
}

const stages: Readonly<Partial<Record<string, HostStage>>> = {
  canary: 'canary',
  main: 'main',
  unassigned: 'unassigned',
  stragglers: 'stragglers',
};

/** The batch that a `rowId` names. */
function batchOf(row: string): LaneBatch {
  const dash = row.lastIndexOf('-');
  const [stage, number] = [row.slice(0, dash), Number(row.slice(dash + 1))];
  if (stage === 'batch') return { number, stage: undefined };
  const known = stages[stage];
  if (known !== undefined) return { number, stage: known };
  return { number, stage: 'unknown', unknownStage: stage.replace(/^stage_/, '') };
}

/** Where a bar is drawn now: what goes on is drawn to the present, and what has not begun begins not before it. */
export function drawnSpan({ start, end, form, open }: LaneBar, now: Instant): Span {
  if (open) return { start, end: Math.max(start, end, now) };
  if (form === 'predicted' && start < now) return { start: now, end: Math.max(end, now) };
  return { start, end };
}

/** Other rollouts are folded at first where none of them goes on. */
export function areOpenAtFirst(lanes: readonly Lane[]): boolean {
  return lanes.some((lane) => lane.isActive);
}

/** The times that an axis has for lanes beside what it is made for: at most four weeks before that. */
export function laneSpans(lanes: readonly Lane[], window: Span, now: Instant): readonly Span[] {
  const from = window.start - lanesBack;
  return lanes
    .flatMap(({ bars }) => bars.map((bar) => drawnSpan(bar, now)))
    .filter(({ end }) => end > from)
    .map(({ start, end }) => ({ start: Math.max(start, from), end }));
}
