import { byName } from '../base/byName.ts';
import { alertStatuses, type Alert } from './alert.ts';

/** How alerts can be grouped; `none` is one list. */
export const groupings = ['priority', 'status', 'cluster', 'source', 'none'] as const;
export type Grouping = (typeof groupings)[number];

/** The key of the group of alerts whose priority is not known here. */
export const unknownPriorityKey = 'unknown';

/** From the most urgent to the least. What may be urgent comes before what certainly is not. */
const priorityOrder: readonly string[] = ['P1', 'P2', unknownPriorityKey, 'P3', 'P4', 'P5'];

/** Alerts that belong together, most urgent first. */
export interface AlertGroup {
  /** Unique among the groups of one grouping: "P1", "open", "prod". Empty for alerts that have no value. */
  readonly key: string;
  readonly alerts: readonly Alert[];
}

/**
 * Groups alerts: those of priorities and statuses most urgent first, those of clusters and sources by name, and last
 * the alerts that name none. Within a group: by priority, then the open ones, then the newest first.
 */
export function groupAlerts(alerts: readonly Alert[], grouping: Grouping): readonly AlertGroup[] {
  const groups = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const key = groupKey(alert, grouping);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [alert]);
    else group.push(alert);
  }
  // A group comes nearly sorted from the service, all of them together would not.
  const found = [...groups].map(([key, members]) => ({ key, alerts: members.sort(moreUrgent) }));
  switch (grouping) {
    case 'status':
      return found.sort((a, b) => rankOf(alertStatuses, a.key) - rankOf(alertStatuses, b.key));
    case 'cluster':
    case 'source':
      return found.sort((a, b) => Number(a.key === '') - Number(b.key === '') || byName(a.key, b.key));
    case 'priority':
    case 'none':
      return found.sort((a, b) => rankOf(priorityOrder, a.key) - rankOf(priorityOrder, b.key));
  }
}

function rankOf(order: readonly string[], key: string): number {
  return order.indexOf(key);
}

function groupKey(alert: Alert, grouping: Grouping): string {
  switch (grouping) {
    case 'priority':
      return priorityKey(alert);
    case 'status':
      return alert.status;
    case 'cluster':
      return clusterOf(alert) ?? '';
    case 'source':
      return alert.source === '' ? alert.integration : alert.source;
    case 'none':
      return 'all';
  }
}

function priorityKey({ priority, unknownPriority }: Alert): string {
  return unknownPriority === undefined ? priority : unknownPriorityKey;
}

/**
 * By priority, then those that nobody has acknowledged or snoozed, then the newest first; equal ones by id,
 * so that rows do not change places without a reason.
 */
export function moreUrgent(a: Alert, b: Alert): number {
  return (
    (priorityKey(a) === priorityKey(b)
      ? 0
      : rankOf(priorityOrder, priorityKey(a)) - rankOf(priorityOrder, priorityKey(b))) ||
    (a.status === b.status ? 0 : rankOf(alertStatuses, a.status) - rankOf(alertStatuses, b.status)) ||
    b.createdAt - a.createdAt ||
    (a.id < b.id ? -1 : 1)
  );
}

/**
 * The cluster that an alert is about: its property `cluster`, else a tag `cluster:x`, else the word in brackets that
 * its message begins with, as the monitoring rules write it ("[prod] IC_Replica_Behind"). The service has no field for
 * it.
 */
export function clusterOf(alert: Alert): string | undefined {
  const property = alert.properties['cluster'];
  if (property !== undefined && property !== '') return property;
  const tag = alert.tags.find((each) => each.startsWith('cluster:'));
  if (tag !== undefined) return tag.slice('cluster:'.length);
  return /^\[([\w.-]{1,40})\]/.exec(alert.message)?.[1];
}
