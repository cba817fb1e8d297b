import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { minute, type Instant } from '../../../../src/domain/base/time.ts';
import {
  rolloutKey,
  type Batch,
  type Engine,
  type Rollout,
  type RolloutKind,
} from '../../../../src/domain/releases/rollout.ts';
import { statesOf } from '../../../../src/domain/releases/times/places.ts';
import { timeline } from '../../../../src/domain/releases/timeline/timeline.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { rolloutsKey, timesKey } from '../../../../src/feeds/releases/keys.ts';
import { TimesRecorder } from '../../../../src/feeds/releases/recorder.ts';
import { toRollouts } from '../../../../src/sources/rollouts/mapping.ts';
import { releasesView } from '../../../../src/views/releases/view.ts';
import { guestRollout } from '../../../simulator/rollouts/guestOs.ts';
import { hostRollout } from '../../../simulator/rollouts/hostOs.ts';
import { World } from '../../../simulator/world.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { silentReport } from '../../../support/sources/silentReport.ts';

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

/** In which state a place is, and since when. */
interface Seen {
  readonly state: string;
  readonly since: Instant;
}

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
    /** When each place changed, watched or not. */
    const truths = new Map<RolloutKind, Map<string, Seen>>();
    let last: Instant | undefined;
    let watchedSince = start;
    const hovers = new Map<RolloutKind, number>();
    const failures = new Set<number>();
    for (let now = start; now < end; now += lookMs) {
      const sent = [guestRollout(world, new Map(), { held, pauses }), hostRollout(world)];
      const { rollouts } = toRollouts(sent, silentReport);
      assert.equal(rollouts.length, 2);
      for (const rollout of rollouts) {
        const truth = truths.get(rollout.kind) ?? new Map<string, Seen>();
        truths.set(rollout.kind, truth);
        for (const [place, state] of statesOf(rollout, () => undefined)) {
          if (truth.get(place)?.state !== state) truth.set(place, { state, since: now });
        }
      }
      if (!blind.some(([from, to]) => now > from && now <= to)) {
        if (last === undefined || now - last > 12 * minute) watchedSince = now;
        last = now;
        store.update(rolloutsKey, { status: 'fresh', asOf: now, records: rollouts });
        await recorder.flush();
        for (const rollout of rollouts) {
          hovers.set(rollout.kind, (hovers.get(rollout.kind) ?? 0) + check(rollout, now));
        }
      }
      world.advance(lookMs);
      clock.jump(lookMs);
    }
    // So often a batch was under way.
    for (const [kind, count] of hovers) assert.ok(count > 30, `${kind}: ${count} times were shown`);
    assert.deepEqual([...failures], [2, 9, 12, 19], 'each failure was seen');
    assert.ok([...truths.values()].every((truth) => [...truth.values()].every(({ state }) => state === 'complete')));
    recorder.dispose();

    function check(rollout: Rollout, now: Instant): number {
      const times = store.state(timesKey).records;
      const stays = times.get(rolloutKey(rollout))?.stays ?? {};
      for (const [place, { state, since }] of truths.get(rollout.kind) ?? []) {
        const stay = stays[place];
        assert.equal(stay === undefined, resting.includes(state), place);
        if (stay === undefined) continue;
        // What was seen to begin is as long as it truly is; everything else is only as long as it was watched.
        const expected = since > watchedSince ? { since, began: true } : { since: watchedSince, began: false };
        assert.deepEqual(stay, { state, ...expected }, place);
      }
      const isGuest = rollout.kind === 'rollout_ic_os_to_mainnet_subnets';
      const isPaused = isGuest && pauses.some(([from, to]) => now >= from && now < to);
      const engine: Engine = { kind: rollout.kind, state: isPaused ? 'paused' : 'active' };
      const from = { now, timeZone: 'UTC' };
      const shown = timeline(rollout, { now, times, engine: engine.state });
      const running = shown.groups.flatMap(({ rows }) => rows).find(({ id }) => id === shown.running);
      // For HostOS only the number of nodes is known.
      const sizeOf = ({ targets, actualNodes, plannedNodes }: Batch): number =>
        isGuest ? targets.length : (actualNodes ?? plannedNodes ?? 0);
      const all = rollout.batches.reduce((sum, batch) => sum + sizeOf(batch), 0);
      const done = rollout.batches.reduce((sum, batch) => sum + (batch.end === undefined ? 0 : sizeOf(batch)), 0);
      assert.deepEqual([shown.progress.done, shown.progress.total], [done, all]);
      const rows = releasesView(store.state(rolloutsKey), from, 'https://airflow.example.org', undefined, {
        engines: [engine],
        times,
      }).rows;
      assert.equal(rows[0]?.description?.startsWith('paused'), isPaused);
      const row = rows.find(({ id }) => id.includes(rolloutKey(rollout))) ?? assert.fail('a rollout is not shown');
      const { description = '', children = [] } = row;
      const counts = rollout.state === 'complete' ? '' : `${done} of ${all}`;
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
  }).timeout(60_000);
});
