import type { Alert, Priority } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Result } from '../../domain/base/result.ts';
import type { Account, Rotation } from '../../domain/rotation/rotation.ts';
import { snoozeAgain, type Snooze } from '../../domain/alerts/snooze.ts';
import { peopleOf } from '../../domain/rotation/team.ts';
import { second, type Instant } from '../../domain/base/time.ts';
import type { Confirmation, WriteKind, WriteRequest } from '../../engine/writes/kind.ts';
import type { Ops } from '../../sources/atlassian/ops/client.ts';
import {
  type Assignee,
  type NewNote,
  readNothing,
  type Promotion,
  readAssignee,
  readPriority,
  readPromotion,
  readSnooze,
  readTags,
  type Tagging,
} from './payloads.ts';
import { alertsKey } from './alerts.ts';
import { noteWrite } from './noteWrites.ts';
import { acceptedOr, notKnown, shownOr } from '../kit/writeAnswers.ts';

/** What the writes to alerts need. */
export interface AlertWritesContext {
  readonly ops: () => Promise<Ops>;
  /** Who is signed in, once that is known. */
  readonly account: () => Account | undefined;
  /** The schedules, which name the people of the team. */
  readonly rotations?: () => Iterable<Rotation>;
  /** Reads the alerts again, quickly. */
  readonly readAgain: () => void;
}

/** What can be done to alerts. */
export interface AlertWrites {
  readonly acknowledge: WriteKind<Alert, null, Failure>;
  readonly unacknowledge: WriteKind<Alert, null, Failure>;
  readonly close: WriteKind<Alert, null, Failure>;
  readonly snooze: WriteKind<Alert, Snooze, Failure>;
  readonly assign: WriteKind<Alert, Assignee, Failure>;
  readonly escalate: WriteKind<Alert, Promotion, Failure>;
  readonly addTags: WriteKind<Alert, Tagging, Failure>;
  readonly removeTags: WriteKind<Alert, Tagging, Failure>;
  readonly setPriority: WriteKind<Alert, { readonly priority: Priority }, Failure>;
  /** A note that stands for itself. */
  readonly addNote: WriteKind<Alert, NewNote, Failure>;
  /** A note to what was done just before: not sent when that did not go through. */
  readonly addNoteAfter: WriteKind<Alert, NewNote, Failure>;
}

/** What differs from one verb to the next. */
interface Verb<P> extends Pick<
  WriteKind<Alert, P, Failure>,
  'title' | 'warning' | 'readPayload' | 'apply' | 'repeatable' | 'again' | 'undo'
> {
  readonly name: string;
  /** Whether an alert shows it; absent where none does, so that only the receipt can tell. */
  readonly shown?: (record: Alert, payload: P) => boolean;
  readonly request: (ops: Ops, alertId: string, payload: P) => Promise<Result<{ readonly requestId: string }, Failure>>;
}

/** Makes what can be done to alerts. The service takes each, and its request status tells whether it was applied. */
export function alertWrites(context: AlertWritesContext): AlertWrites {
  return {
    ...stateWrites(context),
    ...personWrites(context),
    ...wordWrites(context),
    addNote: noteWrite(context, 'addNote', true),
    addNoteAfter: noteWrite(context, 'addNoteAfter', false),
  };
}

type StateWrites = Pick<AlertWrites, 'acknowledge' | 'unacknowledge' | 'close' | 'snooze'>;

function stateWrites(context: AlertWritesContext): StateWrites {
  const isMine = (alert: Alert): boolean => alert.owner !== undefined && alert.owner === context.account()?.name;
  return {
    acknowledge: alertWrite<null>(context, {
      name: 'acknowledge',
      title: 'acknowledge',
      // Idempotent (atlassian.md 2.4).
      repeatable: true,
      readPayload: readNothing,
      apply: (record, _payload, at) => ({
        ...record,
        status: record.status === 'closed' ? 'closed' : 'acknowledged',
        acknowledgedAt: record.acknowledgedAt ?? at,
        owner: context.account()?.name ?? record.owner,
      }),
      shown: ({ status }) => status === 'acknowledged' || status === 'closed',
      request: (ops, alertId) => ops.acknowledge(alertId),
      // An alert that was snoozed would not get its snooze back.
      undo: ({ id, status }) => (status === 'open' ? request('unacknowledge', id, null) : undefined),
    }),
    unacknowledge: alertWrite<null>(context, {
      name: 'unacknowledge',
      title: 'unacknowledge',
      warning: 'This pages again: the phones ring.',
      readPayload: readNothing,
      apply: (record) =>
        record.status === 'acknowledged' ? { ...record, status: 'open', acknowledgedAt: undefined } : record,
      shown: ({ status }) => status !== 'acknowledged',
      request: (ops, alertId) => ops.unacknowledge(alertId),
      // To acknowledge it again makes the person its owner, which gives back only what was the person's.
      undo: (before) =>
        before.status === 'acknowledged' && isMine(before) ? request('acknowledge', before.id, null) : undefined,
    }),
    close: alertWrite<null>(context, {
      name: 'close',
      title: 'close',
      warning: 'Nothing opens an alert again.',
      repeatable: true,
      readPayload: readNothing,
      apply: (record, _payload, at) => ({ ...record, status: 'closed', closedAt: record.closedAt ?? at }),
      shown: ({ status }) => status === 'closed',
      request: (ops, alertId) => ops.close(alertId),
    }),
    snooze: alertWrite<Snooze>(context, {
      name: 'snooze',
      title: 'snooze',
      // A new end replaces the old one (atlassian.md 2.4.1).
      repeatable: true,
      readPayload: readSnooze,
      again: snoozeAgain,
      apply: (record, { until }) =>
        record.status === 'closed' ? record : { ...record, status: 'snoozed', snoozedUntil: until },
      shown: ({ status, snoozedUntil }, { until }) => status === 'closed' || isAbout(snoozedUntil, until),
      request: (ops, alertId, { until }) => ops.snooze(alertId, until),
      // Nothing ends a snooze but acknowledging and closing: only an end that it had before can be given back.
      undo: ({ id, status, snoozedUntil }) =>
        status === 'snoozed' && snoozedUntil !== undefined
          ? request('snooze', id, { until: snoozedUntil } satisfies Snooze)
          : undefined,
    }),
  };
}

