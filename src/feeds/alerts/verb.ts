import type { Alert } from '../../domain/alerts/alert.ts';
import { alertText } from '../../domain/alerts/name.ts';
import type { AlertCondition } from '../../domain/alerts/conditions.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Result } from '../../domain/base/result.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { Account } from '../../domain/base/account.ts';
import type { Person } from '../../domain/rotation/rotation.ts';
import type { AskAnew, Confirmation, Sent, RequestedWrite, WriteKind } from '../../engine/writes/kind.ts';
import type { RequestStatus } from '../../sources/atlassian/ops/actions.ts';
import type { Ops } from '../../sources/atlassian/ops/client.ts';
import type { Undoing } from '../kit/undoing.ts';
import { notKnown } from '../kit/writeAnswers.ts';
import { alertsKey } from './keys.ts';
import { readAnswer, type AlertAnswers, type AlertAnswerName } from './answers.ts';

/**
 * Something that a person can do to alerts, and all that is known of it. Its key in the table of verbs is the last part
 * of its command's id.
 */
export interface AlertVerb<Q extends AlertAnswerName = AlertAnswerName> {
  /** Before the alerts in titles, dialogs and buttons: "Add Note to". */
  readonly label: string;
  /** After the alerts in titles: " with Note". */
  readonly labelEnd?: string;
  /** The alerts to which it can be done. */
  readonly fits: AlertCondition;
  /** What is said when it can be done to none of the chosen alerts. */
  readonly none: string;
  /** What a person is asked for. */
  readonly asks: Q;
  /** A person must agree before it is sent, even for one alert. */
  readonly alwaysAsk?: boolean;
  /** It adds to an alert and takes nothing from whoever works on it: no warning about them is needed. */
  readonly harmless?: boolean;
  /** Key of the verb that is sent first, which needs no answer. When that one does not go through, this one is not sent. */
  readonly after?: string;
  /** What was to be done to an alert, for one whose `again` can return that its time has passed: "snoozed". */
  readonly toBe?: string;
  /** What is sent for one of several alerts, where that is not the whole answer; undefined: nothing. */
  payloadFor?(alert: Alert, answer: AlertAnswers[Q]): AlertAnswers[Q] | undefined;
  readonly write: AlertVerbWrite<AlertAnswers[Q]>;
}

type SameAsKind = 'title' | 'past' | 'details' | 'warning' | 'independent' | 'repeatable' | 'typed' | 'again';

/** What a verb sends, and how that is confirmed and undone. */
export interface AlertVerbWrite<P> extends Pick<WriteKind<Alert, P, Failure>, SameAsKind> {
  readonly doing: string;
  /** The last part of its name on disk, where that is not the key of the verb. */
  readonly savedAs?: string;
  /** The alert as it is once it is applied. */
  apply(alert: Alert, payload: P, at: Instant, around: Surroundings): Alert;
  /** Whether an alert from the service shows it. Absent where no alert does: then only the receipt shows it. */
  shown?(alert: Alert, payload: P): boolean;
  /** Who did it, where the alert that shows it names them: somebody else may have been quicker. */
  shownBy?(alert: Alert, around: Surroundings): string | undefined;
  /**
   * What has happened to an alert that does not show it, so that it cannot show it any more: "snoozed meanwhile". That it
   * was closed is known of all verbs.
   */
  overtakenBy?(alert: Alert): string | undefined;
  send(ops: Ops, alertId: string, payload: P): Promise<Sent<Failure>>;
  /** Reads before it is sent what `readBack` needs. */
  readBefore?(ops: Ops, requested: RequestedWrite<P>): Promise<unknown>;
  /** Reads whether it was applied, where the alert does not show it. */
  readBack?(ops: Ops, requested: RequestedWrite<P>): Promise<Confirmation<Failure>>;
  /** What takes it back; undefined where the service cannot give back what was. */
  undo?(before: Alert, payload: P, around: Surroundings): Undoing | undefined;
}

/** What a verb may go by besides the alert. */
export interface Surroundings {
  /** Who is signed in; undefined while that is not known. */
  readonly account: Account | undefined;
  /** The people whom the schedules name. */
  readonly people: readonly Person[];
}

/** What writes to alerts need. */
export interface AlertWritesContext {
  readonly ops: () => Promise<Ops>;
  readonly around: () => Surroundings;
  /** Reads the alerts again, soon. */
  readonly readAgain: () => void;
  /** A note was added to an alert. */
  readonly noted: (alertId: string) => void;
}

