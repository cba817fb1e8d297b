import { minute, type Instant } from '../../base/time.ts';
import { gone, type TimesLine } from './lines.ts';

/** That something is in a state. */
export interface Stay {
  readonly state: string;
  /** When it was first seen in it without a gap since. */
  readonly since: Instant;
  /** Whether it was seen to begin then; else it may have begun earlier. */
  readonly began: boolean;
}

/** A time in a state that is over, or that was not watched any more. */
export interface EndedStay extends Stay {
  readonly rollout: string;
  /** See `batchPlace` and `targetPlaces`. */
  readonly place: string;
  readonly until: Instant;
  /** Whether it was seen to end then; else it was not watched after it. */
  readonly ended: boolean;
}

/**
 * Between two reads of the dashboard that are no further apart nothing was missed: states of interest last longer, and the
 * slowest steady reading is quicker. After more there is a gap.
 */
const longestBlindMs = 12 * minute;

/** Whether too much time passed between two reads; a clock that was set back by much is no better. */
export function isGap(before: Instant, after: Instant): boolean {
  return Math.abs(after - before) > longestBlindMs;
}

/** What is known of one rollout. */
export interface WatchedRollout {
  /** When it was last read. */
  at: Instant;
  /** Whether it is read; else the next read comes after a gap. */
  isWatched: boolean;
  readonly stays: Map<string, Stay>;
  /** When the last line with all states was written. */
  wholeAt: Instant;
}

/**
 * Follows the lines of the record: since when each place is in its state. `onEnd` is called for each stay when it is over or
 * not watched any more.
 */
export class Stays {
  readonly rollouts = new Map<string, WatchedRollout>();
  readonly #onEnd: (stay: EndedStay) => void;

  constructor(onEnd: (stay: EndedStay) => void = () => undefined) {
    this.#onEnd = onEnd;
  }

  take(line: TimesLine): void {
    switch (line.kind) {
      case 'same':
        for (const [rollout, watched] of this.rollouts) if (watched.isWatched) this.observe(rollout, watched, line.at);
        return;
      case 'lost': {
        const watched = this.rollouts.get(line.rollout);
        if (watched !== undefined) watched.isWatched = false;
        return;
      }
      case 'states':
        this.#states(line);
    }
  }

  /** A rollout was read. What was not watched for a while has its states from now on, for all that is known. */
  observe(rollout: string, watched: WatchedRollout, at: Instant): void {
    if (!watched.isWatched || isGap(watched.at, at)) {
      for (const [place, stay] of watched.stays) {
        this.#onEnd({ ...stay, rollout, place, until: watched.at, ended: false });
        watched.stays.set(place, { state: stay.state, since: at, began: false });
      }
    }
    watched.at = at;
    watched.isWatched = true;
  }

  #states({ rollout, at, whole, isNew, states }: Extract<TimesLine, { kind: 'states' }>): void {
    const known = this.rollouts.get(rollout);
    const wasWatched = known === undefined ? isNew : known.isWatched && !isGap(known.at, at);
    const watched = known ?? { at, isWatched: true, stays: new Map<string, Stay>(), wholeAt: at };
    this.rollouts.set(rollout, watched);
    // What changed during a gap ended within it.
    this.observe(rollout, watched, at);
    if (whole) {
      watched.wholeAt = at;
      for (const place of watched.stays.keys()) {
        if (!states.has(place)) this.#end(rollout, watched, place, at, wasWatched);
      }
    }
    for (const [place, state] of states) {
      if (watched.stays.get(place)?.state === state) continue;
      this.#end(rollout, watched, place, at, wasWatched);
      if (state !== gone) watched.stays.set(place, { state, since: at, began: wasWatched });
    }
  }

  #end(rollout: string, { stays }: WatchedRollout, place: string, until: Instant, ended: boolean): void {
    const stay = stays.get(place);
    stays.delete(place);
    // After a gap `onEnd` was called for the stay already.
    if (stay !== undefined && ended) this.#onEnd({ ...stay, rollout, place, until, ended });
  }
}
