import type { Failure } from '../../domain/base/failure.ts';
import { isoWeek, isoWeeks } from '../../domain/base/isoWeek.ts';
import { hour, minute, week, type Instant } from '../../domain/base/time.ts';
import { timesOf } from '../../domain/releases/times/current.ts';
import { PastReader } from '../../domain/releases/times/estimates.ts';
import { decodeLine, encodeLine, type TimesLine } from '../../domain/releases/times/lines.ts';
import { linesOf } from '../../domain/releases/times/observation.ts';
import { isGap, Stays } from '../../domain/releases/times/stays.ts';
import { stoppedSince } from '../../domain/releases/timeline/troubles.ts';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Gather } from '../../engine/base/lifetime.ts';
import type { Log } from '../../engine/base/log.ts';
import { Sequence } from '../../engine/base/sequence.ts';
import type { Disk } from '../../engine/disk/disk.ts';
import { objectFromJson } from '../../engine/disk/json.ts';
import { WeekFiles } from '../../engine/disk/weekFiles.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Windows } from '../../engine/windows/windows.ts';
import { enginesOf, fullReadAt, fullReadKey, pastLengthsKey, rolloutsKey, timesKey } from './keys.ts';

export interface TimesRecorderParts {
  readonly store: Store<Failure>;
  readonly clock: Clock;
  readonly log: Log;
  /** The folder that the windows with the present settings share. */
  readonly disk: () => Disk;
  readonly windows: Pick<Windows, 'role' | 'access' | 'onDidChangeRole'>;
}

/** Changes of one moment are recorded together. */
const gatherMs = 20;
/** While nothing changes, that is written so often: a crash makes no gap then. */
const sameMs = 4 * minute;
/** What batches took in past weeks is read again so often. */
const learnMs = 6 * hour;
/** From so many weeks. */
const learnedWeeks = 8;

/** What this window follows since it began to read. */
interface Following {
  readonly disk: Disk;
  readonly stays: Stays;
  /** When the dashboard was last read, and moved; undefined where that was long ago or never. */
  readAt: Instant | undefined;
  /** When the last line was written. */
  writtenAt: Instant;
  /** Whether lines are missing in the file: the disk refused them, or another window may have been the one to write. */
  isTorn: boolean;
  /** When past weeks were last read. */
  learnedAt: Instant;
}

/**
 * Records since when each batch, subnet and node is in its state: lines of what changed, in a file for each week. Only the
 * window that reads the services writes them; the others take over what it found. A time in which no window read the
 * dashboard is a gap.
 */
export class TimesRecorder implements Disposable {
  readonly #parts: TimesRecorderParts;
  readonly #files: WeekFiles;
  readonly #lifetime = new Lifetime();
  readonly #changes: Gather;
  #following: Following | undefined;
  readonly #recording: Sequence;