/** The write that a verb sends, as the engine takes it. `key` is the verb's key in the table of verbs. */
export function alertWrite<Q extends AlertAnswerName>(
  key: string,
  verb: AlertVerb<Q>,
  context: AlertWritesContext,
): WriteKind<Alert, AlertAnswers[Q], Failure> {
  const { asks, write } = verb;
  const { title, doing, past, warning, independent, repeatable, savedAs = key } = write;
  const { ops, around, readAgain } = context;
  return {
    name: `${alertsKey.name}.${savedAs}`,
    feed: alertsKey,
    service: 'ops',
    title,
    doing,
    past,
    warning,
    independent,
    repeatable,
    askAnew: askAnew(key, verb),
    readPayload: readAnswer[asks],
    typed: (payload) => write.typed?.(payload),
    again: (payload, now) => (write.again === undefined ? payload : write.again(payload, now)),
    details: (payload) => write.details?.(payload) ?? {},
    subject: alertText,
    apply: (alert, payload, at) => write.apply(alert, payload, at, around()),
    shown: (alert, payload) => isClosed(alert) || (write.shown?.(alert, payload) ?? true),
    send: async ({ record, payload }) => noting(asks, context, record, await write.send(await ops(), record, payload)),
    confirm: async (receipt) => requestConfirmation(await (await ops()).requestStatus(receipt), title),
    ...readingBefore(verb, context),
    ...readingBack(verb, context),
    undo: (before, payload) => {
      const undoing = write.undo?.(before, payload, around());
      if (undoing === undefined) return undefined;
      return { kind: `${alertsKey.name}.${undoing.verb}`, record: before.id, payload: undoing.payload };
    },
    readAgain,
  };
}

function askAnew(key: string, { toBe, label }: Pick<AlertVerb, 'toBe' | 'label'>): AskAnew | undefined {
  if (toBe === undefined) return undefined;
  return { command: `drDre.alerts.${key}`, button: `${label}…`, toBe, noun: 'alert' };
}

function readingBack<Q extends AlertAnswerName>(
  { asks, write }: AlertVerb<Q>,
  context: Pick<AlertWritesContext, 'ops' | 'around' | 'noted'>,
): Pick<WriteKind<Alert, AlertAnswers[Q], Failure>, 'readBack'> {
  const { ops } = context;
  const unknown = { kind: 'unknown', failure: undefined } as const;
  if (write.readBack !== undefined) {
    return {
      readBack: async (requested) =>
        noting(asks, context, requested.record, (await write.readBack?.(await ops(), requested)) ?? unknown),
    };
  }
  if (write.shown === undefined) return {};
  return {
    // The alert itself: the list may lag behind it (atlassian.md 2.4).
    readBack: async ({ record, payload }) => {
      const read = await (await ops()).getAlert(record);
      return read.ok ? shownIn(read.value, write, payload, context.around()) : notKnown(read.failure);
    },
  };
}

function readingBefore<Q extends AlertAnswerName>(
  { write }: AlertVerb<Q>,
  { ops }: Pick<AlertWritesContext, 'ops'>,
): Pick<WriteKind<Alert, AlertAnswers[Q], Failure>, 'readBefore'> {
  if (write.readBefore === undefined) return {};
  return { readBefore: async (requested) => write.readBefore?.(await ops(), requested) };
}

/** What an alert shows of a write to it. */
function shownIn<P>(alert: Alert, write: AlertVerbWrite<P>, payload: P, around: Surroundings): Confirmation<Failure> {
  if (write.shown?.(alert, payload) === true) {
    const by = write.shownBy?.(alert, around);
    return by === undefined ? { kind: 'applied' } : { kind: 'applied', by };
  }
  const overtakenBy = isClosed(alert) ? 'closed meanwhile' : write.overtakenBy?.(alert);
  return overtakenBy === undefined ? { kind: 'absent' } : { kind: 'overtaken', by: overtakenBy };
}

function isClosed({ status }: Alert): boolean {
  return status === 'closed';
}

/** Calls `noted` when a note was added, and returns the answer that says so. */
function noting<T extends { readonly kind: string }>(
  asks: AlertAnswerName,
  { noted }: Pick<AlertWritesContext, 'noted'>,
  alertId: string,
  answer: T,
): T {
  if (asks === 'note' && answer.kind === 'applied') noted(alertId);
  return answer;
}

function requestConfirmation(read: Result<RequestStatus, Failure>, operation: string): Confirmation<Failure> {
  if (!read.ok) return notKnown(read.failure);
  if (read.value === 'pending') return { kind: 'pending' };
  if (read.value.applied) return { kind: 'applied' };
  return { kind: 'refused', failure: { kind: 'rejected', service: 'ops', operation, detail: read.value.reason } };
}
