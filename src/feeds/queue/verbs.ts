import { ok } from '../../domain/base/result.ts';
import { proposalUrl } from '../../domain/proposals/governance.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import { shownOr } from '../kit/writeAnswers.ts';
import type {
  Blocking,
  Labelling,
  TicketProposal,
  NewAssignee,
  NewDueDate,
  NewEpic,
  NewTicketPriority,
  NewSummary,
  TicketAnswerName,
  WorkflowStep,
} from './answers.ts';
import { flagWords, isSameLink, statusName, undoLink } from './undoing.ts';
import type { TicketVerb, TicketVerbWrite } from './verb.ts';
import { comment, confirmedByComment, editDescription } from './written.ts';

const everyTicket = 'There is no such ticket.';
const edit = 'Edit Issues';

/** Gives a ticket to somebody, or to nobody. */
const assign: TicketVerbWrite<NewAssignee> = {
  title: 'assign',
  doing: 'assigning',
  past: { before: 'Assigned', after: 'was assigned' },
  details: ({ name }) => ({ to: name ?? 'nobody' }),
  permission: 'Assign Issues',
  repeatable: true,
  apply: (ticket, { accountId, name }) => ({
    ...ticket,
    assignee: accountId === null ? undefined : { accountId, name: name ?? accountId },
  }),
  shown: ({ assignee }, { accountId }) => (assignee?.accountId ?? null) === accountId,
  send: (jira, key, { accountId }) => jira.edit(key, { assignee: accountId }),
  undo: ({ assignee }) => ({
    verb: 'assign',
    payload: { accountId: assignee?.accountId ?? null, name: assignee?.name ?? null } satisfies NewAssignee,
  }),
};

