import assert from 'node:assert/strict';
import fc from 'fast-check';
import { timeline, type Timeline } from '../../../../../src/domain/releases/timeline/timeline.ts';
import { axisDays, axisTicks } from '../../../../../src/domain/releases/timeline/axis.ts';
import { schedule } from '../../../../../src/domain/releases/timeline/schedule.ts';
import type { TimelineRow } from '../../../../../src/domain/releases/timeline/rows.ts';
import type {
  Batch,
  CellState,
  HostStage,
  Rollout,
  RolloutKind,
  RolloutState,
} from '../../../../../src/domain/releases/rollout.ts';
import { day, hour } from '../../../../../src/domain/base/time.ts';
import { zoneOffset } from '../../../../../src/domain/base/zone.ts';
import { rollout, target, taskComment, wednesday } from '../../../../support/feeds/rolloutBuilder.ts';
import { runs } from '../../../../support/base/runs.ts';

const now = wednesday;
const look = (of: Rollout, when = now): Timeline => timeline(of, { now: when });
const rowsOf = (of: Timeline): readonly TimelineRow[] => of.groups.flatMap((group) => group.rows);

// Anything that the dashboard could say, and much that it could not.

const states: readonly CellState[] = [
  'error',
  'predecessor_failed',
  'pending',
  'waiting',
  'determining_targets',
  'proposing',
  'waiting_for_election',
  'waiting_for_adoption',
  'waiting_for_alerts_gone',
  'waiting_until_nodes_healthy',
  'complete',
  'skipped',
  'unknown',
];
const rolloutStates: readonly RolloutState[] = [
  'failed',
  'problem',
  'preparing',
  'waiting',
  'upgrading_subnets',
  'main',
  'complete',
];
const stages: readonly (HostStage | undefined)[] = [undefined, 'canary', 'main', 'unassigned', 'stragglers'];

const instants = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: now - 14 * day, max: now + 14 * day }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, Number.NaN, Infinity, -Infinity, 8.64e15, 253_402_300_800_000) },
);
const maybe = fc.option(instants, { nil: undefined });
const targets = fc
  .record({
    label: fc.constantFrom('aaaaa', 'bbbbb', 'tdb26'),
    state: fc.constantFrom(...states),
    comment: fc.string(),
  })
  .map(({ label, state, comment }) => target(label, { state, comment }));
const nodes = fc.option(fc.nat(200), { nil: undefined });
const batches: fc.Arbitrary<Batch> = fc.record({
  number: fc.nat(60),
  stage: fc.constantFrom(...stages),
  plannedStart: instants,
  actualStart: maybe,
  end: maybe,
  state: fc.constantFrom(...states),
  comment: fc.constantFrom('', taskComment(1, 'join', 'Success'), taskComment(1, 'plan', 'Failed')),
  url: fc.constant(''),
  targets: fc.array(targets, { maxLength: 4 }),
  plannedNodes: nodes,
  actualNodes: nodes,
});
const rollouts: fc.Arbitrary<Rollout> = fc
  .record({
    kind: fc.constantFrom<RolloutKind[]>(
      'rollout_ic_os_to_mainnet_subnets',
      'rollout_ic_os_to_mainnet_api_boundary_nodes',
      'rollout_ic_os_to_mainnet_nodes',
    ),
    state: fc.constantFrom(...rolloutStates),
    dispatchedAt: instants,
    lastSchedulingDecision: maybe,
    batches: fc.array(batches, { maxLength: 12 }),
  })
  .map((over) => rollout(over));

function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

describe('timeline of anything', () => {
  /** The time that it waits for its plan is no number. */
  const examples: [Rollout][] = [[rollout({ state: 'preparing', dispatchedAt: -Infinity, batches: [] })]];
  const check = (property: (model: Timeline, of: Rollout) => void): void =>
    fc.assert(
      fc.property(rollouts, (of) => property(look(of), of)),
      { ...runs(400), examples },
    );

  it('holds only finite numbers', () => check((model) => assert.ok(numbersIn(model).every(Number.isFinite))));

  it('keeps all bars within the window, and no bar ends before it starts', () =>
    check((model) => {
      for (const each of rowsOf(model)) {
        for (const bar of [each.planned, each.actual, each.predicted]) {
          if (bar === undefined) continue;
          assert.ok(bar.start <= bar.end);
          assert.ok(bar.start >= model.window.start && bar.end <= model.window.end);
        }
      }
    }));

  it('predicts in order: nothing before now, each batch after the one before', () =>
    check((_, of) => {
      let free = now;
      for (const { phase, predicted } of schedule(of, now).rows) {
        if (predicted === undefined) continue;
        assert.ok(predicted.end >= free);
        if (phase === 'coming') assert.ok(predicted.start >= free);
        free = predicted.end;
      }
    }));

  it('has an axis without holes, and ticks and days within it', () =>
    check(({ segments, window }) => {
      segments.forEach((segment, index) => {
        assert.ok(segment.start < segment.end && segment.weight > 0);
        if (index > 0) assert.equal(segment.start, segments[index - 1]?.end);
      });
      const ticks = axisTicks(segments, hour, zoneOffset('America/St_Johns'));
      assert.ok(ticks.length <= 600);
      assert.ok(ticks.every((each) => each >= window.start && each <= window.end));
      const days = axisDays(segments, zoneOffset('Pacific/Auckland'));
      assert.ok(days.every(({ start, end }) => start < end && start >= window.start && end <= window.end));
    }));

  it('counts no more done than there is, and has a row for each batch', () =>
    check(({ progress, groups }, of) => {
      assert.ok(progress.done <= progress.total && progress.batchesDone <= progress.batches);
      assert.equal(
        groups.reduce((sum, group) => sum + group.rows.length, 0),
        of.batches.length,
      );
    }));

  it('says of every target what the dashboard says', () =>
    check((model, of) => {
      const shown = rowsOf(model).flatMap((each) => each.cells.map((cell) => `${cell.id} ${cell.state}`));
      const said = of.batches.flatMap((each) => each.targets.map((one) => `${one.id} ${one.state}`));
      assert.deepEqual(shown.toSorted(), said.toSorted());
    }));
});
