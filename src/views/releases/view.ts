import type { Failure } from '../../domain/base/failure.ts';
import {
  isActive,
  rolloutKey,
  type Batch,
  type CellState,
  type Engine,
  type EngineState,
  type Rollout,
  type RolloutKind,
  type RolloutState,
  type Target,
} from '../../domain/releases/rollout.ts';
import { isCheckedPrincipal } from '../../domain/base/principal.ts';
import { day, minute, type Instant } from '../../domain/base/time.ts';
import { rowId } from '../../domain/releases/timeline/rows.ts';
import { schedule } from '../../domain/releases/timeline/schedule.ts';
import {
  cellStateText,
  engineText,
  inSentence,
  rolloutStateText,
  shortKind,
  shortKindWords,
} from '../../domain/releases/words.ts';
import type { Links } from '../../domain/links/join.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { eachRow } from '../kit/faults.ts';
import { frame } from '../kit/frame.ts';
import {
  age,
  counted,
  fullMoment,
  moment,
  shortAgo,
  shortDuration,
  shorten,
  spokenAgo,
  spokenDuration,
  type Viewpoint,
} from '../kit/format.ts';
import { placeOf } from '../links/places.ts';
import { alertCount, type AlertCount } from '../links/words.ts';
import type { Icon, Row, Token, ViewModel } from '../kit/row.ts';

const stateIcons: Record<RolloutState, Icon> = {
  failed: { id: 'error', color: 'problemsErrorIcon.foreground' },
  problem: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  preparing: { id: 'loading~spin' },
  waiting: { id: 'watch' },
  upgrading_subnets: { id: 'play-circle', color: 'charts.blue' },
  upgrading_unassigned_nodes: { id: 'play-circle', color: 'charts.blue' },
  upgrading_api_boundary_nodes: { id: 'play-circle', color: 'charts.blue' },
  canary: { id: 'play-circle', color: 'charts.blue' },
  main: { id: 'play-circle', color: 'charts.blue' },
  unassigned: { id: 'play-circle', color: 'charts.blue' },
  stragglers: { id: 'play-circle', color: 'charts.blue' },
  complete: { id: 'pass', color: 'charts.green' },
  unknown: { id: 'question', color: 'problemsWarningIcon.foreground' },
};

const running: Icon = { id: 'play-circle', color: 'charts.blue' };
const cellIcons: Record<CellState, Icon> = {
  error: { id: 'error', color: 'problemsErrorIcon.foreground' },
  predecessor_failed: { id: 'error', color: 'problemsErrorIcon.foreground' },
  pending: { id: 'circle-large-outline' },
  waiting: { id: 'watch' },
  determining_targets: running,
  proposing: running,
  waiting_for_election: { id: 'law', color: 'charts.blue' },
  waiting_for_adoption: running,
  waiting_for_alerts_gone: { id: 'bell', color: 'charts.blue' },
  waiting_until_nodes_healthy: { id: 'bell', color: 'charts.blue' },
  complete: { id: 'pass', color: 'charts.green' },
  skipped: { id: 'debug-step-over' },
  unknown: { id: 'question' },
};

/** What the rows of batches and subnets say of their state: as short as is clear. */
const stateWords: Record<CellState, string> = {
  error: 'error',
  predecessor_failed: 'blocked',
  pending: 'planned',
  waiting: 'waits to start',
  determining_targets: 'finds targets',
  proposing: 'proposes',
  waiting_for_election: 'waits for votes',
  waiting_for_adoption: 'waits for adoption',
  waiting_for_alerts_gone: 'waits for alerts',
  waiting_until_nodes_healthy: 'waits for nodes',
  complete: 'complete',
  skipped: 'skipped',
  unknown: 'unknown to Airflow',
};

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

const engineIcons: Record<EngineState, Icon> = {
  broken: { id: 'error', color: 'problemsErrorIcon.foreground' },
  paused: { id: 'debug-pause', color: 'problemsWarningIcon.foreground' },
  inactive: { id: 'circle-slash', color: 'problemsWarningIcon.foreground' },
  active: { id: 'pass', color: 'charts.green' },
  unknown: { id: 'question', color: 'problemsWarningIcon.foreground' },
};

function engineRowId({ kind, unknownKind = kind }: Engine): string {
  return `engine/${unknownKind}`;
}

