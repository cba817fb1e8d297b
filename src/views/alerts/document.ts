import type { Alert, Responder } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Links } from '../../domain/links/join.ts';
import { httpsAddress, runbookOf, type RunbookRule } from '../../domain/alerts/runbook.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { AlertDetails } from '../../feeds/alerts/details.ts';
import { logPart, notesPart } from './history.ts';
import { alertUrl } from './row.ts';
import {
  blocks,
  cutLine,
  factTable,
  link,
  oneLine,
  paragraphs,
  problemNote,
  type Ready,
} from '../kit/documentParts.ts';
import { ago, fullMoment, moment, type Viewpoint } from '../kit/format.ts';
import { linksPart } from '../links/part.ts';
import type { PendingAction } from '../kit/pendingActions.ts';

/** What is known of an alert: from the list at once, in full once it was read. */
export interface KnownAlert {
  readonly id: string;
  /** As the list of alerts has it, with what is under way; undefined when it is not in there. */
  readonly listed?: Alert | undefined;
  /** As of when the list is. */
  readonly asOf?: Instant | undefined;
  readonly pending?: PendingAction | undefined;
  readonly details?: AlertDetails | undefined;
}

/** What an alert's document shows besides the alert. */
export interface AlertSurroundings {
  readonly siteUrl: string;
  readonly links?: Links | undefined;
  readonly runbooks?: readonly RunbookRule[];
  /** Names of responders by id that the alert's own reading does not tell. */
  readonly names?: ReadonlyMap<string, string>;
}

const longestDescription = 4_000;
const longestProperty = 500;

/** An alert as a document: first what a person needs who was just woken, then all the rest. */
export function alertDocument(known: KnownAlert, from: Viewpoint, around: AlertSurroundings): string {
  const { id, pending, details } = known;
  const alert = bestOf(known);
  if (alert === undefined) return unknownAlert(known, around);
  const isListed = known.listed !== undefined;
  const asOf = isListed ? known.asOf : details?.readAt;
  const runbook = runbookOf(alert, around.runbooks ?? []);
  return blocks(
    `# ${alert.priority}: ${oneLine(alert.message)}`,
    pending === undefined ? '' : `> ${oneLine(pending.text)}`,
    isListed ? '' : goneNote(alert, details, from),
    factTable([
      ['Status', statusText(alert, from)],
      ['Owner', alert.owner ?? 'nobody'],
      ['Since', `${fullMoment(alert.createdAt, from)} (${ago(alert.createdAt, from)})`],
      ['Seen', alert.count === 1 ? 'once' : `${alert.count} times${lastSeen(alert, from)}`],
      ['Runbook', runbook === undefined ? undefined : addressLink(runbook)],
    ]),
    `${link('Open in Jira', alertUrl(around.siteUrl, id))}${asOf === undefined ? '' : ` · as of ${fullMoment(asOf, from)}`}`,
    around.links === undefined ? '' : linksPart(around.links.ofAlert(alert, from.now), from),
    descriptionPart(alert, isListed, details),
    details === undefined ? '' : notesPart(details, from),
    detailsPart(alert, from, new Map([...(around.names ?? []), ...(details?.names ?? [])])),
    propertiesPart(alert),
    details === undefined ? '' : logPart(details, from),
  );
}

/**
 * The newer one of what the list and the alert itself say. The list may be thinner: what it lacks is taken from the
 * alert (atlassian.md 6 #5). While something is under way the list counts, as the row shows it.
 */
function bestOf({ listed, details, pending }: KnownAlert): Alert | undefined {
  const full = details?.alert.value;
  if (listed === undefined || full === undefined) return listed ?? full;
  const newer = pending === undefined && full.updatedAt > listed.updatedAt ? full : listed;
  return {
    ...newer,
    description: newer.description === '' ? full.description : newer.description,
    properties: { ...full.properties, ...newer.properties },
  };
}

