import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { minute, type Instant } from '../../../../src/domain/base/time.ts';
import { rolloutKey, type Engine, type Rollout } from '../../../../src/domain/releases/rollout.ts';
import { statesOf } from '../../../../src/domain/releases/times/places.ts';
import { timeline } from '../../../../src/domain/releases/timeline/timeline.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { rolloutsKey, timesKey } from '../../../../src/feeds/releases/keys.ts';
import { TimesRecorder } from '../../../../src/feeds/releases/recorder.ts';
import { toRollouts } from '../../../../src/sources/rollouts/mapping.ts';
import { releasesView } from '../../../../src/views/releases/view.ts';
import { guestRollout } from '../../../simulator/rollouts/guestOs.ts';
import { World } from '../../../simulator/world.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { silentReport } from '../../../support/silentReport.ts';

/** What the simulator's world was written for. */
const written = Date.UTC(2026, 7, 26, 13, 50, 11);
/** Sunday evening, as the rollout of the week is dispatched. */
const start = Date.UTC(2026, 7, 23, 18, 5);
/** Tuesday after the week: the subnet of the NNS is done then. */
const end = Date.UTC(2026, 7, 31, 10);
const lookMs = 10 * minute;
const resting = ['pending', 'complete', 'skipped'];

const at = (day: number, hours: number): Instant => Date.UTC(2026, 7, day, hours);

/** Nobody looks meanwhile: the dashboard is out in a batch, the laptop sleeps for a night, and for a weekend. */
const blind: readonly (readonly [from: Instant, to: Instant])[] = [
  [at(25, 11), at(25, 12)],
  [at(26, 17), at(27, 7)],
  [at(29, 2), at(30, 18)],
];
/** Airflow pauses the workflow for a morning; batches are late after it. */
const pauses: readonly (readonly [from: Instant, to: Instant])[] = [[at(27, 9), at(27, 12)]];
/** Batches of which a subnet fails for so many minutes. Batch 12 does by itself. */
const held = new Map([
  [2, 60],
  [9, 30],
  [19, 200],
]);

describe('a week of the simulator at high speed', () => {
  it('is recorded, shown in the view and drawn as it was', async () => {
    const world = new World({ startAt: written, speed: 0 });
    world.advance(start - written);
    const clock = new FakeClock(start);
    const store = new Store<Failure>(rethrow);
    const disk = new MemoryDisk();
    const windows = {
      role: 'leader' as const,
      access: { generation: 1, confirm: () => Promise.resolve(true) },
      onDidChangeRole: () => ({ dispose: () => undefined }),
    };
    const recorder = new TimesRecorder({ store, clock, log: memoryLog(), disk: () => disk, windows });
    /** When each place was seen to change, looked at or not. */
    const truth = new Map<string, { state: string; since: Instant }>();
    let last: Instant | undefined;
    let watchedSince = start;
    let told = 0;
    const failures = new Set<number>();
    for (let now = start; now < end; now += lookMs) {
      const [rollout] = toRollouts([guestRollout(world, new Map(), { held, pauses })], silentReport).rollouts;
      assert.ok(rollout !== undefined);
      for (const [place, state] of statesOf(rollout, () => undefined)) {
        if (truth.get(place)?.state !== state) truth.set(place, { state, since: now });
      }
      if (!blind.some(([from, to]) => now > from && now <= to)) {
        if (last === undefined || now - last > 12 * minute) watchedSince = now;
        last = now;
        store.update(rolloutsKey, { status: 'fresh', asOf: now, records: [rollout] });
        await recorder.flush();
        told += check(rollout, now);
      }
      world.advance(lookMs);
      clock.jump(lookMs);
    }
    // So often a batch was under way.
    assert.ok(told > 50, `${told} times were told`);
    assert.deepEqual([...failures], [2, 9, 12, 19], 'each failure was seen');
    assert.ok([...truth.values()].every(({ state }) => state === 'complete'));
    recorder.dispose();

    function check(rollout: Rollout, now: Instant): number {
      const times = store.state(timesKey).records;
      const stays = times.get(rolloutKey(rollout))?.stays ?? {};
      for (const [place, { state, since }] of truth) {
        const stay = stays[place];
        assert.equal(stay === undefined, resting.includes(state), place);
        if (stay === undefined) continue;
        // What was seen to begin is as long as it truly is; of all else no more is told than was watched.
        const expected = since > watchedSince ? { since, began: true } : { since: watchedSince, began: false };
        assert.deepEqual(stay, { state, ...expected }, place);
      }
      const isPaused = pauses.some(([from, to]) => now >= from && now < to);
      const engine: Engine = { kind: rollout.kind, state: isPaused ? 'paused' : 'active' };
      const from = { now, timeZone: 'UTC' };
      const shown = timeline(rollout, { now, times, engine: engine.state });
      const running = shown.groups.flatMap(({ rows }) => rows).find(({ id }) => id === shown.running);
      const all = rollout.batches.flatMap(({ targets }) => targets);
      const done = rollout.batches.flatMap(({ end: ended, targets }) => (ended === undefined ? [] : targets)).length;
      assert.deepEqual([shown.progress.done, shown.progress.total], [done, all.length]);
      const rows = releasesView(store.state(rolloutsKey), from, 'https://airflow.example.org', undefined, {
        engines: [engine],
        times,
      }).rows;
      assert.equal(rows[0]?.description?.startsWith('paused'), isPaused);
      const row = rows.at(-1) ?? assert.fail('no rollout is shown');
      const { description = '', children = [] } = row;
      const counts = rollout.state === 'complete' ? '' : `${done} of ${all.length}`;
      assert.ok(description.includes(counts), description);
      const failing = rollout.batches.find(({ state }) => state === 'error');
      if (failing !== undefined) failures.add(failing.number);
      assert.equal(description.includes('problem'), failing !== undefined);
      if (failing !== undefined) assert.match(children[0]?.description ?? '', /^error/);
      if (running?.stay === undefined || now - running.stay.since < minute) return 0;
      const hover = children.find(({ batch }) => batch === running.id)?.hover?.join('\n') ?? '';
      assert.match(hover, running.stay.began ? /In this state for \d/ : /In this state for at least/);
      return 1;
    }
  }).timeout(20_000);
});
