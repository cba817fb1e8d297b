import { priorityCounts, priorityWord, urgentWords } from '../../domain/alerts/priorityWords.ts';
import { isUrgent, type Alert } from '../../domain/alerts/alert.ts';
import { alertText } from '../../domain/alerts/name.ts';
import { byName } from '../../domain/base/byName.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { isPaged, type PagedFacts } from '../../feeds/rotation/paged.ts';
import { counted, moment, shorten, type Viewpoint } from '../kit/format.ts';
import { explain } from '../kit/sentences.ts';
import { missingWords } from './words.ts';

/** What the second item of the status bar shows, while there is something. */
export interface UrgentStatusModel {
  /** Id of a codicon. */
  readonly icon: string;
  readonly text: string;
  /** Text from outside is in it. */
  readonly tooltip: readonly string[];
  readonly spoken: string;
  /** False where only batches are stuck. */
  readonly isAboutAlerts: boolean;
}

/** So many alerts are named in the tooltip. */
const mostNamed = 5;

/**
 * The status bar item that is there only while something is urgent: alerts of priority P1 or P2 that nobody has taken,
 * alerts that cannot be read, or batches of a rollout that are `stuck`, a sentence each, for the person who is on call for alerts or may be. Undefined: nothing is urgent, or
 * it is not that person's.
 */
export function urgentStatus(
  alerts: FeedState<Alert, Failure>,
  who: PagedFacts,
  from: Viewpoint,
  stuck: readonly string[] = [],
): UrgentStatusModel | undefined {
  const mine = isPaged(who, from.now);
  if (mine === undefined || mine === false) return undefined;
  const urgent = [...alerts.records.values()].filter(isOpenAndUrgent);
  const counts = priorityCounts(urgent);
  const unread = alerts.failure === undefined ? undefined : unreadWords(alerts, from);
  // One that could not be read may be of any priority.
  const missing = missingWords(alerts);
  const parts = [
    ...missing,
    ...(counts.length === 0 ? [] : [counts.join(', ')]),
    ...(unread === undefined ? [] : [unread]),
    ...(stuck.length === 0 ? [] : [counted(stuck.length, 'stuck batch', 'stuck batches')]),
  ];
  if (parts.length === 0) return undefined;
  const text = parts.join(' · ');
  const named = urgent.toSorted((a, b) => byName(a.priority, b.priority) || b.createdAt - a.createdAt);
  const tooltip = [
    ...(urgent.length > 0 ? [urgentWords(urgent, 'unacknowledged alert')] : unreadLines(unread, missing)),
    ...named.slice(0, mostNamed).map((alert) => `${priorityWord(alert)} ${shorten(alertText(alert), 100)}`),
    ...(urgent.length > mostNamed ? [`and ${urgent.length - mostNamed} more`] : []),
    ...(alerts.failure === undefined ? [] : [failureWords(alerts.failure)]),
    ...stuck.slice(0, mostNamed),
  ];
  const isAboutAlerts = parts.length > (stuck.length === 0 ? 0 : 1);
  return { isAboutAlerts, icon: counts.length === 0 ? 'warning' : 'flame', text, tooltip, spoken: text };
}

function unreadLines(unread: string | undefined, missing: readonly string[]): readonly string[] {
  if (unread !== undefined) return [unread];
  return missing.length === 0 ? [] : [missing.join('. ')];
}

function isOpenAndUrgent(alert: Alert): boolean {
  return alert.status === 'open' && isUrgent(alert);
}

function unreadWords({ asOf }: FeedState<Alert, Failure>, from: Viewpoint): string {
  return `Can't read alerts${asOf === undefined ? '' : ` since ${moment(asOf, from)}`}`;
}

function failureWords(failure: Failure): string {
  const { title, wayForward } = explain(failure);
  return `${title}. ${wayForward}`;
}
