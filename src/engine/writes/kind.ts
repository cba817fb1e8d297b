import type { FeedKey } from '../read/store.ts';

/** What sending brought. */
export type Sent<F> =
  /** Taken, but not known to be done: `receipt` is what it is confirmed by; without one it is confirmed by reading back. */
  | { readonly kind: 'accepted'; readonly receipt?: string }
  /** Done: the service works synchronously. */
  | { readonly kind: 'applied' }
  /** The service did not take it. */
  | { readonly kind: 'refused'; readonly failure: F }
  /** The service did not take it, and requires a pause (429): sent again later. */
  | { readonly kind: 'busy'; readonly failure: F; readonly retryAfterMs: number | undefined }
  /** No answer came: it may have been applied. */
  | { readonly kind: 'unknown'; readonly failure: F | undefined };

/** What reading what became of a write brought. */
export type Confirmation<F> =
  /** Not done yet, as far as can be seen. */
  | { readonly kind: 'pending' }
  /** A complete read of the record shows that it is not there. */
  | { readonly kind: 'absent' }
  /** Done: by whom and when, where the service says so. */
  | { readonly kind: 'applied'; readonly by?: string; readonly at?: number }
  /** Certain not to have been applied. */
  | { readonly kind: 'refused'; readonly failure: F }
  /**
   * The record has changed since in a way that does not show any more whether it was applied: "closed meanwhile". Not for
   * what a person typed: it is not kept.
   */
  | { readonly kind: 'overtaken'; readonly by: string }
  /** The read itself failed: nothing is known. */
  | { readonly kind: 'unknown'; readonly failure: F | undefined; readonly retryAfterMs?: number | undefined };

/** One change that a person requested, as its kind gets it. `L`: what `Replaced.read` gives besides the record. */
export interface RequestedWrite<P, L = unknown> {
  /** Key of the record in the feed. */
  readonly record: string;
  readonly payload: P;
  /** When it was requested, epoch milliseconds. */
  readonly at: number;
  /** What `readBefore` saw last before it was sent; undefined when it was not sent yet or nothing was seen. */
  readonly seenBefore?: unknown;
  /**
   * For `readBefore` and `send`: it was sent before, or had to wait, so that what was read when it was requested may not hold
   * any more, and a part of it may be there already.
   */
  readonly isLate?: boolean;
  /** What `Replaced.read` gave a moment ago besides the record: it is not read once more. */
  readonly reread?: L;
}

/** A write as data: what can be kept on disk. */
export interface WriteRequest {
  /** Name of the kind. */
  readonly kind: string;
  readonly record: string;
  /** JSON data. */
  readonly payload: unknown;
}

/** How a person is asked anew for writes that mean nothing any more, as their time has passed. */
export interface AskAnew {
  /** Id of the command that asks. It gets rows of the records. */
  readonly command: string;
  /** The button that calls the command: "Snooze…". */
  readonly button: string;
  /** What was to be done to the records: "snoozed". */
  readonly toBe: string;
  /** What one record is called: "alert". */
  readonly noun: string;
}

/** What a write replaces. */
export interface Replaced<R> {
  /** In words, the same for the same value. */
  readonly words: (record: R) => string;
  /** Reads the record before the write is tried again, or undone; undefined where it cannot be read. */
  readonly read: (record: string, by: 'retry' | 'undo') => Promise<Reread<R> | undefined>;
}

/** What was read before a write is tried again or undone. */
export interface Reread<R> {
  /** The record as the service has it now. */
  readonly record: R;
  /** What is needed to send it, where it was read with the record. */
  readonly besides?: unknown;
}

/** How a write that is done is worded: before the name of its record ("Acknowledged"), and after it ("was acknowledged"). */
export interface PastWords {
  readonly before: string;
  readonly after: string;
  /** Before the name, where it goes to whoever is signed in: "Took over". Without it the same words as for others. */
  readonly mine?: string;
}

