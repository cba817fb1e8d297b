import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hour, minute, type Instant } from '../../../../../src/domain/base/time.ts';
import {
  historiesOf,
  recordedHistories,
  type History,
  type StateStretch,
} from '../../../../../src/domain/releases/timeline/histories.ts';
import { recordAt } from '../../../../../src/domain/releases/timeline/past.ts';
import { recordOf, statesAfter, type RolloutRecord } from '../../../../../src/domain/releases/timeline/record.ts';
import type { TimesLine } from '../../../../../src/domain/releases/times/lines.ts';
import type { Stay } from '../../../../../src/domain/releases/times/stays.ts';
import { target, taskComment } from '../../../../support/feeds/rolloutBuilder.ts';

const rollout = 'kind/week';
const place = 'batch-1/aaaaa';
const t = (minutes: number): Instant => 1_000 * hour + minutes * minute;

function states(minutes: number, changed: Readonly<Record<string, string>>, isWhole = false): TimesLine {
  const all = new Map(Object.entries(changed));
  return { kind: 'states', at: t(minutes), rollout, whole: isWhole, isNew: isWhole, states: all };
}
const same = (minutes: number): TimesLine => ({ kind: 'same', at: t(minutes) });
/** Looks every ten minutes from one on, to another. */
const looks = (from: number, to: number): readonly TimesLine[] =>
  Array.from({ length: Math.floor((to - from) / 10) + 1 }, (_, index) => same(from + 10 * index));
const record = (...lines: readonly TimesLine[]): RolloutRecord => recordOf(lines, rollout);
const recorded = (of: RolloutRecord, at = place): History => recordedHistories(of).get(at) ?? [];
const stretch = (
  state: string,
  start: number,
  end: number | undefined,
  over: Partial<StateStretch> = {},
): StateStretch => ({
  state,
  start: t(start),
  end: end === undefined ? undefined : t(end),
  began: true,
  ended: end !== undefined,
  ...over,
});

describe('the states of a subnet over time', () => {
  it('are what was recorded, the last one without an end', () => {
    const of = record(
      states(0, { [place]: 'waiting' }, true),
      states(5, { [place]: 'proposing' }),
      states(9, { 'batch-1/bbbbb': 'error' }),
      states(12, { [place]: 'complete' }),
      same(20),
    );
    assert.deepEqual(recorded(of), [
      stretch('waiting', 0, 5),
      stretch('proposing', 5, 12),
      stretch('complete', 12, undefined),
    ]);
    assert.deepEqual(recorded(of, 'batch-1/bbbbb'), [stretch('error', 9, undefined)], 'nothing before its first step');
  });

  it('did not begin where watching began later than the rollout', () => {
    const whole: TimesLine = { ...states(0, { [place]: 'waiting' }, true), isNew: false } as TimesLine;
    assert.deepEqual(recorded(record(whole, states(5, { [place]: 'error' }))), [
      stretch('waiting', 0, 5, { began: false }),
      stretch('error', 5, undefined),
    ]);
  });

  it('have a gap where no window was watching, also where the state after it is the same', () => {
    const of = record(
      states(0, { [place]: 'waiting', 'batch-1/bbbbb': 'waiting' }, true),
      ...looks(10, 20),
      states(60, { [place]: 'error' }),
      same(70),
    );
    assert.deepEqual(of.gaps, [{ start: t(20), end: t(60) }]);
    assert.deepEqual(recorded(of), [
      stretch('waiting', 0, 20, { ended: false }),
      stretch('error', 60, undefined, { began: false }),
    ]);
    assert.deepEqual(recorded(of, 'batch-1/bbbbb'), [
      stretch('waiting', 0, 20, { ended: false }),
      stretch('waiting', 60, undefined, { began: false }),
    ]);
  });

  it('end with the subnet in the plan', () => {
    const of = record(
      states(0, { [place]: 'pending' }, true),
      states(8, { [place]: '' }),
      states(10, { [place]: 'waiting' }),
    );
    assert.deepEqual(recorded(of), [stretch('pending', 0, 8), stretch('waiting', 10, undefined)]);
    const left = record(states(0, { [place]: 'pending', 'batch-2': 'pending' }, true), {
      ...states(8, { 'batch-2': 'pending' }, true),
      isNew: false,
    } as TimesLine);
    assert.deepEqual(recorded(left), [stretch('pending', 0, 8)]);
  });

  it('agree with the record at every step', () => {
    const places = ['batch-1/aaaaa', 'batch-1/bbbbb', 'batch-2/ccccc'];
    const change = fc.record({
      after: fc.integer({ min: 1, max: 25 }),
      changed: fc.dictionary(fc.constantFrom(...places), fc.constantFrom('', 'waiting', 'error', 'complete')),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        let at = 0;
        const lines = changes.map(({ after, changed }, index) => states((at += after), changed, index === 0));
        const of = record(...lines);
        const histories = recordedHistories(of);
        for (const [index, step] of of.steps.entries()) {
          const known = statesAfter(of.steps.slice(0, index + 1));
          const isSeen = !of.gaps.some(({ start }) => start === step.at);
          for (const each of places) {
            const seen = (histories.get(each) ?? []).filter(
              ({ start, end }) => start <= step.at && (end === undefined || end > step.at),
            );
            if (isSeen || seen.length > 0) assert.equal(seen[0]?.state, known.get(each));
            assert.ok(seen.length <= 1);
          }
        }
        for (const { start, end } of [...histories.values()].flat()) {
          const last = end ?? of.until ?? start;
          assert.ok(start <= last);
          assert.ok(!of.gaps.some((gap) => gap.start < last && gap.end > start), 'nothing within a gap');
        }
      }),
    );
  });
});

