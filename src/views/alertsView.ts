import { alertStatuses, priorities, type Alert, type AlertStatus, type Priority } from '../domain/alert.ts';
import { groupAlerts, type AlertGroup, type Grouping } from '../domain/alertGroups.ts';
import type { Failure } from '../domain/failure.ts';
import type { Links } from '../domain/links/join.ts';
import type { Heartbeat } from '../domain/heartbeat.ts';
import type { FeedState } from '../engine/store.ts';
import { closedRow, heartbeatsRow } from './alertSections.ts';
import type { ActiveFilter } from './alertFilters.ts';
import { cappedRows, rowsAtOnce } from './capped.ts';
import type { ClosedLook } from './closedGroup.ts';
import { frame } from './frame.ts';
import { ago, clockTime, counted, fullMoment, moment, shorten, type Viewpoint } from './format.ts';
import { pendingIcon, type PendingAction } from './pendingActions.ts';
import type { Icon, Row, Token, ViewModel } from './row.ts';
import { alertFacts, alertHover } from './linkWords.ts';

/** How a priority is told, beyond its number, to people who do not know Jira's scale. */
const priorityNames: Record<Priority, string> = {
  P1: 'critical',
  P2: 'high',
  P3: 'moderate',
  P4: 'low',
  P5: 'informational',
};

const priorityColors: Record<Priority, string> = {
  P1: 'drDre.alert.p1',
  P2: 'drDre.alert.p2',
  P3: 'drDre.alert.p3',
  P4: 'drDre.alert.p4',
  P5: 'drDre.alert.p4',
};

const statusIcons: Record<AlertStatus, string> = {
  open: 'bell-dot',
  acknowledged: 'pass',
  snoozed: 'bell-slash',
  closed: 'circle-slash',
};

/** How the Alerts view is looked at: what a person chose. */
export interface AlertsLook {
  readonly grouping: Grouping;
  /** Which alerts are shown; all when absent. */
  readonly filter?: ActiveFilter;
}

/** What is known besides the alerts themselves. */
export interface AlertsMore {
  readonly look?: AlertsLook;
  /** How many rows a group shows, by the group's id, where it is more than at first. */
  readonly limits?: ReadonlyMap<string, number>;
  /** By alert id. */
  readonly pending?: ReadonlyMap<string, PendingAction>;
  readonly links?: Links;
  /** Names of teams by id, as far as they are known; the first one is the team of the settings. */
  readonly teams?: ReadonlyMap<string, string>;
  readonly heartbeats?: FeedState<Heartbeat, Failure>;
  readonly closed?: { readonly state: FeedState<Alert, Failure>; readonly look: ClosedLook };
}

/** The Alerts view: what a person chose of the alerts that are not closed. `siteUrl` makes the links. */
export function alertsView(
  state: FeedState<Alert, Failure>,
  from: Viewpoint,
  siteUrl: string,
  more: AlertsMore = {},
): ViewModel {
  const { look, limits = new Map<string, number>() } = more;
  const { grouping, filter } = look ?? { grouping: 'priority' };
  const live = [...state.records.values()].filter((alert) => alert.status !== 'closed');
  const shown = filter === undefined ? live : live.filter(filter.shows);
  const toRow = (alert: Alert): Row => alertRow(alert, from, siteUrl, more.pending?.get(alert.id), more.links);
  const groups = groupAlerts(shown, grouping).map((group) => groupRow(group, grouping, limits, toRow));
  const rows = grouping === 'none' ? groups.flatMap((group) => group.children ?? []) : groups;
  const hidden = live.length - shown.length;
  // The badge counts what a filter hides too: a filter is no reason to miss an outage.
  const urgent = live.filter((alert) => alert.status === 'open' && isUrgent(alert)).length;
  const ofFilter = filter === undefined ? [] : [filterRow(filter, shown.length, live.length)];
  const model = frame(state, from, {
    noun: 'alerts',
    empty: emptyText(state.asOf, from, more.teams),
    hidden,
    rows: rows.length === 0 ? rows : [...ofFilter, ...rows],
    ...(urgent === 0
      ? {}
      : { badge: { value: urgent, tooltip: `${counted(urgent, 'open alert')} of priority P1 or P2` } }),
  });
  return withSections(model, sections(live, from, siteUrl, more), ofFilter);
}

