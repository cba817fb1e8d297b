import type { Failure } from '../../domain/base/failure.ts';
import { ok, type Result } from '../../domain/base/result.ts';
import type { TicketCondition } from '../../domain/queue/conditions.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import type { Confirmation, RequestedWrite, WriteKind } from '../../engine/writes/kind.ts';
import type { Jira } from '../../sources/atlassian/jira/client.ts';
import type { TicketWithPart, TicketPart } from '../../sources/atlassian/jira/ticketWithPart.ts';
import type { Undoing } from '../kit/undoing.ts';
import { notAccepted, shownOr } from '../kit/writeAnswers.ts';
import type { TicketAnswers, TicketAnswerName } from './answers.ts';
import { listedTicketsKey } from './known.ts';
import { queueKey } from './queue.ts';

/**
 * Something that a person can do to tickets, and all that is known of it. Its key in the table of verbs is the last part
 * of its command's id.
 */
export interface TicketVerb<Q extends TicketAnswerName = TicketAnswerName> {
  /** Before the tickets in titles: "Change Priority of". */
  readonly label: string;
  /** After the tickets in titles: " to Me". */
  readonly labelEnd?: string;
  /** The tickets to which it can be done. */
  readonly fits: TicketCondition;
  /** What is said when it can be done to none of the chosen tickets. */
  readonly none: string;
  /** It is for tickets of the queue alone, not for those of further lists. */
  readonly inQueue?: true;
  /** What a person is asked for. */
  readonly asks: Q;
  /** What it replaces: when somebody else has changed that since the list was read, the person is asked. */
  readonly replaces?: (ticket: Ticket) => string;
  /** What is sent for one of several tickets, where that is not the whole answer; undefined: nothing. */
  payloadFor?(ticket: Ticket, answer: TicketAnswers[Q]): TicketAnswers[Q] | undefined;
  readonly write: TicketVerbWrite<TicketAnswers[Q]>;
}

/** A verb replaces something that is to be seen in the ticket. */
type ReplacedBy = Pick<TicketVerb, 'replaces'>;

type SameAsKind = 'title' | 'past' | 'details' | 'repeatable' | 'independent' | 'typed';

/** What a verb sends, and how that is confirmed and undone. */
export interface TicketVerbWrite<P> extends Pick<WriteKind<Ticket, P, Failure>, SameAsKind> {
  readonly doing: string;
  /** The permission of the project that Jira requires, as its administration names it. */
  readonly permission: string;
  /** The ticket as it is once it is applied. */
  apply(ticket: Ticket, payload: P): Ticket;
  /** Whether a ticket from the service shows it. */
  shown(ticket: Ticket, payload: P): boolean;
  /**
   * What undoing it, or trying it again, replaces, where that is not what the verb replaces: when somebody else has changed
   * that since, the person is asked.
   */
  readonly replaces?: (ticket: Ticket) => string;
  /**
   * What is read together with the ticket when somebody else may have changed it, so that no further request is needed:
   * for sending this again, and for sending what takes it back.
   */
  readonly needs?: { readonly retry?: TicketPart; readonly undo?: TicketPart };
  /**
   * The answer is the ticket as it is then, where Jira sends it; `done` where the answer shows that it was applied, or is
   * taken for it.
   */
  send(jira: Jira, key: string, payload: P, now: TicketNow): Promise<Result<Ticket | 'done' | undefined, Failure>>;
  /**
   * Reads, where it was sent before or had to wait, what of it is left to send; undefined for all of it. Nothing is sent
   * when it fails. `seenBefore`: what `readBefore` gave.
   */
  left?(jira: Jira, key: string, payload: P, seenBefore: unknown): Promise<Result<PartLeft | undefined, Failure>>;
  /** Reads before it is sent what `left` and `readBack` need: JSON data. */
  readBefore?(jira: Jira, key: string, payload: P, now: TicketNow & SeenEarlier): Promise<unknown>;
  /** Reads whether it was applied, where the ticket does not show it. `reread`: the ticket as it was a moment ago. */
  readBack?(
    jira: Jira,
    key: string,
    payload: P,
    seenBefore: unknown,
    reread: TicketWithPart | undefined,
  ): Promise<Confirmation<Failure>>;
  /** What takes it back; undefined where Jira cannot give back what was. */
  undo?(before: Ticket, payload: P, epic: string): Undoing | undefined;
}

/** What is known of a ticket before a write is sent to it. */
export interface TicketNow {
  /** It was sent before, or had to wait: a part of it may be there already. */
  readonly isLate: boolean;
  /** The ticket as it was a moment ago, where it was read. */
  readonly reread: TicketWithPart | undefined;
}

/** What `readBefore` gave when it was sent the last time; undefined where it was not sent yet. */
interface SeenEarlier {
  readonly seenBefore: unknown;
}

