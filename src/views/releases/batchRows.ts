import { firstGroup } from '../../domain/base/ids.ts';
import { minute, type Instant } from '../../domain/base/time.ts';
import { isCheckedPrincipal } from '../../domain/base/principal.ts';
import type { Links } from '../../domain/links/join.ts';
import { subjectPage } from '../../domain/links/pages.ts';
import { batchKey } from '../../domain/releases/batchKey.ts';
import {
  isActive,
  rolloutKey,
  type Batch,
  type CellState,
  type Rollout,
  type Target,
} from '../../domain/releases/rollout.ts';
import { staysOf } from '../../domain/releases/times/current.ts';
import { stepOf } from '../../domain/releases/steps.ts';
import type { Stay } from '../../domain/releases/times/stays.ts';
import { rowId } from '../../domain/releases/timeline/rowId.ts';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import { cellStateText, inSentence } from '../../domain/releases/words.ts';
import { eachRow } from '../kit/faults.ts';
import {
  age,
  counted,
  moment,
  shortAgo,
  shortDuration,
  shortMoment,
  spokenAgo,
  spokenDuration,
  type Viewpoint,
} from '../kit/format.ts';
import type { Row } from '../kit/row.ts';
import { placeOf } from '../links/places.ts';
import { alertCount, type AlertCount } from '../links/words.ts';
import { batchLabel, type RolloutContext } from './context.ts';
import { hostNodeRows } from './hostNodeRows.ts';
import { leadingTo, linkTo, named, ofBatch, operable, opens, votable, waitsForVotes } from './opening.ts';
import {
  cellIcons,
  isDone,
  lateFrom,
  shortStay,
  spokenStay,
  stateWord,
  stayLine,
  targetWord,
  notableStay,
} from './words.ts';

/** What the timeline of a rollout says of its batches. */
interface OfTimeline {
  /** What a person has to do about a batch (`rowId`). */
  readonly todosOf: (batch: string) => readonly string[];
  /** The batch that begins next (`rowId`), and when as far as can be predicted. */
  readonly next: Timeline['next'];
}

const troubledStates: ReadonlySet<CellState> = new Set(['error', 'predecessor_failed', 'unknown']);

/** So many batches to come have rows of their own; where there are more, the others are one row. */
const comingShown = 2;

/**
 * Batches in trouble, then those that run, then those that come next, as planned; those that come later and, while more
 * come, the finished are one row each, and so are those that a rollout which has ended never came to.
 */
export function batchRows(rollout: Rollout, context: RolloutContext, timeline: OfTimeline): readonly Row[] {
  const finished = rollout.batches.filter(isDone);
  const left = isActive(rollout) ? [] : rollout.batches.filter(neverBegun);
  const folded = left.length < 2 ? [] : left;
  const others = rollout.batches.filter((batch) => !isDone(batch) && !folded.includes(batch));
  const rankOf = ({ state, actualStart }: Batch): number =>
    troubledStates.has(state) ? 0 : actualStart !== undefined ? 1 : 2;
  const rowsOf = (batches: readonly Batch[]): readonly Row[] =>
    eachRow(
      batches,
      (batch) => `batch/${batchId(rollout, batch)}`,
      (batch) => batchRow(rollout, batch, context, timeline),
    );
  const sorted = others.toSorted((a, b) => rankOf(a) - rankOf(b));
  // One that should have begun is not to be missed.
  const later = sorted
    .filter((batch) => rankOf(batch) === 2 && batch.plannedStart > context.from.now)
    .slice(comingShown);
  const rows = [
    ...(later.length < 2
      ? rowsOf(sorted)
      : [...rowsOf(sorted.slice(0, -later.length)), laterRow(rollout, later, rowsOf(later), context.from)]),
    ...(folded.length === 0 ? [] : [neverBegunRow(rollout, folded.length, rowsOf(folded))]),
  ];
  if (finished.length < 2 || others.length === 0) return [...rows, ...rowsOf(finished)];
  const count = counted(finished.length, 'batch', 'batches');
  const skipped = finished.filter(({ state }) => state === 'skipped').length;
  const ended = skipped === 0 ? 'complete' : `done, ${skipped} skipped`;
  const spokenEnd = skipped === 0 ? 'complete' : `${finished.length - skipped} complete, ${skipped} skipped`;
  const last = finished.at(-1)?.end;
  return [
    ...rows,
    {
      id: `finished/${rolloutKey(rollout)}`,
      label: count,
      description: last === undefined ? ended : `${ended} · last ${age(last, context.from)} ago`,
      icon: cellIcons.complete,
      tokens: [],
      spoken: `${count}${skipped === 0 ? ' ' : ': '}${spokenEnd}${last === undefined ? '' : `, last ${spokenAgo(last, context.from)}`}`,
      children: rowsOf(finished),
      expanded: false,
    },
  ];
}

