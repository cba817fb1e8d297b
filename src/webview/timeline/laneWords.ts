import { counted } from '../../domain/base/counted.ts';
import type { Lane, LaneBatch } from '../../domain/releases/timeline/lanes.ts';
import { inSentence, rolloutStateText, shortKindWords } from '../../domain/releases/words.ts';
import type { Times } from './format.ts';
import { batchName, whenText } from './words.ts';

/** What a lane says: "GuestOS rc--2026-08-20_03-30: 12 of 22 batches, failed batch 14, problem". */
export function laneSentence(lane: Lane, times: Times): string {
  return `${shortKindWords[lane.kind]} ${lane.name}: ${laneState(lane, times)}`;
}

/** How the rollout of a lane stands: "12 of 22 batches, failed batch 14, problem". */
export function laneState(lane: Lane, times: Times): string {
  const { heading, batches, done, failed, withoutTimes, unlistedSince } = lane;
  if (heading === null) return `${batchesText(batches)} recorded, the dashboard no longer lists it`;
  const parts = [
    batches === 0 ? inSentence(withoutBars(lane)) : `${done} of ${batchesText(batches)}`,
    ...(failed.length === 0 ? [] : [failedText(failed)]),
    ...(withoutTimes === 0
      ? []
      : [withoutTimes === batches ? 'times not known' : `times of ${withoutTimes} not known`]),
    inSentence(rolloutStateText(heading)),
    ...(unlistedSince === null ? [] : [`not listed since ${whenText(unlistedSince, times)}`]),
  ];
  return parts.join(', ');
}

/** Said in place of bars where there are none. */
export function withoutBars({ batches }: Lane): string {
  return batches === 0 ? 'No batches known' : 'Times not known';
}

/** "2 active, 9 in all" */
export function lanesText(lanes: readonly Lane[]): string {
  const active = lanes.filter(({ isActive }) => isActive).length;
  return active === 0 ? `${lanes.length}, none active` : `${active} active, ${lanes.length} in all`;
}

/** Of more failed batches only the number is shown. */
const mostNamed = 3;

function failedText(failed: readonly LaneBatch[]): string {
  const names = failed.slice(0, mostNamed).map((batch) => {
    const name = batchName(batch);
    return batch.stage === undefined ? inSentence(name) : name;
  });
  const more = failed.length - names.length;
  return `failed ${names.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}

function batchesText(count: number): string {
  return counted(count, 'batch', 'batches');
}
