import type { Alert } from '../../domain/alerts/alert.ts';
import { byName } from '../../domain/base/byName.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { expiredSince, type Heartbeat } from '../../domain/alerts/heartbeat.ts';
import { day, hour, minute, type Instant } from '../../domain/base/time.ts';
import type { Account } from '../../domain/base/account.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { cameWithinDays } from '../../feeds/alerts/closed.ts';
import { cappedRows, rowsAtOnce } from '../kit/capped.ts';
import { eachRow } from '../kit/faults.ts';
import { closedGroupId, type ClosedGroupState } from './closedGroup.ts';
import {
  counted,
  duration,
  fullMoment,
  grouped,
  shortAgo,
  shortDuration,
  spokenDuration,
  type Viewpoint,
} from '../kit/format.ts';
import { rowName } from '../kit/people.ts';
import type { Icon, Row } from '../kit/row.ts';
import { pixelsInIconGroup, titledTexts } from '../kit/rowWidth.ts';
import { sectionRow } from '../kit/section.ts';
import { explain } from '../kit/sentences.ts';
import { leftOutRow } from '../kit/waysForward.ts';

// What stands below the alerts in their view: heartbeats, and the alerts that were closed in the last day.

const order: readonly Heartbeat['status'][] = ['unresponsive', 'unknown', 'pending', 'responsive', 'off'];

const icons: Record<Heartbeat['status'], Icon> = {
  unresponsive: { id: 'error', color: 'problemsErrorIcon.foreground' },
  pending: { id: 'question', color: 'drDre.warning' },
  unknown: { id: 'question', color: 'drDre.warning' },
  responsive: { id: 'pulse', color: 'charts.green' },
  off: { id: 'circle-slash', color: 'descriptionForeground' },
};

/** What is known besides the heartbeats. */
export interface HeartbeatsMore {
  /** Those that are not closed. */
  readonly alerts: Iterable<Alert>;
  /** Names of teams by id, as far as they are known. */
  readonly teams: ReadonlyMap<string, string>;
  readonly linkOf: (alert: Alert) => string;
  /** Who is signed in. */
  readonly account?: Account | undefined;
}

/** The heartbeats as a group: expired ones first, unfolded only when there is one. */
export function heartbeatsRow(state: FeedState<Heartbeat, Failure>, from: Viewpoint, more: HeartbeatsMore): Row {
  if (state.failure?.kind === 'paymentRequired') return noHeartbeatsRow(state.failure);
  const heartbeats = [...state.records.values()].sort(
    (one, other) => order.indexOf(one.status) - order.indexOf(other.status) || byName(one.name, other.name),
  );
  const expired = heartbeats.filter(({ status }) => status === 'unresponsive').length;
  const raised = new Map<string, Alert>();
  if (expired > 0) for (const alert of more.alerts) raised.set(alert.message, alert);
  const count = grouped(heartbeats.length);
  return sectionRow(state, from, {
    // VS Code unfolds a group by itself only when it is a new one.
    id: expired > 0 ? 'heartbeats/expired' : 'heartbeats',
    label: 'Heartbeats',
    count: state.asOf === undefined ? '' : expired > 0 ? `${count}, ${grouped(expired)} expired` : count,
    noun: 'heartbeats',
    empty: 'This team has no heartbeats.',
    icon: expired > 0 ? icons.unresponsive : { id: 'pulse' },
    expanded: expired > 0,
    rows: eachRow(
      heartbeats,
      ({ name }) => `heartbeat/${name}`,
      (heartbeat) => heartbeatRow(heartbeat, raised.get(heartbeat.alertMessage), from, more),
    ),
  });
}

/** Said once and without a warning: it is no trouble, and nothing is to be done about it. */
function noHeartbeatsRow(failure: Failure): Row {
  const { title, wayForward } = explain(failure);
  const label = 'The plan of the site has no heartbeats.';
  return {
    id: 'heartbeats/none',
    label: 'Heartbeats',
    description: 'not in the plan',
    icon: { id: 'pulse' },
    tokens: [],
    spoken: 'Heartbeats, not in the plan',
    children: [{ id: 'heartbeats/!plan', label, tokens: [], hover: [title, wayForward], spoken: label }],
    expanded: false,
  };
}

