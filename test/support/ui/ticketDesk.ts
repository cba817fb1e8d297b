import type { Failure } from '../../../src/domain/base/failure.ts';
import { adfOfText } from '../../../src/domain/documents/adf/ofText.ts';
import { ok, type Result } from '../../../src/domain/base/result.ts';
import type { Ticket, TicketComment } from '../../../src/domain/queue/ticket.ts';
import type { Account } from '../../../src/domain/base/account.ts';
import { listedTicketsKey } from '../../../src/feeds/queue/known.ts';
import { queueKey } from '../../../src/feeds/queue/queue.ts';
import type { Jira } from '../../../src/sources/atlassian/jira/client.ts';
import type { FeedState } from '../../../src/engine/read/store.ts';
import type { TicketChange } from '../../../src/sources/atlassian/jira/changes.ts';
import type { ShownLists } from '../../../src/views/queue/lists.ts';
import { queueView } from '../../../src/views/queue/view.ts';
import { ticket } from '../feeds/linkRecords.ts';
import type { Reads } from './scriptedOps.ts';
import { VerbDesk } from './verbDesk.ts';
import { host } from './vscode.ts';

const { queueCommands } = await import('../../../src/ui/queue/commands.ts');

const dana = { accountId: 'dana', name: 'Dana Oncall', timeZone: undefined };
const toDo = { id: '1', name: 'To Do', category: 'new' } as const;
export const inProgress = { id: '2', name: 'In Progress', category: 'indeterminate' } as const;
export const done = { id: '3', name: 'Done', category: 'done' } as const;

/** The step that closes a ticket, first in Jira's list, and one that does not. */
const steps = [
  {
    id: '31',
    name: 'Close',
    to: done,
    fields: [
      { id: 'resolution', name: 'Resolution', required: true, form: 'choice', choices: [{ id: '1', name: 'Fixed' }] },
      { id: 'comment', name: 'Comment', required: true, form: 'comment', choices: [] },
    ],
  },
  { id: '21', name: 'Start', to: inProgress, fields: [] },
  { id: '11', name: 'Back', to: toDo, fields: [] },
];

const editable = [
  { id: 'priority', name: 'Priority', required: false, form: 'choice', choices: [{ id: '2', name: 'High' }] },
  { id: 'flag', name: 'Flagged', required: false, form: 'choices', choices: [{ id: '9', name: 'Impediment' }] },
];

/** The commands for tickets, and the first ticket as Jira has it. */
export class TicketDesk extends VerbDesk<Ticket> {
  readonly sent: readonly (readonly unknown[])[];

  /** Writes what a person answers into the editor that a command opens, and sends it. */
  override async begin(id: string, at: Parameters<VerbDesk<Ticket>['begin']>[1]): Promise<void> {
    if (id === 'drDre.queue.sendDraft' || id.startsWith('drDre.writes.')) return super.begin(id, at);
    // What is selected in the editor is what a ticket is created from.
    if (id !== 'drDre.queue.createTicketFrom') host.editor = undefined;
    await super.begin(id, at);
    const opened = host.openEditor();
    const text = opened === undefined ? undefined : host.answer({} as never);
    if (opened === undefined || text === undefined) return;
    opened.document.text = text;
    await super.begin('drDre.queue.sendDraft', 'palette');
  }

  /** Comments on the execution of a proposal in the first ticket, as is done without a command. */
  commentOnOutcome(): Promise<void> {
    const outcome = { id: '140001', title: 'Elect a version', status: 'executed', reason: null } as const;
    return this.perform(this.kinds.outcome, this.before.key, outcome);
  }

