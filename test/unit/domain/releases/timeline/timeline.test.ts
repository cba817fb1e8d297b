import assert from 'node:assert/strict';
import { inOrderOfInterest, timeline, type Timeline } from '../../../../../src/domain/releases/timeline/timeline.ts';
import type { TimelineRow } from '../../../../../src/domain/releases/timeline/rows.ts';
import type {
  Batch,
  CellState,
  Rollout,
  RolloutKind,
  RolloutState,
} from '../../../../../src/domain/releases/rollout.ts';
import { day, hour, minute, second } from '../../../../../src/domain/base/time.ts';
import {
  abandoned,
  apiBoundaryNodes,
  at,
  batch,
  finished,
  guestOs,
  hostOs,
  preparing,
  rollout,
  target,
  wednesday,
} from '../../../../support/feeds/rolloutBuilder.ts';

const now = wednesday;
const look = (of: Rollout, when = now): Timeline => timeline(of, { now: when });
const rowsOf = (of: Timeline): readonly TimelineRow[] => of.groups.flatMap((group) => group.rows);

function row(of: Timeline, id: string): TimelineRow {
  return rowsOf(of).find((each) => each.id === id) ?? assert.fail(`no row ${id}`);
}

function iso(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString().slice(5, 16).replace('T', ' ');
}

