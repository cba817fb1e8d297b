import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hour, minute, second, week, type Instant } from '../../../../src/domain/base/time.ts';
import { rolloutKey, type CellState, type Rollout } from '../../../../src/domain/releases/rollout.ts';
import { staysOf } from '../../../../src/domain/releases/times/current.ts';
import { isGap, Stays, type EndedStay, type Stay } from '../../../../src/domain/releases/times/stays.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Emitter } from '../../../../src/engine/base/emitter.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import type { Role } from '../../../../src/engine/windows/windows.ts';
import { rolloutsKey, timesKey } from '../../../../src/feeds/releases/keys.ts';
import { TimesRecorder } from '../../../../src/feeds/releases/recorder.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { batch, rollout, target, taskComment, wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { runsWithin } from '../../../support/base/runs.ts';

const labels = ['aaaaa', 'bbbbb'];

/** A rollout with one batch of two subnets in these states. */
function inStates(first: CellState, second: CellState, over: Partial<Rollout> = {}): Rollout {
  const targets = [first, second].map((state, index) => target(labels[index] ?? '', { state }));
  return rollout({ batches: [batch(12, wednesday, { state: first, targets })], ...over });
}

/** A window that records, and what it knows. */
class Desk {
  readonly disk: MemoryDisk;
  readonly log = memoryLog();
  readonly clock = new FakeClock(wednesday);
  role: Role = 'leader';
  readonly access = { generation: 1, confirm: () => Promise.resolve(true) };
  readonly onDidChangeRole = new Emitter<Role>(rethrow).event;
  store = new Store<Failure>(rethrow);
  recorder: TimesRecorder;

  constructor(disk = new MemoryDisk()) {
    this.disk = disk;
    this.recorder = this.#open();
  }

  #open(): TimesRecorder {
    return new TimesRecorder({
      store: this.store,
      clock: this.clock,
      log: this.log,
      disk: () => this.disk,
      windows: this,
    });
  }

  /** The window is closed, and another one is opened. */
  reopen(): void {
    this.recorder.dispose();
    this.store = new Store<Failure>(rethrow);
    this.recorder = this.#open();
  }

  async look(...rollouts: readonly Rollout[]): Promise<void> {
    this.store.update(rolloutsKey, { status: 'fresh', asOf: this.clock.now(), records: rollouts });
    await this.recorder.flush();
  }

  pass(ms: number): void {
    this.clock.jump(ms);
  }

  /** What is known of a subnet of the rollout: for how long, and whether its beginning was seen. */
  known(of: Rollout, index: number): string {
    const [first] = of.batches;
    const stay = first && staysOf(this.store.state(timesKey).records, of, first).targets[index];
    if (stay === undefined) return 'not known';
    return `${stay.began ? '' : 'at least '}${(this.clock.now() - stay.since) / minute} min`;
  }

  async ended(): Promise<readonly EndedStay[]> {
    const ended: EndedStay[] = [];
    const stays = new Stays((stay) => ended.push(stay));
    const lines = await this.recorder.lines({ from: wednesday - week, to: this.clock.now() });
    for (const line of lines) stays.take(line);
    return ended;
  }
}

