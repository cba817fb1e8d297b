import type { Alert, AlertStatus, Priority } from '../domain/alert.ts';
import { forgottenReason, type Forgotten } from '../domain/forgotten.ts';
import type { Links } from '../domain/links/join.ts';
import { canBeAcknowledged } from './alertVerbs.ts';
import { forgottenWords } from './alertWords.ts';
import { ago, fullMoment, moment, shorten, type Viewpoint } from './format.ts';
import { alertFacts, alertHover } from './linkWords.ts';
import { pendingIcon, type PendingAction } from './pendingActions.ts';
import type { Icon, Row, Token } from './row.ts';

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
  /** How long an alert may be open without anybody taking it, milliseconds. */
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
  const { pending, links } = more;
  const hangs = links === undefined ? [] : alertFacts(alert, links, from);
  const forgotten = forgottenIn(alert, from, more.forgotten);
  const why = forgotten === undefined ? undefined : forgottenWords(forgotten, from);
  const facts = [pending?.text, why, ...hangs, ago(alert.createdAt, from), repeats(alert), whose(alert, from)].filter(
    (fact) => fact !== undefined,
  );
  return {
    id: `alert/${alert.id}`,
    label: shorten(alert.message, 140),
    description: facts.join(' · '),
    icon: iconOf(alert, pending, forgotten),
    tokens: tokensOf(alert, pending, forgotten),
    record: { kind: 'alert', key: alert.id },
    hover: [
      ...hover(alert, from),
      ...(pending?.kept === undefined ? [] : [`Not sent, but kept: ${pending.kept}`]),
      ...(links === undefined ? [] : alertHover(alert, links, from)),
    ],
    spoken: `${alert.status} ${alert.priority} alert: ${alert.message}. ${facts.join(', ')}`,
    command: 'drDre.alerts.open',
    link: alertUrl(siteUrl, alert.id),
  };
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
  const tokens: Token[] = ['alert'];
  if (alert.status !== 'closed') tokens.push('live');
  if (canBeAcknowledged(alert)) tokens.push('ackable');
  if (alert.status === 'acknowledged') tokens.push('acked');
  if (alert.status !== 'closed' && alert.tags.length > 0) tokens.push('tagged');
  if (forgotten !== undefined) tokens.push('forgotten');
  return [...tokens, 'linked', ...(pending?.tokens ?? [])];
}

function iconOf(alert: Alert, pending: PendingAction | undefined, forgotten: Forgotten | undefined): Icon {
  // What was done to it must not make an open alert look as if it were dealt with.
  if (pending !== undefined && !(pending.state === 'applied' && alert.status === 'open')) return pendingIcon(pending);
  if (alert.status !== 'open') {
    if (forgotten !== undefined) return { id: 'warning', color: 'problemsWarningIcon.foreground' };
    return { id: statusIcons[alert.status], color: 'drDre.alert.handled' };
  }
  // The colours of P1 and P2 are louder than a warning.
  const quiet = alert.priority !== 'P1' && alert.priority !== 'P2';
  const color = forgotten !== undefined && quiet ? 'problemsWarningIcon.foreground' : priorityColors[alert.priority];
  return { id: statusIcons.open, color };
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
