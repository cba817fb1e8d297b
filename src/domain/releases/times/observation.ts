import type { Instant } from '../../base/time.ts';
import { isActive, rolloutKey, type Rollout } from '../rollout.ts';
import { gone, type TimesLine } from './lines.ts';
import { statesOf } from './places.ts';
import { isGap, type Stays, type WatchedRollout } from './stays.ts';

/** What the dashboard says at an instant. */
export interface Observation {
  readonly at: Instant;
  readonly rollouts: Iterable<Rollout>;
  /** Nothing moves: what the dashboard says is of another time. */
  readonly isStopped: boolean;
  /** When it was observed before, and moved; undefined when never. */
  readonly before: Instant | undefined;
  /** Whether a line of then is in another file than one of now. */
  readonly isInOtherFile: (then: Instant) => boolean;
}

/** The lines to be written of what has changed since the last observation. A rollout that is over is not watched further. */
export function linesOf(stays: Stays, observation: Observation): readonly TimesLine[] {
  const { at } = observation;
  const lines: TimesLine[] = [];
  const seen = new Set<string>();
  if (!observation.isStopped) {
    for (const rollout of observation.rollouts) {
      const key = rolloutKey(rollout);
      const known = stays.rollouts.get(key);
      if (!isOfInterest(rollout, known)) continue;
      const line = statesLine(key, rollout, known, observation);
      if (line !== undefined) lines.push(line);
      if (rollout.state !== 'complete') seen.add(key);
    }
  }
  for (const [rollout, { isWatched }] of stays.rollouts) {
    if (isWatched && !seen.has(rollout)) lines.push({ kind: 'lost', at, rollout });
  }
  return lines;
}

function isOfInterest(rollout: Rollout, known: WatchedRollout | undefined): boolean {
  if (rollout.unlistedSince !== undefined || rollout.kind === 'unknown') return false;
  if (rollout.state === 'complete') return known?.isWatched === true;
  return known !== undefined || isActive(rollout);
}

function statesLine(
  rollout: string,
  of: Rollout,
  known: WatchedRollout | undefined,
  { at, before, isInOtherFile }: Observation,
): TimesLine | undefined {
  const states = statesOf(of, (place) => known?.stays.get(place)?.state);
  if (known === undefined || isInOtherFile(known.wholeAt)) {
    const isNew = known === undefined && before !== undefined && !isGap(before, at);
    return { kind: 'states', at, rollout, whole: true, isNew, states };
  }
  const changed = new Map([...states].filter(([place, state]) => known.stays.get(place)?.state !== state));
  for (const place of known.stays.keys()) if (!states.has(place)) changed.set(place, gone);
  if (changed.size === 0 && known.isWatched) return undefined;
  return { kind: 'states', at, rollout, whole: false, isNew: false, states: changed };
}
