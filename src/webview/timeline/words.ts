import type { Trouble } from '../../domain/releases/timeline/troubles.ts';
import { isGap, type Stay } from '../../domain/releases/times/stays.ts';
import type { Compared } from '../../domain/releases/timeline/comparison.ts';
import type { LaneBatch } from '../../domain/releases/timeline/lanes.ts';
import type { Mark, MarkKind } from '../../domain/releases/timeline/marks.ts';
import type { History, StateStretch } from '../../domain/releases/timeline/histories.ts';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import type { TimelineCell, TimelineRow } from '../../domain/releases/timeline/rows.ts';
import {
  cellStateText,
  cellStateWords,
  inSentence,
  isCellState,
  rolloutStateWords,
} from '../../domain/releases/words.ts';
import { minute, type Instant, type Span } from '../../domain/base/time.ts';
import type { CellState, HostStage, RolloutState } from '../../domain/releases/rollout.ts';
import { counted, nounFor } from '../../domain/base/counted.ts';
import { lengthText, type Times } from './format.ts';

// Every sentence about a rollout, in one place.

/** The colour and weight that a state is drawn with. */
export type Tone = 'done' | 'running' | 'attention' | 'trouble' | 'muted';

export function cellTone(state: CellState): Tone {
  switch (state) {
    case 'complete':
      return 'done';
    case 'error':
    case 'predecessor_failed':
      return 'trouble';
    case 'waiting_for_election':
      return 'attention';
    case 'determining_targets':
    case 'proposing':
    case 'waiting_for_adoption':
    case 'waiting_for_alerts_gone':
    case 'waiting_until_nodes_healthy':
      return 'running';
    case 'pending':
    case 'waiting':
    case 'skipped':
    case 'unknown':
      return 'muted';
  }
}

export function rolloutTone(state: RolloutState): Tone {
  switch (state) {
    case 'failed':
    case 'problem':
      return 'trouble';
    case 'complete':
      return 'done';
    case 'preparing':
    case 'waiting':
    case 'unknown':
      return 'muted';
    case 'upgrading_subnets':
    case 'upgrading_unassigned_nodes':
    case 'upgrading_api_boundary_nodes':
    case 'canary':
    case 'main':
    case 'unassigned':
    case 'stragglers':
      return 'running';
  }
}

const stageNames: Readonly<Record<HostStage, string>> = {
  canary: 'Canary',
  main: 'Main',
  unassigned: 'Unassigned',
  stragglers: 'Stragglers',
  unknown: 'Unknown stage',
};

/** "Batch 12", "Main 11"; "“late_nodes” 3" in a stage that is not known. */
export function batchName({ number, stage, unknownStage }: LaneBatch): string {
  if (unknownStage !== undefined) return `“${unknownStage}” ${number}`;
  return `${stage === undefined ? 'Batch' : stageNames[stage]} ${number}`;
}

/** The state of a target, with details where they are known. */
export function cellWords(cell: TimelineCell): string {
  if (cell.step === 'ready') return 'Ready, waits for its batch';
  if (cell.step === 'adopted') return 'Adopted, alerts not checked yet';
  if (cell.retrying === true) return 'Error, Airflow retries';
  return cellStateText(cell);
}

/** "on plan", "28 min late", "3 min early". */
export function driftText(drift: number): string {
  if (Math.abs(drift) < notable) return 'on plan';
  return drift > 0 ? `${lengthText(drift)} late` : `${lengthText(-drift)} early`;
}

/** A smaller difference between plan and reality is not shown. */
const notable = 5 * minute;

/** The short text beside a bar. */
export function barText(row: TimelineRow, times: Times): string {
  switch (row.phase) {
    case 'done': {
      if (row.state === 'skipped') return cellStateWords.skipped;
      if (row.actual === undefined || row.actual.open) return '';
      const length = lengthText(row.actual.end - row.actual.start);
      return isNotable(row.drift) ? `${length} · ${driftText(row.drift)}` : length;
    }
    case 'running': {
      const running = row.actual === undefined ? '' : ` · ${lengthText(row.actual.end - row.actual.start)}`;
      const ends = row.predicted === undefined || isOverdue(row) ? '' : ` · until ≈ ${times.clock(row.predicted.end)}`;
      return cellStateText(row) + running + (cellTone(row.state) === 'trouble' ? '' : ends);
    }
    case 'coming': {
      if (cellTone(row.state) === 'trouble') return cellStateText(row);
      const start = row.planned === undefined ? '' : times.clock(row.planned.start);
      if (row.predicted === undefined || (start !== '' && !isNotable(row.drift))) return start;
      return `${start === '' ? '' : `${start} → `}≈ ${times.clock(row.predicted.start)}`;
    }
    case 'halted':
      return row.actual === undefined && row.state === 'unknown' ? '' : cellStateText(row);
  }
}