describe('timeline', () => {
  describe('of a rollout half way', () => {
    const model = look(guestOs());

    it('counts what is done', () => {
      assert.deepEqual(model.progress, {
        unit: 'subnet',
        done: 27,
        total: 49,
        batchesDone: 11,
        skipped: 0,
        batches: 22,
      });
    });

    it('keeps the numbers of the plan, gaps included', () => {
      assert.deepEqual(
        rowsOf(model)
          .map((each) => each.number)
          .slice(-3),
        [20, 21, 30],
      );
    });

    it('has one running batch, and the next, which waits for it as long as it is in error', () => {
      assert.equal(model.running, 'batch-12');
      const next = { row: 'batch-13', at: at(2, 15), waitsFor: undefined };
      assert.deepEqual(model.next, { ...next, stuckBehind: 'batch-12' });
    });

    it('takes the median of the finished batches as the usual length', () => {
      assert.equal(model.usual, 49 * minute);
      assert.equal(iso(model.predictedEnd), '08-31 07:49');
    });

    it('draws a finished batch from start to end, beside its plan', () => {
      const { planned, actual, predicted, drift, phase } = row(model, 'batch-8');
      assert.equal(phase, 'done');
      assert.deepEqual([iso(planned?.start), iso(planned?.end)], ['08-25 15:00', '08-25 15:49']);
      assert.deepEqual([iso(actual?.start), iso(actual?.end), actual?.open], ['08-25 15:28', '08-25 16:07', false]);
      assert.equal(predicted, undefined);
      assert.equal(drift, 28 * minute + 3 * second);
    });

    it('draws the running batch up to now', () => {
      assert.deepEqual(row(model, 'batch-12').actual, { start: at(2, 13) + second, end: now, open: true });
    });

    it('distinguishes a subnet that waits for its batch from one that waits for alerts', () => {
      const [ready, failing, adopting] = row(model, 'batch-12').cells;
      assert.equal(ready?.step, 'ready');
      assert.equal(failing?.retrying, true);
      assert.equal(adopting?.step, undefined);
    });

    it('marks a subnet with a build of its own, and the NNS', () => {
      assert.equal(row(model, 'batch-16').cells[0]?.otherRevision, true);
      assert.equal(row(model, 'batch-16').cells[1]?.otherRevision, false);
      assert.equal(row(model, 'batch-30').cells[0]?.isNns, true);
    });

    it('draws nights and the weekend short', () => {
      const gaps = model.segments.filter((segment) => segment.kind === 'gap');
      assert.deepEqual(
        gaps.map(({ start, end }) => `${iso(start) ?? ''} to ${iso(end) ?? ''}`),
        [
          '08-24 14:30 to 08-25 06:30',
          '08-25 16:30 to 08-26 06:30',
          '08-26 16:30 to 08-27 06:30',
          '08-27 16:30 to 08-31 06:30',
        ],
      );
      assert.ok(gaps.every((gap) => gap.weight < 2 * hour));
    });
  });

  describe('predictions', () => {
    const serial = (state: RolloutState, ...batches: readonly Batch[]): Timeline => look(rollout({ state, batches }));
    const running = (start: number, state: CellState = 'waiting_for_adoption'): Batch =>
      batch(1, start, { actualStart: start, state, targets: [target('aaaaa', { state })] });

    it('give a running batch the usual time, 45 minutes for GuestOS before any batch has finished', () => {
      const model = serial('upgrading_subnets', running(now - 10 * minute));
      assert.deepEqual(row(model, 'batch-1').predicted, { start: now, end: now + 35 * minute });
    });

    it('have other defaults for API boundary nodes and HostOS', () => {
      const kinds: readonly (readonly [RolloutKind, number])[] = [
        ['rollout_ic_os_to_mainnet_api_boundary_nodes', 15],
        ['rollout_ic_os_to_mainnet_nodes', 55],
      ];
      for (const [kind, minutes] of kinds) {
        assert.equal(look(rollout({ kind, batches: [batch(1, now)] })).usual, minutes * minute);
      }
    });

    it('never end a running batch before now', () => {
      const model = serial('upgrading_subnets', running(now - 3 * hour));
      assert.deepEqual(row(model, 'batch-1').predicted, { start: now, end: now });
    });

    it('delay the following batches only as far as needed', () => {
      const model = serial(
        'upgrading_subnets',
        running(now - 15 * minute),
        batch(2, now + 10 * minute, { targets: [target('bbbbb')] }),
        batch(3, now + 3 * hour, { targets: [target('ccccc')] }),
      );
      assert.equal(row(model, 'batch-2').predicted?.start, now + 30 * minute);
      assert.equal(row(model, 'batch-2').drift, 20 * minute);
      assert.equal(row(model, 'batch-3').predicted?.start, now + 3 * hour);
      assert.deepEqual(model.next, {
        row: 'batch-2',
        at: now + 30 * minute,
        waitsFor: 'batch-1',
        stuckBehind: undefined,
      });
    });

    it('stop where a failed rollout waits for a person', () => {
      const model = serial(
        'failed',
        running(now - hour, 'error'),
        batch(2, now + hour, { state: 'predecessor_failed' }),
      );
      assert.deepEqual(
        rowsOf(model).map((each) => [each.phase, each.predicted]),
        [
          ['halted', undefined],
          ['halted', undefined],
        ],
      );
      assert.equal(model.next, undefined);
      assert.equal(model.predictedEnd, undefined);
    });

    it('go on in a failed rollout whose batch still runs', () => {
      const model = serial('failed', running(now - 15 * minute), batch(2, now + hour, { targets: [target('bbbbb')] }));
      assert.equal(model.running, 'batch-1');
      assert.equal(model.next?.row, 'batch-2');
    });

    it('do not count the skipped batches of HostOS', () => {
      const skipped = batch(1, now - hour, {
        actualStart: now - hour,
        end: now - 59 * minute,
        state: 'skipped',
        stage: 'main',
      });
      const model = look(rollout({ kind: 'rollout_ic_os_to_mainnet_nodes', state: 'main', batches: [skipped] }));
      assert.equal(model.usual, 55 * minute);
    });
  });

  describe('of HostOS', () => {
    it('groups the batches by stage and counts nodes', () => {
      const model = look(hostOs());
      assert.deepEqual(
        model.groups.map((group) => [group.stage, group.rows.length]),
        [
          ['canary', 4],
          ['main', 39],
          ['unassigned', 7],
          ['stragglers', 1],
        ],
      );
      assert.equal(model.running, 'main-11');
      assert.equal(model.progress.unit, 'node');
      assert.equal(model.progress.batchesDone, 14);
    });

    it('groups the batches of stages that are not known by their words, with ids of their own', () => {
      const of = (unknownStage: string): Batch => batch(1, at(0, 9), { stage: 'unknown', unknownStage });
      const { groups } = look(rollout({ batches: [of('Late nodes'), of('Later')] }));
      assert.deepEqual(
        groups.map(({ unknownStage, rows }) => [unknownStage, rows.map(({ id }) => id)]),
        [
          ['Late nodes', ['stage_late_nodes-1']],
          ['Later', ['stage_later-1']],
        ],
      );
    });

    it('draws no plan for a batch that was found late', () => {
      const late = batch(8, at(1, 6), {
        stage: 'unassigned',
        plannedNodes: 0,
        actualNodes: 3,
        actualStart: at(2, 9),
        end: at(2, 10),
        state: 'complete',
      });
      const found = row(
        look(rollout({ kind: 'rollout_ic_os_to_mainnet_nodes', state: 'unassigned', batches: [late] })),
        'unassigned-8',
      );
      assert.equal(found.planned, undefined);
      assert.equal(found.drift, undefined);
      assert.equal(found.total, 3);
    });
  });

  describe('of a rollout that is over', () => {
    it('ends with its last bar, without now when that is long ago', () => {
      const model = look(abandoned());
      assert.equal(model.showsNow, false);
      assert.equal(model.running, undefined);
      assert.equal(row(model, 'batch-9').phase, 'halted');
      assert.equal(iso(row(model, 'batch-9').actual?.end), '08-05 10:40');
      assert.ok(model.window.end - model.window.start < 9 * day);
    });

    it('shows now when it ended just before', () => {
      assert.equal(look(apiBoundaryNodes()).showsNow, true);
    });

    it('has no troubles and no predictions when complete', () => {
      const model = look(apiBoundaryNodes());
      assert.deepEqual(model.troubles, []);
      assert.equal(model.predictedEnd, undefined);
      assert.deepEqual(model.progress, { unit: 'node', done: 20, total: 20, batchesDone: 20, skipped: 0, batches: 20 });
    });
  });

  it('is empty but valid without a plan', () => {
    const model = look(preparing());
    assert.deepEqual(model.groups, []);
    assert.equal(model.progress.total, 0);
    assert.ok(model.window.start <= now && model.window.end >= now);
  });

  describe('troubles', () => {
    const kinds = (of: Timeline): readonly string[] => of.troubles.map((each) => each.kind);

    it('name the subnets in error and whether Airflow retries', () => {
      const [first] = look(guestOs()).troubles;
      assert.deepEqual(
        [first?.kind, first?.row, first?.targets, first?.retrying],
        ['error', 'batch-12', ['lspz2'], true],
      );
    });

    it('name a task that failed for good', () => {
      const [first] = look(abandoned()).troubles;
      assert.deepEqual([first?.kind, first?.row, first?.retrying], ['error', 'batch-9', false]);
    });

    it('gather the batches behind a failed one', () => {
      const blocked = [13, 14, 15].map((number) =>
        batch(number, at(3, 7), {
          state: 'predecessor_failed',
          targets: [target('bbbbb', { state: 'predecessor_failed' })],
        }),
      );
      const found = look(rollout({ state: 'failed', batches: blocked })).troubles;
      assert.deepEqual(
        found.map((each) => [each.kind, each.row, each.rows]),
        [['blocked', 'batch-13', 3]],
      );
    });

    it('ask for votes', () => {
      const state = 'waiting_for_election';
      const voting = batch(1, now - 20 * minute, {
        actualStart: now - 20 * minute,
        state,
        targets: [target('aaaaa', { state })],
      });
      assert.deepEqual(kinds(look(rollout({ batches: [voting] }))), ['votes']);
    });

    it('mark a batch that should have begun ten minutes ago, counted from the end of the one before', () => {
      const before = finished(1, now - 2 * hour, ['aaaaa'], 110);
      const next = batch(2, now - hour, { state: 'waiting', targets: [target('bbbbb', { state: 'waiting' })] });
      assert.deepEqual(kinds(look(rollout({ batches: [before, next] }))), []);
      assert.deepEqual(kinds(look(rollout({ batches: [before, next] }), now + 5 * minute)), ['waiting']);
    });

    it('mark preconditions that hold up a started batch', () => {
      const held = batch(1, now - hour, {
        actualStart: now - 11 * minute,
        state: 'waiting',
        targets: [target('pzp6e', { state: 'waiting' })],
      });
      assert.deepEqual(kinds(look(rollout({ batches: [held] }))), ['waiting']);
    });

    it('do not mark HostOS batches after the first, which are planned anew', () => {
      const first = batch(1, now - 5 * hour, {
        stage: 'main',
        plannedNodes: 5,
        actualStart: now - 5 * hour,
        end: now - 4 * hour,
        state: 'complete',
      });
      const second = batch(2, now - 4 * hour, { stage: 'main', plannedNodes: 5, state: 'waiting' });
      assert.deepEqual(
        kinds(look(rollout({ kind: 'rollout_ic_os_to_mainnet_nodes', state: 'main', batches: [first, second] }))),
        [],
      );
    });

    it('mark a batch that takes more than twice the usual time', () => {
      const slow = batch(1, now - 2 * hour, { actualStart: now - 2 * hour, state: 'waiting_for_adoption' });
      assert.deepEqual(kinds(look(rollout({ batches: [slow] }))), ['long']);
    });

    it('mark a scheduler that makes no decisions only after a full read', () => {
      const silent = rollout({ state: 'waiting', lastSchedulingDecision: now - 6 * minute });
      assert.deepEqual(kinds(timeline(silent, { now, fullReadAt: now })), ['scheduler']);
      assert.deepEqual(kinds(timeline(silent, { now, fullReadAt: now - 2 * minute })), []);
      assert.deepEqual(kinds(timeline(silent, { now })), []);
    });
  });

  it('predicts nothing while nothing moves', () => {
    const silent = guestOs({ lastSchedulingDecision: now - 6 * minute });
    const predictions = (model: Timeline): readonly unknown[] =>
      [model.next, model.predictedEnd, ...rowsOf(model).map(({ predicted }) => predicted)].filter(Boolean);
    assert.notDeepEqual(predictions(timeline(silent, { now, fullReadAt: now - 2 * minute })), []);
    assert.deepEqual(predictions(timeline(silent, { now, fullReadAt: now })), []);
    assert.deepEqual(predictions(timeline(guestOs(), { now, engine: 'paused' })), []);
  });

  it('offers what is in trouble first, then what runs, what waits and what is over', () => {
    const offered = inOrderOfInterest([abandoned(), preparing(), apiBoundaryNodes(), hostOs(), guestOs()]);
    assert.deepEqual(
      offered.map((each) => each.state),
      ['problem', 'main', 'preparing', 'complete', 'failed'],
    );
  });
});