/** Emptiness is said of somebody and of a time. */
function emptyText(asOf: number | undefined, from: Viewpoint, teams: AlertsMore['teams']): string {
  const [team] = teams?.values() ?? [];
  const whose = team === undefined ? '' : ` for ${shorten(team, 60)}`;
  return `No open alerts${whose}${asOf === undefined ? '' : `, as of ${clockTime(asOf, from)}`}.`;
}

/** What stands below the alerts. */
function sections(live: readonly Alert[], from: Viewpoint, siteUrl: string, more: AlertsMore): readonly Row[] {
  const { heartbeats, closed, teams = new Map<string, string>(), limits = new Map<string, number>() } = more;
  const linkOf = (alert: Alert): string => alertUrl(siteUrl, alert.id);
  const toRow = (alert: Alert): Row => alertRow(alert, from, siteUrl, undefined, more.links);
  return [
    ...(heartbeats === undefined ? [] : [heartbeatsRow(heartbeats, from, { alerts: live, teams, linkOf })]),
    ...(closed === undefined ? [] : [closedRow(closed.state, from, closed.look, limits, toRow)]),
  ];
}

/**
 * Where the manifest's welcome text has a button, sections would hide it: they are left out. Only a filter that hides all
 * gives way to a section that a person wants to see or ought to: its own row has the same buttons.
 */
function withSections(model: ViewModel, below: readonly Row[], ofFilter: readonly Row[]): ViewModel {
  switch (model.situation) {
    case 'rows':
    case 'empty':
    case 'failing':
      return { ...model, rows: [...model.rows, ...below] };
    case 'filteredOut': {
      const isWanted = below.some(({ expanded }) => expanded === true);
      return isWanted ? { ...model, rows: [...model.rows, ...ofFilter, ...below] } : model;
    }
    case 'loading':
    case 'notSignedIn':
    case 'notPermitted':
    case 'notConfigured':
      return model;
  }
}

function isUrgent({ priority }: Alert): boolean {
  return priority === 'P1' || priority === 'P2';
}

/** Stands above the rows while a filter is on. */
function filterRow({ name, problem }: ActiveFilter, shown: number, all: number): Row {
  const description = problem ?? `${shown.toLocaleString('en-US')} of ${counted(all, 'alert')}`;
  return {
    id: '!filter',
    label: `Filter: ${shorten(name, 60)}`,
    description,
    icon: problem === undefined ? { id: 'filter-filled' } : { id: 'warning', color: 'list.warningForeground' },
    tokens: ['filter'],
    hover: [`Filter: ${name}`, problem === undefined ? `Shows ${description}` : `${problem} It hides nothing.`],
    spoken: problem === undefined ? `Filter ${name} shows ${description}` : `Filter ${name} cannot be used: ${problem}`,
    command: 'drDre.alerts.filter',
  };
}

function groupRow(
  { key, alerts }: AlertGroup,
  grouping: Grouping,
  limits: ReadonlyMap<string, number>,
  toRow: (alert: Alert) => Row,
): Row {
  const id = `${grouping}/${key}`;
  const open = alerts.filter((alert) => alert.status === 'open').length;
  const count = alerts.length.toLocaleString('en-US');
  const description =
    open === alerts.length || grouping === 'status' ? count : `${count}, ${open.toLocaleString('en-US')} open`;
  const label = groupLabel(key, grouping);
  return {
    id,
    label,
    description,
    tokens: [],
    spoken: `${label}: ${counted(alerts.length, 'alert')}, ${open} open`,
    children: cappedRows(alerts, limits.get(id) ?? rowsAtOnce, { id, noun: 'alert' }, toRow),
    expanded: !(grouping === 'priority' && alerts.every(({ priority }) => priority === 'P4' || priority === 'P5')),
  };
}