describe('the states of a subnet up to the present', () => {
  const of = record(states(0, { [place]: 'waiting' }, true), states(5, { [place]: 'error' }), same(10));
  const seen = (
    cell: Partial<Parameters<typeof historiesOf>[0]['cells'][number]>,
    watch: Partial<Parameters<typeof historiesOf>[2]> = {},
  ): History | undefined => {
    const watched = { record: of, readAt: t(14), isLive: true, ...watch };
    const made = watched.record === undefined ? new Map<string, History>() : recordedHistories(watched.record);
    const cells = [{ ...target('aaaaa', { state: 'error' }), stay: undefined, ...cell }];
    return historiesOf({ id: 'batch-1', cells }, made, watched)[0];
  };
  const stay = (state: string, since: number, began = true): Stay => ({ state, since: t(since), began });
  const before = stretch('waiting', 0, 5);

  it('go on while the dashboard says the same', () => {
    assert.deepEqual(seen({}), [before, stretch('error', 5, undefined)]);
    assert.deepEqual(seen({ stay: stay('error', 5) }, { readAt: t(90) }), [before, stretch('error', 5, undefined)]);
  });

  it('end when nobody looks any more, or the rollout has ended', () => {
    const ended = stretch('error', 5, 10, { ended: false });
    assert.deepEqual(seen({ stay: stay('error', 5) }, { isLive: false }), [before, ended]);
  });

  it('have what changed since the record was read; what was between is not known', () => {
    const ended = stretch('error', 5, 10, { ended: false });
    assert.deepEqual(seen({ state: 'proposing', stay: stay('proposing', 12) }), [
      before,
      ended,
      stretch('proposing', 12, undefined),
    ]);
    assert.deepEqual(seen({ stay: stay('error', 12) }), [before, ended, stretch('error', 12, undefined)]);
    const complete = stretch('complete', 14, undefined, { began: false });
    assert.deepEqual(seen({ state: 'complete' }), [before, ended, complete]);
  });

  it('have a gap where the record ends long before the last look', () => {
    assert.deepEqual(seen({}, { readAt: t(60) }), [
      before,
      stretch('error', 5, 10, { ended: false }),
      stretch('error', 60, undefined, { began: false }),
    ]);
  });

  it('are only the present one where nothing was recorded', () => {
    const none = { record: undefined };
    assert.deepEqual(seen({ stay: stay('error', 3, false) }, none), [stretch('error', 3, undefined, { began: false })]);
    assert.deepEqual(seen({}, { ...none, isLive: false }), []);
  });

  it('are in the dashboard’s own words, and do not follow an error of the message to Slack', () => {
    const word = { state: 'unknown', unknownState: 'resting' } as const;
    assert.equal(seen({ ...word, stay: stay('resting', 12) })?.at(-1)?.state, 'resting');
    const comment = taskComment(1, 'request_proposal_vote.0', 'UpForRetry');
    assert.deepEqual(seen({ comment }, { record: record(states(9, { [place]: 'waiting' }, true)) }), [
      stretch('waiting', 9, undefined),
    ]);
  });

  it('are at a step of the record what was recorded then', () => {
    const then = recordAt(of, 0);
    assert.equal(then?.until, t(0));
    const waiting = seen({ state: 'waiting', stay: stay('waiting', 0) }, { record: then, readAt: t(0) });
    assert.deepEqual(waiting, [stretch('waiting', 0, undefined)]);
    assert.equal(recordAt(of, 2), undefined);
  });
});