  constructor(
    records: readonly Ticket[],
    more: {
      readonly reads?: Reads;
      readonly held?: Ticket;
      readonly description?: unknown;
      readonly about?: string | undefined;
      readonly jira?: Jira | undefined;
      readonly me?: Account;
      /** The records are those of a further list, and the queue has none. */
      readonly inList?: boolean;
    } = {},
  ) {
    const [first = ticket('DRE-1')] = records;
    const { me = dana, inList = false } = more;
    let held = more.held ?? first;
    let parent: string | null = 'DRE-350';
    const sent: (readonly unknown[])[] = [];
    const comments: TicketComment[] = [];
    let description = more.description;
    const reads: Reads & { readonly getTicket: () => unknown } = {
      getTicket: () => ok(held),
      parentOf: () => ok(parent),
      editableFields: () => ok(editable),
      flagField: () => 'flag',
      transitions: () => ok(steps),
      assignablePeople: () => ok([{ accountId: 'eli', name: 'Eli' }]),
      linkTypes: () => ok([{ name: 'Blocks', outward: 'blocks', inward: 'is blocked by' }]),
      newestComments: () => ok([...comments]),
      descriptionOf: () => ok(description),
      ...more.reads,
    };
    super({
      feed: inList ? listedTicketsKey : queueKey,
      writes: queueKey.name,
      records,
      about: more.about,
      jira: more.jira,
      me,
      people: [],
      rows: (state, now, pending) => {
        const from = { now, timeZone: 'UTC' };
        const { state: queue, lists } = inList ? listShowing(state) : { state, lists: undefined };
        const { rows } = queueView(queue, from, 'https://example.atlassian.net', 'DRE-350', {
          account: me,
          pending,
          lists,
        });
        return rows.flatMap((row) => row.children ?? [row]);
      },
      noun: 'drDre.queue',
      commands: queueCommands,
      reads: {
        ...reads,
        // It gives the ticket alone: the rest is read by itself.
        ticketWith: () => {
          const now = reads.getTicket() as Result<Ticket, Failure>;
          return now.ok ? ok({ ticket: now.value }) : now;
        },
      },
      applied: (method, args) => {
        sent.push([method, ...args]);
        const [, what] = args;
        const commented = (body: unknown): TicketComment => {
          const comment = { id: `c${sent.length}`, author: 'Dana', createdAt: 0, body };
          comments.unshift(comment);
          return comment;
        };
        if (method === 'addComment') return commented(what);
        const { comment: text } = (what ?? {}) as { readonly comment?: string | null };
        if (typeof text === 'string') commented(adfOfText(text));
        if (method === 'createTicket') {
          return 'DRE-9';
        }
        if (method === 'edit') {
          const change = what as TicketChange;
          held = changed(held, change);
          if (change.parent !== undefined) parent = change.parent;
        } else if (method === 'editDescription') {
          description = what;
        } else if (method === 'transition') {
          const { id } = what as { readonly id: string };
          held = { ...held, status: steps.find((step) => step.id === id)?.to ?? held.status };
        } else if (method === 'removeLink') {
          held = { ...held, links: held.links.filter(({ key }) => key !== args[2]) };
        } else {
          const [, from, to] = args;
          const other = from === held.key ? String(to) : String(from);
          const relation = from === held.key ? 'blocks' : 'is blocked by';
          held = { ...held, links: [...held.links, { relation, key: other, summary: '', status: inProgress }] };
        }
        return undefined;
      },
      // Jira answers some changes with nothing: the ticket is read then.
      answer: { body: undefined },
    });
    this.sent = sent;
  }
}

/** The queue is empty, and a further list has the tickets. */
function listShowing(state: FeedState<Ticket, Failure>): {
  readonly state: FeedState<Ticket, Failure>;
  readonly lists: ShownLists;
} {
  const { asOf, completeness, records } = state;
  const query = { name: 'Nodes', jql: 'project = NODE' };
  const tickets = [...records.values()];
  const read = { ...query, tickets, skipped: 0, completeness, asOf, triedAt: asOf ?? 0, failure: undefined };
  return {
    state: { ...state, records: new Map() },
    lists: { queries: [query], read: new Map([[query.name, read]]), tickets: records },
  };
}

function changed(held: Ticket, change: TicketChange): Ticket {
  const { summary = held.summary, priority = held.priority, due = held.due ?? null, assignee, flag } = change;
  const labels = [...held.labels, ...(change.addLabels ?? [])].filter(
    (label) => change.removeLabels?.includes(label) !== true,
  );
  return {
    ...held,
    summary,
    priority,
    due: due ?? undefined,
    labels: [...new Set(labels)],
    assignee:
      assignee === undefined ? held.assignee : assignee === null ? undefined : { accountId: assignee, name: assignee },
    flagged: flag === undefined ? held.flagged : flag !== null,
  };
}