  constructor(parts: TimesRecorderParts) {
    this.#parts = parts;
    const { store, clock, log, disk, windows } = parts;
    this.#recording = new Sequence((cause) => log.error('rolloutTimes', 'the states are not recorded', cause));
    this.#files = new WeekFiles({ disk, log, weeks: isoWeeks, name: 'rolloutTimes' });
    this.#changes = this.#lifetime.gather(clock, gatherMs, () => this.#recording.run(() => this.#record()));
    this.#lifetime.own(
      store.onDidChange(({ feed }) => {
        if (feed === rolloutsKey.name || feed === fullReadKey.name) this.#changes.note();
      }),
    );
    this.#lifetime.own(windows.onDidChangeRole(() => this.#changes.note()));
    this.#changes.note();
  }

  /** Resolves when all that changed so far is recorded. */
  async flush(): Promise<void> {
    this.#changes.flush();
    await this.#recording.flush();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #record(): Promise<void> {
    const { store, windows, disk } = this.#parts;
    // What another window found is taken over from its snapshots.
    if (windows.role === 'follower') {
      this.#following = undefined;
      return;
    }
    if (this.#following?.disk !== disk()) this.#following = await this.#begin(disk());
    const following = this.#following;
    const { records, status, asOf } = store.state(rolloutsKey);
    if (status !== 'fresh' || asOf === undefined || this.#lifetime.isOver) return;
    if (following.readAt !== undefined && asOf < following.readAt && !isGap(following.readAt, asOf)) return;
    const rollouts = [...records.values()];
    const isStopped = stoppedSince(rollouts, enginesOf(store), fullReadAt(store)) !== undefined;
    const lines = linesOf(following.stays, {
      at: asOf,
      rollouts,
      isStopped,
      before: following.readAt,
      isInOtherFile: (then) => following.isTorn || isoWeek(then) !== isoWeek(asOf),
    });
    await this.#take(following, lines, asOf);
    following.readAt = isStopped ? undefined : asOf;
    this.#update(following.stays);
    if (asOf - following.learnedAt >= learnMs) {
      following.learnedAt = asOf;
      await this.#learn(asOf);
    }
  }

  async #take(following: Following, lines: readonly TimesLine[], at: Instant): Promise<void> {
    const { stays, readAt, isTorn } = following;
    const isOld = at - following.writtenAt >= sameMs || at < following.writtenAt;
    const same: readonly TimesLine[] = readAt === undefined || !isOld || isTorn ? [] : [{ kind: 'same', at: readAt }];
    // What was not written is a gap in the file, though it was seen here.
    const gap = isTorn ? [...stays.rollouts.keys()].map((rollout): TimesLine => ({ kind: 'lost', at, rollout })) : [];
    for (const line of lines) stays.take(line);
    // A rollout that did not change was read as well.
    for (const [rollout, watched] of stays.rollouts) if (watched.isWatched) stays.observe(rollout, watched, at);
    const isWatching = [...stays.rollouts.values()].some(({ isWatched }) => isWatched);
    const now: readonly TimesLine[] = isOld && isWatching ? [{ kind: 'same', at }] : [];
    const written = [...gap, ...same, ...lines, ...now];
    if (lines.length + now.length === 0) return;
    following.writtenAt = at;
    const mayWrite = this.#parts.windows.role === 'leader' && (await this.#parts.windows.access.confirm());
    following.isTorn = !mayWrite || !(await this.#files.append(at, written.map(encodeLine)));
  }

  /** Takes up what was recorded before, so that a window that is opened anew makes no gap. */
  async #begin(disk: Disk): Promise<Following> {
    const now = this.#parts.clock.now();
    const stays = new Stays();
    let last: Instant | undefined;
    for (const line of await this.lines({ from: now - week, to: now })) {
      stays.take(line);
      last = line.at;
    }
    return { disk, stays, readAt: last, writtenAt: last ?? -Infinity, isTorn: false, learnedAt: -Infinity };
  }

  /** What was recorded in a time, by whole weeks. What cannot be read is left out. */
  async lines(span: { readonly from: Instant; readonly to: Instant }): Promise<readonly TimesLine[]> {
    const weeks = await this.#files.read(span);
    return weeks.flatMap(({ lines }) => lines.flatMap((line) => objectFromJson(line, decodeLine) ?? []));
  }

  /** Reads what batches and tasks took, a week at a time, so that nothing else waits for long. */
  async #learn(now: Instant): Promise<void> {
    const reader = new PastReader();
    for (let back = learnedWeeks - 1; back >= 0; back--) {
      const at = now - back * week;
      reader.take(await this.lines({ from: at, to: at }));
    }
    this.#parts.store.update(pastLengthsKey, { status: 'fresh', records: reader.lengths() });
  }

  #update({ rollouts }: Stays): void {
    const watched = [...rollouts].filter(([, { isWatched }]) => isWatched);
    this.#parts.store.update(timesKey, {
      status: 'fresh',
      records: watched.map(([rollout, each]) => timesOf(rollout, each)),
    });
  }
}
