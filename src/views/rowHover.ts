import { recordLink, type LinkedKind } from '../domain/documents/commandLink.ts';
import type { Document } from '../domain/documents/tree.ts';
import { alertVerbs, type AlertVerbs } from '../feeds/alerts/verbs.ts';
import { verbName } from '../feeds/kit/verbName.ts';
import { ticketVerbs, type TicketVerbs } from '../feeds/queue/verbs.ts';
import { hoverTree, pageLinks, type HoverAction } from './kit/hover.ts';
import type { Row, RowToken } from './kit/row.ts';

/** An action with the token of the rows that it fits. */
type FittingAction = HoverAction & { readonly fits: RowToken };

/** What the hover of a row offers to do with its record. */
const actions: Readonly<Record<LinkedKind, readonly FittingAction[]>> = {
  alert: [alertAction('acknowledge'), alertAction('addNote'), open('alerts', 'alert')],
  ticket: [ticketAction('assignToMe'), ticketAction('comment'), open('queue', 'linked')],
  proposal: [open('proposals', 'proposal')],
  run: [
    runAction('submit', 'Submit…', 'submittable'),
    runAction('addToTicket', 'Add to Ticket…', 'linked'),
    runAction('showTerminal', 'Show Terminal'),
    runAction('openOutput', 'Open Output'),
    runAction('runAgain', 'Run Again…'),
    runAction('copyCommand', 'Copy Command'),
  ],
};

function alertAction(key: keyof AlertVerbs): FittingAction {
  const verb = alertVerbs[key];
  return { command: `drDre.alerts.${key}`, label: verbName(verb), fits: verb.fits };
}

function ticketAction(key: keyof TicketVerbs): FittingAction {
  const verb = ticketVerbs[key];
  return { command: `drDre.queue.${key}`, label: verbName(verb), fits: verb.fits };
}

/** `label`: as the menu of the row has it. */
function runAction(key: string, label: string, fits: RowToken = 'run'): FittingAction {
  return { command: `drDre.operations.${key}`, label, fits };
}

function open(noun: string, fits: RowToken): FittingAction {
  return { command: `drDre.${noun}.open`, label: 'Open', fits };
}

/** The hover of a row: its lines, and below them the actions that fit its record and its page as links. */
export function rowHoverTree({
  hover = [],
  link,
  record,
  tokens,
}: Pick<Row, 'hover' | 'link' | 'record' | 'tokens'>): Document {
  const kind = record?.kind;
  const fitting =
    kind === undefined || !isActedKind(kind) ? [] : actions[kind].filter(({ fits }) => tokens.includes(fits));
  const links = fitting.flatMap(({ command, label }) => recordLink(command, label, record) ?? []);
  return hoverTree(hover, [...links, ...pageLinks(link)]);
}

function isActedKind(kind: string): kind is LinkedKind {
  return Object.hasOwn(actions, kind);
}
