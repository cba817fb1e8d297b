import type { Failure } from '../../domain/base/failure.ts';
import {
  isActive,
  rolloutKey,
  type Batch,
  type CellState,
  type Rollout,
  type RolloutState,
  type Target,
} from '../../domain/releases/rollout.ts';
import { cellStateWords, rolloutStateWords, shortKindWords } from '../../domain/releases/words.ts';
import type { Links } from '../../domain/links/join.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { eachRow } from '../kit/faults.ts';
import { frame } from '../kit/frame.ts';
import { ago, moment, type Viewpoint } from '../kit/format.ts';
import { alertCount, type AlertCount } from '../links/words.ts';
import type { Icon, Row, ViewModel } from '../kit/row.ts';

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

/** The Releases view: rollouts with what is under way first, their batches and subnets. */
export function releasesView(
  state: FeedState<Rollout, Failure>,
  from: Viewpoint,
  airflowUrl: string,
  links?: Links,
): ViewModel {
  const rollouts = [...state.records.values()];
  const sorted = [...rollouts.filter(isActive), ...rollouts.filter((rollout) => !isActive(rollout))];
  return frame(state, from, {
    noun: 'rollouts',
    empty: 'The dashboard knows no rollout.',
    rows: eachRow(
      sorted,
      (rollout) => `rollout/${rolloutKey(rollout)}`,
      (rollout) => rolloutRow(rollout, from, airflowUrl, links),
    ),
  });
}

function rolloutRow(rollout: Rollout, from: Viewpoint, airflowUrl: string, links: Links | undefined): Row {
  const active = isActive(rollout);
  const done = rollout.batches.filter(isDone).length;
  const current = rollout.batches.find(
    (batch) => batch.actualStart !== undefined && batch.end === undefined && !isDone(batch),
  );
  const facts = [
    rollout.name,
    rolloutStateWords[rollout.state].toLowerCase(),
    ...(rollout.batches.length === 0 ? [] : [`${done} of ${rollout.batches.length} batches`]),
    ...(active && current !== undefined
      ? [`batch ${current.number} since ${moment(current.actualStart ?? 0, from)}`]
      : []),
    ...(rollout.simulated ? ['simulated'] : []),
  ];
  const link = linkTo(rollout.url, airflowUrl);
  return {
    id: `rollout/${rolloutKey(rollout)}`,
    label: shortKindWords[rollout.kind],
    description: facts.join(' · '),
    icon: stateIcons[rollout.state],
    tokens: link === undefined ? ['rollout'] : ['rollout', 'airflow', 'linked'],
    record: { kind: 'rollout', key: rolloutKey(rollout) },
    hover: [
      `${shortKindWords[rollout.kind]} ${rollout.name}`,
      `State: ${rolloutStateWords[rollout.state].toLowerCase()}`,
      `Started ${ago(rollout.dispatchedAt, from)}`,
      ...(rollout.revision === undefined ? [] : [`Revision ${rollout.revision}`]),
      ...(rollout.note === undefined ? [] : [rollout.note]),
    ],
    spoken: `${shortKindWords[rollout.kind]} rollout ${facts.join(', ')}`,
    ...(link === undefined ? {} : { link }),
    children: eachRow(
      rollout.batches,
      (batch) => `batch/${batchId(rollout, batch)}`,
      (batch) => batchRow(rollout, batch, from, links),
    ),
    expanded: active && rollout.kind === 'rollout_ic_os_to_mainnet_subnets',
  };
}

function isDone(batch: Batch): boolean {
  return batch.state === 'complete' || batch.state === 'skipped';
}

function batchId(rollout: Rollout, { stage, number }: Batch): string {
  return `${rolloutKey(rollout)}/${stage ?? ''}${number}`;
}

function batchRow(rollout: Rollout, batch: Batch, from: Viewpoint, links: Links | undefined): Row {
  const stage = batch.stage === undefined ? '' : `${batch.stage} `;
  const id = batchId(rollout, batch);
  const nodes = batch.actualNodes ?? batch.plannedNodes;
  const facts = [
    cellStateWords[batch.state].toLowerCase(),
    whenOf(batch, from),
    ...(nodes === undefined ? [] : [`${nodes} nodes`]),
  ];
  const row: Row = {
    id: `batch/${id}`,
    label: `Batch ${stage}${batch.number}`,
    description: facts.join(' · '),
    icon: cellIcons[batch.state],
    tokens: [],
    hover: [
      `Batch ${stage}${batch.number}`,
      `Planned ${moment(batch.plannedStart, from)}`,
      ...(batch.actualStart === undefined ? [] : [`Started ${moment(batch.actualStart, from)}`]),
      ...(batch.end === undefined ? [] : [`Ended ${moment(batch.end, from)}`]),
      ...(batch.comment === '' ? [] : [batch.comment]),
    ],
    spoken: `Batch ${stage}${batch.number}: ${facts.join(', ')}`,
  };
  if (batch.targets.length === 0) return row;
  const unfinished = batch.actualStart !== undefined && !isDone(batch);
  return {
    ...row,
    expanded: unfinished,
    children: eachRow(
      batch.targets,
      (target) => `target/${id}/${target.id}`,
      (target) => targetRow(id, target, alertsOn(rollout, target, links)),
    ),
  };
}

function whenOf(batch: Batch, from: Viewpoint): string {
  if (batch.end !== undefined) return `ended ${moment(batch.end, from)}`;
  if (batch.actualStart !== undefined) return `started ${moment(batch.actualStart, from)}`;
  return `planned ${moment(batch.plannedStart, from)}`;
}

/** The alerts of a subnet or node, where the rollout is under way: those of old rollouts would say the same again. */
function alertsOn(rollout: Rollout, { id }: Target, links: Links | undefined): AlertCount | undefined {
  if (links === undefined || !isActive(rollout)) return undefined;
  const kind = rollout.kind === 'rollout_ic_os_to_mainnet_subnets' ? 'subnet' : 'node';
  return alertCount({ kind, id }, links);
}

function targetRow(batchId: string, target: Target, alerts: AlertCount | undefined): Row {
  const name = target.id.split('-')[0] ?? target.id;
  const state = cellStateWords[target.state].toLowerCase();
  const facts = alerts === undefined ? [state] : [state, alerts.text];
  return {
    id: `target/${batchId}/${target.id}`,
    label: name,
    description: facts.join(' · '),
    icon: cellIcons[target.state],
    tokens: [],
    hover: [target.id, state, ...(target.comment === '' ? [] : [target.comment]), ...(alerts?.lines ?? [])],
    spoken: `${name}: ${facts.join(', ')}`,
  };
}

/** A link from the dashboard, if it leads where Airflow is: nothing else is opened. */
export function linkTo(url: string, airflowUrl: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const target = new URL(url);
  return target.origin === new URL(airflowUrl).origin ? target.href : undefined;
}