describe('the time in a state', () => {
  it('is counted from when it was seen to begin, and is a minimum where it had begun before', async () => {
    const desk = new Desk();
    await desk.look(inStates('error', 'waiting_for_adoption'));
    desk.pass(10 * minute);
    const now = inStates('error', 'waiting_for_alerts_gone');
    await desk.look(now);
    desk.pass(5 * minute);
    await desk.look(now);
    assert.deepEqual([desk.known(now, 0), desk.known(now, 1)], ['at least 15 min', '5 min']);
  });

  it('begins again, as a minimum, after a time in which no window was watching', async () => {
    const desk = new Desk();
    await desk.look(inStates('waiting', 'waiting'));
    desk.pass(minute);
    const now = inStates('error', 'waiting_for_adoption');
    await desk.look(now);
    desk.pass(8 * hour);
    await desk.look(now);
    desk.pass(minute);
    assert.equal(desk.known(now, 0), 'at least 1 min');
    const error = (await desk.ended()).filter(({ state }) => state === 'error');
    assert.deepEqual(
      error.map(({ place, began, ended, since, until }) => [place, began, ended, until - since]),
      [
        ['batch-12/aaaaa', true, false, 0],
        ['batch-12', true, false, 0],
      ],
    );
  });

  it('goes on over a restart, and in the window that reads next', async () => {
    const desk = new Desk();
    await desk.look(inStates('waiting', 'waiting'));
    desk.pass(minute);
    const now = inStates('error', 'waiting');
    await desk.look(now);
    desk.pass(5 * minute);
    desk.reopen();
    await desk.look(now);
    assert.equal(desk.known(now, 0), '5 min');
  });

  it('is recorded by the window that reads alone', async () => {
    const desk = new Desk();
    desk.role = 'follower';
    await desk.look(inStates('waiting', 'waiting'));
    assert.deepEqual([...desk.disk.files], []);
    assert.deepEqual([...desk.store.state(timesKey).records], []);
  });

  it('does not change with a message to Slack that is retried', async () => {
    const desk = new Desk();
    await desk.look(inStates('waiting_for_adoption', 'waiting_for_adoption'));
    desk.pass(minute);
    const flipped = inStates('waiting_for_adoption', 'error');
    const comment = taskComment(12, 'request_proposal_vote.1', 'UpForRetry');
    const retried: Rollout = {
      ...flipped,
      batches: flipped.batches.map((each) => ({
        ...each,
        targets: each.targets.map((one) => (one.state === 'error' ? { ...one, comment } : one)),
      })),
    };
    await desk.look(retried);
    desk.pass(minute);
    await desk.look(inStates('waiting_for_adoption', 'waiting_for_adoption'));
    assert.deepEqual(await desk.ended(), []);
  });

  it('is not known while the dashboard does not list the rollout, nor of what has ended', async () => {
    const desk = new Desk();
    const now = inStates('error', 'error');
    await desk.look(now);
    await desk.look({ ...now, unlistedSince: desk.clock.now() });
    assert.equal(desk.known(now, 0), 'not known');
    await desk.look(now);
    assert.equal(desk.known(now, 0), 'at least 0 min');
    const over = inStates('complete', 'complete', { state: 'complete' });
    await desk.look(over);
    assert.deepEqual([...desk.store.state(timesKey).records.keys()], []);
    assert.deepEqual((await desk.ended()).at(-1)?.ended, true);
  });

  it('has a gap where the disk was full, and goes on in the window that saw it', async () => {
    const desk = new Desk();
    await desk.look(inStates('waiting', 'waiting'));
    desk.pass(minute);
    desk.disk.refusal = new Error('ENOSPC: no space left on device');
    const now = inStates('error', 'waiting');
    await desk.look(now);
    desk.pass(5 * minute);
    await desk.look(now);
    desk.disk.refusal = undefined;
    desk.pass(minute);
    const later = inStates('error', 'proposing');
    await desk.look(later);
    assert.deepEqual([desk.known(later, 0), desk.known(later, 1)], ['6 min', '0 min']);
    const ended = (await desk.ended()).map(({ place, state, ended: isEnded, until }) => {
      return `${place}: ${state} ${(until - wednesday) / minute} ${isEnded ? 'ended' : 'not watched further'}`;
    });
    assert.deepEqual(ended, [
      'batch-12/aaaaa: waiting 0 not watched further',
      'batch-12/bbbbb: waiting 0 not watched further',
      'batch-12: waiting 0 not watched further',
    ]);
    desk.pass(minute);
    desk.reopen();
    await desk.look(later);
    assert.deepEqual([desk.known(later, 0), desk.known(later, 1)], ['at least 1 min', 'at least 1 min']);
  });

  it('has a gap where no window could be the one to write', async () => {
    const desk = new Desk();
    await desk.look(inStates('waiting', 'waiting'));
    desk.pass(minute);
    desk.role = 'alone';
    await desk.look(inStates('error', 'waiting'));
    desk.pass(minute);
    desk.role = 'leader';
    await desk.look(inStates('error', 'proposing'));
    const ended = await desk.ended();
    assert.ok(ended.length > 0 && ended.every((stay) => !stay.ended));
  });

  it('begins anew where the clock of the machine is set back, and is read again as it was written', async () => {
    const desk = new Desk();
    await desk.look(inStates('waiting', 'waiting'));
    desk.pass(5 * minute);
    const now = inStates('error', 'waiting');
    await desk.look(now);
    desk.pass(-hour);
    await desk.look(now);
    assert.equal(desk.known(now, 0), 'at least 0 min');
    desk.pass(3 * minute);
    desk.reopen();
    await desk.look(now);
    assert.equal(desk.known(now, 0), 'at least 3 min');
    for (const { since, until } of await desk.ended()) assert.ok(since <= until);
  });

  it('loses of a line that a crash tore only what it said', async () => {
    const desk = new Desk();
    await desk.look(inStates('waiting', 'waiting'));
    const [file = ''] = desk.disk.files.keys();
    desk.pass(minute);
    const now = inStates('error', 'waiting');
    await desk.look(now);
    desk.disk.files.set(file, desk.disk.files.get(file)?.slice(0, -20) ?? '');
    desk.pass(minute);
    desk.reopen();
    await desk.look(now);
    // The change is known again from the next look on.
    assert.equal(desk.known(now, 0), '0 min');
    desk.pass(minute);
    desk.reopen();
    await desk.look(now);
    assert.equal(desk.known(now, 0), '1 min');
  });

  it('skips lines that cannot be read', async () => {
    const desk = new Desk();
    const now = inStates('error', 'error');
    await desk.look(now);
    const [file = ''] = desk.disk.files.keys();
    await desk.disk.append(file, '\n{"at":1,"rollout":7}\n{"at":\n[]\n{"at":1,"rollout":"x","states":[["error"]]}\n');
    desk.pass(minute);
    desk.reopen();
    await desk.look(now);
    assert.equal(desk.known(now, 0), 'at least 1 min');
  });
});

