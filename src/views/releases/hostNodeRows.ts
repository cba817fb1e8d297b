import { firstGroup } from '../../domain/base/ids.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { isCheckedPrincipal } from '../../domain/base/principal.ts';
import type { Links } from '../../domain/links/join.ts';
import { subjectPage } from '../../domain/links/pages.ts';
import { batchKey } from '../../domain/releases/batchKey.ts';
import { hostBatchName, type HostBatch, type HostBatchRead, type HostNode } from '../../domain/releases/hostBatch.ts';
import { isActive, rolloutKey, type Batch, type Rollout } from '../../domain/releases/rollout.ts';
import { rowId } from '../../domain/releases/timeline/rowId.ts';
import { eachRow } from '../kit/faults.ts';
import { counted, moment } from '../kit/format.ts';
import type { Icon, Row } from '../kit/row.ts';
import { explain } from '../kit/sentences.ts';
import { onRow, waysForward } from '../kit/waysForward.ts';
import type { RolloutContext } from './context.ts';
import { cellIcons } from './words.ts';

const warning: Icon = { id: 'warning', color: 'drDre.warning' };

/** How a node stands, the ones that need attention first. */
const standings = [
  'alerting',
  'awol',
  'newWord',
  'pending',
  'healthNotKnown',
  'notKnown',
  'upgraded',
  'healthy',
] as const;
type NodeStanding = (typeof standings)[number];

const words: Readonly<Record<Exclude<NodeStanding, 'newWord'>, string>> = {
  alerting: 'alerting',
  awol: 'does not report',
  pending: 'not upgraded yet',
  healthNotKnown: 'health not known',
  notKnown: 'not known',
  upgraded: 'upgraded',
  healthy: 'healthy',
};

const icons: Readonly<Record<NodeStanding, Icon>> = {
  alerting: { id: 'bell', color: 'problemsErrorIcon.foreground' },
  awol: warning,
  newWord: { id: 'question', color: 'drDre.warning' },
  pending: cellIcons.waiting_for_adoption,
  healthNotKnown: cellIcons.unknown,
  notKnown: cellIcons.unknown,
  upgraded: cellIcons.complete,
  healthy: cellIcons.complete,
};

/**
 * What is known of the nodes of a HostOS batch, once it is unfolded: how the last read of them went, where a row
 * says so, how many stand how, and each node, those that need attention first. Undefined for a batch that has no such detail.
 */
export function hostNodeRows(
  rollout: Rollout,
  batch: Batch,
  context: Pick<RolloutContext, 'from' | 'hostBatches' | 'links'>,
): readonly Row[] | undefined {
  if (hostBatchName(rollout, batch) === undefined) return undefined;
  const key = batchKey(rollout, batch);
  const read = context.hostBatches.get(key);
  const id = `nodes/${rolloutKey(rollout)}/${rowId(batch)}`;
  if (read === undefined) {
    const label = 'Reading its nodes…';
    return [{ id: `${id}/!reading`, label, spoken: 'Reading its nodes', icon: { id: 'loading~spin' }, tokens: [] }];
  }
  const trouble = troubleRow(id, read, context);
  const problem = trouble === undefined ? [] : [trouble];
  if (read.batch === undefined) return problem;
  const { nodes, plannedNodes } = read.batch;
  const shown = nodes ?? plannedNodes ?? [];
  // The alerts on it, where the rollout is under way: those of old rollouts would say the same again.
  const links = isActive(rollout) ? context.links : undefined;
  const sorted = nodes === undefined ? shown : shown.toSorted((a, b) => rank(a) - rank(b));
  return [
    ...problem,
    summaryRow(id, read, read.batch, context),
    ...bypassRows(id, read.batch),
    ...eachRow(
      sorted,
      (node) => `${id}/${node.id}`,
      (node) => nodeRow(`${id}/${node.id}`, node, { rollout, batch, links, isPlanned: nodes === undefined }),
    ),
  ];
}

