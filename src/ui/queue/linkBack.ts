import type { Ticket } from '../../domain/queue/ticket.ts';
import type { DraftKey } from '../../engine/disk/drafts.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import type { WriteKinds } from '../../feeds/writeKinds.ts';
import type { Row } from '../../views/kit/row.ts';
import { ticketUrl } from '../../views/queue/view.ts';
import { runWrites, type WriteTools } from '../writes/reports.ts';
import type { TicketQuestionParts } from './purpose.ts';
import { newTicketKind, type NewTicketDraft } from './ticketDrafts.ts';

// Alerts that a ticket is created from lead to it by a note. A proposal, a rollout and a workflow run take no text: of
// those the ticket alone has the link.

export interface LinkBackParts extends TicketQuestionParts, WriteTools {
  readonly commands: WriteTools['commands'];
  readonly writeKinds: () => Promise<Pick<WriteKinds, 'alerts' | 'queue'>>;
}

/** Keeps which alerts a new ticket is created from, also over a reload. */
export function keepAlerts(
  { drafts }: Pick<TicketQuestionParts, 'drafts'>,
  draft: NewTicketDraft,
  rows: readonly Row[],
): void {
  const alerts = rows.flatMap(({ record }) => (record?.kind === 'alert' ? [record.key] : []));
  drafts.type(alertsDraftKey(draft), alerts.join(' '));
}

/** The ids of the alerts that a new ticket is created from. */
export async function keptAlerts(
  { drafts }: Pick<TicketQuestionParts, 'drafts'>,
  draft: NewTicketDraft,
): Promise<string[]> {
  const kept = await drafts.offered(alertsDraftKey(draft));
  return kept?.text.split(' ') ?? [];
}

/** Adds a note with the link to a ticket to alerts. Closed ones take none. What does not go through stays at its row. */
export async function linkBack(parts: LinkBackParts, alerts: readonly string[], key: Ticket['key']): Promise<void> {
  const known = parts.store.state(alertsKey).records;
  const open = alerts.filter((id) => known.get(id)?.status !== 'closed');
  if (open.length === 0) return;
  const text = `Ticket ${key}: ${ticketUrl(parts.settings.current.atlassianSite.href, key)}`;
  await runWrites(parts, (await parts.writeKinds()).alerts.addNote, open, { text });
}

function alertsDraftKey(draft: NewTicketDraft): DraftKey {
  return { kind: newTicketKind(draft), step: 'alerts', records: [] };
}