function unknownAlert({ id, details }: KnownAlert, { siteUrl }: AlertSurroundings): string {
  const failure = details?.alert.failure;
  return blocks(
    '# Alert',
    failure === undefined ? '_Reading the alert…_' : missingNote(failure),
    failure === undefined ? '' : link('Open in Jira', alertUrl(siteUrl, id)),
  );
}

/** Why an alert that is not among the open ones is shown all the same, and how far it can be trusted. */
function goneNote(alert: Alert, details: AlertDetails | undefined, from: Viewpoint): string {
  const failure = details?.alert.failure;
  if (failure !== undefined) return `${missingNote(failure)}\n>\n> What follows was read before.`;
  if (alert.status === 'closed') {
    const { closedAt } = alert;
    return `> **Closed**${closedAt === undefined ? '' : ` ${ago(closedAt, from)}, ${fullMoment(closedAt, from)}`}`;
  }
  return details?.reading === true ? '> No longer among the open alerts; reading it again…' : '';
}

function missingNote(failure: Failure): string {
  if (failure.kind !== 'notFound') return problemNote(failure);
  return '> **Jira Service Management does not know this alert.** It was deleted, or you may not see it any more.';
}

function statusText(alert: Alert, from: Viewpoint): string {
  switch (alert.status) {
    case 'open':
      return 'open';
    case 'acknowledged':
      return alert.acknowledgedAt === undefined ? 'acknowledged' : `acknowledged ${ago(alert.acknowledgedAt, from)}`;
    case 'snoozed':
      return alert.snoozedUntil === undefined ? 'snoozed' : `snoozed until ${moment(alert.snoozedUntil, from)}`;
    case 'closed':
      return alert.closedAt === undefined ? 'closed' : `closed ${ago(alert.closedAt, from)}`;
  }
}

function lastSeen(alert: Alert, from: Viewpoint): string {
  return alert.lastOccurredAt === undefined ? '' : `, last ${ago(alert.lastOccurredAt, from)}`;
}

function descriptionPart(alert: Alert, isListed: boolean, details: AlertDetails | undefined): string {
  const failure = isListed ? details?.alert.failure : undefined;
  const problem = failure === undefined ? '' : problemNote(failure);
  if (alert.description !== '') {
    const text = paragraphs(alert.description, longestDescription);
    return ['## Description', problem, text].filter((part) => part !== '').join('\n\n');
  }
  if (problem !== '') return `## Description\n\n${problem}`;
  return details?.reading === true && details.alert.value === undefined ? '_Reading the description…_' : '';
}

function detailsPart(alert: Alert, from: Viewpoint, names: ReadonlyMap<string, string>): string {
  const instant = (at: Instant | undefined): string | undefined =>
    at === undefined ? undefined : fullMoment(at, from);
  return `## Details\n\n${factTable([
    ['Responders', alert.responders.map((each) => responderText(each, names)).join(', ')],
    ['Number', alert.tinyId === '' ? undefined : `#${alert.tinyId}`],
    ['Acknowledged', instant(alert.acknowledgedAt)],
    ['Snoozed until', instant(alert.snoozedUntil)],
    ['Updated', instant(alert.updatedAt)],
    ['Entity', alert.entity],
    ['Source', alert.source],
    ['Integration', alert.integration],
    ['Alias', alert.alias],
    ['Tags', alert.tags.join(', ')],
    ['Actions', alert.actions.join(', ')],
  ])}`;
}

function responderText({ id, type }: Responder, names: ReadonlyMap<string, string>): string {
  return `${names.get(id) ?? id} (${type})`;
}

function propertiesPart(alert: Alert): string {
  const entries = Object.entries(alert.properties);
  if (entries.length === 0) return '';
  const facts = entries.map(([name, value]) => [oneLine(name), propertyText(value)] as const);
  return `## Properties\n\n${factTable(facts)}`;
}

function propertyText(value: string): Ready {
  const address = httpsAddress(value);
  return address === undefined ? { markdown: cutLine(value, longestProperty) } : addressLink(address);
}

/** The text of the link is the address itself: a person sees where it leads. */
function addressLink(address: string): Ready {
  return { markdown: link(address, address) };
}
