import { priorities, type Alert, type AlertStatus, type Priority } from '../domain/alert.ts';
import type { Failure } from '../domain/failure.ts';
import type { Links } from '../domain/links/join.ts';
import type { FeedState } from '../engine/store.ts';
import { frame } from './frame.ts';
import { ago, counted, fullMoment, moment, shorten, type Viewpoint } from './format.ts';
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

/** The Alerts view: grouped by priority, newest first. `siteUrl` makes the links; `pending` is by alert id. */
export function alertsView(
  state: FeedState<Alert, Failure>,
  from: Viewpoint,
  siteUrl: string,
  pending: ReadonlyMap<string, PendingAction> = new Map(),
  links?: Links,
): ViewModel {
  const shown = [...state.records.values()].filter((alert) => alert.status !== 'closed');
  const rows = priorities.flatMap((priority) => {
    const alerts = shown.filter((alert) => alert.priority === priority).sort(newestFirst);
    return alerts.length === 0 ? [] : [group(priority, alerts, from, siteUrl, pending, links)];
  });
  const urgent = shown.filter(
    (alert) => alert.status === 'open' && (alert.priority === 'P1' || alert.priority === 'P2'),
  );
  return frame(state, from, {
    noun: 'alerts',
    empty: 'No open alerts.',
    rows,
    ...(urgent.length === 0
      ? {}
      : { badge: { value: urgent.length, tooltip: `${counted(urgent.length, 'open alert')} of priority P1 or P2` } }),
  });
}

function newestFirst(a: Alert, b: Alert): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1);
}

function group(
  priority: Priority,
  alerts: readonly Alert[],
  from: Viewpoint,
  siteUrl: string,
  pending: ReadonlyMap<string, PendingAction>,
  links: Links | undefined,
): Row {
  const open = alerts.filter((alert) => alert.status === 'open').length;
  const description = open === alerts.length ? `${alerts.length}` : `${alerts.length}, ${open} open`;
  return {
    id: `priority/${priority}`,
    label: `${priority} ${priorityNames[priority]}`,
    description,
    tokens: [],
    spoken: `Priority ${priority}, ${priorityNames[priority]}: ${counted(alerts.length, 'alert')}, ${open} open`,
    children: alerts.map((alert) => alertRow(alert, from, siteUrl, pending.get(alert.id), links)),
    expanded: priority !== 'P4' && priority !== 'P5',
  };
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
