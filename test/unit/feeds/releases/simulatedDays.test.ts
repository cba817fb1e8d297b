import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { hour, minute, type Instant } from '../../../../src/domain/base/time.ts';
import { rolloutKey, type Rollout } from '../../../../src/domain/releases/rollout.ts';
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

const start = Date.UTC(2026, 7, 26, 13, 50, 11);
const lookMs = 5 * minute;
const resting = ['pending', 'complete', 'skipped'];

/** Nobody looks meanwhile: the dashboard is out, the laptop sleeps for a night, and once more for an hour. */
const blind: readonly (readonly [from: Instant, to: Instant])[] = [
  [start + 2 * hour, start + 3 * hour],
  [start + 8 * hour, start + 17 * hour],
  [start + 20 * hour, start + 21 * hour],
];

describe('a day and more of the simulator at high speed', () => {
  it('is recorded, shown in the view and drawn as it was', async () => {
    const world = new World({ startAt: start, speed: 0 });
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
    for (let at = start; at < start + 28 * hour; at += lookMs) {
      const [rollout] = toRollouts([guestRollout(world, new Map())], silentReport).rollouts;
      assert.ok(rollout !== undefined);
      for (const [place, state] of statesOf(rollout, () => undefined)) {
        if (truth.get(place)?.state !== state) truth.set(place, { state, since: at });
      }
      if (!blind.some(([from, to]) => at > from && at <= to)) {
        if (last === undefined || at - last > 12 * minute) watchedSince = at;
        last = at;
        store.update(rolloutsKey, { status: 'fresh', asOf: at, records: [rollout] });
        await recorder.flush();
        told += check(rollout, at);
      }
      world.advance(lookMs);
      clock.jump(lookMs);
    }
    // So often a batch was under way.
    assert.ok(told > 50, `${told} times were told`);
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
      const from = { now, timeZone: 'UTC' };
      const shown = timeline(rollout, { now, times });
      const running = shown.groups.flatMap(({ rows }) => rows).find(({ id }) => id === shown.running);
      if (running?.stay === undefined || now - running.stay.since < minute) return 0;
      const [row] = releasesView(
        store.state(rolloutsKey),
        from,
        'https://airflow.example.org',
        undefined,
        [],
        undefined,
        times,
      ).rows;
      const hover = row?.children?.find(({ batch }) => batch === running.id)?.hover?.join('\n') ?? '';
      assert.match(hover, running.stay.began ? /In this state for \d/ : /In this state for at least/);
      return 1;
    }
  }).timeout(10_000);
});
