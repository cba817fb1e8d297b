import { isUrgent, type Alert, type AlertStatus, type Priority } from '../../domain/alerts/alert.ts';
import { alertConditionsOf } from '../../domain/alerts/conditions.ts';
import { forgottenReason, type Forgotten } from '../../domain/alerts/forgotten.ts';
import type { Links } from '../../domain/links/join.ts';
import { forgottenWords, ownerWords } from './words.ts';
import { ago, fullMoment, moment, shorten, type Viewpoint } from '../kit/format.ts';
import { alertFacts, alertHover } from '../links/words.ts';
import { pendingIcon, type PendingAction } from '../kit/pendingActions.ts';
import type { Icon, Row, Token } from '../kit/row.ts';
import { RowMemory } from '../kit/rowMemory.ts';

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

/** What the lint of forgotten alerts goes by. */
export interface ForgottenRules {
  /** How long an alert may be open without anybody acknowledging it, milliseconds. */
  readonly openAgeMs: number;
  /** Whether an alert has a note, as far as that is known. */
  readonly hasNote: (alertId: string) => boolean | undefined;
}

/** What a row says besides the alert itself. */
export interface AlertRowMore {
  readonly pending?: PendingAction | undefined;
  readonly links?: Links | undefined;
  /** Without them no alert counts as forgotten. */
  readonly forgotten?: ForgottenRules | undefined;
}

/** One alert as a row. */
export function alertRow(alert: Alert, from: Viewpoint, siteUrl: string, more: AlertRowMore = {}): Row {
  const words = wordsOf(alert, from, more);
  const { facts, linked, lastSeen, pending, forgotten } = words;
  const besides = [siteUrl, from.timeZone, lastSeen, pending?.state, pending?.kept];
  return rows.row(alert, [...besides, ...(pending?.tokens ?? []), ...facts, '', ...linked], () => ({
    id: `alert/${alert.id}`,
    label: shorten(alert.message, 140),
    description: facts.join(' · '),
    icon: iconOf(alert, pending, forgotten),
    tokens: tokensOf(alert, pending, forgotten),
    record: { kind: 'alert', key: alert.id },
    hover: hover(alert, from, words),
    spoken: `${alert.status} ${alert.priority} alert: ${alert.message}. ${facts.join(', ')}`,
    command: 'drDre.alerts.open',
    link: alertUrl(siteUrl, alert.id),
  }));
}

const rows = new RowMemory<Alert>();

/** What a row says that the alert alone does not decide. */
interface Words {
  readonly facts: readonly string[];
  /** What it hangs together with, for the hover. */
  readonly linked: readonly string[];
  readonly lastSeen: string | undefined;
  readonly pending: PendingAction | undefined;
  readonly forgotten: Forgotten | undefined;
}

function wordsOf(alert: Alert, from: Viewpoint, { pending, links, forgotten: rules }: AlertRowMore): Words {
  const forgotten = forgottenIn(alert, from, rules);
  const facts = [
    pending?.text,
    forgotten === undefined ? undefined : forgottenWords(forgotten, alert.owner, from),
    ...(links === undefined ? [] : alertFacts(alert, links, from)),
    ago(alert.createdAt, from),
    repeats(alert),
    ...whose(alert, from),
  ].filter((fact) => fact !== undefined);
  const linked = links === undefined ? [] : alertHover(alert, links, from);
  return { facts, linked, lastSeen: lastSeen(alert, from), pending, forgotten };
}

function forgottenIn(alert: Alert, { now }: Viewpoint, rules: ForgottenRules | undefined): Forgotten | undefined {
  if (rules === undefined) return undefined;
  return forgottenReason(alert, { now, openAgeMs: rules.openAgeMs, hasNote: rules.hasNote(alert.id) });
}

/** What the menus offer, by what the alert's state allows. */
function tokensOf(
  alert: Alert,
  pending: PendingAction | undefined,
  forgotten: Forgotten | undefined,
): readonly Token[] {
  return [
    'alert',
    ...alertConditionsOf(alert),
    ...(forgotten === undefined ? [] : ['forgotten' as const]),
    'linked',
    ...(pending?.tokens ?? []),
  ];
}

function iconOf(alert: Alert, pending: PendingAction | undefined, forgotten: Forgotten | undefined): Icon {
  // What was done to it must not make an open alert look as if it were dealt with.
  if (pending !== undefined && !(pending.state === 'applied' && alert.status === 'open')) return pendingIcon(pending);
  if (alert.status !== 'open') {
    if (forgotten !== undefined) return { id: 'warning', color: 'problemsWarningIcon.foreground' };
    return { id: statusIcons[alert.status], color: 'drDre.alert.handled' };
  }
  // The colours of P1 and P2 are louder than a warning.
  const color =
    forgotten !== undefined && !isUrgent(alert) ? 'problemsWarningIcon.foreground' : priorityColors[alert.priority];
  return { id: statusIcons.open, color };
}

function repeats(alert: Alert): string | undefined {
  return alert.count > 1 ? `×${alert.count}` : undefined;
}

/** What was done to it, and who has it. Of an open or snoozed one nobody can tell whether its owner did that. */
function whose(alert: Alert, from: Viewpoint): readonly string[] {
  const owner = ownerWords(alert);
  const owned = owner === undefined ? [] : [owner];
  switch (alert.status) {
    case 'open':
      return owned;
    case 'acknowledged':
      return [owner ?? 'acknowledged'];
    case 'snoozed':
      return [
        alert.snoozedUntil === undefined ? 'snoozed' : `snoozed until ${moment(alert.snoozedUntil, from)}`,
        ...owned,
      ];
    case 'closed':
      return [alert.closedAt === undefined ? 'closed' : `closed ${ago(alert.closedAt, from)}`];
  }
}

/** "Seen 3 times, last 4 min ago", for an alert that came more than once. */
function lastSeen({ lastOccurredAt, count }: Alert, from: Viewpoint): string | undefined {
  if (lastOccurredAt === undefined || count <= 1) return undefined;
  return `Seen ${count} times, last ${ago(lastOccurredAt, from)}`;
}

function hover(alert: Alert, from: Viewpoint, { lastSeen, pending, linked }: Words): readonly string[] {
  const lines = [
    `${alert.priority} · ${alert.status} · #${alert.tinyId}`,
    alert.message,
    `Created ${fullMoment(alert.createdAt, from)}`,
  ];
  if (lastSeen !== undefined) lines.push(lastSeen);
  if (alert.owner !== undefined) lines.push(`Owner: ${alert.owner}`);
  if (alert.entity !== '') lines.push(`Entity: ${alert.entity}`);
  if (alert.source !== '') lines.push(`Source: ${alert.source}`);
  if (alert.tags.length > 0) lines.push(`Tags: ${alert.tags.join(', ')}`);
  if (pending?.kept !== undefined) lines.push(`Not sent, but kept: ${pending.kept}`);
  return [...lines, ...linked];
}

/** The alert's page in Jira (atlassian.md 2.7: the API gives no address, this form is used by live tools). */
export function alertUrl(siteUrl: string, alertId: string): string {
  return new URL(`/jira/ops/alerts/${encodeURIComponent(alertId)}`, siteUrl).href;
}
