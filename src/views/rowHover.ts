import type { PhrasingContent } from 'mdast';
import { recordLink, type LinkedKind } from '../domain/documents/commandLink.ts';
import { commitPage } from '../domain/links/pages.ts';
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
  rollout: [
    { command: 'drDre.operations.vote', label: 'Vote…', fits: 'votable' },
    releaseAction('openStuck', 'Show Stuck Batches', 'stuck'),
    releaseAction('openAlerts', 'Open Related Alerts', 'alerted'),
    releaseAction('openTimeline', 'Open Timeline', 'rollout'),
    releaseAction('openInAirflow', 'Open in Airflow', 'airflow'),
    releaseAction('openRolloutDashboard', 'Open Rollout Dashboard', 'rollout'),
  ],
  pullRequest: [
    ciPage('pullRequest'),
    releaseAction('openAlerts', 'Open Related Alerts', 'alerted'),
    releaseAction('openTimeline', 'Open Timeline', 'ofRollout'),
  ],
  workflowRun: [ciPage('workflowRun')],
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
function releaseAction(key: string, label: string, fits: RowToken): FittingAction {
  return { command: `drDre.releases.${key}`, label, fits };
}

function ciPage(fits: RowToken): FittingAction {
  return { command: 'drDre.ci.open', label: 'Open on GitHub', fits };
}

/** The actions that open the page of the row. */
const pageCommands: ReadonlySet<string> = new Set(['drDre.ci.open', 'drDre.releases.openInAirflow']);

function runAction(key: string, label: string, fits: RowToken = 'run'): FittingAction {
  return { command: `drDre.operations.${key}`, label, fits };
}

function open(noun: string, fits: RowToken): FittingAction {
  return { command: `drDre.${noun}.open`, label: 'Open', fits };
}

/** What the hover of a row is made from. */
export type HoveredRow = Pick<
  Row,
  | 'hover'
  | 'link'
  | 'record'
  | 'tokens'
  | 'batch'
  | 'copied'
  | 'placePage'
  | 'commit'
  | 'proposal'
  | 'forumPage'
  | 'notesPage'
>;

/** The hover of a row: its lines, and below them the actions that fit its record and its pages as links. */
export function rowHoverTree(row: HoveredRow): Document {
  const { hover = [], record, tokens, proposal } = row;
  const kind = record?.kind;
  const fitting =
    kind === undefined || !isActedKind(kind) ? [] : actions[kind].filter(({ fits }) => tokens.includes(fits));
  const links = fitting.flatMap(({ command, label }) => recordLink(command, label, namedBy(row)) ?? []);
  const about = proposal === undefined ? undefined : { kind: 'proposal', key: proposal };
  const isOpened = fitting.some(({ command }) => pageCommands.has(command));
  return hoverTree(hover, [
    ...links,
    ...[recordLink('drDre.proposals.open', 'Open Proposal', about)].filter((each) => each !== undefined),
    ...pagesOf(row, isOpened),
  ]);
}

/** The record of a row, of a rollout with the batch, subnet or node that the row is about. */
function namedBy({ record, batch, copied }: HoveredRow): unknown {
  return record?.kind !== 'rollout' || batch === undefined ? record : { ...record, batch, place: copied };
}

/** The pages that a row leads to, each once. `isOpened`: an action opens its own. */
function pagesOf(
  { link, placePage, commit, forumPage, notesPage }: HoveredRow,
  isOpened: boolean,
): readonly PhrasingContent[] {
  return [
    ...pageLinks(placePage, 'Open in ICP Dashboard'),
    ...pageLinks(commit === undefined ? undefined : commitPage(commit), 'Open Commit on GitHub'),
    ...pageLinks(forumPage, 'Open Forum Thread'),
    ...pageLinks(notesPage, 'Open Release Notes'),
    ...(isOpened || [placePage, notesPage].includes(link) ? [] : pageLinks(link)),
  ];
}

function isActedKind(kind: string): kind is LinkedKind {
  return Object.hasOwn(actions, kind);
}
