import assert from 'node:assert/strict';
import fc from 'fast-check';
import { day, hour, minute, type Instant } from '../../../../src/domain/base/time.ts';
import { rolloutKey } from '../../../../src/domain/releases/rollout.ts';
import { estimatesOf, PastReader, usualOf, type Usual } from '../../../../src/domain/releases/times/estimates.ts';
import type { TimesLine } from '../../../../src/domain/releases/times/lines.ts';
import { timeline } from '../../../../src/domain/releases/timeline/timeline.ts';
import { at, batch, finished, guestOs, rollout, target, wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { runs } from '../../../support/base/runs.ts';

const guest = 'rollout_ic_os_to_mainnet_subnets';

/** The record of a rollout whose second batch goes through these states, each from so many minutes on. */
function lines(
  name: string,
  start: Instant,
  course: readonly (readonly [state: string, minutes: number])[],
): TimesLine[] {
  const key = `${guest}/${name}`;
  const states = (minutes: number, state: string): TimesLine => ({
    kind: 'states',
    at: start + minutes * minute,
    rollout: key,
    whole: minutes === 0,
    isNew: minutes === 0,
    states: new Map([['batch-2', state]]),
  });
  return course.flatMap(([state, minutes], index) => {
    // Somebody looks all the time in between.
    const until = course[index + 1]?.[1] ?? minutes + 10;
    const looks = Array.from({ length: Math.max(0, Math.ceil((until - minutes) / 10) - 1) }, (_, each) => ({
      kind: 'same' as const,
      at: start + (minutes + 10 * (each + 1)) * minute,
    }));
    return [states(minutes, state), ...looks];
  });
}

const usualCourse = (adoption: number): readonly (readonly [string, number])[] => [
  ['waiting', 0],
  ['proposing', 5],
  ['waiting_for_adoption', 6],
  ['complete', 6 + adoption],
];

describe('what usually is', () => {
  it('is the middle of what was seen, and between what the middle half lies', () => {
    assert.deepEqual(usualOf([10, 30, 20, 50, 40]), { low: 20, median: 30, high: 40, count: 5 });
    assert.equal(usualOf([]), undefined);
    assert.equal(usualOf([0, -1, 30 * day]), undefined);
  });

  it('is made for batches by their position in the listed rollouts, when there are three', () => {
    const weeks = [40, 50, 60].map((took, index) =>
      rollout({
        name: `rc-${index}`,
        batches: [finished(1, at(0, 9), ['aaaaa'], took), finished(2, at(0, 11), ['bbbbb'], 45)],
      }),
    );
    const { batches, all } = estimatesOf(guest, weeks, undefined);
    assert.equal(batches['batch-1']?.median, 50 * minute);
    assert.equal(all?.count, 6);
    assert.deepEqual(estimatesOf(guest, weeks.slice(1), undefined).batches, {});
    const simulated = weeks.map((each) => ({ ...each, simulated: true }));
    assert.equal(estimatesOf(guest, simulated, undefined).all, undefined);
  });

  it('is made from the record for tasks and for batches that are no longer listed, and only from what was watched as a whole', () => {
    const reader = new PastReader();
    for (const [index, adoption] of [20, 30, 40].entries()) {
      reader.take(lines(`rc-${index}`, at(0, 9) + index * 7 * day, usualCourse(adoption)));
    }
    // One was not watched for a while, one failed in between.
    const [first, second, third] = lines('gap', at(0, 9) + 30 * day, usualCourse(200));
    reader.take([first, second, third].filter((line) => line !== undefined));
    reader.take(
      lines('gap', at(0, 9) + 30 * day + 5 * hour, [['complete', 0]]).map((line) => ({ ...line, whole: false })),
    );
    const [past] = reader.lengths();
    assert.equal(past?.kind, guest);
    const { batches, tasks } = estimatesOf(guest, [], past);
    assert.deepEqual(batches['batch-2'], { low: 26 * minute, median: 31 * minute, high: 36 * minute, count: 3 });
    assert.deepEqual(tasks['waiting_for_adoption'], {
      low: 25 * minute,
      median: 30 * minute,
      high: 35 * minute,
      count: 3,
    });
    // What the dashboard lists itself is not counted twice.
    const listed = rollout({ name: 'rc-0', batches: [] });
    assert.equal(rolloutKey(listed), `${guest}/rc-0`);
    assert.deepEqual(estimatesOf(guest, [listed], past).batches, {});
  });
});

describe('the predicted end of a batch', () => {
  it('is that of its position, and spreads over the batches before it', () => {
    const usual = { low: 60 * minute, median: 90 * minute, high: 120 * minute, count: 5 };
    const estimates = { batches: { 'batch-12': usual, 'batch-13': usual }, all: undefined, tasks: {} };
    const rows = timeline(guestOs(), { now: wednesday, estimates }).groups.flatMap((group) => group.rows);
    const [running, next] = rows.filter(({ id }) => id === 'batch-12' || id === 'batch-13');
    const started = at(2, 13) + 1_000;
    assert.deepEqual(running?.spread, { start: started + hour, end: started + 2 * hour });
    assert.equal(running.predicted?.end, started + 90 * minute);
    assert.deepEqual(next?.predicted, { start: at(2, 15), end: at(2, 16, 30) });
    assert.deepEqual(next.spread, { start: at(2, 16), end: started + 4 * hour });
  });

  it('is no earlier than what the task that it is at and those after it usually take', () => {
    const of = (median: number): Usual => ({ low: median / 2, median, high: 2 * median, count: 5 });
    const [adoption, alerts] = [of(20 * minute), of(16 * minute)];
    const tasks = { waiting_for_adoption: adoption, waiting_for_alerts_gone: alerts };
    const estimates = { batches: { 'batch-12': of(10 * minute) }, all: undefined, tasks };
    const running = batch(12, at(2, 13), {
      actualStart: at(2, 12),
      state: 'waiting_for_adoption',
      targets: [target('aaaaa', { state: 'waiting_for_adoption' })],
    });
    const late = rollout({ batches: [running, batch(13, at(2, 13, 30))] });
    const stays = { 'batch-12': { state: 'waiting_for_adoption', since: wednesday - 5 * minute, began: true } };
    const times = new Map([[rolloutKey(late), { rollout: rolloutKey(late), stays }]]);
    const model = timeline(late, { now: wednesday, estimates, times });
    const [row] = model.groups.flatMap(({ rows }) => rows);
    assert.equal((row?.predicted?.end ?? 0) - wednesday, (15 + 16) * minute);
    assert.deepEqual(row?.spread, {
      start: wednesday + (5 + 8) * minute,
      end: wednesday + (35 + 32) * minute,
    });
    assert.equal(model.next?.at, wednesday + 31 * minute);
    // Without the record nobody knows since when it is at the task: nothing of it may be left.
    const unwatched = timeline(late, { now: wednesday, estimates });
    assert.equal(unwatched.next?.at, wednesday + 16 * minute);
  });

  it('lies within its spread, for any lengths', () => {
    const usual = fc
      .array(fc.integer({ min: 1, max: 5 * hour }), { minLength: 3, maxLength: 9 })
      .map((lengths) => usualOf(lengths) ?? assert.fail());
    fc.assert(
      fc.property(usual, usual, fc.integer({ min: -2 * day, max: 6 * day }), (one, other, shift) => {
        const estimates = { batches: { 'batch-12': one, 'batch-14': other }, all: undefined, tasks: {} };
        const model = timeline(guestOs(), { now: wednesday + shift, estimates });
        for (const { predicted, spread } of model.groups.flatMap((group) => group.rows)) {
          assert.equal(predicted === undefined, spread === undefined);
          if (predicted === undefined || spread === undefined) continue;
          assert.ok(spread.start <= predicted.end && predicted.end <= spread.end);
          assert.ok(model.window.start <= spread.start && spread.end <= model.window.end);
        }
      }),
      runs(100),
    );
  });
});
