import type { Alert, AlertNote } from '../../domain/alerts/alert.ts';
import { snoozeAgain, type Snooze } from '../../domain/alerts/snooze.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { isWhole } from '../../domain/base/listed.ts';
import type { Result } from '../../domain/base/result.ts';
import { second, type Instant } from '../../domain/base/time.ts';
import type { Sent } from '../../engine/writes/kind.ts';
import { acceptedOr, appliedOr, shownOr } from '../kit/writeAnswers.ts';
import type { Assignee, NewNote, NewAlertPriority, AlertAnswerName, Tagging } from './answers.ts';
import type { AlertVerb, Surroundings, AlertVerbWrite } from './verb.ts';

const closed = 'Already closed.';
const acknowledged = 'Already acknowledged.';

/** Adds a note. Done when the service answers, and never sent twice: the note would be there twice. */
const note: AlertVerbWrite<NewNote> = {
  title: 'add note',
  doing: 'adding the note',
  past: { before: 'Added a note to', after: 'has the note' },
  typed: ({ text }) => text,
  // The record of an alert does not hold its notes.
  apply: (alert) => alert,
  send: async (ops, id, { text }) => appliedOr(await ops.addNote(id, text)),
  // The same text may be there already, by whomever: clocks differ too much for the time to show which one came first.
  readBefore: async (ops, { record, payload }) => {
    const read = await ops.listNotes(record);
    return read.ok && isWhole(read.value) ? sameNotes(read.value.records, payload) : undefined;
  },
  readBack: async (ops, { record, payload, seenBefore }) => {
    const read = await ops.listNotes(record);
    if (read.ok && !Array.isArray(seenBefore) && sameNotes(read.value.records, payload).length > 0) {
      return { kind: 'pending' };
    }
    const before = new Set<unknown>(Array.isArray(seenBefore) ? seenBefore : []);
    return shownOr(read, ({ records }) => sameNotes(records, payload).some((id) => !before.has(id)));
  },
};

/** The ids of the notes with this text. */
function sameNotes(notes: readonly AlertNote[], { text }: NewNote): readonly string[] {
  return notes.filter((each) => each.text.trim() === text.trim()).map(({ id }) => id);
}

