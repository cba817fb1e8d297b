import { capitalized } from '../../domain/base/capitalized.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Gist, Links } from '../../domain/links/join.ts';
import { ticketConditionsOf } from '../../domain/queue/conditions.ts';
import type { TicketGrouping } from '../../domain/queue/groupings.ts';
import { dueNear } from '../../domain/queue/dueDay.ts';
import { groupTickets, urgencyOf, type TicketGroup } from '../../domain/queue/groups.ts';
import type { TicketLint } from '../../domain/queue/lints.ts';
import type { StatusCategory, Ticket } from '../../domain/queue/ticket.ts';
import type { Account } from '../../domain/base/account.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { cappedRows, rowsAtOnce } from '../kit/capped.ts';
import { filteredFrame, type ActiveFilter } from '../kit/filter.ts';
import { age, counted, fullMoment, grouped, shortAgo, spokenAgo, type Viewpoint } from '../kit/format.ts';
import { noGist, proposalFacts, recordFacts, recordHover, recordTokens } from '../links/words.ts';
import { factsWith, stays, type PendingAction } from '../kit/pendingActions.ts';
import { fullName, rowName } from '../kit/people.ts';
import type { Icon, Row, ViewModel } from '../kit/row.ts';
import { RowMemory } from '../kit/rowMemory.ts';
import { pixelsInGroup, pixelsInIconGroup, titledTexts, type RowFacts } from '../kit/rowWidth.ts';
import { openSetting } from '../kit/waysForward.ts';
import { listRows, type ShownLists } from './lists.ts';
import { newTicketRows } from './newTickets.ts';
import { lintWords, notTended } from './lintWords.ts';
import { dueNearShort, dueNearWords, dueShort, dueText } from './words.ts';

const categoryIcons: Record<StatusCategory, Icon> = {
  new: { id: 'circle-large-outline' },
  indeterminate: { id: 'play-circle', color: 'charts.blue' },
  done: { id: 'pass', color: 'charts.green' },
  undefined: { id: 'question' },
};

/** What holds a ticket up, and how its row shows it. The first that applies is shown. */
const stuckIcons = {
  flagged: { id: 'report', color: 'drDre.warning' },
  blocked: { id: 'stop-circle', color: 'drDre.warning' },
} satisfies Record<string, Icon>;
type Stuck = keyof typeof stuckIcons;

/** What the view says besides the tickets. */
export interface QueueViewMore {
  /** By status when absent. */
  readonly grouping?: TicketGrouping;
  /** Which tickets are shown; all when absent. */
  readonly filter?: ActiveFilter<Ticket> | undefined;
  /** How many rows of a group are shown, by its id. */
  readonly limits?: ReadonlyMap<string, number>;
  readonly links?: Links | undefined;
  /** Who is signed in. */
  readonly account?: Account | undefined;
  /** What is being done to tickets, by their keys. */
  readonly pending?: ReadonlyMap<string, PendingAction> | undefined;
  /** What a ticket lacks by the guidelines. */
  readonly lintsOf?: (ticket: Ticket) => readonly TicketLint[];
  /** Further lists of the settings. */
  readonly lists?: ShownLists | undefined;
  /** It is certain that nobody has tended the queue today. */
  readonly isNotTended?: boolean;
}

/** The Queue view: what a person chose of the epic's child tickets, in each group those first that something holds up. */
export function queueView(
  state: FeedState<Ticket, Failure>,
  from: Viewpoint,
  siteUrl: string,
  epic: string,
  more: QueueViewMore = {},
): ViewModel {
  const { limits = new Map<string, number>(), links, account, pending, lintsOf, isNotTended = false } = more;
  const { grouping = 'status', filter, lists = { queries: [], read: new Map() } } = more;
  const all = [...state.records.values()];
  // One to which something is being done stays visible until it is known how that ended.
  const shown = filter === undefined ? all : all.filter((ticket) => filter.shows(ticket) || pending?.has(ticket.key));
  const toRowIn = (ticket: Ticket, pixels: number): Row =>
    ticketRow(ticket, from, siteUrl, {
      pixels,
      gist: links?.gistOf({ kind: 'ticket', ticket }),
      account,
      pending: pending?.get(ticket.key),
      lints: lintsOf?.(ticket),
    });
  const toRow = (ticket: Ticket): Row => toRowIn(ticket, pixelsInGroup(from));
  const toListRow = (listed: Ticket, id: string): Row => {
    const own = state.records.get(listed.key);
    // Of a ticket that is in the queue as well, the queue's row has more.
    const pixels = pixelsInIconGroup(from);
    if (own !== undefined) return { ...toRowIn(own, pixels), id };
    return { ...ticketRow(listed, from, siteUrl, { account, pending: pending?.get(listed.key), pixels }), id };
  };
  const groups = groupTickets(shown, grouping, { ...from, accountId: account?.accountId });
  const model = filteredFrame(
    state,
    from,
    {
      noun: `tickets of ${epic}`,
      empty: `${epic} has no child tickets.`,
      ways: [openSetting('drDre.queue.epic')],
      rows: groups.flatMap((group) => {
        const row = groupRow(group, grouping, account, limits, toRow);
        // One list: its rows stand by themselves.
        return group.name === '' ? (row.children ?? []) : [row];
      }),
    },
    { view: 'drDre.queue', noun: 'ticket', filter, shown: shown.length, all: all.length },
    () => listRows(lists, from, { filter, limits, toRow: toListRow }),
  );
  const shownRows =
    isWaiting(model) || pending === undefined ? model.rows : [...newTicketRows(pending, from), ...model.rows];
  if (!isNotTended) return { ...model, rows: shownRows };
  return {
    ...model,
    rows: shownRows,
    asOf: model.asOf === undefined ? notTended : `${notTended} · ${model.asOf}`,
  };
}

