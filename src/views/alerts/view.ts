import { priorityCounts, urgentWords } from '../../domain/alerts/priorityWords.ts';
import { alertStatuses, isUrgent, priorities, type Alert, type AlertStatus } from '../../domain/alerts/alert.ts';
import {
  clusterOf,
  groupAlerts,
  unknownPriorityKey,
  type AlertGroup,
  type Grouping,
} from '../../domain/alerts/groups.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Links } from '../../domain/links/join.ts';
import type { Account } from '../../domain/base/account.ts';
import type { Heartbeat } from '../../domain/alerts/heartbeat.ts';
import type { FeedState } from '../../engine/read/store.ts';
import type { CountsOfOthers } from '../../feeds/alerts/ofOthers.ts';
import { closedRow, heartbeatsRow, ofOthersRow } from './sections.ts';
import { alertRow, alertUrl, type ForgottenRules } from './row.ts';
import { cappedRows, rowsAtOnce } from '../kit/capped.ts';
import type { ClosedGroupState } from './closedGroup.ts';
import { filteredFrame, type ActiveFilter } from '../kit/filter.ts';
import { clockTime, counted, grouped, shorten, type Viewpoint } from '../kit/format.ts';
import type { PendingAction } from '../kit/pendingActions.ts';
import { priorityNames } from './priorityNames.ts';
import type { Row, ViewModel } from '../kit/row.ts';
import { pixelsBesideGroups, pixelsInGroup, pixelsInIconGroup } from '../kit/rowWidth.ts';
import { missingWords } from './words.ts';

/** How a person chose to see the Alerts view. */
export interface AlertsViewChoice {
  readonly grouping: Grouping;
  /** Which alerts are shown; all when absent. */
  readonly filter?: ActiveFilter<Alert> | undefined;
}

/** What is known besides the alerts themselves. */
export interface AlertsMore {
  readonly choice?: AlertsViewChoice;
  /** How many rows a group shows, by the group's id, where it is more than at first. */
  readonly limits?: ReadonlyMap<string, number>;
  /** By alert id. */
  readonly pending?: ReadonlyMap<string, PendingAction> | undefined;
  readonly links?: Links | undefined;
  readonly forgotten?: ForgottenRules;
  /** Who is signed in. */
  readonly account?: Account | undefined;
  /** What names of alerts leave out at their beginning. */
  readonly hiddenPrefixes?: readonly string[];
  /** Names of teams by id, as far as they are known; the first one is the team of the settings. */
  readonly teams?: ReadonlyMap<string, string>;
  readonly heartbeats?: FeedState<Heartbeat, Failure>;
  readonly closed?: { readonly state: FeedState<Alert, Failure>; readonly group: ClosedGroupState };
  /** How many alerts are left out because they are other teams'. */
  readonly ofOthers?: CountsOfOthers;
}

/** The Alerts view: what a person chose of the alerts that are not closed. `siteUrl` makes the links. */
export function alertsView(
  state: FeedState<Alert, Failure>,
  from: Viewpoint,
  siteUrl: string,
  more: AlertsMore = {},
): ViewModel {
  const { choice, limits = new Map<string, number>() } = more;
  const { grouping, filter } = choice ?? { grouping: 'priority' };
  // One that a person is closing stays visible until it is known how that ended.
  const live = [...state.records.values()].filter(({ id, status }) => status !== 'closed' || more.pending?.has(id));
  const shown = filter === undefined ? live : live.filter(filter.shows);
  const { links, forgotten, account, hiddenPrefixes } = more;
  const toRow = (alert: Alert): Row =>
    alertRow(alert, from, siteUrl, {
      pending: more.pending?.get(alert.id),
      links,
      forgotten,
      account,
      hiddenPrefixes,
      cluster: grouping === 'cluster' ? clusterOf(alert) : undefined,
      priorityShown: grouping !== 'priority',
      isStatusShown: grouping === 'status',
      pixels: grouping === 'none' ? pixelsBesideGroups(from) : pixelsInGroup(from),
    });
  const groups = groupAlerts(shown, grouping).map((group) => groupRow(group, grouping, limits, toRow));
  const rows = grouping === 'none' ? groups.flatMap((group) => group.children ?? []) : groups;
  // The badge counts what a filter hides too: a filter is no reason to miss an outage.
  const urgent = live.filter((alert) => alert.status === 'open' && isUrgent(alert));
  return filteredFrame(
    state,
    from,
    {
      noun: 'alerts',
      empty: emptyText(state.asOf, from, more.teams),
      rows,
      waiting: priorityCounts(urgent),
      ...badgeOf(urgent, state),
    },
    { view: 'drDre.alerts', noun: 'alert', filter, shown: shown.length, all: live.length },
    (situation) => sections(live, from, siteUrl, more, situation === 'loading'),
  );
}