/** What a sentence about a write adds: the person it goes to, and from when until when it holds, epoch milliseconds. */
export interface WriteDetails {
  readonly to?: string | undefined;
  /** That person is whoever is signed in. */
  readonly isMine?: boolean;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** One kind of write: how it is worded, shown, sent and confirmed. Registered by name, as a function cannot be saved. */
export interface WriteKind<R, P, F> {
  /** Unique and stable, as it is on disk: "alerts.acknowledge". */
  readonly name: string;
  readonly feed: FeedKey<R>;
  /** A further feed in which the record may stand, beside the first or in its place. */
  readonly alsoIn?: FeedKey<R> | undefined;
  /** Whose "slow down" pauses it. */
  readonly service: string;
  /** Its name in a few words, in lower case: "acknowledge". It is saved with each write. */
  readonly title: string;
  /** What is shown while it is sent: "acknowledging". Without it the title is shown. */
  readonly doing?: string | undefined;
  /** How it is worded once it is done. Without it the title is shown. */
  readonly past?: PastWords | undefined;
  /** What a person must have read before it is sent, as a sentence: "This pages again." */
  readonly warning?: string | undefined;
  /**
   * It makes sense whatever came of the writes to the same record before it (a note, a comment). Others are not sent when
   * an earlier one to their record did not go through, as they were requested on top of it.
   */
  readonly independent?: boolean | undefined;
  /** Sending it twice does what sending it once does. Only such a write is sent again while its fate is not known. */
  readonly repeatable?: boolean | undefined;
  /** Checks what comes from the disk. */
  readPayload(value: unknown): P | undefined;
  /** The text that a person typed for it, if any: then it is kept until it is applied or taken back. */
  typed?(payload: P): string | undefined;
  /** To whom and until when, where that is said once it is done. */
  details?(payload: P): WriteDetails;
  /** What a person calls the record. */
  subject(record: R): string;
  /** What a person calls what there is no record of yet: what it makes. Without it the key of the record is said. */
  subjectOf?(payload: P): string;
  /** The record as it is once it is applied: shown at once. */
  apply(record: R, payload: P, at: number): R;
  /** Whether a record from the service already shows it; until then the optimistic change stays for a while. */
  shown(record: R, payload: P): boolean;
  /**
   * What of the record it replaces, where somebody else may have changed just that before it is tried again or undone:
   * a person is asked then.
   */
  readonly replaces?: Replaced<R> | undefined;
  /**
   * What it means when a person tries it again later, where that is not the same: a length of time counts from then.
   * Undefined when it means nothing any more, so that the person must be asked anew. Only where it is `repeatable`.
   */
  again?(payload: P, now: number): P | undefined;
  /** How the person is asked anew then. */
  readonly askAnew?: AskAnew | undefined;
  /**
   * Reads before it is sent what `readBack` distinguishes it from: the ids of the notes that are there already. JSON data, which
   * is kept on disk; undefined when it cannot be read. It is sent all the same.
   */
  readBefore?(requested: RequestedWrite<P>): Promise<unknown>;
  /** Sends it, once. */
  send(requested: RequestedWrite<P>): Promise<Sent<F>>;
  /** Reads what became of a receipt. */
  confirm?(receipt: string, requested: RequestedWrite<P>): Promise<Confirmation<F>>;
  /** Reads whether the service shows it: for services without receipts, and when no answer came. */
  readBack?(requested: RequestedWrite<P>): Promise<Confirmation<F>>;
  /** The write that takes it back, where the service can; `before` is the record as it was. */
  undo?(before: R, payload: P): WriteRequest | undefined;
  /** Reads what shows the record again, quickly. */
  readAgain(record: string): void;
}

/** A kind whose types are erased: its methods only ever get what its own `readPayload` and feed gave. */
export type AnyKind<F> = WriteKind<unknown, unknown, F>;

/** How a write ended. */
export type WriteEnd<F> =
  /** `by`: somebody else who did it first, where the service says so. */
  | { readonly kind: 'applied'; readonly at: number; readonly by: string | undefined }
  /** The service refused; the row is as it was. The failure is undefined where it could not be read from disk. */
  | { readonly kind: 'failed'; readonly failure: F | undefined }
  /** It never left this machine. */
  | { readonly kind: 'notSent'; readonly because: NotSent }
  /** It may or may not have been applied: `check` reads again, `sendAgain` sends it once more all the same. */
  | { readonly kind: 'unconfirmed'; readonly failure: F | undefined }
  /** The record has changed since so that this is not known, nor matters: "closed meanwhile". Not tried again. */
  | { readonly kind: 'overtaken'; readonly by: string };

/**
 * Why a write was not sent: an earlier one to the same record did not go through; a person cancelled it; the window
 * closed before its turn came; the disk would not note that it is being sent; another window has taken it over.
 */
export type NotSent = 'earlierFailed' | 'cancelled' | 'closed' | 'storage' | 'elsewhere' | 'otherSettings';

export type WriteState<F> =
  /** Its turn has not come; `until` where its service requires a pause, epoch milliseconds. */
  { readonly kind: 'waiting'; readonly until: number | undefined } | { readonly kind: 'sending' } | WriteEnd<F>;

/** Which write it is, and to what. */
export interface WriteIdentity {
  readonly id: string;
  /** Name of its kind. */
  readonly kind: string;
  readonly feed: string;
  readonly record: string;
  /** What a person calls the record. */
  readonly subject: string;
  /** The title of its kind: "acknowledge". */
  readonly title: string;
  /** When it was requested, epoch milliseconds. */
  readonly at: number;
}

/** A write as views show it. */
export interface WriteStatus<F> extends WriteIdentity {
  /** The further words of its kind; undefined for a kind that this version does not have. */
  readonly doing?: string | undefined;
  readonly past?: PastWords | undefined;
  readonly details?: WriteDetails | undefined;
  readonly askAnew?: AskAnew | undefined;
  readonly state: WriteState<F>;
  /** What a person typed for it. */
  readonly typed: string | undefined;
  /** Until when it can be undone, epoch milliseconds; undefined when it cannot. */
  readonly undoUntil: number | undefined;
  /** What a person must have read before it is undone. */
  readonly undoWarning?: string | undefined;
  /** It can be tried again. */
  readonly retryable: boolean;
}

/** A write that has ended. */
export interface EndedWrite<F> extends WriteStatus<F> {
  readonly state: WriteEnd<F>;
  /** It was requested before this session of the window, or by a window that is gone. */
  readonly recovered: boolean;
}