/** A person has to sign in or to be let in first. */
function isWaiting({ situation }: ViewModel): boolean {
  return situation === 'notSignedIn' || situation === 'notPermitted' || situation === 'notConfigured';
}

function groupRow(
  { id, name, isDone, tickets }: TicketGroup,
  grouping: TicketGrouping,
  account: Account | undefined,
  limits: ReadonlyMap<string, number>,
  toRow: (ticket: Ticket) => Row,
): Row {
  const troubled = tickets.filter((ticket) => stuckOf(ticket) !== undefined);
  // The service's order is the team's: it holds within both halves.
  const sorted = [...troubled, ...tickets.filter((ticket) => stuckOf(ticket) === undefined)];
  const count = grouped(tickets.length);
  const label = groupLabel(name, isDone ? 'status' : grouping, account);
  return {
    id,
    label,
    description: troubled.length === 0 ? count : `${count}, ${grouped(troubled.length)} stuck`,
    tokens: [],
    spoken: `${label}: ${counted(tickets.length, 'ticket')}, ${troubled.length} stuck`,
    children: cappedRows(
      sorted,
      limits.get(id) ?? rowsAtOnce,
      { id, noun: 'ticket', rowId: ({ key }) => `ticket/${key}` },
      toRow,
    ),
    expanded: !isDone,
  };
}

function groupLabel(name: string | undefined, grouping: TicketGrouping, account: Account | undefined): string {
  if (name === undefined) return grouping === 'assignee' ? 'No assignee' : 'No priority';
  return grouping === 'assignee' ? fullName(name, account) : name;
}

/** What holds a ticket up. */
function stuckOf(ticket: Ticket): Stuck | undefined {
  if (ticket.status.category === 'done') return undefined;
  if (ticket.flagged === true) return 'flagged';
  return ticket.blockedBy.length > 0 ? 'blocked' : undefined;
}

/** What a row says besides the ticket itself. */
interface TicketRowMore {
  readonly gist?: Gist | undefined;
  readonly account?: Account | undefined;
  readonly pending?: PendingAction | undefined;
  readonly lints?: readonly TicketLint[] | undefined;
  /** How much room its texts have. */
  readonly pixels?: number;
}

/** The shape is of how it stands, the color of a priority that is more urgent than most. */
function iconOf(ticket: Ticket, stuck: Stuck | undefined): Icon {
  const { category } = ticket.status;
  const icon = stuck === undefined ? categoryIcons[category] : stuckIcons[stuck];
  const urgency = category === 'done' ? undefined : urgencyOf(ticket);
  return urgency === undefined ? icon : { id: icon.id, color: urgentColors[urgency] };
}

/** The same as of alerts. */
const urgentColors = { highest: 'drDre.alert.p1', high: 'drDre.alert.p2' } as const;

