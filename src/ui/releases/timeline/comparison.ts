import { week } from '../../../domain/base/time.ts';
import { rolloutKey, type Rollout } from '../../../domain/releases/rollout.ts';
import { rolloutStateText } from '../../../domain/releases/words.ts';
import { RunsReader, runsOf, type ComparedRuns } from '../../../domain/releases/timeline/comparison.ts';
import { fullMoment } from '../../../views/kit/format.ts';
import { inform } from '../../kit/messages.ts';
import { pickOne } from '../../kit/picks.ts';
import { viewpoint } from '../../kit/viewpoint.ts';
import type { TimelineRecordsParts } from './records.ts';

/** So far back recorded rollouts are offered. */
const offeredWeeks = 12;

interface Offered extends ComparedRuns {
  readonly label: string;
  readonly description: string;
}

/**
 * Asks which rollout is compared with one: of the same kind, from the dashboard or, where that lists it no more, from what was
 * recorded. Undefined where there is none or none was picked.
 */
export async function pickCompared(
  rollout: Rollout,
  listed: readonly Rollout[],
  parts: TimelineRecordsParts,
): Promise<ComparedRuns | undefined> {
  const offered = await offers(rollout, listed, parts);
  if (offered.length === 0) {
    inform('No other rollout of this kind is known.');
    return undefined;
  }
  const picked = await pickOne(offered, { title: 'Compare Timeline', placeHolder: 'Select a rollout to compare with' });
  return picked === undefined ? undefined : { name: picked.name, runs: picked.runs };
}

/** The newest first. */
async function offers(
  rollout: Rollout,
  listed: readonly Rollout[],
  { clock, times }: TimelineRecordsParts,
): Promise<readonly Offered[]> {
  const from = viewpoint(clock);
  const found = new Map<string, Offered>();
  const add = (key: string, name: string, known: string, runs: ComparedRuns['runs']): void => {
    const [first] = runs;
    if (key === rolloutKey(rollout) || found.has(key) || first === undefined) return;
    found.set(key, { label: name, name, description: `${fullMoment(first.start, from)} · ${known}`, runs });
  };
  for (const each of listed) {
    if (each.kind === rollout.kind) add(rolloutKey(each), each.name, rolloutStateText(each), runsOf(each));
  }
  const reader = new RunsReader();
  await times.flush();
  // A week at a time, so that nothing else waits for long.
  for (let back = offeredWeeks - 1; back >= 0; back--) {
    const at = from.now - back * week;
    reader.take(await times.lines({ from: at, to: at }));
  }
  for (const [key, runs] of reader.runs()) {
    const [kind] = key.split('/', 1);
    if (kind === rollout.kind) add(key, key.slice(rollout.kind.length + 1), 'as recorded', runs);
  }
  return [...found.values()].sort((a, b) => (b.runs[0]?.start ?? 0) - (a.runs[0]?.start ?? 0));
}