/** An engine that does not run: nothing of its kind starts, and where it is broken none of its rollouts are listed. */
function engineRow(engine: Engine, from: Viewpoint, airflowUrl: string): Row {
  const { kind, unknownKind, state, unknownState, since } = engine;
  const label = `${unknownKind === undefined ? rowKindWords[kind] : `“${unknownKind}”`} rollouts`;
  const word = unknownState === undefined ? state : `unknown: “${unknownState}”`;
  const sentence = engineText(engine) ?? '';
  const seen = since === undefined ? [] : [`First seen ${shortAgo(since, from)}, ${fullMoment(since, from)}`];
  const row: Row = {
    id: engineRowId(engine),
    label,
    description: [word, ...(since === undefined ? [] : [age(since, from)])].join(' · '),
    icon: engineIcons[state],
    tokens: [],
    hover: [`${label}: ${word}`, sentence, ...seen],
    spoken: [`${label}: ${word}`, sentence.replace(/\.$/, ''), ...seen].join('. '),
  };
  if (unknownKind !== undefined) return row;
  return { ...row, tokens: ['airflow', 'linked'], link: new URL(`/dags/${kind}/grid`, airflowUrl).href };
}

/** What the rows are made with. */
interface Context {
  readonly from: Viewpoint;
  readonly airflowUrl: string;
  readonly links: Links | undefined;
}

/** A run that failed longer ago was given up. */
const failedLately = day;

function rank(rollout: Rollout, now: Instant): number {
  const { state, lastSchedulingDecision, dispatchedAt } = rollout;
  if (state === 'problem') return 0;
  if (state === 'failed') return now - (lastSchedulingDecision ?? dispatchedAt) < failedLately ? 0 : 2;
  return isActive(rollout) ? 1 : 2;
}

/** From so much on a rollout counts as late. */
const lateFrom = 10 * minute;

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

const rowKindWords: Record<RolloutKind, string> = {
  ...shortKindWords,
  rollout_ic_os_to_mainnet_api_boundary_nodes: 'API nodes',
};

/** Names of release candidates by their day: all else is the same in the rows of a week. */
function shortRolloutName(name: string): string {
  return /^rc--\d{4}-(\d\d-\d\d)(?![\d-])/.exec(name)?.[1] ?? shorten(name, 14);
}

/** How late the batch is that runs or comes next, milliseconds. 0 where no plan tells. */
function lateness(rollout: Rollout, now: Instant): number {
  const { rows } = schedule(rollout, now);
  return rows.find(({ phase }) => phase !== 'done')?.drift ?? 0;
}

/**
 * A click opens the timeline; the menu has it too, Airflow's page where there is one, and to copy what it is called. The
 * timeline does not draw rollouts of an unknown kind.
 */
function opens(
  rollout: Rollout,
  link: string | undefined,
  copied?: string,
): Pick<Row, 'tokens' | 'record' | 'command' | 'link' | 'copied'> {
  const isDrawn = rollout.kind !== 'unknown';
  const tokens: readonly Token[] = [
    ...(isDrawn ? (['rollout'] as const) : []),
    ...(copied === undefined ? [] : (['identified'] as const)),
  ];
  const row = {
    ...(isDrawn
      ? ({
          record: { kind: 'rollout', key: rolloutKey(rollout) },
          command: 'drDre.releases.openTimeline',
        } as const)
      : {}),
    ...(copied === undefined ? {} : { copied }),
  };
  return link === undefined ? { ...row, tokens } : { ...row, tokens: [...tokens, 'airflow', 'linked'], link };
}

/** The timeline opens at the batch. `alerted`: there are alerts that the menu leads to. */
function ofBatch<Part extends Pick<Row, 'tokens'>>(
  row: Part,
  batch: Batch,
  alerted: boolean,
): Part & Pick<Row, 'batch'> {
  return { ...row, batch: rowId(batch), tokens: alerted ? [...row.tokens, 'alerted'] : row.tokens };
}

function isDone(batch: Batch): boolean {
  return batch.state === 'complete' || batch.state === 'skipped';
}

const troubledStates: ReadonlySet<CellState> = new Set(['error', 'predecessor_failed', 'unknown']);

/** Batches in trouble, then those that run, then those to come, as planned; while more come, the finished in one row. */
function batchRows(rollout: Rollout, context: Context): readonly Row[] {
  const finished = rollout.batches.filter(isDone);
  const others = rollout.batches.filter((batch) => !isDone(batch));
  const rankOf = ({ state, actualStart }: Batch): number =>
    troubledStates.has(state) ? 0 : actualStart !== undefined ? 1 : 2;
  const rowsOf = (batches: readonly Batch[]): readonly Row[] =>
    eachRow(
      batches,
      (batch) => `batch/${batchId(rollout, batch)}`,
      (batch) => batchRow(rollout, batch, context),
    );
  const rows = rowsOf(others.toSorted((a, b) => rankOf(a) - rankOf(b)));
  if (finished.length < 2 || others.length === 0) return [...rows, ...rowsOf(finished)];
  const count = counted(finished.length, 'batch', 'batches');
  const last = finished.at(-1)?.end;
  return [
    ...rows,
    {
      id: `finished/${rolloutKey(rollout)}`,
      label: count,
      description: last === undefined ? 'complete' : `complete · last ${age(last, context.from)} ago`,
      icon: cellIcons.complete,
      tokens: [],
      spoken: `${count} complete${last === undefined ? '' : `, last ${spokenAgo(last, context.from)}`}`,
      children: rowsOf(finished),
      expanded: false,
    },
  ];
}