/** One ticket as a row. */
export function ticketRow(
  ticket: Ticket,
  from: Viewpoint,
  siteUrl: string,
  { gist = noGist, account, pending, lints = [], pixels = pixelsInGroup(from) }: TicketRowMore,
): Row {
  const stuck = stuckOf(ticket);
  const { assignee, updatedAt, priority, due, status, type } = ticket;
  const near = due === undefined || status.category === 'done' ? undefined : dueNear(due, from);
  const updated = age(updatedAt, from);
  const words = lints.flatMap((lint) => lintWords[lint].word ?? []);
  // Why it is urgent or stands still. What holds it up comes last, as the icon shows that, too.
  const reasons = [...(near === undefined ? [] : [dueNearWords[near]]), ...(stuck === undefined ? [] : [stuck])];
  const whoIn = (longest?: number): string =>
    assignee === undefined ? 'nobody' : rowName(assignee.name, account, longest);
  const decisive = [whoIn(), ...reasons, updated, ...words.slice(0, wordsInRow)];
  // Who has it, why it stands out and since when are seen in a narrow side bar; where there is room, what it lacks, its key
  // and what it is related to.
  const seen = reasons.length > 0 || words.length === 0 ? 2 + reasons.length : 3;
  const later = due === undefined || near !== undefined || status.category === 'done' ? [] : [dueShort(due)];
  const further = [
    ...(type === usualType ? [] : [type]),
    ...(priority === undefined ? [] : [priority]),
    ...later,
    ...proposalFacts(gist),
    ...recordFacts(gist),
  ];
  // The key stands before what may be cut, as a part of it names another ticket.
  const facts = [...decisive.slice(0, seen), ticket.key, ...decisive.slice(seen), ...further].slice(0, mostFacts);
  const linked = recordHover(
    gist,
    from,
    ticket.links.map(({ key }) => key),
  );
  const said = pending === undefined ? [] : [pending.text];
  const related = recordTokens(gist);
  const done = [pending?.kept, pending?.state, ...said, '', ...(pending?.tokens ?? [])];
  return rows.row(
    ticket,
    [
      siteUrl,
      from.timeZone,
      account?.name,
      account?.accountId,
      `${pixels}`,
      ...done,
      ...related,
      '',
      ...facts,
      '',
      ...lints,
      '',
      ...linked,
    ],
    () => ({
      id: `ticket/${ticket.key}`,
      ...textsOf(
        ticket,
        {
          decisive: facts.slice(0, seen),
          // Its icon shows that it stands still, too.
          least: stuck === undefined || near !== undefined ? 2 : 3,
          // The icon shows what holds it up, too.
          brief:
            due === undefined || near === undefined
              ? { seen: [whoIn(briefName), updated], then: reasons }
              : { seen: [whoIn(briefName), dueNearShort(near, due)], then: facts.slice(2, seen) },
          next: facts.slice(seen, decisive.length + 1),
          further: facts.slice(decisive.length + 1),
        },
        pending,
        pixels,
      ),
      icon: iconOf(ticket, stuck),
      tokens: [
        ...ticketConditionsOf(ticket, account?.accountId),
        ...(lints.length === 0 ? [] : (['linted'] as const)),
        'linked',
        'identified',
        ...related,
        ...(pending?.tokens ?? []),
      ],
      record: { kind: 'ticket', key: ticket.key },
      hover: [...hover(ticket, from, pending), ...lints.map((lint) => lintWords[lint].sentence), ...linked],
      spoken: [
        `${ticket.type} ${ticket.key}, ${ticket.status.name}: ${ticket.summary}`,
        ...said,
        assignee === undefined ? 'no assignee' : `assignee ${assignee.name}`,
        ...(stuck === undefined ? [] : [stuck]),
        ...(near === undefined ? later : [dueNearWords[near]]),
        ...(priority === undefined ? [] : [`priority ${priority}`]),
        ...words,
        `updated ${spokenAgo(updatedAt, from)}`,
        ...proposalFacts(gist),
        ...recordFacts(gist),
      ].join(', '),
      command: 'drDre.queue.open',
      copied: ticket.key,
      name: ticket.summary === '' ? ticket.key : ticket.summary,
      link: ticketUrl(siteUrl, ticket.key),
    }),
  );
}

function textsOf(
  { key, summary }: Ticket,
  { decisive, least, brief, next, further }: Required<RowFacts> & { readonly brief: NonNullable<RowFacts['brief']> },
  pending: PendingAction | undefined,
  pixels: number,
): Pick<Row, 'label' | 'description'> {
  const more = pending !== undefined && stays(pending) ? 1 : 0;
  const facts = {
    decisive: factsWith(pending, decisive),
    least: least + more,
    brief: { seen: factsWith(pending, brief.seen), then: brief.then },
    next,
    further,
  };
  return titledTexts(summary === '' ? key : summary, facts, pixels);
}

/** What nearly all tickets of the queue are: their rows say nothing of it. */
const usualType = 'Task';
/** Letters of a first name where the title needs the room. */
const briefName = 5;
/** Of what a ticket lacks, so many words are in its row. The hover has all. */
const wordsInRow = 2;
/** More facts than these are in the hover. */
const mostFacts = 8;

const rows = new RowMemory<Ticket>();

/** For reading: what it is, who has it and since when, what holds it up, and the rest. */
function hover(ticket: Ticket, from: Viewpoint, pending: PendingAction | undefined): readonly string[] {
  const { key, summary, status, type, assignee, priority, updatedAt, flagged, labels, links, due } = ticket;
  const detail = priority === undefined ? type : `${type}, priority ${priority}`;
  return [
    `${key} ${summary}`,
    ...(pending === undefined ? [] : [pending.text]),
    ...(pending?.kept === undefined ? [] : [`Not sent, but kept: ${pending.kept}`]),
    `${status.name}, ${assignee === undefined ? 'no assignee' : `assignee: ${assignee.name}`}`,
    ...(flagged === true ? ['Flagged'] : flagged === undefined ? ['Not known whether it is flagged'] : []),
    ...(due === undefined ? [] : [`Due ${dueText(due)}`]),
    ...links.map((link) => capitalized(`${link.relation} ${link.key} ${link.summary} (${link.status.name})`)),
    `Updated ${shortAgo(updatedAt, from)}, ${fullMoment(updatedAt, from)}`,
    ...(labels.length === 0 ? [] : [`Labels: ${labels.join(', ')}`]),
    detail,
  ];
}

/** The ticket's page in Jira (atlassian.md 3.8). */
export function ticketUrl(siteUrl: string, key: string): string {
  return new URL(`/browse/${encodeURIComponent(key)}`, siteUrl).href;
}
