import { alertStatuses, priorities, type Alert, type AlertStatus } from '../domain/alert.ts';
import { groupAlerts, type AlertGroup, type Grouping } from '../domain/alertGroups.ts';
import type { Failure } from '../domain/failure.ts';
import type { Links } from '../domain/links/join.ts';
import type { FeedState } from '../engine/store.ts';
import type { ActiveFilter } from './alertFilters.ts';
import { alertRow, type ForgottenRules } from './alertRow.ts';
import { cappedRows, rowsAtOnce } from './capped.ts';
import { frame } from './frame.ts';
import { counted, shorten, type Viewpoint } from './format.ts';
import type { PendingAction } from './pendingActions.ts';
import { priorityNames } from './priorityNames.ts';
import type { Row, ViewModel } from './row.ts';

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
  readonly forgotten?: ForgottenRules;
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
  // One that a person is closing stays in sight until it is known how that ended.
  const live = [...state.records.values()].filter(({ id, status }) => status !== 'closed' || more.pending?.has(id));
  const shown = filter === undefined ? live : live.filter(filter.shows);
  const { links, forgotten } = more;
  const toRow = (alert: Alert): Row =>
    alertRow(alert, from, siteUrl, { pending: more.pending?.get(alert.id), links, forgotten });
  const groups = groupAlerts(shown, grouping).map((group) => groupRow(group, grouping, limits, toRow));
  const rows = grouping === 'none' ? groups.flatMap((group) => group.children ?? []) : groups;
  const hidden = live.length - shown.length;
  // The badge counts what a filter hides too: a filter is no reason to miss an outage.
  const urgent = live.filter((alert) => alert.status === 'open' && isUrgent(alert)).length;
  return frame(state, from, {
    noun: 'alerts',
    empty: 'No open alerts.',
    hidden,
    rows: filter === undefined || rows.length === 0 ? rows : [filterRow(filter, shown.length, live.length), ...rows],
    ...(urgent === 0
      ? {}
      : { badge: { value: urgent, tooltip: `${counted(urgent, 'open alert')} of priority P1 or P2` } }),
  });
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