function standingOf({ adoption, health }: HostNode): NodeStanding {
  if (health === 'alerting') return 'alerting';
  if (adoption === 'AWOL') return 'awol';
  if (health === 'unknown' || adoption === 'unknown') return 'newWord';
  if (adoption === 'pending') return 'pending';
  if (health === 'notKnown') return 'healthNotKnown';
  if (health === 'OK') return 'healthy';
  return adoption === 'upgraded' ? 'upgraded' : 'notKnown';
}

function rank(node: HostNode): number {
  return standings.indexOf(standingOf(node));
}

/** How a node of a batch that has begun stands, as rows say it. */
export function nodeWord(node: HostNode): string {
  const standing = standingOf(node);
  if (standing !== 'newWord') return words[standing];
  return `unknown: “${node.unknownHealth ?? node.unknownAdoption ?? ''}”`;
}

function nodeRow(
  id: string,
  node: HostNode,
  of: {
    readonly rollout: Rollout;
    readonly batch: Batch;
    readonly links: Links | undefined;
    readonly isPlanned: boolean;
  },
): Row {
  const { dataCenter, provider, assignment, status } = node;
  const label = firstGroup(node.id);
  const word = of.isPlanned ? 'planned' : nodeWord(node);
  // What the registry says is of interest where it is not the usual.
  const unusual = status === undefined || status === 'Healthy' ? [] : [status];
  const facts = [word, ...unusual, ...(dataCenter === undefined ? [] : [dataCenter])];
  const place = { kind: 'node', id: node.id } as const;
  const link = subjectPage(place);
  const isAlerted = of.links !== undefined && of.links.alertsAt(place).length > 0;
  return {
    id,
    label,
    description: facts.join(' · '),
    icon: of.isPlanned ? cellIcons.pending : icons[standingOf(node)],
    tokens: [
      'rollout',
      'identified',
      ...(isAlerted ? (['alerted'] as const) : []),
      ...(isCheckedPrincipal(node.id) ? (['operable'] as const) : []),
      ...(link === undefined ? [] : (['linked', 'place'] as const)),
    ],
    record: { kind: 'rollout', key: rolloutKey(of.rollout) },
    batch: rowId(of.batch),
    copied: node.id,
    link,
    placePage: link,
    command: link === undefined ? undefined : 'drDre.ci.open',
    hover: [
      `${label}: ${word}`,
      ...(assignment === undefined ? ['Without a subnet'] : [assignmentLine(assignment)]),
      ...(dataCenter === undefined ? [] : [`Data center ${dataCenter}`]),
      ...(provider === undefined ? [] : [`Node provider ${provider}`]),
      status === undefined ? 'Its status in the registry is not known' : `Status ${status}`,
      node.id,
    ],
    spoken: `${label}: ${facts.join(', ')}`,
  };
}

function assignmentLine(assignment: string): string {
  return assignment === 'API boundary' ? 'API boundary node' : `Subnet ${assignment}`;
}

/** How many nodes stand how; with the plan and what may be left behind in the hover. */
function summaryRow(id: string, read: HostBatchRead, batch: HostBatch, { from }: Pick<RolloutContext, 'from'>): Row {
  const { nodes, plannedNodes, tolerance, skipped } = batch;
  const [label, ...counts] = countsOf(batch);
  const unread = skipped === 0 ? [] : [`can't read ${counted(skipped, 'node')}`];
  const facts = [...counts, ...unread];
  const planned = new Set((plannedNodes ?? []).map((node) => node.id));
  const chosen = new Set((nodes ?? []).map((node) => node.id));
  const left = nodes === undefined ? 0 : [...planned].filter((node) => !chosen.has(node)).length;
  const added = plannedNodes === undefined ? 0 : [...chosen].filter((node) => !planned.has(node)).length;
  return {
    id: `${id}/!summary`,
    label: label ?? 'Its nodes are not known',
    description: facts.length === 0 ? undefined : facts.join(' · '),
    icon: { id: 'server' },
    tokens: [],
    hover: [
      [label ?? 'Its nodes are not known', ...facts].join(', '),
      ...(left + added === 0
        ? []
        : [`Against its plan: ${counted(left, 'node')} left out, ${counted(added, 'node')} added`]),
      toleranceLine(tolerance),
      ...(batch.adoptionBypassed === false && batch.healthBypassed === false ? ['Its checks were not bypassed'] : []),
      ...(read.asOf === undefined ? [] : [`As of ${moment(read.asOf, from)}`]),
    ],
    spoken: [label ?? 'Its nodes are not known', ...facts].join(', '),
  };
}