/** An alert that could not be read may be urgent: the count is not whole without it. */
function badgeOf(urgent: readonly Alert[], state: FeedState<Alert, Failure>): Pick<ViewModel, 'badge'> {
  const { skipped } = state;
  if (urgent.length + skipped === 0) return {};
  const parts = [...(urgent.length === 0 ? [] : [urgentWords(urgent, 'open alert')]), ...missingWords(state)];
  return { badge: { value: urgent.length + skipped, tooltip: parts.join('. ') } };
}

/** Emptiness is said of somebody and of a time. */
function emptyText(asOf: number | undefined, from: Viewpoint, teams: AlertsMore['teams']): string {
  const [team] = teams?.values() ?? [];
  const whose = team === undefined ? '' : ` for ${shorten(team, 60)}`;
  return `No open alerts${whose}${asOf === undefined ? '' : `, as of ${clockTime(asOf, from)}`}.`;
}

/** What stands below the alerts. While these are read for the first time, only what is known already. */
function sections(
  live: readonly Alert[],
  from: Viewpoint,
  siteUrl: string,
  more: AlertsMore,
  isLoading: boolean,
): readonly Row[] {
  const { heartbeats, closed, teams = new Map<string, string>(), limits = new Map<string, number>() } = more;
  const linkOf = (alert: Alert): string => alertUrl(siteUrl, alert.id);
  const { links, account, hiddenPrefixes } = more;
  const toRow = (alert: Alert): Row =>
    alertRow(alert, from, siteUrl, {
      links,
      account,
      hiddenPrefixes,
      priorityShown: true,
      isStatusShown: true,
      pixels: pixelsInIconGroup(from),
    });
  const isShown = ({ asOf }: FeedState<unknown, Failure>): boolean => !isLoading || asOf !== undefined;
  const { open, closed: ofOthersClosed } = more.ofOthers ?? { open: 0, closed: 0 };
  return [
    ...(open === 0 ? [] : [ofOthersRow(open)]),
    ...(heartbeats === undefined || !isShown(heartbeats)
      ? []
      : [heartbeatsRow(heartbeats, from, { alerts: live, teams, linkOf, account: more.account })]),
    ...(closed === undefined || !isShown(closed.state)
      ? []
      : [closedRow(closed.state, from, closed.group, limits, toRow, ofOthersClosed)]),
  ];
}

function groupRow(
  { key, alerts }: AlertGroup,
  grouping: Grouping,
  limits: ReadonlyMap<string, number>,
  toRow: (alert: Alert) => Row,
): Row {
  const id = `${grouping}/${key}`;
  const open = alerts.filter((alert) => alert.status === 'open').length;
  const count = grouped(alerts.length);
  const description = open === alerts.length || grouping === 'status' ? count : `${count}, ${grouped(open)} open`;
  const label = groupLabel(key, grouping);
  return {
    id,
    label,
    description,
    tokens: [],
    spoken: `${label}: ${counted(alerts.length, 'alert')}, ${open} open`,
    children: cappedRows(
      alerts,
      limits.get(id) ?? rowsAtOnce,
      { id, noun: 'alert', rowId: (alert) => `alert/${alert.id}` },
      toRow,
    ),
    expanded: !(grouping === 'priority' && (key === 'P4' || key === 'P5')),
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
      if (key === unknownPriorityKey) return 'Unknown priority';
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
