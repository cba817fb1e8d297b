import { minute, type Instant, type Span } from '../../../src/domain/base/time.ts';
import { rolloutKey, type Batch, type CellState, type Rollout } from '../../../src/domain/releases/rollout.ts';
import { recordOf, type RolloutRecord } from '../../../src/domain/releases/timeline/record.ts';
import type { TimesLine } from '../../../src/domain/releases/times/lines.ts';
import { batchPlace, stateName, targetPlaces } from '../../../src/domain/releases/times/places.ts';
import { wednesday } from './rolloutBuilder.ts';

/** What a subnet goes through from the start of its batch on, with the minutes after it. */
const way: readonly (readonly [CellState, number])[] = [
  ['waiting', -45],
  ['proposing', 0],
  ['waiting_for_election', 3],
  ['waiting_for_adoption', 11],
  ['waiting_for_alerts_gone', 27],
];

/** What would have been recorded of a rollout that was seen to appear: each subnet a minute after the one before. `blind`: no window was watching then. */
export function recordedWeek(rollout: Rollout, blind: readonly Span[] = [], until = wednesday): RolloutRecord {
  const changes = new Map<Instant, Map<string, string>>();
  const set = (at: Instant, place: string, state: string): void => {
    const isUnseen = blind.find(({ start, end }) => at > start && at < end);
    const seenAt = isUnseen?.end ?? at;
    if (seenAt <= until) changes.set(seenAt, (changes.get(seenAt) ?? new Map<string, string>()).set(place, state));
  };
  for (const batch of rollout.batches) {
    const places = [batchPlace(batch), ...targetPlaces(batch)];
    for (const [index, place] of places.entries()) {
      set(rollout.dispatchedAt, place, 'pending');
      for (const [at, state] of stepsOf(batch, index)) set(at, place, state);
    }
  }
  const lines = [...changes]
    .toSorted(([one], [other]) => one - other)
    .map(([at, states], index): TimesLine => {
      const isFirst = index === 0;
      return { kind: 'states', at, rollout: rolloutKey(rollout), whole: isFirst, isNew: isFirst, states };
    });
  return recordOf([...lines, ...looks(lines[0]?.at ?? until, until, blind)].toSorted(byTime), rolloutKey(rollout));
}

const byTime = (one: TimesLine, other: TimesLine): number => one.at - other.at;

/** `index`: of the target from one on; the batch itself is the first. */
function stepsOf(batch: Batch, index: number): readonly (readonly [Instant, string])[] {
  const { actualStart, end } = batch;
  if (actualStart === undefined) return [];
  const current = index === 0 ? stateName(batch) : stateName(batch.targets[index - 1] ?? batch);
  const last = way.findIndex(([state]) => state === current);
  const gone = (last === -1 ? way : way.slice(0, last + 1)).map(
    ([state, after]) => [actualStart + (after + Math.min(index, 5)) * minute, state] as const,
  );
  if (last !== -1) return gone;
  return [...gone.slice(0, current === 'complete' ? undefined : 4), [end ?? actualStart + 20 * minute, current]];
}

function looks(from: Instant, to: Instant, blind: readonly Span[]): readonly TimesLine[] {
  const count = Math.floor((to - from) / (5 * minute));
  return Array.from({ length: count + 1 }, (_, index): TimesLine => ({ kind: 'same', at: from + index * 5 * minute }))
    .concat({ kind: 'same', at: to })
    .filter(({ at }) => !blind.some(({ start, end }) => at > start && at < end));
}
