import { draftOfNewTicket } from '../../feeds/queue/creation.ts';
import type { Viewpoint } from '../kit/format.ts';
import type { PendingAction } from '../kit/pendingActions.ts';
import type { Row } from '../kit/row.ts';
import { pixelsBesideGroups, titleBeside } from '../kit/rowWidth.ts';

/** Tickets that are being created, or were not: there is no row of theirs yet. One that is there stands in the list. */
export function newTicketRows(pending: ReadonlyMap<string, PendingAction>, from: Viewpoint): readonly Row[] {
  return [...pending].flatMap(([record, action]) =>
    draftOfNewTicket(record) === undefined || action.state === 'applied' ? [] : [newTicketRow(record, action, from)],
  );
}

/** What became of it, in a word, where the row says so until a person sees to it. The hover has it in full. */
const outcomeWords: Readonly<Partial<Record<PendingAction['state'], string>>> = {
  failed: 'not created',
  notSent: 'not sent',
  unconfirmed: 'unconfirmed',
  overtaken: 'unconfirmed',
};

function newTicketRow(record: string, action: PendingAction, from: Viewpoint): Row {
  const { subject = '', text, tokens, kept } = action;
  // What became of it is seen beside its name; why, where there is room.
  const [state = text, ...why] = text.split(': ');
  const outcome = outcomeWords[action.state] ?? state;
  const isUnderWay = action.state === 'waiting' || action.state === 'sending';
  return {
    id: record,
    label: titleBeside(subject, [why.length === 0 ? outcome : `${outcome}…`], pixelsBesideGroups(from)),
    description: [outcome, ...why].join(': '),
    icon: isUnderWay ? { id: 'add' } : { id: 'warning', color: 'drDre.warning' },
    tokens,
    record: { kind: 'ticket', key: record },
    hover: [subject, text, ...(kept === undefined ? [] : [`Not sent, but kept: ${kept}`])],
    spoken: `New ticket ${subject}: ${text}`,
  };
}