function personWrites(context: AlertWritesContext): Pick<AlertWrites, 'assign' | 'escalate'> {
  return {
    assign: alertWrite<Assignee>(context, {
      name: 'assign',
      title: 'assign',
      repeatable: true,
      readPayload: readAssignee,
      // Whether it also acknowledges is not known (atlassian.md 6 #17): shown is what is certain.
      apply: (record, { name }) => ({ ...record, owner: name }),
      // The service may name the owner by name or by account (atlassian.md 6 #4).
      shown: ({ owner }, { accountId, name }) => owner === name || owner === accountId,
      request: (ops, alertId, { accountId }) => ops.assign(alertId, accountId),
      undo: ({ id, owner }) => {
        // The alert names its owner without an account (atlassian.md 6 #4): it must be clear who that is.
        const [earlier, another] = peopleOf(context.rotations?.() ?? []).filter(({ name }) => name === owner);
        if (owner === undefined || earlier === undefined || another !== undefined) return undefined;
        return request('assign', id, { accountId: earlier.accountId, name: owner } satisfies Assignee);
      },
    }),
    escalate: alertWrite<Promotion>(context, {
      name: 'escalate',
      title: 'escalate',
      warning: 'This pages the next people of the escalation.',
      readPayload: readPromotion,
      apply: (record) => record,
      request: (ops, alertId, { escalationId }) => ops.escalate(alertId, escalationId),
    }),
  };
}

function wordWrites(context: AlertWritesContext): Pick<AlertWrites, 'addTags' | 'removeTags' | 'setPriority'> {
  return {
    addTags: alertWrite<Tagging>(context, {
      name: 'addTags',
      title: 'add tags',
      repeatable: true,
      readPayload: readTags,
      apply: (record, { tags }) => ({ ...record, tags: [...new Set([...record.tags, ...tags])] }),
      shown: (record, { tags }) => tags.every((tag) => record.tags.includes(tag)),
      request: (ops, alertId, { tags }) => ops.addTags(alertId, tags),
      undo: (before, { tags }) => {
        const added = tags.filter((tag) => !before.tags.includes(tag));
        return added.length === 0 ? undefined : request('removeTags', before.id, { tags: added } satisfies Tagging);
      },
    }),
    removeTags: alertWrite<Tagging>(context, {
      name: 'removeTags',
      title: 'remove tags',
      repeatable: true,
      readPayload: readTags,
      apply: (record, { tags }) => ({ ...record, tags: record.tags.filter((tag) => !tags.includes(tag)) }),
      shown: (record, { tags }) => !tags.some((tag) => record.tags.includes(tag)),
      request: (ops, alertId, { tags }) => ops.removeTags(alertId, tags),
      undo: (before, { tags }) => {
        const removed = tags.filter((tag) => before.tags.includes(tag));
        return removed.length === 0 ? undefined : request('addTags', before.id, { tags: removed } satisfies Tagging);
      },
    }),
    setPriority: alertWrite<{ readonly priority: Priority }>(context, {
      name: 'setPriority',
      title: 'change priority',
      repeatable: true,
      readPayload: readPriority,
      apply: (record, { priority }) => ({ ...record, priority }),
      shown: (record, { priority }) => record.priority === priority,
      request: (ops, alertId, { priority }) => ops.setPriority(alertId, priority),
      undo: (before, { priority }) =>
        before.priority === priority ? undefined : request('setPriority', before.id, { priority: before.priority }),
    }),
  };
}

/** The service may drop the milliseconds. */
function isAbout(instant: Instant | undefined, wanted: Instant): boolean {
  return instant !== undefined && Math.abs(instant - wanted) < second;
}

function request(name: keyof AlertWrites, record: string, payload: unknown): WriteRequest {
  return { kind: `${alertsKey.name}.${name}`, record, payload };
}

function alertWrite<P>(context: AlertWritesContext, verb: Verb<P>): WriteKind<Alert, P, Failure> {
  const { ops, readAgain } = context;
  const { name, request: ask, shown, ...rest } = verb;
  return {
    ...rest,
    name: `${alertsKey.name}.${name}`,
    feed: alertsKey,
    service: 'ops',
    subject: (alert) => alert.message,
    shown: shown ?? (() => true),
    send: async ({ record, payload }) => acceptedOr(await ask(await ops(), record, payload)),
    confirm: async (receipt) => confirmed(await (await ops()).requestStatus(receipt), verb.title),
    ...(shown === undefined
      ? {}
      : {
          // The alert itself: the list may lag behind it (atlassian.md 2.4).
          readBack: async ({ record, payload }) =>
            shownOr(await (await ops()).getAlert(record), (alert) => shown(alert, payload)),
        }),
    readAgain,
  };
}

type RequestStatus = Awaited<ReturnType<Ops['requestStatus']>>;

function confirmed(read: RequestStatus, operation: string): Confirmation<Failure> {
  if (!read.ok) return notKnown(read.failure);
  if (read.value === 'pending') return { kind: 'pending' };
  if (read.value.applied) return { kind: 'applied' };
  return { kind: 'refused', failure: { kind: 'rejected', service: 'ops', operation, detail: read.value.reason } };
}