function toleranceLine(tolerance: string | undefined): string {
  if (tolerance === undefined) return 'The dashboard does not say for how many of its nodes it need not wait';
  if (tolerance === 'none') return 'It waits for all of its nodes';
  return `It goes on when all but ${tolerance.endsWith('%') ? `${tolerance} of its nodes` : tolerance} are done`;
}

function countsOf({ nodes, plannedNodes }: HostBatch): readonly string[] {
  if (nodes === undefined) return plannedNodes === undefined ? [] : [`${counted(plannedNodes.length, 'node')} planned`];
  const count = (standing: NodeStanding): number => nodes.filter((node) => standingOf(node) === standing).length;
  const all = counted(nodes.length, 'node');
  const isHealthKnown = nodes.some(({ health }) => health !== undefined);
  if (!isHealthKnown && nodes.every(({ adoption }) => adoption === undefined)) return [all];
  const done = isHealthKnown
    ? `${nodes.filter(({ health }) => health === 'OK').length} of ${all} healthy`
    : `${nodes.filter(({ adoption }) => adoption === 'upgraded').length} of ${all} upgraded`;
  const others = (['alerting', 'awol', 'pending', 'healthNotKnown', 'notKnown'] as const).flatMap((standing) =>
    count(standing) === 0 ? [] : [`${count(standing)} ${standing === 'awol' ? 'not reporting' : words[standing]}`],
  );
  return [done, ...others];
}

/** A check that a person has let pass says nothing of the nodes. */
function bypassRows(id: string, { adoptionBypassed, healthBypassed }: HostBatch): readonly Row[] {
  const row = (what: string, label: string): Row => ({
    id: `${id}/!${what}`,
    label,
    icon: warning,
    tokens: [],
    hover: [label, 'Somebody marked the task as successful in Airflow: what it waited for may not be so.'],
    spoken: label,
  });
  return [
    ...(adoptionBypassed === true ? [row('adoption', 'Adoption check bypassed')] : []),
    ...(healthBypassed === true ? [row('health', 'Health check bypassed')] : []),
  ];
}

/** Why the nodes are not known, or not as of now. */
function troubleRow(
  id: string,
  { last, asOf }: HostBatchRead,
  { from }: Pick<RolloutContext, 'from'>,
): Row | undefined {
  const below = asOf === undefined ? [] : [`The rows below are of ${moment(asOf, from)}.`];
  switch (last) {
    case 'read':
      return undefined;
    case 'loading':
      return saying(id, 'The dashboard has not read it yet', below);
    case 'notYet':
      return saying(id, 'The dashboard has no nodes of it yet', below);
    default:
      return failureRow(id, last, below);
  }
}

function saying(id: string, label: string, below: readonly string[]): Row {
  return {
    id: `${id}/!trouble`,
    label,
    icon: cellIcons.pending,
    tokens: [],
    hover: [label, 'It is read again by itself.', ...below],
    spoken: [label, ...below].join('. '),
  };
}

function failureRow(id: string, failure: Failure, below: readonly string[]): Row {
  const { title, wayForward } = explain(failure);
  return {
    id: `${id}/!trouble`,
    label: title,
    description: wayForward,
    icon: warning,
    ...onRow(waysForward(failure)),
    hover: [title, wayForward, ...below],
    spoken: `Problem: ${[title, wayForward, ...below].join('. ')}`,
  };
}