const statusNames: Record<AlertStatus, string> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  snoozed: 'Snoozed',
  closed: 'Closed',
};

function groupLabel(key: string, grouping: Grouping): string {
  switch (grouping) {
    case 'priority':
      return priorities.flatMap((priority) => (priority === key ? [`${key} ${priorityNames[priority]}`] : [])).join('');
    case 'status':
      return alertStatuses.flatMap((status) => (status === key ? [statusNames[status]] : [])).join('');
    case 'cluster':
      return key === '' ? 'No cluster named' : key;
    case 'source':
      return key === '' ? 'No source named' : key;
    case 'none':
      return 'All';
  }
}

/** One alert as a row. */
export function alertRow(alert: Alert, from: Viewpoint, siteUrl: string, pending?: PendingAction, links?: Links): Row {
  const hangs = links === undefined ? [] : alertFacts(alert, links, from);
  const facts = [pending?.text, ...hangs, ago(alert.createdAt, from), repeats(alert), whose(alert, from)].filter(
    (fact) => fact !== undefined,
  );
  const can: Token[] = ['alert'];
  if (alert.status === 'open' || alert.status === 'snoozed') can.push('ackable');
  can.push('linked', ...(pending?.tokens ?? []));
  return {
    id: `alert/${alert.id}`,
    label: shorten(alert.message, 140),
    description: facts.join(' · '),
    icon: iconOf(alert, pending),
    tokens: can,
    record: { kind: 'alert', key: alert.id },
    hover: [...hover(alert, from), ...(links === undefined ? [] : alertHover(alert, links, from))],
    spoken: `${alert.status} ${alert.priority} alert: ${alert.message}. ${facts.join(', ')}`,
    command: 'drDre.alerts.open',
    link: alertUrl(siteUrl, alert.id),
  };
}

function iconOf(alert: Alert, pending: PendingAction | undefined): Icon {
  if (pending !== undefined) return pendingIcon(pending);
  if (alert.status !== 'open') return { id: statusIcons[alert.status], color: 'drDre.alert.handled' };
  return { id: statusIcons.open, color: priorityColors[alert.priority] };
}

function repeats(alert: Alert): string | undefined {
  return alert.count > 1 ? `×${alert.count}` : undefined;
}

function whose(alert: Alert, from: Viewpoint): string | undefined {
  switch (alert.status) {
    case 'open':
      return undefined;
    case 'acknowledged':
      return alert.owner === undefined ? 'acknowledged' : `acknowledged by ${alert.owner}`;
    case 'snoozed':
      return alert.snoozedUntil === undefined ? 'snoozed' : `snoozed until ${moment(alert.snoozedUntil, from)}`;
    case 'closed':
      return alert.closedAt === undefined ? 'closed' : `closed ${ago(alert.closedAt, from)}`;
  }
}

function hover(alert: Alert, from: Viewpoint): readonly string[] {
  const lines = [
    `${alert.priority} · ${alert.status} · #${alert.tinyId}`,
    alert.message,
    `Created ${fullMoment(alert.createdAt, from)}`,
  ];
  if (alert.lastOccurredAt !== undefined && alert.count > 1) {
    lines.push(`Seen ${alert.count} times, last ${ago(alert.lastOccurredAt, from)}`);
  }
  if (alert.owner !== undefined) lines.push(`Owner: ${alert.owner}`);
  if (alert.entity !== '') lines.push(`Entity: ${alert.entity}`);
  if (alert.source !== '') lines.push(`Source: ${alert.source}`);
  if (alert.tags.length > 0) lines.push(`Tags: ${alert.tags.join(', ')}`);
  return lines;
}

/** The alert's page in Jira (atlassian.md 2.7: the API gives no address, this form is used by live tools). */
export function alertUrl(siteUrl: string, alertId: string): string {
  return new URL(`/jira/ops/alerts/${encodeURIComponent(alertId)}`, siteUrl).href;
}
