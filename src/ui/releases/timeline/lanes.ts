import { week } from '../../../domain/base/time.ts';
import type { Failure } from '../../../domain/base/failure.ts';
import { rolloutKey, type Rollout } from '../../../domain/releases/rollout.ts';
import { RunsReader } from '../../../domain/releases/timeline/comparison.ts';
import {
  laneBasis,
  laneOf,
  lanesBeside,
  lanesFrom,
  recordedLanes,
  type Lane,
  type LaneBasis,
  type LanesMessage,
} from '../../../domain/releases/timeline/lanes.ts';
import { engineOf } from '../../../domain/releases/timeline/troubles.ts';
import { waitOf } from '../../../domain/releases/waits.ts';
import { samePlainData } from '../../../engine/base/samePlainData.ts';
import type { Store } from '../../../engine/read/store.ts';
import { estimatesNow } from '../../../feeds/releases/estimates.ts';
import { enginesOf, fullReadAt } from '../../../feeds/releases/keys.ts';
import type { TimelineRecordsParts } from './records.ts';
import { drawnRollouts } from './snapshot.ts';

export interface TimelineLanesParts extends TimelineRecordsParts {
  readonly store: Store<Failure>;
}

/** Of an older rollout, what was recorded beside it is not read. */
const mostWeeks = 16;

/** A lane, and what it was made of. */
interface MadeLane {
  readonly rollout: Rollout;
  readonly basis: LaneBasis;
  readonly lane: Lane;
}

/** The rollouts beside the one that one page shows: from the dashboard, and from what was recorded. */
export class TimelineLanes {
  readonly #parts: TimelineLanesParts;
  #sent: readonly Lane[] | undefined;
  /** By `rolloutKey`. A lane that says the same as before is the same object. */
  #made: ReadonlyMap<string, MadeLane> = new Map();
  #recorded: readonly Lane[] = [];
  /** What the record was read for. */
  #readFor = '';

  constructor(parts: TimelineLanesParts) {
    this.#parts = parts;
  }

  /** The page has lost what it was given. */
  reset(): void {
    this.#sent = undefined;
  }

  /** The lanes beside a rollout; undefined where the page was given the same. */
  next(shown: Rollout): LanesMessage | undefined {
    const { store, clock } = this.#parts;
    const rollouts = drawnRollouts(store);
    const [engines, estimates] = [enginesOf(store), estimatesNow(store)];
    const [now, readAt] = [clock.now(), fullReadAt(store)];
    const made = new Map<string, MadeLane>();
    const lanes = lanesBeside(shown, rollouts, this.#recorded, (rollout) => {
      const [engine, wait] = [engineOf(rollout, engines), waitOf(rollout, rollouts)];
      const moment = { now, fullReadAt: readAt, engine, wait, estimates: estimates(rollout.kind) };
      const next = madeLane(rollout, laneBasis(rollout, moment), this.#made.get(rolloutKey(rollout)));
      made.set(rolloutKey(rollout), next);
      return next.lane;
    });
    this.#made = made;
    const before = this.#sent;
    if (lanes.length === before?.length && lanes.every((lane, index) => lane === before[index])) return undefined;
    this.#sent = lanes;
    return { type: 'lanes', lanes };
  }

  /** Reads what was recorded beside a rollout, where that can be another than what was read before: the result says whether it was. */
  async read(shown: Rollout): Promise<boolean> {
    const { store, clock, times } = this.#parts;
    const listed = drawnRollouts(store).map((rollout) => rolloutKey(rollout));
    const [from, now] = [lanesFrom(shown), clock.now()];
    const readFor = JSON.stringify([Math.floor(from / week), ...listed.toSorted()]);
    if (readFor === this.#readFor) return false;
    this.#readFor = readFor;
    const reader = new RunsReader();
    await times.flush();
    // A week at a time, so that nothing else waits for long.
    const weeks = Math.min(mostWeeks, Math.ceil((now - from) / week));
    for (let back = weeks; back >= 0; back--) {
      const at = now - back * week;
      reader.take(await times.lines({ from: at, to: at }));
    }
    this.#recorded = recordedLanes(reader.runs());
    return true;
  }
}

/** The lane of a rollout, made anew only where it is made of something else than `before`. */
function madeLane(rollout: Rollout, basis: LaneBasis, before: MadeLane | undefined): MadeLane {
  if (before?.rollout === rollout && samePlainData(before.basis, basis)) return before;
  const lane = laneOf(rollout, basis);
  return { rollout, basis, lane: before !== undefined && samePlainData(before.lane, lane) ? before.lane : lane };
}
