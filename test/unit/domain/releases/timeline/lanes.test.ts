import assert from 'node:assert/strict';
import { axisSegments, extendedAxis } from '../../../../../src/domain/releases/timeline/axis.ts';
import type { BatchRun } from '../../../../../src/domain/releases/timeline/comparison.ts';
import { isHostMessage } from '../../../../../src/domain/releases/timeline/hostMessages.ts';
import {
  areOpenAtFirst,
  drawnSpan,
  laneBasis,
  laneOf,
  lanesBeside,
  laneSpans,
  mostLanes,
  recordedLanes,
  type Lane,
  type LaneBar,
} from '../../../../../src/domain/releases/timeline/lanes.ts';
import { rolloutKey, type Rollout } from '../../../../../src/domain/releases/rollout.ts';
import { day, hour, minute, week, type Instant } from '../../../../../src/domain/base/time.ts';
import {
  abandoned,
  at,
  batch,
  finished,
  guestOs,
  hostOs,
  preparing,
  rollout,
  wednesday,
} from '../../../../support/feeds/rolloutBuilder.ts';

const now = wednesday;
const laneAt = (of: Rollout, then: Instant): Lane => laneOf(of, laneBasis(of, { now: then }));
const laneNow = (of: Rollout): Lane => laneAt(of, now);
const none: readonly Lane[] = [];
const formsOf = (of: Rollout): readonly string[] => laneNow(of).bars.map(({ form }) => form);

function complete(name: string, start: Instant): Rollout {
  return rollout({ name, state: 'complete', dispatchedAt: start, batches: [finished(1, start, ['io67a'])] });
}

describe('the lane of another rollout', () => {
  it('has a bar for each batch: what ran, what failed and goes on, and only the plan of what is behind it', () => {
    const lane = laneNow(guestOs());
    assert.equal(lane.bars.length, 22);
    assert.deepEqual(
      lane.bars.slice(10, 14).map(({ form, open, batch: { number } }) => [number, form, open]),
      [
        [11, 'done', false],
        [12, 'failed', true],
        [13, 'planned', false],
        [14, 'planned', false],
      ],
    );
    assert.deepEqual([lane.done, lane.batches, lane.withoutTimes], [11, 22, 0]);
    assert.deepEqual(lane.failed, [{ number: 12, stage: undefined, unknownStage: undefined }]);
  });

  it('has what is predicted where that is another time than planned', () => {
    const late = [batch(1, now - 2 * hour, { actualStart: now - hour, state: 'waiting_for_adoption' })];
    assert.deepEqual(formsOf(rollout({ batches: [...late, batch(2, now - hour), batch(3, now + day)] })), [
      'running',
      'predicted',
      'planned',
    ]);
  });

  it('has no bar where times are not known, and says of how many batches that is', () => {
    const unknown = { actualStart: undefined, end: undefined };
    const over = [
      batch(1, NaN, { state: 'complete', ...unknown }),
      batch(2, now, { state: 'complete', ...unknown }),
      batch(3, now, { state: 'skipped', ...unknown }),
    ];
    const lane = laneNow(rollout({ state: 'complete', batches: over }));
    assert.deepEqual([lane.bars, lane.withoutTimes, lane.done], [[], 2, 2]);
    assert.deepEqual(laneNow(preparing()).bars, []);
  });

  it('distinguishes the stages of HostOS', () => {
    const stages = new Set(laneNow(hostOs()).bars.map(({ batch: { stage } }) => stage));
    assert.ok(stages.size > 1 && !stages.has(undefined), [...stages].join(', '));
  });

  it('is the same for some minutes, so that it is not sent again all the time', () => {
    const late = rollout({ batches: [batch(1, now - hour, { actualStart: now - hour }), batch(2, now - hour)] });
    const start = Math.floor(now / (5 * minute)) * 5 * minute;
    assert.deepEqual(laneAt(late, start), laneAt(late, start + 4 * minute));
    assert.notDeepEqual(laneAt(late, start), laneAt(late, start + 5 * minute));
  });

  it('is drawn to the present where it goes on, and what has not begun not before it', () => {
    const bar: LaneBar = { start: 10, end: 20, form: 'running', open: true, batch: { number: 1, stage: undefined } };
    assert.deepEqual(drawnSpan(bar, 30), { start: 10, end: 30 });
    assert.deepEqual(drawnSpan({ ...bar, open: false }, 30), { start: 10, end: 20 });
    assert.deepEqual(drawnSpan({ ...bar, open: false, form: 'predicted' }, 15), { start: 15, end: 20 });
  });
});

