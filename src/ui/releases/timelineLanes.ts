import { week } from '../../domain/base/time.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { rolloutKey, type Rollout } from '../../domain/releases/rollout.ts';
import { RunsReader, type BatchRun } from '../../domain/releases/timeline/comparison.ts';
import { lanesBeside, lanesFrom, type LaneMoment, type LanesMessage } from '../../domain/releases/timeline/lanes.ts';
import { engineOf } from '../../domain/releases/timeline/troubles.ts';
import { waitOf } from '../../domain/releases/waits.ts';
import type { Store } from '../../engine/read/store.ts';
import { estimatesNow } from '../../feeds/releases/estimates.ts';
import { enginesOf, fullReadAt } from '../../feeds/releases/keys.ts';
import type { TimelineRecordsParts } from './timelineRecords.ts';
import { drawnRollouts } from './timelineSnapshot.ts';

export interface TimelineLanesParts extends TimelineRecordsParts {
  readonly store: Store<Failure>;
}

/** Of an older rollout, what was recorded beside it is not read. */
const mostWeeks = 16;

/** The rollouts beside the one that one page shows: from the dashboard, and from what was recorded. */
export class TimelineLanes {
  readonly #parts: TimelineLanesParts;
  #sent = '';
  #recorded: ReadonlyMap<string, readonly BatchRun[]> = new Map();
  /** What the record was read for. */
  #readFor = '';

  constructor(parts: TimelineLanesParts) {
    this.#parts = parts;
  }

  /** The page has lost what it was given. */
  forget(): void {
    this.#sent = '';
  }

  /** The lanes beside a rollout; undefined where the page was given the same. */
  next(shown: Rollout): LanesMessage | undefined {
    const { store, clock } = this.#parts;
    const rollouts = drawnRollouts(store);
    const [engines, estimates] = [enginesOf(store), estimatesNow(store)];
    const [now, readAt] = [clock.now(), fullReadAt(store)];
    const momentOf = (rollout: Rollout): LaneMoment => {
      const engine = engineOf(rollout, engines);
      return { now, fullReadAt: readAt, engine, wait: waitOf(rollout, rollouts), estimates: estimates(rollout.kind) };
    };
    const lanes = lanesBeside(shown, rollouts, this.#recorded, momentOf);
    const message: LanesMessage = { type: 'lanes', lanes };
    const text = JSON.stringify(message);
    if (text === this.#sent) return undefined;
    this.#sent = text;
    return message;
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
    this.#recorded = reader.runs();
    return true;
  }
}