function heartbeatRow(
  heartbeat: Heartbeat,
  raised: Alert | undefined,
  from: Viewpoint,
  { teams, linkOf, account }: HeartbeatsMore,
): Row {
  const { name, status, description, ownerTeam, intervalMs } = heartbeat;
  const alert = status === 'unresponsive' ? raised : undefined;
  const expiredAt = alert === undefined ? undefined : expiredSince(alert);
  const factsIn = (length: (ms: number) => string): readonly string[] => [
    stateText(status, expiredAt === undefined ? undefined : length(from.now - expiredAt)),
    ...((status === 'responsive' || status === 'pending') && intervalMs !== undefined
      ? [`every ${length(intervalMs)}`]
      : []),
    ...(alert === undefined ? [] : [alertText(alert, account)]),
  ];
  const [state = '', ...further] = factsIn(shortDuration);
  const team = teams.get(ownerTeam) ?? ownerTeam;
  const row: Row = {
    id: `heartbeat/${name}`,
    ...titledTexts(name, { decisive: [state], further }, pixelsInIconGroup(from)),
    icon: icons[status],
    hover: [
      name,
      ...(description === '' ? [] : [description]),
      `${stateSentence(heartbeat)} A ping is due ${intervalMs === undefined ? 'at an interval that is not known' : `every ${longDuration(intervalMs)}`}.`,
      lastPing(heartbeat, expiredAt, from),
      ...(status === 'unresponsive' && alert === undefined ? ['Its alert is not among the open ones.'] : []),
      ...(team === '' ? [] : [`Owner: team ${team}`]),
    ],
    spoken: `Heartbeat ${name}: ${factsIn(spokenDuration).join(', ')}`,
    tokens: ['heartbeat', 'named'],
    name,
    // Its own page has no known address.
    command: 'drDre.alerts.openTeam',
  };
  if (alert === undefined) return row;
  return {
    ...row,
    tokens: ['alert', 'linked', 'identified'],
    record: { kind: 'alert', key: alert.id },
    copied: alert.id,
    command: 'drDre.alerts.open',
    link: linkOf(alert),
  };
}

const stateSentences: Record<Heartbeat['status'], string> = {
  unresponsive: 'Expired.',
  pending: 'No ping yet.',
  responsive: 'Active.',
  off: 'Turned off.',
  unknown: 'In a state that is not known.',
};

function stateSentence({ status, unknownStatus = '' }: Heartbeat): string {
  return unknownStatus === '' ? stateSentences[status] : `In a state that is not known: “${unknownStatus}”.`;
}

function stateText(status: Heartbeat['status'], expiredFor: string | undefined): string {
  switch (status) {
    case 'unresponsive':
      return expiredFor === undefined ? 'expired' : `expired ${expiredFor}`;
    case 'unknown':
      return 'state not known';
    case 'pending':
      return 'no ping yet';
    case 'responsive':
      return 'active';
    case 'off':
      return 'off';
  }
}

function lastPing({ intervalMs }: Heartbeat, expiredAt: Instant | undefined, from: Viewpoint): string {
  if (expiredAt === undefined || intervalMs === undefined) return 'The service does not report when the last one came.';
  const at = expiredAt - intervalMs;
  return `By its alert, the last one came about ${shortAgo(at, from)}, ${fullMoment(at, from)}.`;
}

function alertText(alert: Alert, account: Account | undefined): string {
  const { tinyId, status, owner } = alert;
  return `#${tinyId} ${owner === undefined ? status : rowName(owner, account)}`;
}

/** An interval as it was set: "10 minutes", "1 hour", "7 days". */
function longDuration(ms: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['day', day],
    ['hour', hour],
    ['minute', minute],
  ];
  const [unit, length] = units.find(([, each]) => ms >= each && ms % each === 0) ?? [];
  return unit === undefined || length === undefined ? duration(ms) : counted(ms / length, unit);
}

/** That alerts of other teams are left out, which a person can see: a row without a warning that leads to the setting. */
export function ofOthersRow(count: number): Row {
  const reason =
    'They name other teams as responders, and not this one. The setting drDre.ops.team says which one it is.';
  return leftOutRow('!ofOthers', ofOthersText(count), reason, 'drDre.ops.team');
}

function ofOthersText(count: number): string {
  return `${counted(count, 'alert')} of other teams ${count === 1 ? 'is' : 'are'} not shown`;
}

/** By which the group's limit of rows is kept. */
const closedLimit = 'closed';

/** The alerts that were closed in the last day, as a group that is read when it is unfolded. */
export function closedRow(
  state: FeedState<Alert, Failure>,
  from: Viewpoint,
  group: ClosedGroupState,
  limits: ReadonlyMap<string, number>,
  toRow: (alert: Alert) => Row,
  ofOthers = 0,
): Row {
  const id = closedGroupId(group);
  const label = 'Closed in the last day';
  if (!group.shown) {
    const reading = 'Reading closed alerts…';
    const hidden = { id: 'closed/!hidden', label: reading, tokens: [], spoken: reading };
    return {
      id,
      label,
      icon: { id: 'archive' },
      tokens: [],
      spoken: `${label}, read when unfolded`,
      children: [hidden],
    };
  }
  const alerts = [...state.records.values()];
  // An alert that was closed a moment ago may still stand above: a row's id is unique in the view.
  const own = (alert: Alert): Row => ({ ...toRow(alert), id: `closed/${alert.id}` });
  const row = sectionRow(state, from, {
    id,
    label,
    count: state.asOf === undefined ? '' : grouped(alerts.length),
    noun: 'closed alerts',
    empty: `Of those that came in the last ${cameWithinDays} days none was closed in the last day.`,
    icon: { id: 'archive' },
    expanded: true,
    rows: cappedRows(
      alerts,
      limits.get(closedLimit) ?? rowsAtOnce,
      { id: closedLimit, noun: 'alert', rowId: ({ id: alert }) => `closed/${alert}` },
      own,
    ),
  });
  return { ...row, hover: [label, approximation, ...(ofOthers === 0 ? [] : [`${ofOthersText(ofOthers)}.`])] };
}

const approximation = `The service has no query by when an alert was closed: one that came last more than ${cameWithinDays} days ago is not found.`;
