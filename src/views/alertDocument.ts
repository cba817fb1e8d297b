import type { Alert } from '../domain/alert.ts';
import type { Links } from '../domain/links/join.ts';
import { escapeMarkdown } from '../domain/markdown.ts';
import { alertUrl } from './alertRow.ts';
import { blocks, factTable, link, oneLine } from './documentParts.ts';
import { ago, fullMoment, type Viewpoint } from './format.ts';
import { linksPart } from './linksPart.ts';
import type { PendingAction } from './pendingActions.ts';

/** An alert as a document. `asOf` says how old what it shows is. */
export function alertDocument(
  alert: Alert | undefined,
  pending: PendingAction | undefined,
  asOf: number | undefined,
  from: Viewpoint,
  siteUrl: string,
  links?: Links,
): string {
  if (alert === undefined) {
    return blocks(
      '# Alert',
      '_This alert is no longer among the open alerts: it was closed, or you may not see it any more._',
    );
  }
  return blocks(
    `# ${alert.priority}: ${oneLine(alert.message)}`,
    pending === undefined ? '' : `> ${oneLine(pending.text)}`,
    factTable([
      ['Status', alert.status],
      ['Owner', alert.owner ?? 'nobody'],
      ['Number', `#${alert.tinyId}`],
      ['Created', `${fullMoment(alert.createdAt, from)} (${ago(alert.createdAt, from)})`],
      ['Acknowledged', alert.acknowledgedAt === undefined ? undefined : fullMoment(alert.acknowledgedAt, from)],
      ['Snoozed until', alert.snoozedUntil === undefined ? undefined : fullMoment(alert.snoozedUntil, from)],
      ['Seen', alert.count === 1 ? 'once' : `${alert.count} times${lastSeen(alert, from)}`],
      ['Entity', alert.entity],
      ['Source', alert.source],
      ['Integration', alert.integration],
      ['Tags', alert.tags.join(', ')],
    ]),
    links === undefined ? '' : linksPart(links.ofAlert(alert), from),
    alert.description === '' ? '' : `## Description\n\n${paragraphs(alert.description)}`,
    propertiesPart(alert),
    `${link('Open in Jira', alertUrl(siteUrl, alert.id))}${asOf === undefined ? '' : ` · as of ${fullMoment(asOf, from)}`}`,
  );
}

function lastSeen(alert: Alert, from: Viewpoint): string {
  return alert.lastOccurredAt === undefined ? '' : `, last ${ago(alert.lastOccurredAt, from)}`;
}

function paragraphs(text: string): string {
  return text.split(/\r?\n/).map(escapeMarkdown).join('  \n');
}

function propertiesPart(alert: Alert): string {
  const entries = Object.entries(alert.properties);
  return entries.length === 0
    ? ''
    : `## Properties\n\n${factTable(entries.map(([name, value]) => [oneLine(name), value]))}`;
}
