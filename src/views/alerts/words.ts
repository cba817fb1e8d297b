import { priorityWord, unknownCount } from '../../domain/alerts/priorityWords.ts';
import { priorities, type Alert } from '../../domain/alerts/alert.ts';
import { alertText } from '../../domain/alerts/name.ts';
import type { Forgotten } from '../../domain/alerts/forgotten.ts';
import type { Notification } from '../../domain/alerts/paging.ts';
import type { Listed } from '../../domain/base/listed.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { Account } from '../../domain/base/account.ts';
import { counted, grouped, messageText, moment, shortAgo, type Viewpoint } from '../kit/format.ts';
import { isAccount } from '../kit/people.ts';

/** How often an alert fired: "once", "twice", "1,200 times". */
export function timesWords(count: number): string {
  return count <= 1 ? 'once' : count === 2 ? 'twice' : `${grouped(count)} times`;
}

/** How an alert stands and who has it, as a sentence of a hover. Whoever acknowledges an alert becomes its owner. */
export function statusSentence(alert: Alert, from: Viewpoint): string {
  const { status, unknownStatus, owner, acknowledgedAt, snoozedUntil, closedAt } = alert;
  const by = owner === undefined ? '' : ` by ${owner}`;
  const ofOwner = owner === undefined ? 'no owner' : `owner: ${owner}`;
  const since = (instant: Instant | undefined): string => (instant === undefined ? '' : ` ${shortAgo(instant, from)}`);
  switch (status) {
    case 'open':
      if (unknownStatus !== undefined) return `Status “${unknownStatus}”, which is not known here, ${ofOwner}`;
      return `Open, ${ofOwner}`;
    case 'acknowledged':
      return `Acknowledged${by}${since(acknowledgedAt)}`;
    case 'snoozed':
      return `Snoozed${snoozedUntil === undefined ? '' : ` until ${moment(snoozedUntil, from)}`}, ${ofOwner}`;
    case 'closed':
      return `Closed${since(closedAt)}, ${ofOwner}`;
  }
}

/** What a row says of an alert that seems forgotten. */
export function forgottenWords(forgotten: Forgotten): string {
  switch (forgotten.kind) {
    case 'acknowledgedWithoutNote':
      return forgotten.certain ? 'no note' : 'notes not read';
    case 'snoozeExpired':
      return 'snooze ended';
    case 'openTooLong':
      return 'unacknowledged';
  }
}

/** Why an alert seems forgotten, as a sentence of a hover. */
export function forgottenSentence(forgotten: Forgotten, from: Viewpoint): string {
  switch (forgotten.kind) {
    case 'acknowledgedWithoutNote':
      return forgotten.certain ? 'It has no note.' : 'Its notes were not read.';
    case 'snoozeExpired':
      return `The snooze ended ${shortAgo(forgotten.since, from)}.`;
    case 'openTooLong':
      return `Unacknowledged since ${moment(forgotten.since, from)}.`;
  }
}

/**
 * What a list of alerts lacks, as sentences without a full stop; none where it is whole. What is missing may be of any
 * priority: whatever counts alerts or shows none says it too.
 */
export function missingWords({ skipped, completeness }: Omit<Listed<unknown>, 'records'>): readonly string[] {
  return [
    ...(skipped === 0 ? [] : [`Can't read ${counted(skipped, 'alert')}`]),
    ...(completeness.kind === 'complete' ? [] : ['Not all alerts are listed']),
  ];
}

/**
 * A notification's one line, with what the `list` that it was made from lacks. Text from outside is in it, shortened,
 * and without what VS Code would make a link.
 */
export function notificationWords(notification: Notification, list: Omit<Listed<unknown>, 'records'>): string {
  const missing = missingWords(list);
  return [announcement(notification), ...missing].join('. ') + (missing.length === 0 ? '' : '.');
}

function announcement(notification: Notification): string {
  if (notification.kind === 'one') {
    const { alert } = notification;
    return `${priorityWord(alert)}: ${messageText(alertText(alert), 140)}`;
  }
  const { count, byPriority, first } = notification;
  const known = priorities.reduce((sum, priority) => sum + byPriority[priority], 0);
  const parts = [
    ...priorities.flatMap((priority) => (byPriority[priority] === 0 ? [] : [`${byPriority[priority]} ${priority}`])),
    ...unknownCount(count - known),
  ];
  return `${counted(count, 'new alert')} (${parts.join(', ')}). First: ${messageText(alertText(first), 100)}`;
}

/** What is shown of an alert that is acted on too late, to who is signed in; `others` are in the same case. */
export function takenWords(alert: Alert | undefined, account?: Account, others = 0): string {
  const rest = others === 0 ? '' : ` ${counted(others, 'other')} ${others === 1 ? 'is' : 'are'} left out too.`;
  return `${tooLate(alert, account)}${rest}`;
}

function tooLate(alert: Alert | undefined, account: Account | undefined): string {
  if (alert === undefined) return 'This alert is closed, or not among the alerts that are known now.';
  const name = `“${messageText(alertText(alert), 80)}”`;
  switch (alert.status) {
    case 'closed':
      return `${name} was closed meanwhile.`;
    case 'acknowledged':
      if (alert.owner === undefined) return `Somebody has already acknowledged ${name}.`;
      if (isAccount(alert.owner, account)) return `You have already acknowledged ${name}.`;
      return `${messageText(alert.owner, 60)} has already acknowledged ${name}.`;
    case 'open':
    case 'snoozed':
      return `${name} is not acknowledged any more.`;
  }
}
