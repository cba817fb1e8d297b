import type { RecordRef, Row, Token } from './row.ts';

/** What the hover of a row offers to do with its record. */
export interface HoverAction {
  readonly command: string;
  readonly label: string;
}

/** The kinds of records whose hovers offer actions. */
export const actedKinds = ['alert', 'ticket', 'proposal'] as const satisfies readonly RecordRef['kind'][];
export type ActedKind = (typeof actedKinds)[number];

/** By kind, each with the token of the rows that it fits. */
const actions: Readonly<Record<ActedKind, readonly (HoverAction & { readonly fits: Token })[]>> = {
  alert: [
    { command: 'drDre.alerts.acknowledge', label: 'Acknowledge', fits: 'ackable' },
    { command: 'drDre.alerts.addNote', label: 'Add Note', fits: 'live' },
    { command: 'drDre.alerts.open', label: 'Open', fits: 'alert' },
  ],
  ticket: [
    { command: 'drDre.queue.assignToMe', label: 'Assign to Me', fits: 'ticket' },
    { command: 'drDre.queue.comment', label: 'Comment', fits: 'ticket' },
    { command: 'drDre.queue.open', label: 'Open', fits: 'linked' },
  ],
  proposal: [{ command: 'drDre.proposals.open', label: 'Open', fits: 'proposal' }],
};

/** The two or three actions that fit a row; none for rows without such a record. */
export function hoverActions({ record, tokens }: Pick<Row, 'record' | 'tokens'>): readonly HoverAction[] {
  const kind = actedKinds.find((each) => each === record?.kind);
  return kind === undefined ? [] : actions[kind].filter(({ fits }) => tokens.includes(fits));
}
