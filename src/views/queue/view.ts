import type { Failure } from '../../domain/base/failure.ts';
import type { Gist, Links } from '../../domain/links/join.ts';
import type { StatusCategory, Ticket } from '../../domain/queue/ticket.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { cappedRows, rowsAtOnce } from '../kit/capped.ts';
import { frame } from '../kit/frame.ts';
import { ago, counted, fullMoment, shorten, type Viewpoint } from '../kit/format.ts';
import { noGist, recordFacts, recordHover } from '../links/words.ts';
import type { Icon, Row, ViewModel } from '../kit/row.ts';
import { RowMemory } from '../kit/rowMemory.ts';
import { openSetting } from '../kit/waysForward.ts';

/** What is being worked on comes first, what is done last. */
const categoryOrder: readonly StatusCategory[] = ['indeterminate', 'new', 'undefined', 'done'];

const categoryIcons: Record<StatusCategory, Icon> = {
  new: { id: 'circle-large-outline' },
  indeterminate: { id: 'play-circle', color: 'charts.blue' },
  done: { id: 'pass', color: 'charts.green' },
  undefined: { id: 'question' },
};

/** The Queue view: the epic's child tickets by status. */
export function queueView(
  state: FeedState<Ticket, Failure>,
  from: Viewpoint,
  siteUrl: string,
  epic: string,
  limits: ReadonlyMap<string, number> = new Map(),
  links?: Links,
): ViewModel {
  const byStatus = new Map<string, Ticket[]>();
  for (const ticket of state.records.values()) {
    const tickets = byStatus.get(ticket.status.id);
    if (tickets === undefined) byStatus.set(ticket.status.id, [ticket]);
    else tickets.push(ticket);
  }
  const groups = [...byStatus.values()].sort((a, b) => rank(a) - rank(b) || nameOf(a).localeCompare(nameOf(b)));
  return frame(state, from, {
    noun: `tickets of ${epic}`,
    empty: `${epic} has no child tickets.`,
    ways: [openSetting('drDre.queue.epic')],
    rows: groups.map((tickets) =>
      group(tickets, limits, (ticket) => ticketRow(ticket, from, siteUrl, links?.gistOf({ kind: 'ticket', ticket }))),
    ),
  });
}

function rank(tickets: readonly Ticket[]): number {
  return categoryOrder.indexOf(tickets[0]?.status.category ?? 'undefined');
}

function nameOf(tickets: readonly Ticket[]): string {
  return tickets[0]?.status.name ?? '';
}

function group(tickets: readonly Ticket[], limits: ReadonlyMap<string, number>, toRow: (ticket: Ticket) => Row): Row {
  const name = nameOf(tickets);
  const category = tickets[0]?.status.category ?? 'undefined';
  const troubled = tickets.filter(isStuck).length;
  const id = `status/${tickets[0]?.status.id ?? ''}`;
  return {
    id,
    label: name,
    description: troubled === 0 ? `${tickets.length}` : `${tickets.length}, ${troubled} blocked or flagged`,
    tokens: [],
    spoken: `${name}: ${counted(tickets.length, 'ticket')}`,
    children: cappedRows(
      tickets,
      limits.get(id) ?? rowsAtOnce,
      { id, noun: 'ticket', rowId: ({ key }) => `ticket/${key}` },
      toRow,
    ),
    expanded: category !== 'done',
  };
}

function isStuck(ticket: Ticket): boolean {
  return ticket.status.category !== 'done' && (ticket.flagged || ticket.blockedBy.length > 0);
}

/** One ticket as a row. */
export function ticketRow(ticket: Ticket, from: Viewpoint, siteUrl: string, gist: Gist = noGist): Row {
  const blockers = ticket.blockedBy.map((link) => link.key).join(', ');
  const facts = [
    ticket.flagged ? 'flagged' : undefined,
    blockers === '' ? undefined : `blocked by ${blockers}`,
    ...recordFacts(gist),
    ticket.assignee?.name ?? 'nobody',
    ago(ticket.updatedAt, from),
  ].filter((fact) => fact !== undefined);
  const linked = recordHover(gist, from);
  return rows.row(ticket, [siteUrl, from.timeZone, ...facts, '', ...linked], () => ({
    id: `ticket/${ticket.key}`,
    label: `${ticket.key} ${shorten(ticket.summary, 120)}`,
    description: facts.join(' · '),
    icon: iconOf(ticket),
    tokens: ['ticket', 'linked'],
    record: { kind: 'ticket', key: ticket.key },
    hover: [...hover(ticket, from), ...linked],
    spoken: `${ticket.type} ${ticket.key}, ${ticket.status.name}: ${ticket.summary}. ${facts.join(', ')}`,
    command: 'drDre.queue.open',
    link: ticketUrl(siteUrl, ticket.key),
  }));
}

const rows = new RowMemory<Ticket>();

function iconOf(ticket: Ticket): Icon {
  if (isStuck(ticket)) {
    return ticket.flagged
      ? { id: 'report', color: 'problemsWarningIcon.foreground' }
      : { id: 'stop-circle', color: 'problemsWarningIcon.foreground' };
  }
  return categoryIcons[ticket.status.category];
}

function hover(ticket: Ticket, from: Viewpoint): readonly string[] {
  const lines = [
    `${ticket.key} · ${ticket.type} · ${ticket.status.name}`,
    ticket.summary,
    `Assignee: ${ticket.assignee?.name ?? 'nobody'}`,
    `Updated ${fullMoment(ticket.updatedAt, from)}`,
  ];
  if (ticket.priority !== undefined) lines.push(`Priority: ${ticket.priority}`);
  if (ticket.labels.length > 0) lines.push(`Labels: ${ticket.labels.join(', ')}`);
  for (const link of ticket.links) lines.push(`${link.relation} ${link.key}: ${link.summary} (${link.status.name})`);
  return lines;
}

/** The ticket's page in Jira (atlassian.md 3.8). */
export function ticketUrl(siteUrl: string, key: string): string {
  return new URL(`/browse/${encodeURIComponent(key)}`, siteUrl).href;
}
