import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { hour, minute } from '../../../../../src/domain/base/time.ts';
import { isHostMessage } from '../../../../../src/domain/releases/timeline/hostMessages.ts';
import {
  mostSteps,
  notWatched,
  recordOf,
  statesAfter,
  type RolloutRecord,
} from '../../../../../src/domain/releases/timeline/record.ts';
import type { TimesLine } from '../../../../../src/domain/releases/times/lines.ts';
import { Stays } from '../../../../../src/domain/releases/times/stays.ts';
import { at, finished, guestOs, wednesday } from '../../../../support/feeds/rolloutBuilder.ts';

const rollout = 'kind/week';

function states(when: number, changed: Readonly<Record<string, string>>, over: Partial<TimesLine> = {}): TimesLine {
  const line = {
    kind: 'states',
    at: when,
    rollout,
    whole: false,
    isNew: false,
    states: new Map(Object.entries(changed)),
  };
  return { ...line, ...over } as TimesLine;
}

const begun = at(-1, 18, 4);
const seenFrom = states(begun, { 'batch-1': 'waiting' }, { whole: true, isNew: true });

describe('the record of a rollout', () => {
  it('has what changed, and no step where nothing did', () => {
    const lines: readonly TimesLine[] = [
      seenFrom,
      { kind: 'same', at: begun + 4 * minute },
      states(begun + 5 * minute, { 'batch-1': 'proposing' }),
      states(begun + 5 * minute, { 'batch-9': 'error' }, { rollout: 'kind/another' }),
      states(begun + 9 * minute, { 'batch-1': 'proposing' }, { whole: true }),
    ];
    assert.deepEqual(recordOf(lines, rollout), {
      rollout,
      steps: [
        { at: begun, states: [['waiting', ['batch-1']]] },
        { at: begun + 5 * minute, states: [['proposing', ['batch-1']]] },
      ],
      gaps: [],
      fromStart: true,
      until: begun + 9 * minute,
    } satisfies RolloutRecord);
  });

  it('has a gap where no window was watching, and where the rollout was not listed', () => {
    const lines: readonly TimesLine[] = [
      seenFrom,
      { kind: 'same', at: begun + hour },
      { kind: 'lost', at: begun + hour + minute, rollout },
      { kind: 'same', at: begun + hour + 2 * minute },
      states(begun + hour + 5 * minute, { 'batch-1': 'proposing' }),
    ];
    assert.deepEqual(recordOf(lines, rollout).gaps, [
      { start: begun, end: begun + hour },
      { start: begun + hour, end: begun + hour + 5 * minute },
    ]);
  });

  it('keeps the newest of very many steps, the first of which has all states', () => {
    const many = Array.from({ length: mostSteps + 500 }, (_, index) =>
      states(begun + index, { [`batch-${index % 7}`]: `state ${index}` }),
    );
    const { steps } = recordOf([seenFrom, ...many], rollout);
    assert.equal(steps.length, mostSteps);
    assert.deepEqual(statesAfter(steps), statesAfter(recordOf([seenFrom, ...many.slice(-7)], rollout).steps));
    assert.equal(steps[0]?.states.length, 7);
  });

  it('ends with the states that those who follow the lines know', () => {
    const place = fc.constantFrom('batch-1', 'batch-1/a', 'batch-2');
    const line = fc.oneof(
      fc.record({
        kind: fc.constant('states' as const),
        at: fc.constant(0),
        rollout: fc.constant(rollout),
        whole: fc.boolean(),
        isNew: fc.boolean(),
        states: fc.array(fc.tuple(place, fc.constantFrom('waiting', 'error', ''))).map((pairs) => new Map(pairs)),
      }),
      fc.record({ kind: fc.constant('same' as const), at: fc.constant(0) }),
      fc.record({ kind: fc.constant('lost' as const), at: fc.constant(0), rollout: fc.constant(rollout) }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(line, fc.integer({ min: 0, max: 40 })), { maxLength: 20 }), (recorded) => {
        let now = begun;
        const lines = recorded.map(([each, minutes]): TimesLine => ({ ...each, at: (now += minutes * minute) }));
        const stays = new Stays();
        for (const each of lines) stays.take(each);
        const followed = [...(stays.rollouts.get(rollout)?.stays ?? [])].map(([key, { state }]) => [key, state]);
        const record = recordOf(lines, rollout);
        assert.deepEqual([...statesAfter(record.steps)].sort(), followed.sort());
        assert.ok(isHostMessage(JSON.parse(JSON.stringify({ type: 'record', record }))));
      }),
    );
  });
});