// Random histories: what is recorded is what was seen, and nothing is said of the times between.

const moving: readonly CellState[] = ['waiting', 'error', 'waiting_for_adoption'];
const steps = fc.array(
  fc.record({
    passMs: fc.oneof(fc.integer({ min: second, max: 7 * minute }), fc.integer({ min: 13 * minute, max: 30 * hour })),
    states: fc.tuple(fc.constantFrom(...moving), fc.constantFrom(...moving)),
    reopens: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
);

interface Seen {
  readonly at: Instant;
  readonly state: CellState;
}

/** The times of one subnet by what was seen of it, computed from the start each time: the plain rule. */
function expected(seen: readonly Seen[]): readonly Omit<EndedStay, 'rollout' | 'place' | 'until'>[] {
  return seen.flatMap((each, index) => {
    const before = seen[index - 1];
    const isGapBefore = before === undefined || isGap(before.at, each.at);
    if (!isGapBefore && before.state === each.state) return [];
    const next = seen.slice(index + 1).find(({ at, state }, offset) => {
      return state !== each.state || isGap(seen[index + offset]?.at ?? at, at);
    });
    const last = next === undefined ? undefined : seen[seen.indexOf(next) - 1];
    const ended = next !== undefined && last !== undefined && !isGap(last.at, next.at);
    return [{ state: each.state, since: each.at, began: !isGapBefore, ended }];
  });
}

describe('the recorded times of any history', () => {
  it('are those that were seen, across gaps, weeks and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const desk = new Desk();
        const seen: [Seen[], Seen[]] = [[], []];
        let now = inStates('waiting', 'waiting');
        for (const { passMs, states, reopens } of history) {
          desk.pass(passMs);
          if (reopens) desk.reopen();
          now = inStates(...states);
          await desk.look(now);
          for (const index of [0, 1] as const) seen[index].push({ at: desk.clock.now(), state: states[index] });
        }
        const [first] = now.batches;
        assert.ok(first !== undefined);
        const ended = await desk.ended();
        for (const index of [0, 1] as const) {
          const all = expected(seen[index]);
          const stay: Stay | undefined = staysOf(desk.store.state(timesKey).records, now, first).targets[index];
          const { state, since, began } = all.at(-1) ?? assert.fail();
          assert.deepEqual(stay, { state, since, began });
          const own = ended.filter(({ place }) => place === `batch-12/${labels[index]}`);
          assert.deepEqual(
            own.map(({ state, since, began, ended: isEnded }) => ({ state, since, began, ended: isEnded })),
            all.slice(0, -1),
          );
          assert.ok(own.every(({ rollout: of, since, until }) => of === rolloutKey(now) && since <= until));
        }
      }),
      runsWithin(60, 4_000),
    );
  }).timeout(10_000);
});
