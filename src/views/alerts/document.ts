import { priorityWord } from '../../domain/alerts/priorityWords.ts';
import type { Alert, Responder } from '../../domain/alerts/alert.ts';
import { alertText } from '../../domain/alerts/name.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Links } from '../../domain/links/join.ts';
import { runbookOf, type RunbookRule } from '../../domain/alerts/runbook.ts';
import type { Instant } from '../../domain/base/time.ts';
import { firstGroup, isPrincipal } from '../../domain/base/ids.ts';
import { httpsAddress } from '../../domain/base/httpsAddress.ts';
import { addressLink } from '../../domain/documents/addresses.ts';
import { htmlBlocks, looksLikeHtml } from '../../domain/documents/html.ts';
import {
  documentOf,
  heading,
  link,
  paragraph,
  quote,
  remark,
  strong,
  type Block,
  type Document,
  type Inline,
} from '../../domain/documents/tree.ts';
import type { AlertDetails } from '../../feeds/alerts/details.ts';
import { logPart, notesPart } from './history.ts';
import { alertUrl } from './row.ts';
import { timesWords } from './words.ts';
import { cut, cutLine, factTable, plainText, problemNote } from '../kit/documentParts.ts';
import { ago, fullMoment, moment, momentAndAge, type Viewpoint } from '../kit/format.ts';
import { linksPart } from '../links/part.ts';
import type { PendingAction } from '../kit/pendingActions.ts';

/** What is known of an alert: from the list at once, in full once it was read. */
export interface AlertContent {
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
  /** Names of responders by id that the read of the alert does not have. */
  readonly names?: ReadonlyMap<string, string>;
}

const longestDescription = 4_000;
/** Tags take room that is not shown. */
const longestHtml = 16_000;
const longestProperty = 500;

/** An alert as a document: first what a person needs who was just woken, then all the rest. */
export function alertDocument(content: AlertContent, from: Viewpoint, around: AlertSurroundings): Document {
  const { id, pending, details } = content;
  const alert = bestOf(content);
  if (alert === undefined) return alertNotRead(content, around);
  const isListed = content.listed !== undefined;
  const asOf = isListed ? content.asOf : details?.readAt;
  const runbook = runbookOf(alert, around.runbooks ?? []);
  return documentOf(
    heading(1, `${priorityWord(alert)}: ${alertText(alert)}`),
    // What follows shows that it was applied.
    pending === undefined || pending.state === 'applied' ? undefined : quote(paragraph(pending.text)),
    isListed ? undefined : goneNote(alert, details, from),
    factTable([
      ['Status', statusText(alert, from)],
      ['Owner', alert.owner ?? 'nobody'],
      ['Since', momentAndAge(alert.createdAt, from)],
      ['Fired', `${timesWords(alert.count)}${alert.count === 1 ? '' : lastFired(alert, from)}`],
      ['Runbook', runbook === undefined ? undefined : [addressLink(runbook)]],
    ]),
    paragraph(
      link(alertUrl(around.siteUrl, id), 'Open in Jira'),
      asOf === undefined ? '' : ` · as of ${fullMoment(asOf, from)}`,
    ),
    around.links === undefined ? undefined : linksPart(around.links.ofAlert(alert, from.now), from),
    descriptionPart(alert, isListed, details),
    details === undefined ? undefined : notesPart(details, from),
    detailsPart(alert, from, new Map([...(around.names ?? []), ...(details?.names ?? [])])),
    propertiesPart(alert, runbook),
    details === undefined ? undefined : logPart(details, from),
  );
}

/**
 * The newer one of what the list and the alert itself say. The list may be thinner: what it lacks is taken from the
 * alert (atlassian.md 6 #5). While something is under way the list counts, as the row shows it.
 */
function bestOf({ listed, details, pending }: AlertContent): Alert | undefined {
  const full = details?.alert.value;
  if (listed === undefined || full === undefined) return listed ?? full;
  const newer = pending === undefined && full.updatedAt > listed.updatedAt ? full : listed;
  return {
    ...newer,
    description: newer.description === '' ? full.description : newer.description,
    properties: { ...full.properties, ...newer.properties },
  };
}

function alertNotRead({ id, details }: AlertContent, { siteUrl }: AlertSurroundings): Document {
  const failure = details?.alert.failure;
  return documentOf(
    heading(1, 'Alert'),
    failure === undefined ? remark('Reading the alert…') : missingNote(failure),
    failure === undefined ? undefined : paragraph(link(alertUrl(siteUrl, id), 'Open in Jira')),
  );
}

