import { draftOfNewTicket } from '../../feeds/queue/creation.ts';
import { shorten } from '../kit/format.ts';
import type { PendingAction } from '../kit/pendingActions.ts';
import type { Row } from '../kit/row.ts';

/** Tickets that are being created, or were not: there is no row of theirs yet. One that is there stands in the list. */
export function newTicketRows(pending: ReadonlyMap<string, PendingAction>): readonly Row[] {
  return [...pending].flatMap(([record, action]) =>
    draftOfNewTicket(record) === undefined || action.state === 'applied' ? [] : [newTicketRow(record, action)],
  );
}

function newTicketRow(record: string, { subject = '', text, tokens, kept }: PendingAction): Row {
  return {
    id: record,
    label: shorten(subject, 60),
    description: text,
    icon: { id: 'add' },
    tokens,
    record: { kind: 'ticket', key: record },
    hover: [subject, text, ...(kept === undefined ? [] : [`Not sent, but kept: ${kept}`])],
    spoken: `New ticket ${subject}: ${text}`,
  };
}