/** Somebody gave the run up before Airflow came to it (rollout-dashboard.md 2.3). */
function neverBegun({ state, unknownState, actualStart }: Batch): boolean {
  return state === 'unknown' && unknownState === undefined && actualStart === undefined;
}

function neverBegunRow(rollout: Rollout, count: number, children: readonly Row[]): Row {
  const label = `${count} batches`;
  return {
    id: `never/${rolloutKey(rollout)}`,
    label,
    description: 'unknown to Airflow',
    icon: cellIcons.unknown,
    tokens: [],
    spoken: `${label} unknown to Airflow`,
    children,
    expanded: false,
  };
}

function laterRow(rollout: Rollout, batches: readonly Batch[], children: readonly Row[], from: Viewpoint): Row {
  const label = `${batches.length} more batches`;
  const last = batches.at(-1);
  const until = last === undefined ? [] : [`last planned ${moment(last.plannedStart, from)}`];
  return {
    id: `later/${rolloutKey(rollout)}`,
    label,
    description: last === undefined ? '' : `until ${shortMoment(last.plannedStart, from)}`,
    icon: cellIcons.pending,
    tokens: [],
    spoken: [`${label} to come`, ...until].join(', '),
    children,
    expanded: false,
  };
}

function batchId(rollout: Rollout, { stage, unknownStage, number }: Batch): string {
  return `${rolloutKey(rollout)}/${unknownStage ?? stage ?? ''}${number}`;
}

function batchRow(rollout: Rollout, batch: Batch, context: RolloutContext, { todosOf, next }: OfTimeline): Row {
  const { from, airflowUrl, links, times } = context;
  const stays = staysOf(times, rollout, batch);
  const stay = notableStay(stays.batch, from);
  const { state, plannedStart, actualStart, end, comment, targets } = batch;
  const id = batchId(rollout, batch);
  const todo = todosOf(rowId(batch));
  const nextAt = next?.row === rowId(batch) && next.stuckBehind === undefined ? next.at : undefined;
  const label = batchLabel(batch);
  const nodes = batch.actualNodes ?? batch.plannedNodes;
  const size = nodes === undefined ? [] : [counted(nodes, 'node')];
  const isWhole = targets.length === 0 && waitsForVotes(rollout, batch);
  const opened = leadingTo(named(opens(rollout, linkTo(batch.url, airflowUrl))), {
    proposal: isWhole ? links?.openProposal('deploys', rollout) : undefined,
  });
  const isVoted = [batch, ...targets].some((each) => waitsForVotes(rollout, each));
  const opening = isVoted ? votable(opened) : opened;
  const spoken = batchFacts(batch, from, nextAt, spokenDuration).filter((fact) => fact !== stateWord(batch));
  // Beside the state stands for how long it is so, as with subnets; when the batch started stands in the hover. Where it was
  // not seen to begin, when the batch started says more: an hour of trouble is not "1m+" in a window that has just opened.
  const isInState = stay?.began === true && actualStart !== undefined && end === undefined;
  const shownFacts = isInState ? [stateWord(batch), shortStay(stay, from)] : batchFacts(batch, from, nextAt);
  const spokenState = withStay(inSentence(cellStateText(batch)), stay, from);
  const isStuck = context.stuck.has(batchKey(rollout, batch));
  const row: Row = {
    id: `batch/${id}`,
    label,
    description: [...shownFacts, ...size].join(' · '),
    icon: cellIcons[state],
    name: `${rollout.name} ${inSentence(label)}`,
    ...ofBatch(
      targets.some((target) => isCheckedPrincipal(target.id)) ? operable(opening) : opening,
      batch,
      targets.some((target) => alertsOn(rollout, target, links) !== undefined),
      isStuck,
    ),
    hover: [
      `${label}: ${inSentence(cellStateText(batch))}`,
      ...todo,
      ...(stay === undefined ? [] : [stayLine(stay, from)]),
      ...(comment === '' ? [] : [comment]),
      `Planned ${moment(plannedStart, from)}`,
      ...(actualStart === undefined ? [] : [`Started ${shortAgo(actualStart, from)}, ${moment(actualStart, from)}`]),
      ...(end === undefined ? [] : [`Ended ${shortAgo(end, from)}, ${moment(end, from)}`]),
    ],
    spoken: `${label}: ${[spokenState, ...spoken, ...size].join(', ')}${todo.map((each) => `. ${each}`).join('')}`,
  };
  const nodeRows = hostNodeRows(rollout, batch, context);
  if (nodeRows !== undefined) return { ...row, expanded: false, children: nodeRows };
  if (targets.length === 0) return row;
  return {
    ...row,
    expanded: actualStart !== undefined && !isDone(batch),
    children: eachRow(
      // Those in trouble stand first.
      targets.toSorted((a, b) => Number(troubledStates.has(b.state)) - Number(troubledStates.has(a.state))),
      (target) => `target/${id}/${target.id}`,
      (target) => targetRow(rollout, batch, target, context, notableStay(stays.targets[targets.indexOf(target)], from)),
    ),
  };
}

