import type { Failure } from '../../domain/base/failure.ts';
import { day, minute, type Instant } from '../../domain/base/time.ts';
import type { Links } from '../../domain/links/join.ts';
import { batchKey } from '../../domain/releases/batchKey.ts';
import { isActive, rolloutKey, type Engine, type Rollout } from '../../domain/releases/rollout.ts';
import { stuckBatches } from '../../domain/releases/stuck.ts';
import type { AllTimes } from '../../domain/releases/times/current.ts';
import { timeline, type Timeline } from '../../domain/releases/timeline/timeline.ts';
import { engineOf, stoppedSince, type TimelineMoment } from '../../domain/releases/timeline/troubles.ts';
import { waitOf } from '../../domain/releases/waits.ts';
import { engineText, inSentence, rolloutStateText, shortKind } from '../../domain/releases/words.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { eachRow } from '../kit/faults.ts';
import { counted, fullMoment, moment, shortAgo, shortDuration, spokenDuration, type Viewpoint } from '../kit/format.ts';
import { frame, greyColor, greyed } from '../kit/frame.ts';
import type { Row, ViewModel } from '../kit/row.ts';
import { batchRows } from './batchRows.ts';
import { batchLabel, type RolloutContext } from './context.ts';
import { engineRow, engineRowId, haltOf, seenLines } from './engineRow.ts';
import { stoppedRow, todosOf, troubleRows } from './troubleRows.ts';
import { leadingTo, linkTo, opens } from './opening.ts';
import { lasting, lateFrom, rowKindWords, shortCandidate, stateIcons } from './words.ts';

/** What is known beside the rollouts; nothing where it is left out. */
export interface RolloutsBeside {
  readonly engines?: readonly Engine[];
  /** When all rollouts were last read at once. */
  readonly fullReadAt?: Instant | undefined;
  readonly times?: AllTimes;
  /** How long the batches of a kind usually take. */
  readonly estimates?: RolloutContext['estimates'];
  /** What was read of HostOS batches, by `batchKey`. */
  readonly hostBatches?: RolloutContext['hostBatches'];
  readonly pagesOf?: RolloutContext['pagesOf'];
}