/** When a batch probably ends: "Wed 26 Aug, 14:30 (14:10 to 15:05)"; for one that takes longer than usual, by when others ended. */
export function endText(row: TimelineRow, times: Times): string {
  const { predicted, spread } = row;
  if (predicted === undefined || spread === undefined) return '';
  const between = spread.end > spread.start ? ` (${times.clock(spread.start)} to ${times.clock(spread.end)})` : '';
  if (!isOverdue(row)) return `${times.date(predicted.end)}, ${times.clock(predicted.end)}${between}`;
  return spread.end > predicted.end
    ? `Later than usual: three of four end by ${times.clock(spread.end)}`
    : 'Later than usual';
}

/** Whether a running batch takes longer than usual, so that its end cannot be predicted. */
function isOverdue(row: TimelineRow): boolean {
  return row.phase === 'running' && row.predicted !== undefined && row.predicted.end <= row.predicted.start;
}

/** Whether no bar is drawn for what is predicted: a batch expected on time is drawn as planned; of an overdue one no end is known. */
export function isRedundant(row: TimelineRow): boolean {
  const { phase, drift } = row;
  return isOverdue(row) || (phase === 'coming' && drift !== undefined && Math.abs(drift) < notable);
}

function isNotable(drift: number | undefined): drift is number {
  return drift !== undefined && Math.abs(drift) >= notable;
}

/** A batch in one sentence, for screen readers. */
export function rowSentence(row: TimelineRow, unit: string, times: Times): string {
  const parts = [
    batchName(row),
    `${cellStateText(row)}${sinceText(row.stay, times)}`,
    ...(row.total === 0 ? [] : [row.done === row.total ? counted(row.total, unit) : doneOf(row, unit)]),
    ...(row.planned === undefined ? ['not in the first plan'] : [`planned ${whenText(row.planned.start, times)}`]),
    ...(row.actual === undefined ? [] : [`started ${whenText(row.actual.start, times)}`]),
    ...(row.drift === undefined || row.actual === undefined ? [] : [driftText(row.drift)]),
    ...(row.phase === 'done' && row.actual !== undefined && !row.actual.open
      ? [`took ${lengthText(row.actual.end - row.actual.start)}`]
      : []),
    ...(row.predicted === undefined || isOverdue(row) ? [] : [`probably ends ${whenText(row.predicted.end, times)}`]),
  ];
  return parts.join(', ');
}

/** "3 of 50 subnets done" */
export function doneOf(row: TimelineRow, unit: string): string {
  return `${row.done} of ${counted(row.total, unit)} done`;
}

/** "Wed 26 Aug 13:05" */
export function whenText(at: Instant, times: Times): string {
  return `${times.date(at)} ${times.clock(at)}`;
}

/** How long something is in its state: "2 h 10 min, since Wed 26 Aug 13:40". */
export function stayText({ since, began }: Stay, now: Instant, times: Times): string {
  const length = lengthText(now - since);
  return began
    ? `${length}, since ${whenText(since, times)}`
    : `at least ${length}, watched since ${whenText(since, times)}`;
}

/** Since when something is in its state, in words that stay the same as time passes; empty where that is not known. */
export function sinceText(stay: Stay | undefined, times: Times): string {
  if (stay === undefined) return '';
  return ` ${stay.began ? 'since' : 'at least since'} ${whenText(stay.since, times)}`;
}

/** How a recorded word of the dashboard is drawn and said. */
export function recordedState(word: string): Parameters<typeof cellStateText>[0] {
  return isCellState(word) ? { state: word } : { state: 'unknown', unknownState: word };
}

/** A time in a state: "Proposing since Wed 26 Aug 12:03", "Error Wed 26 Aug 11:40 to 12:03". `day`: the date that is clear already. */
export function stretchText({ state, start, end, began, ended }: StateStretch, times: Times, day?: string): string {
  const words = cellStateText(recordedState(state));
  if (end === undefined) return `${words}${sinceText({ state, since: start, began }, times)}`;
  return `${words} ${began && ended ? '' : 'at least '}${spanText({ start, end }, times, day)}`;
}

/** So many earlier states are listed one by one. */
const mostListed = 6;

/**
 * What a subnet or node was before, the latest first: "; waiting for adoption 11:40 to 12:03; proposing …", with dates where
 * they change. `present`: the stretch that is listed before it.
 */
export function historyText(history: History, present: StateStretch | undefined, times: Times): string {
  const past = history.filter((stretch) => stretch !== present).toReversed();
  let day = present === undefined ? undefined : times.date(present.start);
  const lines = past.slice(0, mostListed).flatMap((stretch) => {
    const next = history[history.indexOf(stretch) + 1];
    const { start, end, ended } = stretch;
    const isBlind = !ended && end !== undefined && next !== undefined && isGap(end, next.start);
    const texts = isBlind ? [`not watched ${spanText({ start: end, end: next.start }, times, day)}`] : [];
    if (isBlind) day = times.date(end);
    texts.push(inSentence(stretchText(stretch, times, day)));
    day = times.date(start);
    return texts;
  });
  const more = past.length - mostListed;
  return [...lines, ...(more > 0 ? [`${more} earlier`] : [])].map((text) => `; ${text}`).join('');
}