describe('what was not watched of a rollout', () => {
  const week = guestOs();
  const watched = (from: number, until: number, fromStart = true): RolloutRecord => ({
    rollout,
    steps: [{ at: from, states: [] }],
    gaps: [],
    fromStart,
    until,
  });

  it('is nothing where a window was always watching', () => {
    const record = watched(week.dispatchedAt, wednesday - 3 * minute);
    assert.deepEqual(notWatched(week, record, wednesday, wednesday), []);
  });

  it('is the time before it was first seen, and after it was last seen', () => {
    const record = watched(at(0, 8), at(2, 9), false);
    assert.deepEqual(notWatched(week, record, at(2, 13), wednesday), [
      { start: week.dispatchedAt, end: at(0, 8) },
      { start: at(2, 9), end: wednesday },
    ]);
  });

  it('is all of it where nothing was recorded', () => {
    const none: RolloutRecord = { rollout, steps: [], gaps: [], fromStart: false, until: undefined };
    assert.deepEqual(notWatched(week, none, wednesday, wednesday), [{ start: week.dispatchedAt, end: wednesday }]);
  });

  it('ends with the rollout', () => {
    const done = guestOs({ state: 'complete', batches: [finished(1, at(0, 9), ['io67a'])] });
    const end = done.batches[0]?.end ?? 0;
    assert.deepEqual(notWatched(done, watched(week.dispatchedAt, end + minute), wednesday, wednesday), []);
    assert.deepEqual(notWatched(done, watched(week.dispatchedAt, at(0, 9)), wednesday, wednesday), [
      { start: at(0, 9), end },
    ]);
  });
});

describe('messages of the host', () => {
  const record = { rollout, steps: [], gaps: [], fromStart: true };
  const snapshot = { type: 'snapshot', now: 1, number: 1, rollouts: [], engines: [], feed: {} };

  it('are taken', () => {
    for (const message of [
      snapshot,
      { ...snapshot, shown: { rollout: guestOs() } },
      { type: 'record', record },
      { type: 'record', record: { ...record, until: 7 } },
    ]) {
      assert.ok(isHostMessage(message), JSON.stringify(message));
    }
  });

  it('are refused where they have another form', () => {
    const bad: readonly unknown[] = [
      undefined,
      7,
      [],
      { ...snapshot, rollouts: [{ name: 'x' }] },
      { ...snapshot, shown: { rollout: { kind: 'x', name: 'x', state: 'x' } } },
      { ...snapshot, number: undefined },
      { type: 'other' },
      { ...snapshot, now: undefined },
      { ...snapshot, shown: 7 },
      { ...snapshot, shown: { rollout: guestOs(), times: 7 } },
      { ...snapshot, shown: { rollout: guestOs(), estimates: [] } },
      { type: 'record' },
      { type: 'record', record: { ...record, rollout: 7 } },
      { type: 'record', record: { ...record, rollout: 'x'.repeat(5_000) } },
      { type: 'record', record: { ...record, until: Number.NaN } },
      { type: 'record', record: { ...record, gaps: [{ start: 2, end: 1 }] } },
      { type: 'record', record: { ...record, gaps: Array.from({ length: 501 }, () => ({ start: 1, end: 2 })) } },
      { type: 'record', record: { ...record, steps: [{ at: 1, states: [['waiting']] }] } },
      { type: 'record', record: { ...record, steps: [{ at: 1, states: [['waiting', [7]]] }] } },
      { type: 'record', record: { ...record, steps: Array.from({ length: 4_001 }, () => ({ at: 1, states: [] })) } },
    ];
    for (const message of bad) assert.equal(isHostMessage(message), false, inspect(message).slice(0, 200));
  });
});
