import * as vscode from 'vscode';
import { proposalUrl } from '../../domain/proposals/governance.ts';
import { isAlertId, isIssueKey, isProposalId } from '../../domain/base/ids.ts';
import { alertsKey } from '../../feeds/alerts/alerts.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { alertUrl } from '../../views/alerts/row.ts';
import { ticketUrl } from '../../views/queue/view.ts';
import type { RecordRef, Row } from '../../views/kit/row.ts';
import type { Handler, Invocation } from './commands.ts';
import type { CommandContext } from '../commandTable.ts';
import type { Documents } from './documents.ts';
import { openPages } from './linkedRows.ts';
import type { Views } from './views.ts';

/** Something that can be opened, for the pick of the palette. */
interface Openable {
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly link: string;
}

/** A kind of record that opens as a document and as a page. */
interface OpenableKind {
  readonly kind: RecordRef['kind'];
  readonly view: string;
  readonly noun: string;
  /** The keys that documents are opened by have this shape. */
  readonly isKey: (key: string) => boolean;
  readonly list: () => readonly Openable[];
}

/** For each kind of record, the command that opens its document and the one that opens its page in the browser. */
export function openCommands(context: CommandContext): Readonly<Record<string, Handler>> {
  const { alert, ticket, proposal } = kinds(context);
  const { documents, views } = context;
  return {
    'drDre.alerts.open': (invocation) => openDocument(invocation, alert, documents),
    'drDre.alerts.openInJira': ({ rows }) => openLinks(rows, alert, views),
    'drDre.queue.open': (invocation) => openDocument(invocation, ticket, documents),
    'drDre.queue.openInJira': ({ rows }) => openLinks(rows, ticket, views),
    'drDre.proposals.open': (invocation) => openDocument(invocation, proposal, documents),
    'drDre.proposals.openInDashboard': ({ rows }) => openLinks(rows, proposal, views),
  };
}

function kinds({ store, settings }: CommandContext): Record<'alert' | 'ticket' | 'proposal', OpenableKind> {
  const site = (): string => settings.current.atlassianSite.href;
  return {
    alert: {
      kind: 'alert',
      view: 'drDre.alerts',
      noun: 'alert',
      isKey: isAlertId,
      list: () =>
        [...store.state(alertsKey).records.values()].map((alert) => ({
          key: alert.id,
          label: `${alert.priority} ${alert.message}`,
          description: alert.status,
          link: alertUrl(site(), alert.id),
        })),
    },
    ticket: {
      kind: 'ticket',
      view: 'drDre.queue',
      noun: 'ticket',
      isKey: isIssueKey,
      list: () =>
        [...store.state(queueKey).records.values()].map((ticket) => ({
          key: ticket.key,
          label: `${ticket.key} ${ticket.summary}`,
          description: ticket.status.name,
          link: ticketUrl(site(), ticket.key),
        })),
    },
    proposal: {
      kind: 'proposal',
      view: 'drDre.proposals',
      noun: 'proposal',
      isKey: isProposalId,
      list: () =>
        [...store.state(proposalsKey).records.values()].map((proposal) => ({
          key: `${proposal.id}`,
          label: `${proposal.id} ${proposal.title}`,
          description: '',
          link: proposalUrl(proposal.id),
        })),
    },
  };
}

async function openDocument({ rows }: Invocation, kind: OpenableKind, documents: Documents): Promise<void> {
  const key = await chosenKey(rows, kind);
  if (key !== undefined && kind.isKey(key)) await documents.open(kind.kind, key, { keepFocus: rows.length > 0 });
}

/** Of the rows that a menu names, else of those that are selected; without any a person picks one. */
async function openLinks(rows: readonly Row[], kind: OpenableKind, views: Views): Promise<void> {
  const meant = rows.length > 0 ? rows : views.selection(kind.view);
  const links = meant.flatMap(({ record, link }) => (record?.kind === kind.kind && link !== undefined ? [link] : []));
  if (links.length > 0) return openPages([...new Set(links)]);
  const key = await chosenKey([], kind);
  const link = kind.list().find((item) => item.key === key)?.link;
  if (link !== undefined) await openPages([link]);
}

async function chosenKey(rows: readonly Row[], kind: OpenableKind): Promise<string | undefined> {
  const record = rows[0]?.record;
  if (record?.kind === kind.kind) return record.key;
  const items = kind.list().map((item) => ({ label: item.label, description: item.description, key: item.key }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(`No ${kind.noun} is known now.`);
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: `Which ${kind.noun}?`,
    matchOnDescription: true,
  });
  return picked?.key;
}