/** "Wed 26 Aug 02:10 to 08:03"; without the date where it is clear. */
function spanText({ start, end }: Span, times: Times, day?: string): string {
  const [from, to] = [times.date(start), times.date(end)];
  return `${from === to && from === day ? times.clock(start) : whenText(start, times)} to ${from === to ? times.clock(end) : whenText(end, times)}`;
}

/** Times in which the dashboard was not read: "Wed 26 Aug 02:10 to 08:03". */
export function gapsText(gaps: readonly Span[], times: Times): string {
  return gaps.map((gap) => spanText(gap, times)).join('; ');
}

const markWords: Readonly<Record<MarkKind, string>> = {
  cut: 'Cut',
  election: 'Election day',
  deadline: 'Deadline',
  alert: 'Alert',
  shift: 'On call',
};

/** When a mark on the axis is: "Wed 26 Aug 13:05"; of a day "Fri 28 Aug (UTC)". */
export function markWhen(mark: Mark, times: Times): string {
  return mark.wholeDay ? `${times.date(mark.at)} (UTC)` : whenText(mark.at, times);
}

/** What a mark on the axis is: "Alert: P2, open: …". */
export function markKindText({ kind, text }: Mark): string {
  return `${markWords[kind]}: ${text}`;
}

/** What a mark on the axis is, and when: "Alert: P2, open: …, Wed 26 Aug 13:05". */
export function markText(mark: Mark, times: Times): string {
  return `${markKindText(mark)}, ${markWhen(mark, times)}`;
}

/** A batch against the one that it is compared with: "28 min later, took 10 min longer". */
export function comparedText({ later, longer, isOver }: Compared): string {
  const parts = [
    ...(later === undefined ? [] : [differenceText(later, 'later', 'earlier', 'began at the same time')]),
    ...(longer === undefined ? [] : [`took ${differenceText(longer, 'longer', 'shorter', 'as long')}`]),
    ...(isOver ? [] : ['its end is not known']),
  ];
  return parts.join(', ');
}

function differenceText(difference: number, more: string, less: string, same: string): string {
  if (Math.abs(difference) < minute) return same;
  return difference > 0 ? `${lengthText(difference)} ${more}` : `${lengthText(-difference)} ${less}`;
}

/** When the batch that one is compared with ran, at the time of this one: "Wed 26 Aug 13:00 to 13:49". */
export function comparedTimes(compared: Compared, times: Times): string {
  return compared.isOver ? gapsText([compared], times) : whenText(compared.start, times);
}

/** The words of a trouble. */
export function troubleText(trouble: Trouble, timeline: Timeline): string {
  const row = timeline.groups.flatMap((group) => group.rows).find((each) => each.id === trouble.row);
  const name = row === undefined ? '' : batchName(row);
  const length = lengthText(trouble.forMs ?? 0);
  const shown = trouble.targets.slice(0, 4);
  const more = trouble.targets.length - shown.length;
  const targets = shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
  switch (trouble.kind) {
    case 'error':
      return `${name}: error${targets === '' ? '' : ` on ${targets}`}, ${trouble.retrying ? 'Airflow is retrying' : 'a task failed for good'}`;
    case 'blocked': {
      const others = trouble.rows - 1;
      const who = others === 0 ? name : `${name} and ${others} later ${nounFor(others, 'batch', 'batches')}`;
      return `${who} can't start: an earlier task failed`;
    }
    case 'votes':
      return `${name}: the proposals${targets === '' ? '' : ` for ${targets}`} need votes`;
    case 'waiting':
      return `${name} should have continued ${length} ago`;
    case 'long':
      return `${name} has been running for ${length}, usually it takes ${lengthText(row?.usual ?? timeline.usual)}`;
    case 'scheduler':
      return `Nothing moves: Airflow last scheduled this rollout ${length} before the last reading. Airflow's scheduler or the dashboard has stopped`;
    case 'retrying':
      return `${name === '' ? '' : `${name}: `}Airflow retries a task that holds up no subnet, probably the message to Slack that asks for votes`;
    case 'plan':
      return `No plan for ${length}: Airflow has not made it, or the dashboard can't read it`;
    case 'election':
      return 'Waits to start: its version is not known to be elected';
  }
}

/** What changed between two states of the same rollout, for screen readers. At most three changes and a count. */
export function news(
  before: { readonly state: RolloutState; readonly timeline: Timeline },
  after: { readonly state: RolloutState; readonly timeline: Timeline },
): string {
  const states = new Map(before.timeline.groups.flatMap((group) => group.rows.map((row) => [row.id, row.state])));
  const changes = after.timeline.groups
    .flatMap((group) => group.rows)
    .filter((row) => states.get(row.id) !== row.state)
    .map((row) => `${batchName(row)}: ${cellStateText(row)}`);
  const all = before.state === after.state ? changes : [`Rollout: ${rolloutStateWords[after.state]}`, ...changes];
  const more = all.length - 3;
  return [...all.slice(0, 3), ...(more > 0 ? [`and ${more} more changes`] : [])].join('. ');
}