/** Why an alert that is not among the open ones is shown all the same, and how reliable it is. */
function goneNote(alert: Alert, details: AlertDetails | undefined, from: Viewpoint): Block | undefined {
  const failure = details?.alert.failure;
  if (failure !== undefined) return quote(missingNote(failure), paragraph('What follows was read before.'));
  if (alert.status === 'closed') {
    const { closedAt } = alert;
    const when = closedAt === undefined ? '' : ` ${ago(closedAt, from)}, ${fullMoment(closedAt, from)}`;
    return quote(paragraph(strong('Closed'), when));
  }
  return details?.reading === true ? quote(paragraph('No longer among the open alerts; reading it again…')) : undefined;
}

function missingNote(failure: Failure): Block {
  if (failure.kind !== 'notFound') return problemNote(failure);
  const title = 'Jira Service Management does not have this alert.';
  return quote(paragraph(strong(title), ' It was deleted, or you may not see it any more.'));
}

function statusText(alert: Alert, from: Viewpoint): string {
  switch (alert.status) {
    case 'open':
      return alert.unknownStatus === undefined ? 'open' : `not known here: “${alert.unknownStatus}”`;
    case 'acknowledged':
      return alert.acknowledgedAt === undefined ? 'acknowledged' : `acknowledged ${ago(alert.acknowledgedAt, from)}`;
    case 'snoozed':
      return alert.snoozedUntil === undefined ? 'snoozed' : `snoozed until ${moment(alert.snoozedUntil, from)}`;
    case 'closed':
      return alert.closedAt === undefined ? 'closed' : `closed ${ago(alert.closedAt, from)}`;
  }
}

function lastFired(alert: Alert, from: Viewpoint): string {
  return alert.lastOccurredAt === undefined ? '' : `, last ${ago(alert.lastOccurredAt, from)}`;
}

function descriptionPart(alert: Alert, isListed: boolean, details: AlertDetails | undefined): readonly Block[] {
  const failure = isListed ? details?.alert.failure : undefined;
  const problem = failure === undefined ? [] : [problemNote(failure)];
  const text = descriptionBlocks(alert.description);
  if (text.length > 0 || problem.length > 0) return [heading(2, 'Description'), ...problem, ...text];
  const isAwaited = details?.reading === true && details.alert.value === undefined;
  return isAwaited ? [remark('Reading the description…')] : [];
}

/** Some integrations describe their alerts in HTML, all others in plain text. */
function descriptionBlocks(description: string): readonly Block[] {
  if (description === '') return [];
  if (!looksLikeHtml(description)) return plainText(description, longestDescription);
  const { shown, missing } = cut(description, longestHtml);
  return [...htmlBlocks(shown), ...(missing === undefined ? [] : [remark(missing)])];
}

function detailsPart(alert: Alert, from: Viewpoint, names: ReadonlyMap<string, string>): readonly Block[] {
  const instant = (at: Instant | undefined): string | undefined =>
    at === undefined ? undefined : fullMoment(at, from);
  const { entity } = alert;
  const facts = factTable([
    ['Responders', alert.responders.map((each) => responderText(each, names)).join(', ')],
    ['Number', alert.tinyId === '' ? undefined : `#${alert.tinyId}`],
    ['Acknowledged', instant(alert.acknowledgedAt)],
    ['Snoozed until', instant(alert.snoozedUntil)],
    ['Updated', instant(alert.updatedAt)],
    ['Entity', entity],
    ['Source', alert.source],
    ['Integration', alert.integration],
    ['Alias', alert.alias === entity ? undefined : withShortId(alert.alias, entity)],
    ['Tags', withShortId(alert.tags.join(', '), entity)],
    ['Actions', alert.actions.join(', ')],
  ]);
  return [heading(2, 'Details'), ...facts];
}

/** Text in which the id that the entity is, and that stands whole beside it, has its first group alone. */
function withShortId(text: string, entity: string): string {
  return isPrincipal(entity) ? text.replaceAll(entity, firstGroup(entity)) : text;
}

function responderText({ id, type }: Responder, names: ReadonlyMap<string, string>): string {
  return `${names.get(id) ?? id} (${type})`;
}

/** Without the runbook and the id that its entity is, which stand above. */
function propertiesPart(alert: Alert, runbook: string | undefined): readonly Block[] {
  const entries = Object.entries(alert.properties).filter(
    ([, value]) => value.trim() !== runbook && (value.trim() !== alert.entity || !isPrincipal(alert.entity)),
  );
  if (entries.length === 0) return [];
  return [heading(2, 'Properties'), ...factTable(entries.map(([name, value]) => [name, propertyLine(value)] as const))];
}

function propertyLine(value: string): readonly Inline[] {
  return httpsAddress(value) === undefined ? cutLine(value, longestProperty) : [addressLink(value.trim())];
}