/** What is left to send of a write: the rest is there already. */
export interface PartLeft {
  readonly permission: string;
  send(): Promise<Result<Ticket | 'done' | undefined, Failure>>;
}

/** What writes to tickets need. */
export interface TicketWritesContext {
  readonly jira: () => Promise<Jira>;
  /** The key of the epic of the queue. */
  readonly epic: () => string;
  /** Reads again, soon, what shows the ticket of a key: the queue, or the further lists that it is in alone. */
  readonly readAgain: (key: string) => void;
}

/** A write as the engine takes it. `key`: the last part of its name, for a verb its key in the table of verbs. */
export function ticketWrite<P>(
  key: string,
  readPayload: (value: unknown) => P | undefined,
  write: TicketVerbWrite<P>,
  { jira, epic, readAgain }: TicketWritesContext,
  verb: ReplacedBy = {},
): WriteKind<Ticket, P, Failure> {
  const { title, doing, past, repeatable, independent, permission } = write;
  const replaces = write.replaces ?? verb.replaces;
  return {
    name: `${queueKey.name}.${key}`,
    feed: queueKey,
    alsoIn: listedTicketsKey,
    service: 'jira',
    title,
    doing,
    past,
    repeatable,
    independent,
    readPayload,
    typed: (payload) => write.typed?.(payload),
    details: (payload) => write.details?.(payload) ?? {},
    subject: ticketName,
    apply: (ticket, payload) => write.apply(ticket, payload),
    shown: (ticket, payload) => write.shown(ticket, payload),
    send: async ({ record, payload, isLate = false, seenBefore, reread }: RequestedWrite<P, TicketWithPart>) => {
      const client = await jira();
      const left = isLate ? await write.left?.(client, record, payload, seenBefore) : undefined;
      if (left?.ok === false) return notAccepted({ ...left.failure, notSent: true });
      const sent = await (
        left?.value ?? { send: () => write.send(client, record, payload, { isLate, reread }) }
      ).send();
      if (!sent.ok) return notAccepted(completedRefusal(left?.value?.permission ?? permission, sent.failure));
      if (sent.value === 'done') return { kind: 'applied' };
      // What the answer does not show yet is read.
      return { kind: sent.value !== undefined && write.shown(sent.value, payload) ? 'applied' : 'accepted' };
    },
    ...readingBefore(write, jira),
    readBack: async ({ record, payload, seenBefore, reread }: RequestedWrite<P, TicketWithPart>) => {
      const client = await jira();
      if (write.readBack !== undefined) return write.readBack(client, record, payload, seenBefore, reread);
      const now = reread === undefined ? await client.getTicket(record) : ok(reread.ticket);
      return shownOr(now, (ticket) => write.shown(ticket, payload));
    },
    replaces: replaces && {
      words: replaces,
      read: async (record, by) => {
        const now = await (await jira()).ticketWith(record, write.needs?.[by]);
        return now.ok ? { record: now.value.ticket, besides: now.value } : undefined;
      },
    },
    undo: (before, payload) => {
      const undoing = write.undo?.(before, payload, epic());
      if (undoing === undefined) return undefined;
      return { kind: `${queueKey.name}.${undoing.verb}`, record: before.key, payload: undoing.payload };
    },
    readAgain,
  };
}

function readingBefore<P>(
  write: TicketVerbWrite<P>,
  jira: TicketWritesContext['jira'],
): Pick<WriteKind<Ticket, P, Failure>, 'readBefore'> {
  if (write.readBefore === undefined) return {};
  return {
    readBefore: async ({ record, payload, isLate = false, reread, seenBefore }: RequestedWrite<P, TicketWithPart>) =>
      write.readBefore?.(await jira(), record, payload, { isLate, reread, seenBefore }),
  };
}

/** What a person calls a ticket. */
export function ticketName({ key, summary }: Pick<Ticket, 'key' | 'summary'>): string {
  return summary === '' ? key : `${key} ${summary}`;
}

/** Adds to a refusal what Jira seldom says of it: which permission is missing, and that another change was under way. */
export function completedRefusal(permission: string, failure: Failure): Failure {
  if (failure.status === 409 && failure.detail === undefined) {
    return { ...failure, detail: 'somebody else was changing it at the same moment' };
  }
  const { kind, status, fields, detail = '' } = failure;
  // That comments are not permitted Jira says with a 400 (atlassian.md 3.1).
  const isOfPermission = status === 400 && fields === undefined && /\bpermission\b/i.test(detail);
  if (kind !== 'forbidden' && !isOfPermission) return failure;
  const said = detail === '' ? '' : `${detail.replace(/[\s.]+$/, '')}. `;
  return { ...failure, detail: `${said}It takes the permission “${permission}”` };
}