function batchId(rollout: Rollout, { stage, unknownStage, number }: Batch): string {
  return `${rolloutKey(rollout)}/${unknownStage ?? stage ?? ''}${number}`;
}

function batchRow(rollout: Rollout, batch: Batch, context: Context): Row {
  const { from, airflowUrl, links } = context;
  const { stage, unknownStage, number, state, plannedStart, actualStart, end, comment, targets } = batch;
  const id = batchId(rollout, batch);
  const stageWord = unknownStage === undefined ? stage : `“${unknownStage}”`;
  const label = `Batch ${stageWord === undefined ? '' : `${stageWord} `}${number}`;
  const nodes = batch.actualNodes ?? batch.plannedNodes;
  const size = nodes === undefined ? [] : [counted(nodes, 'node')];
  const spoken = batchFacts(batch, from, spokenDuration).filter((fact) => fact !== stateWord(batch));
  const row: Row = {
    id: `batch/${id}`,
    label,
    description: [...batchFacts(batch, from), ...size].join(' · '),
    icon: cellIcons[state],
    ...ofBatch(
      opens(rollout, linkTo(batch.url, airflowUrl)),
      batch,
      targets.some((target) => alertsOn(rollout, target, links) !== undefined),
    ),
    hover: [
      `${label}: ${inSentence(cellStateText(batch))}`,
      ...(comment === '' ? [] : [comment]),
      `Planned ${moment(plannedStart, from)}`,
      ...(actualStart === undefined ? [] : [`Started ${shortAgo(actualStart, from)}, ${moment(actualStart, from)}`]),
      ...(end === undefined ? [] : [`Ended ${shortAgo(end, from)}, ${moment(end, from)}`]),
    ],
    spoken: `${label}: ${[inSentence(cellStateText(batch)), ...spoken, ...size].join(', ')}`,
  };
  if (targets.length === 0) return row;
  return {
    ...row,
    expanded: actualStart !== undefined && !isDone(batch),
    children: eachRow(
      targets,
      (target) => `target/${id}/${target.id}`,
      (target) => targetRow(rollout, batch, target, context),
    ),
  };
}

function stateWord({ state, unknownState }: Pick<Target, 'state' | 'unknownState'>): string {
  return unknownState === undefined ? stateWords[state] : `unknown: “${unknownState}”`;
}

/** Its state, and since when or when; `length` puts a length of time in words, for rows or for a screen reader. */
function batchFacts(batch: Batch, from: Viewpoint, length = shortDuration): readonly string[] {
  const { state, plannedStart, actualStart, end } = batch;
  if (end !== undefined) return [stateWord(batch), moment(end, from)];
  if (actualStart !== undefined) return [stateWord(batch), length(from.now - actualStart)];
  const late = from.now - plannedStart;
  const when = moment(plannedStart, from);
  return state === 'pending' || state === 'waiting'
    ? [late < lateFrom ? `planned ${when}` : `${length(late)} late`]
    : [stateWord(batch), when];
}

/** The alerts of a subnet or node, where the rollout is under way: those of old rollouts would say the same again. */
function alertsOn(rollout: Rollout, target: Target, links: Links | undefined): AlertCount | undefined {
  if (links === undefined || !isActive(rollout)) return undefined;
  return alertCount(placeOf(rollout, target), links);
}

function targetRow(rollout: Rollout, batch: Batch, target: Target, { airflowUrl, links }: Context): Row {
  const { id, state, comment } = target;
  const alerts = alertsOn(rollout, target, links);
  const name = id.split('-')[0] ?? id;
  const facts = [stateWord(target), ...(alerts === undefined ? [] : [alerts.text])];
  const opening = opens(rollout, linkTo(target.url, airflowUrl), id);
  // dre takes whole ids only.
  const place = isCheckedPrincipal(id) ? { ...opening, tokens: [...opening.tokens, 'operable' as const] } : opening;
  return {
    id: `target/${batchId(rollout, batch)}/${id}`,
    label: name,
    description: facts.join(' · '),
    icon: cellIcons[state],
    ...ofBatch(place, batch, alerts !== undefined),
    hover: [
      `${name}: ${inSentence(cellStateText(target))}`,
      ...(comment === '' ? [] : [comment]),
      ...(alerts?.lines ?? []),
      id,
    ],
    spoken: `${name}: ${[inSentence(cellStateText(target)), ...facts.slice(1)].join(', ')}`,
  };
}

/** A link from the dashboard, if it leads where Airflow is: nothing else is opened. */
export function linkTo(url: string, airflowUrl: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const target = new URL(url);
  return target.origin === new URL(airflowUrl).origin ? target.href : undefined;
}
