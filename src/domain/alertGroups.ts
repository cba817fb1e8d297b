import { alertStatuses, priorities, type Alert } from './alert.ts';

/** How alerts can be grouped; `none` is one list. */
export const groupings = ['priority', 'status', 'cluster', 'source', 'none'] as const;
export type Grouping = (typeof groupings)[number];

/** Alerts that belong together, most urgent first. */
export interface AlertGroup {
  /** Unique among the groups of one grouping; what is grouped by: "P1", "open", "prod". Empty when the alert says nothing. */
  readonly key: string;
  readonly alerts: readonly Alert[];
}

/** Groups alerts, the most urgent group first. Within a group: by priority, then the newest first. */
export function groupAlerts(alerts: readonly Alert[], grouping: Grouping): readonly AlertGroup[] {
  const groups = new Map<string, Alert[]>();
  for (const alert of [...alerts].sort(moreUrgent)) {
    const key = groupKey(alert, grouping);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [alert]);
    else group.push(alert);
  }
  const found = [...groups].map(([key, members]) => ({ key, alerts: members }));
  switch (grouping) {
    case 'status':
      return found.sort((a, b) => rankOf(a.key) - rankOf(b.key));
    case 'cluster':
    case 'source':
      return found.sort((a, b) => Number(a.key === '') - Number(b.key === '') || a.key.localeCompare(b.key, 'en'));
    case 'priority':
    case 'none':
      // The order in which the sorted alerts brought them.
      return found;
  }
}

function rankOf(status: string): number {
  return alertStatuses.findIndex((each) => each === status);
}

function groupKey(alert: Alert, grouping: Grouping): string {
  switch (grouping) {
    case 'priority':
      return alert.priority;
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

/** By priority, then the newest first; the id decides between equals, so that rows never swap without reason. */
export function moreUrgent(a: Alert, b: Alert): number {
  return (
    priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
    b.createdAt - a.createdAt ||
    (a.id < b.id ? -1 : 1)
  );
}

/**
 * The cluster that an alert is about: its property `cluster`, else a tag `cluster:x`, else the word in brackets that its
 * message begins with, as the rules of the monitoring write it ("[prod] IC_Replica_Behind"). No field of the service.
 */
export function clusterOf(alert: Alert): string | undefined {
  const property = alert.properties['cluster'];
  if (property !== undefined && property !== '') return property;
  const tag = alert.tags.find((each) => each.startsWith('cluster:'));
  if (tag !== undefined) return tag.slice('cluster:'.length);
  return /^\[([\w.-]{1,40})\]/.exec(alert.message)?.[1];
}