/** Everything that can be done to tickets: one entry a verb. */
export const ticketVerbs = {
  assign: verb({
    label: 'Assign',
    fits: 'ticket',
    none: everyTicket,
    asks: 'assignee',
    replaces: assigneeOf,
    write: assign,
  }),
  assignToMe: verb({
    label: 'Assign',
    labelEnd: ' to Me',
    fits: 'notMine',
    none: 'Assigned to you already.',
    asks: 'me',
    replaces: assigneeOf,
    write: assign,
  }),
  transition: verb({
    label: 'Transition',
    fits: 'ticket',
    none: everyTicket,
    asks: 'step',
    write: {
      title: 'transition',
      doing: 'moving',
      past: { before: 'Moved on', after: 'has the new status' },
      permission: 'Transition Issues',
      typed: ({ comment }) => comment ?? undefined,
      replaces: statusName,
      needs: { retry: 'comments', undo: 'steps' },
      apply: (ticket, { to }) => ({ ...ticket, status: to }),
      ...confirmedByComment<WorkflowStep>(
        ({ comment }) => comment,
        ({ status }, { to }) => status.id === to.id,
      ),
      send: async (jira, key, { transitionId, fields, comment }, { isLate }) => {
        const sent = await jira.transition(key, { id: transitionId, fields, comment });
        // With what is read before it these are two requests already: Jira's answer is taken for what it says.
        return sent.ok && (comment !== null || isLate) ? ok('done') : sent;
      },
      undo: ({ status }, { to }) => (status.id === to.id ? undefined : { verb: 'moveBack', payload: status }),
    },
  }),
  block: verb({
    label: 'Mark',
    labelEnd: ' as Blocked',
    fits: 'unflagged',
    none: 'Marked as blocked already, or done.',
    asks: 'reason',
    write: {
      title: 'mark as blocked',
      doing: 'marking as blocked',
      past: { before: 'Marked as blocked:', after: 'was marked as blocked' },
      permission: edit,
      typed: ({ reason }) => reason,
      replaces: flagWords,
      needs: { retry: 'comments' },
      apply: (ticket) => ({ ...ticket, flagged: true }),
      ...confirmedByComment<Blocking>(
        ({ reason }) => reason,
        ({ flagged }) => flagged === true,
      ),
      send: (jira, key, { reason, option }) => jira.edit(key, { flag: option, comment: reason }),
      // The comment stays: it says what was so at its time.
      undo: ({ flagged }) => (flagged !== false ? undefined : { verb: 'unblock', payload: null }),
    },
  }),
  unblock: verb({
    label: 'Unblock',
    fits: 'flagged',
    none: 'Not marked as blocked.',
    asks: 'nothing',
    write: {
      title: 'unblock',
      doing: 'unblocking',
      past: { before: 'Unblocked', after: 'was unblocked' },
      permission: edit,
      repeatable: true,
      replaces: flagWords,
      needs: { undo: 'editable' },
      apply: (ticket) => ({ ...ticket, flagged: false }),
      shown: ({ flagged }) => flagged === false,
      send: (jira, key) => jira.edit(key, { flag: null }),
      undo: ({ flagged }) => (flagged === true ? { verb: 'blockAgain', payload: null } : undefined),
    },
  }),
  setPriority: verb({
    label: 'Change Priority of',
    fits: 'ticket',
    none: everyTicket,
    asks: 'priority',
    replaces: ({ priority }) => priority ?? 'none',
    payloadFor: (ticket, answer) => (ticket.priority === answer.name ? undefined : answer),
    write: {
      title: 'change priority',
      doing: 'changing the priority',
      past: { before: 'Changed the priority of', after: 'has the new priority' },
      permission: edit,
      repeatable: true,
      apply: (ticket, { name }) => ({ ...ticket, priority: name }),
      shown: ({ priority }, { name }) => priority === name,
      send: (jira, key, { name }) => jira.edit(key, { priority: name }),
      undo: ({ priority }) =>
        priority === undefined
          ? undefined
          : { verb: 'setPriority', payload: { name: priority } satisfies NewTicketPriority },
    },
  }),
  setDueDate: verb({
    label: 'Change Due Date of',
    fits: 'ticket',
    none: everyTicket,
    asks: 'dueDate',
    replaces: ({ due }) => due ?? 'none',
    write: {
      title: 'change due date',
      doing: 'changing the due date',
      past: { before: 'Changed the due date of', after: 'has the new due date' },
      permission: 'Schedule Issues',
      repeatable: true,
      apply: (ticket, payload) => ({ ...ticket, due: payload.due ?? undefined }),
      shown: (ticket, payload) => (ticket.due ?? null) === payload.due,
      send: (jira, key, { due }) => jira.edit(key, { due }),
      undo: ({ due }) => ({ verb: 'setDueDate', payload: { due: due ?? null } satisfies NewDueDate }),
    },
  }),
  setSummary: verb({
    label: 'Change Summary of',
    fits: 'ticket',
    none: everyTicket,
    asks: 'summary',
    replaces: ({ summary }) => summary,
    payloadFor: (ticket, answer) => (ticket.summary === answer.summary ? undefined : answer),
    write: {
      title: 'change summary',
      doing: 'changing the summary',
      past: { before: 'Changed the summary of', after: 'has the new summary' },
      permission: edit,
      repeatable: true,
      typed: ({ summary }) => summary,
      apply: (ticket, { summary }) => ({ ...ticket, summary }),
      shown: (ticket, { summary }) => ticket.summary === summary,
      send: (jira, key, { summary }) => jira.edit(key, { summary }),
      undo: ({ summary }) => ({ verb: 'setSummary', payload: { summary } satisfies NewSummary }),
    },
  }),
  addLabels: verb({
    label: 'Add Labels to',
    fits: 'ticket',
    none: everyTicket,
    asks: 'newLabels',
    write: {
      title: 'add labels',
      doing: 'adding labels',
      past: { before: 'Added labels to', after: 'has the labels' },
      permission: edit,
      repeatable: true,
      independent: true,
      apply: (ticket, { labels }) => ({ ...ticket, labels: [...new Set([...ticket.labels, ...labels])] }),
      shown: (ticket, { labels }) => labels.every((label) => ticket.labels.includes(label)),
      send: (jira, key, { labels }) => jira.edit(key, { addLabels: labels }),
      undo: (before, { labels }) => {
        const added = labels.filter((label) => !before.labels.includes(label));
        return added.length === 0
          ? undefined
          : { verb: 'removeLabels', payload: { labels: added } satisfies Labelling };
      },
    },
  }),
  removeLabels: verb({
    label: 'Remove Labels from',
    fits: 'labelled',
    none: 'There are no labels to remove.',
    asks: 'ownLabels',
    payloadFor: (ticket, answer) => {
      const labels = answer.labels.filter((label) => ticket.labels.includes(label));
      return labels.length === 0 ? undefined : { labels };
    },
    write: {
      title: 'remove labels',
      doing: 'removing labels',
      past: { before: 'Removed labels from', after: 'lost the labels' },
      permission: edit,
      repeatable: true,
      independent: true,
      apply: (ticket, { labels }) => ({ ...ticket, labels: ticket.labels.filter((label) => !labels.includes(label)) }),
      shown: (ticket, { labels }) => !labels.some((label) => ticket.labels.includes(label)),
      send: (jira, key, { labels }) => jira.edit(key, { removeLabels: labels }),
      undo: (before, { labels }) => {
        const removed = labels.filter((label) => before.labels.includes(label));
        return removed.length === 0
          ? undefined
          : { verb: 'addLabels', payload: { labels: removed } satisfies Labelling };
      },
    },
  }),
  link: verb({
    label: 'Link',
    fits: 'ticket',
    none: everyTicket,
    asks: 'link',
    payloadFor: (ticket, answer) => (ticket.key === answer.key ? undefined : answer),
    write: {
      title: 'link',
      doing: 'linking',
      past: { before: 'Linked', after: 'was linked' },
      permission: 'Link Issues',
      // A link that is there already is not made twice (atlassian.md 3.6).
      repeatable: true,
      independent: true,
      // The other ticket may be one that is not known here.
      apply: (ticket) => ticket,
      shown: ({ links }, wanted) => links.some((each) => isSameLink(each, wanted)),
      send: (jira, key, { type, key: other, isOutward }) =>
        isOutward ? jira.link(type, key, other) : jira.link(type, other, key),
      undo: undoLink,
    },
  }),
  linkProposal: verb({
    label: 'Link Proposal to',
    fits: 'ticket',
    none: everyTicket,
    asks: 'proposal',
    payloadFor: (ticket, answer) => (ticket.labels.includes(proposalLabel(answer)) ? undefined : answer),
    write: {
      title: 'link proposal',
      doing: 'linking the proposal',
      past: { before: 'Linked a proposal to', after: 'names the proposal' },
      permission: edit,
      independent: true,
      // A label is in the list of tickets, so that their rows show the proposal; the comment leads to its page.
      apply: (ticket, proposal) => ({ ...ticket, labels: [...new Set([...ticket.labels, proposalLabel(proposal)])] }),
      ...confirmedByComment<TicketProposal>(proposalComment, ({ labels }, proposal) =>
        labels.includes(proposalLabel(proposal)),
      ),
      send: (jira, key, proposal) =>
        jira.edit(key, { addLabels: [proposalLabel(proposal)], comment: proposalComment(proposal) }),
      // The comment stays: it says what was so at its time.
      undo: (_before, proposal) => ({
        verb: 'removeLabels',
        payload: { labels: [proposalLabel(proposal)] } satisfies Labelling,
      }),
    },
  }),
  comment: verb({
    label: 'Comment on',
    fits: 'ticket',
    none: everyTicket,
    asks: 'comment',
    write: comment,
  }),
  editDescription: verb({
    label: 'Edit Description of',
    fits: 'ticket',
    none: everyTicket,
    asks: 'description',
    write: editDescription,
  }),
  moveOut: verb({
    label: 'Move',
    labelEnd: ' Out of the Queue',
    fits: 'ticket',
    none: 'Not in the queue.',
    inQueue: true,
    asks: 'epic',
    write: {
      title: 'move out of the queue',
      doing: 'moving out of the queue',
      past: { before: 'Moved out of the queue:', after: 'was moved out of the queue' },
      permission: edit,
      repeatable: true,
      // It goes out of the list when the list says so.
      apply: (ticket) => ticket,
      shown: () => false,
      send: (jira, key, { parent }) => jira.edit(key, { parent }),
      readBack: async (jira, key, { parent }) => shownOr(await jira.parentOf(key), (found) => found === parent),
      undo: (_before, _payload, epic) => ({ verb: 'moveOut', payload: { parent: epic } satisfies NewEpic }),
    },
  }),
};

export type TicketVerbs = typeof ticketVerbs;

/** Lets the type of a verb's answer follow from its question. */
function verb<Q extends TicketAnswerName>(entry: TicketVerb<Q>): TicketVerb<Q> {
  return entry;
}

/** A label that our links read as the name of a proposal. */
function proposalLabel({ id }: TicketProposal): string {
  return `proposal:${id}`;
}

function proposalComment({ id, title }: TicketProposal): string {
  return `Proposal ${id}${title === null ? '' : `: ${title}`}\n${proposalUrl(BigInt(id))}`;
}

function assigneeOf({ assignee }: Ticket): string {
  return assignee?.name ?? 'nobody';
}