/** The Releases view: engines that do not run, then rollouts in trouble first, then those under way; of each the batches that need attention first. */
export function releasesView(
  state: FeedState<Rollout, Failure>,
  from: Viewpoint,
  airflowUrl: string,
  links?: Links,
  beside: RolloutsBeside = {},
): ViewModel {
  const { engines = [], times = new Map<never, never>(), hostBatches = new Map<never, never>(), fullReadAt } = beside;
  const { estimates = () => undefined, pagesOf = () => ({}) } = beside;
  const rollouts = [...state.records.values()].sort((a, b) => rank(a, from.now) - rank(b, from.now));
  const stopped = stoppedSince(rollouts, engines, fullReadAt);
  // Of what is old it is not known how it went on.
  const stuck = state.status === 'fresh' ? stuckBatches(rollouts, times, stopped ?? from.now, engines) : [];
  const context: RolloutContext = {
    from,
    airflowUrl,
    links,
    engines,
    fullReadAt,
    rollouts,
    times,
    estimates,
    hostBatches,
    pagesOf,
    stuck: new Set(stuck.map((each) => batchKey(each.rollout, each.batch))),
  };
  const waiting = stuck.length === 0 ? [] : [`${counted(stuck.length, 'batch', 'batches')} stuck`];
  return frame(state, from, {
    noun: 'rollouts',
    waiting,
    empty: 'The dashboard lists no rollout.',
    rows: [
      ...(stopped === undefined ? [] : [stoppedRow(stopped, from)]),
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

function rolloutRow(rollout: Rollout, context: RolloutContext): Row {
  const { from, airflowUrl } = context;
  const { kind, unknownKind, name, state, batches, simulated, note, revision, dispatchedAt, unlistedSince } = rollout;
  const shown = timeline(rollout, momentOf(rollout, context));
  const { done, total, unit, batchesDone, skipped } = shown.progress;
  const active = isActive(rollout);
  const late = active ? lateness(shown) : 0;
  const stateWord = inSentence(rolloutStateText(rollout));
  const halt = haltOf(rollout, context.engines);
  const standing = (length: typeof shortDuration): readonly string[] => [
    ...(unlistedSince === undefined ? [] : [lasting('not listed', unlistedSince, from, length)]),
    ...(halt === undefined ? [] : [lasting(halt.state, halt.since, from, length)]),
  ];
  // While it goes on the numbers say more than the state, which the icon shows.
  const facts = [
    ...standing(shortDuration),
    ...(active && state !== 'unknown' && batches.length > 0 ? [] : [stateWord]),
    ...(batches.length === 0 || state === 'complete'
      ? []
      : [total === 0 ? `${batchesDone} of ${batches.length}` : `${done} of ${total}`]),
    ...(late < lateFrom ? [] : [`${shortDuration(late)} late`]),
    ...(state === 'problem' && batches.length > 0 ? [stateWord] : []),
    ...(simulated ? ['simulated'] : []),
    ...placeIn(shown),
    ...(unknownKind === undefined ? [] : [`“${unknownKind}”`]),
  ];
  const link = linkTo(rollout.url, airflowUrl);
  const kindName = shortKind(rollout);
  const left = skipped === 0 ? '' : `, ${skipped} skipped`;
  const targets = total === 0 ? '' : `${done} of ${counted(total, unit)} done, `;
  const progress = `${rolloutStateText(rollout)}, ${targets}${batchesDone} of ${counted(batches.length, 'batch', 'batches')} complete${left}`;
  const row: Row = {
    id: `rollout/${rolloutKey(rollout)}`,
    label: `${rowKindWords[kind]} ${shortCandidate(name)}`,
    description: facts.join(' · '),
    icon: stateIcons[state],
    ...leadingTo(opens(rollout, link, name), { commit: revision, ...context.pagesOf(rollout) }),
    hover: [
      `${kindName} ${name}`,
      ...(unlistedSince === undefined
        ? []
        : [`The dashboard has not listed it since ${moment(unlistedSince, from)}: this is what was known then`]),
      ...(halt === undefined ? [] : [engineText(halt) ?? '', ...seenLines(halt, from)]),
      progress,
      ...(kind === 'unknown' ? ["Can't tell what it upgrades or how far it is: look at it in Airflow."] : []),
      ...(late < lateFrom ? [] : [`${shortDuration(late)} late against the plan`]),
      ...nextLines(shown, from),
      `Started ${shortAgo(dispatchedAt, from)}, ${fullMoment(dispatchedAt, from)}`,
      ...(note === undefined ? [] : [note]),
      ...(revision === undefined ? [] : [`Version ${revision}`]),
    ],
    spoken: `${kindName} rollout ${name}: ${[...standing(spokenDuration), progress].join(', ')}${late < lateFrom ? '' : `, ${spokenDuration(late)} late`}`,
    children: kind === 'unknown' ? undefined : rowsBelow(rollout, shown, context),
    expanded: active && (kind === 'rollout_ic_os_to_mainnet_subnets' || state === 'problem'),
  };
  // A workflow that Airflow no longer has or cannot load may be listed as it was; of a paused one running tasks are still true.
  if (unlistedSince !== undefined || (halt !== undefined && halt.state !== 'paused')) return greyed(row);
  return halt === undefined || state === 'problem' ? row : { ...row, icon: { ...stateIcons[state], color: greyColor } };
}

function rowsBelow(rollout: Rollout, shown: Timeline, context: RolloutContext): readonly Row[] {
  return [
    ...troubleRows(rollout, shown, context),
    ...batchRows(rollout, context, { todosOf: (batch) => todosOf(batch, shown), next: shown.next }),
  ];
}

/** What is known of a rollout beside itself. */
function momentOf(
  rollout: Rollout,
  { from, fullReadAt, engines, rollouts, times, estimates }: RolloutContext,
): TimelineMoment {
  const [engine, wait] = [engineOf(rollout, engines), waitOf(rollout, rollouts)];
  return { now: from.now, fullReadAt, engine, wait, times, estimates: estimates(rollout.kind) };
}

/** The batch that runs, else the one that begins next, by its place in the plan: "batch 12 of 22". */
function placeIn({ groups, running, next }: Timeline): readonly string[] {
  const rows = groups.flatMap((group) => group.rows);
  const index = rows.findIndex(({ id }) => id === (running ?? next?.row));
  return index === -1 ? [] : [`batch ${index + 1} of ${rows.length}`];
}

/** The batch that begins next, and in how long, where that is known. */
function nextLines({ next, groups }: Timeline, from: Viewpoint): readonly string[] {
  const rows = groups.flatMap((group) => group.rows);
  const row = rows.find(({ id }) => id === next?.row);
  if (next === undefined || row === undefined) return [];
  const stuck = rows.find(({ id }) => id === next.stuckBehind);
  if (stuck !== undefined) {
    return [`Next: ${inSentence(batchLabel(row))}, once ${inSentence(batchLabel(stuck))} is done`];
  }
  const wait = next.at - from.now;
  return [
    `Next: ${inSentence(batchLabel(row))}, ${wait < minute ? 'now' : `in ${shortDuration(wait)}`}, ${moment(next.at, from)}`,
  ];
}

/** How late the batch is that runs or comes next, milliseconds. 0 where no plan shows it. */
function lateness({ groups }: Timeline): number {
  return groups.flatMap(({ rows }) => rows).find(({ phase }) => phase !== 'done')?.drift ?? 0;
}