/** Everything that can be done to alerts: one entry a verb. */
export const alertVerbs = {
  acknowledge: verb({
    label: 'Acknowledge',
    fits: 'ackable',
    none: acknowledged,
    asks: 'nothing',
    write: {
      title: 'acknowledge',
      doing: 'acknowledging',
      past: { before: 'Acknowledged', after: 'was acknowledged' },
      // Idempotent (atlassian.md 2.4).
      repeatable: true,
      apply: (alert, _payload, at, { account }) => ({
        ...alert,
        status: alert.status === 'closed' ? 'closed' : 'acknowledged',
        acknowledgedAt: alert.acknowledgedAt ?? at,
        owner: account?.name ?? alert.owner,
      }),
      shown: ({ status }) => status === 'acknowledged',
      // The service may name the owner by name or by account (atlassian.md 6 #4).
      shownBy: ({ owner }, { account }) =>
        owner === account?.accountId || owner === account?.name ? undefined : owner,
      send: (ops, id) => requested(ops.acknowledge(id)),
      // An alert that was snoozed would not get its snooze back.
      undo: ({ status }) => (status === 'open' ? { verb: 'unacknowledge', payload: null } : undefined),
    },
  }),
  // An acknowledgement takes no note (atlassian.md 0.1 fact 5): the note is a write of its own, after it.
  acknowledgeWithNote: verb({
    label: 'Acknowledge',
    labelEnd: ' with Note',
    fits: 'ackable',
    none: acknowledged,
    asks: 'note',
    after: 'acknowledge',
    write: { ...note, savedAs: 'addNoteAfter' },
  }),
  unacknowledge: verb({
    label: 'Unacknowledge',
    fits: 'acked',
    none: 'Not acknowledged.',
    asks: 'nothing',
    alwaysAsk: true,
    write: {
      title: 'unacknowledge',
      doing: 'unacknowledging',
      past: { before: 'Unacknowledged', after: 'was unacknowledged' },
      warning: 'This pages again.',
      apply: (alert) =>
        alert.status === 'acknowledged' ? { ...alert, status: 'open', acknowledgedAt: undefined } : alert,
      shown: ({ status, unknownStatus }) => status === 'open' && unknownStatus === undefined,
      overtakenBy: ({ status }) => (status === 'snoozed' ? 'snoozed meanwhile' : undefined),
      send: (ops, id) => requested(ops.unacknowledge(id)),
      // To acknowledge it again makes the person its owner, which gives back only what was the person's.
      undo: (before, _payload, around) =>
        before.status === 'acknowledged' && isMine(before, around) ? { verb: 'acknowledge', payload: null } : undefined,
    },
  }),
  close: verb({
    label: 'Close',
    fits: 'live',
    none: closed,
    asks: 'nothing',
    alwaysAsk: true,
    write: {
      title: 'close',
      doing: 'closing',
      past: { before: 'Closed', after: 'was closed' },
      warning: "You can't reopen a closed alert.",
      repeatable: true,
      apply: (alert, _payload, at) => ({ ...alert, status: 'closed', closedAt: alert.closedAt ?? at }),
      shown: ({ status }) => status === 'closed',
      send: (ops, id) => requested(ops.close(id)),
    },
  }),
  snooze: verb({
    label: 'Snooze',
    fits: 'live',
    none: closed,
    asks: 'snoozeEnd',
    toBe: 'snoozed',
    write: {
      title: 'snooze',
      doing: 'snoozing',
      past: { before: 'Snoozed', after: 'was snoozed' },
      details: ({ until }) => ({ until }),
      // A new end replaces the old one (atlassian.md 2.4.1).
      repeatable: true,
      again: snoozeAgain,
      apply: (alert, { until }) =>
        alert.status === 'closed' ? alert : { ...alert, status: 'snoozed', snoozedUntil: until },
      shown: ({ status, snoozedUntil }, { until }) => status === 'snoozed' && isAbout(snoozedUntil, until),
      send: (ops, id, { until }) => requested(ops.snooze(id, until)),
      // Nothing ends a snooze but acknowledging and closing: only an end that it had before can be given back.
      undo: ({ status, snoozedUntil }) =>
        status === 'snoozed' && snoozedUntil !== undefined
          ? { verb: 'snooze', payload: { until: snoozedUntil } satisfies Snooze }
          : undefined,
    },
  }),
  assign: verb({
    label: 'Assign',
    fits: 'live',
    none: closed,
    asks: 'assignee',
    write: {
      title: 'assign',
      doing: 'assigning',
      past: { before: 'Assigned', after: 'was assigned' },
      details: ({ name }) => ({ to: name }),
      repeatable: true,
      // Whether it also acknowledges is not known (atlassian.md 6 #17): shown is what is certain.
      apply: (alert, { name }) => ({ ...alert, owner: name }),
      // The service may name the owner by name or by account (atlassian.md 6 #4).
      shown: ({ owner }, { accountId, name }) => owner === name || owner === accountId,
      send: (ops, id, { accountId }) => requested(ops.assign(id, accountId)),
      undo: ({ owner }, _payload, { people }) => {
        // The alert names its owner without an account (atlassian.md 6 #4): it must be clear who that is.
        const [earlier, another] = people.filter(({ name }) => name === owner);
        if (owner === undefined || earlier === undefined || another !== undefined) return undefined;
        return { verb: 'assign', payload: { accountId: earlier.accountId, name: owner } satisfies Assignee };
      },
    },
  }),
  escalate: verb({
    label: 'Escalate',
    fits: 'live',
    none: closed,
    asks: 'escalation',
    alwaysAsk: true,
    write: {
      title: 'escalate',
      doing: 'escalating',
      past: { before: 'Escalated', after: 'was escalated' },
      warning: 'This pages the next people of the escalation.',
      apply: (alert) => alert,
      send: (ops, id, { escalationId }) => requested(ops.escalate(id, escalationId)),
    },
  }),
  addNote: verb({
    label: 'Add Note to',
    fits: 'live',
    none: closed,
    asks: 'note',
    harmless: true,
    write: { ...note, independent: true },
  }),
  addTags: verb({
    label: 'Add Tags to',
    fits: 'live',
    none: closed,
    asks: 'newTags',
    harmless: true,
    write: {
      title: 'add tags',
      doing: 'adding tags',
      past: { before: 'Added tags to', after: 'has the tags' },
      repeatable: true,
      apply: (alert, { tags }) => ({ ...alert, tags: [...new Set([...alert.tags, ...tags])] }),
      shown: (alert, { tags }) => tags.every((tag) => alert.tags.includes(tag)),
      send: (ops, id, { tags }) => requested(ops.addTags(id, tags)),
      undo: (before, { tags }) => {
        const added = tags.filter((tag) => !before.tags.includes(tag));
        return added.length === 0 ? undefined : { verb: 'removeTags', payload: { tags: added } satisfies Tagging };
      },
    },
  }),
  removeTags: verb({
    label: 'Remove Tags from',
    fits: 'tagged',
    none: 'There are no tags to remove.',
    asks: 'ownTags',
    harmless: true,
    payloadFor: (alert, answer) => {
      const tags = answer.tags.filter((tag) => alert.tags.includes(tag));
      return tags.length === 0 ? undefined : { tags };
    },
    write: {
      title: 'remove tags',
      doing: 'removing tags',
      past: { before: 'Removed tags from', after: 'lost the tags' },
      repeatable: true,
      apply: (alert, { tags }) => ({ ...alert, tags: alert.tags.filter((tag) => !tags.includes(tag)) }),
      shown: (alert, { tags }) => !tags.some((tag) => alert.tags.includes(tag)),
      send: (ops, id, { tags }) => requested(ops.removeTags(id, tags)),
      undo: (before, { tags }) => {
        const removed = tags.filter((tag) => before.tags.includes(tag));
        return removed.length === 0 ? undefined : { verb: 'addTags', payload: { tags: removed } satisfies Tagging };
      },
    },
  }),
  setPriority: verb({
    label: 'Change Priority of',
    fits: 'live',
    none: closed,
    asks: 'priority',
    payloadFor: (alert, answer) => (isOf(alert, answer) ? undefined : answer),
    write: {
      title: 'change priority',
      doing: 'changing the priority',
      past: { before: 'Changed the priority of', after: 'has the new priority' },
      repeatable: true,
      apply: ({ unknownPriority: _, ...alert }, { priority }) => ({ ...alert, priority }),
      shown: isOf,
      send: (ops, id, { priority }) => requested(ops.setPriority(id, priority)),
      // A priority that is not known here cannot be given back.
      undo: ({ priority, unknownPriority }, payload) =>
        priority === payload.priority || unknownPriority !== undefined
          ? undefined
          : { verb: 'setPriority', payload: { priority } satisfies NewAlertPriority },
    },
  }),
};

export type AlertVerbs = typeof alertVerbs;

/** Lets the type of a verb's answer follow from its question. */
function verb<Q extends AlertAnswerName>(entry: AlertVerb<Q>): AlertVerb<Q> {
  return entry;
}

/** What the service accepts, and applies later. */
async function requested(answer: Promise<Result<{ readonly requestId: string }, Failure>>): Promise<Sent<Failure>> {
  return acceptedOr(await answer);
}

function isOf({ priority, unknownPriority }: Alert, wanted: NewAlertPriority): boolean {
  return unknownPriority === undefined && priority === wanted.priority;
}

function isMine({ owner }: Alert, { account }: Surroundings): boolean {
  return owner !== undefined && owner === account?.name;
}

/** The service may drop the milliseconds. */
function isAbout(instant: Instant | undefined, wanted: Instant): boolean {
  return instant !== undefined && Math.abs(instant - wanted) < second;
}