describe('the lanes beside a rollout', () => {
  const shown = guestOs();

  it('are those of others, active ones first, then the newest', () => {
    const old = complete('old', at(0, 9) - week);
    const older = complete('older', at(0, 9) - 2 * week);
    const lanes = lanesBeside(shown, [older, shown, old, hostOs()], none, laneNow);
    assert.deepEqual(
      lanes.map(({ name }) => name),
      [hostOs().name, 'old', 'older'],
    );
  });

  it('are not those that were over four weeks before, unless they go on', () => {
    const past = complete('past', at(0, 9) - 6 * week);
    const stuck: Rollout = { ...past, name: 'stuck', state: 'problem' };
    const lanes = lanesBeside(shown, [shown, past, stuck], none, laneNow);
    assert.deepEqual(
      lanes.map(({ name }) => name),
      ['stuck'],
    );
  });

  it('have those that only the record knows: how they ended is not known, and they cannot be shown', () => {
    const start = at(0, 9) - week;
    const runs: readonly BatchRun[] = [
      { row: 'main-2', start: start + hour, end: null },
      { row: 'canary-1', start, end: start + hour },
    ];
    const recorded = recordedLanes(
      new Map([
        ['rollout_ic_os_to_mainnet_nodes/gone', runs],
        [rolloutKey(shown), runs],
        ['another_kind/x', runs],
      ]),
    );
    const [lane, ...others] = lanesBeside(shown, [shown], recorded, laneNow);
    assert.deepEqual(others, []);
    assert.deepEqual([lane?.name, lane?.heading, lane?.isActive, lane?.batches], ['gone', null, false, 2]);
    assert.deepEqual(lane?.bars, [
      { start, end: start + hour, form: 'recorded', open: false, batch: { number: 1, stage: 'canary' } },
      { start: start + hour, end: start + hour, form: 'recorded', open: false, batch: { number: 2, stage: 'main' } },
    ]);
  });

  it('are no more than the page takes', () => {
    const many = Array.from({ length: mostLanes + 5 }, (_, index) => complete(`rc-${index}`, at(0, 9) - index * hour));
    const lanes = lanesBeside(shown, [shown, ...many], none, laneNow);
    assert.equal(lanes.length, mostLanes);
    assert.equal(lanes[0]?.name, 'rc-0');
    assert.ok(isHostMessage(JSON.parse(JSON.stringify({ type: 'lanes', lanes }))));
  });

  it('are unfolded at first where one of them goes on', () => {
    assert.equal(areOpenAtFirst(lanesBeside(shown, [shown, hostOs()], none, laneNow)), true);
    assert.equal(areOpenAtFirst(lanesBeside(shown, [shown, abandoned()], none, laneNow)), false);
  });
});

describe('the message of lanes', () => {
  const lanes = lanesBeside(guestOs(), [guestOs(), hostOs(), preparing()], none, laneNow);
  const plain: unknown = JSON.parse(JSON.stringify(lanes));
  const [lane] = plain as readonly { readonly bars: readonly object[] }[];
  const [bar] = lane?.bars ?? [];
  const changed = (of: object): unknown => ({ type: 'lanes', lanes: [{ ...lane, ...of }] });

  it('is taken as it is sent', () => assert.ok(isHostMessage({ type: 'lanes', lanes: plain })));

  for (const [what, message] of [
    ['without lanes', { type: 'lanes' }],
    ['with more than can be shown', { type: 'lanes', lanes: Array.from({ length: mostLanes + 1 }, () => lane) }],
    ['with a name that is no text', changed({ name: 7 })],
    ['with a heading that is none', changed({ heading: 'x' })],
    ['with a bar that ends before it begins', changed({ bars: [{ ...bar, start: 2, end: 1 }] })],
    ['with a bar of no known form', changed({ bars: [{ ...bar, form: 'constructor' }] })],
    ['with a bar of no batch', changed({ bars: [{ ...bar, batch: null }] })],
    ['with too many bars', changed({ bars: Array.from({ length: 101 }, () => bar) })],
    ['with a count that is none', changed({ done: '3' })],
  ] as const) {
    it(`is refused ${what}`, () => assert.equal(isHostMessage(message), false));
  }
});

describe('an axis that is made longer', () => {
  const own = axisSegments([
    { start: at(0, 9), end: at(0, 12) },
    { start: at(1, 9), end: at(1, 12) },
  ]);

  it('stays as it is between its ends, also where something lies in a compressed stretch', () => {
    assert.deepEqual(extendedAxis(own, [{ start: at(0, 20), end: at(0, 22) }]), own);
  });

  it('has what is before and after, without holes, and nights compressed', () => {
    const before = { start: at(-7, 9), end: at(-7, 10) };
    const after = { start: at(1, 12), end: at(1, 18) };
    const longer = extendedAxis(own, [before, after, { start: at(3, 9), end: at(3, 9) }]);
    assert.deepEqual(
      longer.map(({ kind }) => kind),
      ['work', 'gap', 'work', 'gap', 'work', 'gap', 'work'],
    );
    for (const [index, { start }] of longer.entries()) {
      if (index > 0) assert.equal(start, longer[index - 1]?.end);
    }
    assert.ok((longer[0]?.start ?? 0) <= before.start && (longer.at(-1)?.end ?? 0) >= at(3, 9));
    assert.deepEqual(longer[2], own[0]);
  });

  it('begins no more than four weeks before', () => {
    const bars: readonly LaneBar[] = [5, 3].map((weeks) => {
      const start = at(0, 9) - weeks * week;
      return { start, end: start + hour, form: 'done', open: false, batch: { number: 1, stage: undefined } };
    });
    const lane = { ...laneNow(complete('old', 0)), bars };
    assert.deepEqual(laneSpans([lane], { start: at(0, 9), end: at(1, 12) }, now), [
      { start: at(0, 9) - 3 * week, end: at(0, 10) - 3 * week },
    ]);
  });
});