/** Its state, and when it ended or how long ago it started; of the one that begins next (`nextAt`) in how long, where that is known; `length` puts a length of time in words, for rows or for a screen reader. */
function batchFacts(
  batch: Batch,
  from: Viewpoint,
  nextAt: Instant | undefined,
  length = shortDuration,
): readonly string[] {
  const { state, plannedStart, actualStart, end } = batch;
  if (end !== undefined) return [stateWord(batch), moment(end, from)];
  if (actualStart !== undefined) {
    // Not for how long it has been in this state, which stands here where it is known.
    const started = length(from.now - actualStart);
    return [stateWord(batch), started === 'now' ? 'started now' : `started ${started} ago`];
  }
  const late = from.now - plannedStart;
  const when = moment(plannedStart, from);
  if (state !== 'pending' && state !== 'waiting') return [stateWord(batch), when];
  if (late >= lateFrom) return [`${length(late)} late`];
  if (nextAt === undefined) return [`planned ${when}`];
  return [nextAt - from.now < minute ? 'next now' : `next in ${length(nextAt - from.now)}`, moment(nextAt, from)];
}

/** A state for a screen reader, and for how long it is so, where that is known. */
function withStay(state: string, stay: Stay | undefined, from: Viewpoint): string {
  return stay === undefined ? state : `${state} ${spokenStay(stay, from)}`;
}

/** The alerts of a subnet or node, where the rollout is under way: those of old rollouts would say the same again. */
function alertsOn(rollout: Rollout, target: Target, links: Links | undefined): AlertCount | undefined {
  if (links === undefined || !isActive(rollout)) return undefined;
  return alertCount(placeOf(rollout, target), links);
}

function targetRow(
  rollout: Rollout,
  batch: Batch,
  target: Target,
  { airflowUrl, links, from }: Pick<RolloutContext, 'from' | 'airflowUrl' | 'links'>,
  stay: Stay | undefined,
): Row {
  const { id, state, comment } = target;
  const alerts = alertsOn(rollout, target, links);
  const name = firstGroup(id);
  // Of one that is adopted or ready, the dashboard's state began earlier than what the row says.
  const isSaid = stay !== undefined && stepOf(target) === undefined;
  const facts = [
    targetWord(target),
    ...(isSaid ? [shortStay(stay, from)] : []),
    ...(alerts === undefined ? [] : [alerts.text]),
  ];
  const isVoted = waitsForVotes(rollout, target);
  const place = placeOf(rollout, target);
  const opened = leadingTo(opens(rollout, linkTo(target.url, airflowUrl), id), {
    place: subjectPage(place),
    commit: target.revision ?? rollout.revision,
    proposal: isVoted ? links?.openProposal('deploys', rollout, target.revision, place) : undefined,
  });
  const opening = isVoted ? votable(opened) : opened;
  // dre takes whole ids only.
  const operated = isCheckedPrincipal(id) ? operable(opening) : opening;
  return {
    id: `target/${batchId(rollout, batch)}/${id}`,
    label: name,
    description: facts.join(' · '),
    icon: cellIcons[state],
    ...ofBatch(operated, batch, alerts !== undefined),
    hover: [
      `${name}: ${inSentence(cellStateText(target))}`,
      ...(stay === undefined ? [] : [stayLine(stay, from)]),
      ...(comment === '' ? [] : [comment]),
      ...(alerts?.lines ?? []),
      id,
    ],
    spoken: `${name}: ${[withStay(inSentence(cellStateText(target)), stay, from), ...(alerts === undefined ? [] : [alerts.text])].join(', ')}`,
  };
}
