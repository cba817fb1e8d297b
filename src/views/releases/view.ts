import type { Failure } from '../../domain/base/failure.ts';
import { day, type Instant } from '../../domain/base/time.ts';
import type { Links } from '../../domain/links/join.ts';
import { isActive, rolloutKey, type Engine, type Rollout } from '../../domain/releases/rollout.ts';
import { schedule } from '../../domain/releases/timeline/schedule.ts';
import { inSentence, rolloutStateText, shortKind } from '../../domain/releases/words.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { eachRow } from '../kit/faults.ts';
import {
  counted,
  fullMoment,
  shortAgo,
  shortDuration,
  shorten,
  spokenDuration,
  type Viewpoint,
} from '../kit/format.ts';
import { frame } from '../kit/frame.ts';
import type { Row, ViewModel } from '../kit/row.ts';
import { batchRows, type Context } from './batchRows.ts';
import { engineRow, engineRowId } from './engineRow.ts';
import { linkTo, opens } from './opening.ts';
import { isDone, lateFrom, rowKindWords, stateIcons } from './words.ts';

/** The Releases view: engines that do not run, then rollouts in trouble first, then those under way; of each the batches that need a look first. */
export function releasesView(
  state: FeedState<Rollout, Failure>,
  from: Viewpoint,
  airflowUrl: string,
  links?: Links,
  engines: readonly Engine[] = [],
): ViewModel {
  const rollouts = [...state.records.values()].sort((a, b) => rank(a, from.now) - rank(b, from.now));
  const context: Context = { from, airflowUrl, links };
  return frame(state, from, {
    noun: 'rollouts',
    empty: 'The dashboard knows no rollout.',
    rows: [
      ...eachRow(
        engines.filter(({ state: engineState }) => engineState !== 'active'),
        engineRowId,
        (engine) => engineRow(engine, from, airflowUrl),
      ),
      ...eachRow(
        rollouts,
        (rollout) => `rollout/${rolloutKey(rollout)}`,
        (rollout) => rolloutRow(rollout, context),
      ),
    ],
  });
}

/** A run that failed longer ago was given up. */
const failedLately = day;

function rank(rollout: Rollout, now: Instant): number {
  const { state, lastSchedulingDecision, dispatchedAt } = rollout;
  if (state === 'problem') return 0;
  if (state === 'failed') return now - (lastSchedulingDecision ?? dispatchedAt) < failedLately ? 0 : 2;
  return isActive(rollout) ? 1 : 2;
}

function rolloutRow(rollout: Rollout, context: Context): Row {
  const { from, airflowUrl } = context;
  const { kind, unknownKind, name, state, batches, simulated, note, revision, dispatchedAt } = rollout;
  const active = isActive(rollout);
  const done = batches.filter(isDone).length;
  const late = active ? lateness(rollout, from.now) : 0;
  const stateWord = inSentence(rolloutStateText(rollout));
  // While it goes on the numbers say more than the state, which the icon shows.
  const facts = [
    ...(active && state !== 'unknown' && batches.length > 0 ? [] : [stateWord]),
    ...(batches.length === 0 || state === 'complete' ? [] : [`${done} of ${batches.length}`]),
    ...(late < lateFrom ? [] : [`${shortDuration(late)} late`]),
    ...(state === 'problem' && batches.length > 0 ? [stateWord] : []),
    ...(simulated ? ['simulated'] : []),
    ...(unknownKind === undefined ? [] : [`“${unknownKind}”`]),
  ];
  const link = linkTo(rollout.url, airflowUrl);
  const kindName = shortKind(rollout);
  const progress = `${rolloutStateText(rollout)}, ${done} of ${counted(batches.length, 'batch', 'batches')} complete`;
  return {
    id: `rollout/${rolloutKey(rollout)}`,
    label: `${rowKindWords[kind]} ${shortRolloutName(name)}`,
    description: facts.join(' · '),
    icon: stateIcons[state],
    ...opens(rollout, link, name),
    hover: [
      `${kindName} ${name}`,
      progress,
      ...(kind === 'unknown' ? ['What it upgrades and how far it is, Dr. DRE does not know.'] : []),
      ...(late < lateFrom ? [] : [`${shortDuration(late)} late against the plan`]),
      `Started ${shortAgo(dispatchedAt, from)}, ${fullMoment(dispatchedAt, from)}`,
      ...(note === undefined ? [] : [note]),
      ...(revision === undefined ? [] : [`Version ${revision}`]),
    ],
    spoken: `${kindName} rollout ${name}: ${progress}${late < lateFrom ? '' : `, ${spokenDuration(late)} late`}`,
    ...(kind === 'unknown' ? {} : { children: batchRows(rollout, context) }),
    expanded: active && (kind === 'rollout_ic_os_to_mainnet_subnets' || state === 'problem'),
  };
}

/** Names of release candidates by their day: all else is the same in the rows of a week. */
function shortRolloutName(name: string): string {
  return /^rc--\d{4}-(\d\d-\d\d)(?![\d-])/.exec(name)?.[1] ?? shorten(name, 14);
}

/** How late the batch is that runs or comes next, milliseconds. 0 where no plan tells. */
function lateness(rollout: Rollout, now: Instant): number {
  const { rows } = schedule(rollout, now);
  return rows.find(({ phase }) => phase !== 'done')?.drift ?? 0;
}
