import type { Disposable } from '../base/clock.ts';
import type { Moved } from './files.ts';
import type {
  AnyKind,
  EndedWrite,
  Reread,
  RequestedWrite,
  WriteEnd,
  WriteRequest,
  WriteState,
  WriteStatus,
} from './kind.ts';
import type { OptimisticChange } from './optimistic.ts';
import type { Job } from './queue.ts';
import { identityOf, type SavedWrite, type Stage } from './saved.ts';

/** A write in memory. */
export interface WriteEntry<F> extends Job {
  saved: SavedWrite;
  /** Undefined when this version does not have it, or cannot read its payload: it can only be reported. */
  readonly kind: AnyKind<F> | undefined;
  /** As its kind read it, or made it for another try. */
  payload: unknown;
  state: WriteState<F>;
  /**
   * What its next turn does. `findOut`: only finds out what became of it. `findOutThenSend`: and sends it again if that does
   * no harm.
   */
  mode: 'send' | 'findOut' | 'findOutThenSend';
  /** How often its service required a pause. */
  tries: number;
  /** A person tries it again. */
  isRetried: boolean;
  /** What was read when a person requested it, and when, epoch milliseconds: its next turn takes it. */
  reread: (Reread<unknown> & { readonly at: number }) | undefined;
  recovered: boolean;
  /** A person may cancel it, as long as it is not sent. */
  signal: AbortSignal | undefined;
  /** Resolves when it is on disk. Never rejects. */
  ready: Promise<Moved>;
  shown: OptimisticChange | undefined;
  undoUntil: number | undefined;
  undoWarning: string | undefined;
  timer: Disposable | undefined;
  readonly waiters: ((ended: EndedWrite<F>) => void)[];
}

/** A write that has had no turn yet. `run`: one turn of it. */
export function entryFor<F>(
  saved: SavedWrite,
  kind: AnyKind<F> | undefined,
  payload: unknown,
  state: WriteState<F>,
  run: (entry: WriteEntry<F>) => Promise<void>,
): WriteEntry<F> {
  const entry: WriteEntry<F> = {
    saved,
    kind,
    payload,
    state,
    service: kind?.service ?? saved.kind,
    lane: `${saved.feed}/${saved.record}`,
    mode: 'send',
    tries: 0,
    isRetried: false,
    reread: undefined,
    recovered: false,
    signal: undefined,
    ready: Promise.resolve('moved'),
    shown: undefined,
    undoUntil: undefined,
    undoWarning: undefined,
    timer: undefined,
    waiters: [],
    run: () => run(entry),
  };
  return entry;
}

/** Whether a write has ended. */
export function isEnd<F>(state: WriteState<F>): state is WriteEnd<F> {
  return state.kind !== 'waiting' && state.kind !== 'sending';
}

/** The state of a write that was found on disk; `failure`: why it did not go through, where that is known. */
export function stateAt<F>(stage: Stage, failure: F | undefined): WriteState<F> {
  switch (stage) {
    case 'queued':
      return { kind: 'waiting', until: undefined };
    case 'sent':
      return { kind: 'sending' };
    case 'failed':
      return { kind: 'failed', failure };
    case 'unconfirmed':
      return { kind: 'unconfirmed', failure };
    case 'notSent':
      return { kind: 'notSent', because: 'closed' };
  }
}

/** What the kind of a write gets to see. */
export function requestedWrite<F>({ saved, payload }: WriteEntry<F>): RequestedWrite<unknown> {
  return { record: saved.record, payload, at: saved.at, seenBefore: saved.seenBefore };
}

/** Whether it ended in a way that trying again can mend, and this version has its kind. */
export function isRetryable<F>({ state, kind }: WriteEntry<F>): boolean {
  if (kind === undefined) return false;
  return state.kind === 'failed' || state.kind === 'unconfirmed' || (state.kind === 'notSent' && !isElsewhere(state));
}

/** What it means to try it again now; undefined when it means nothing any more. */
export function payloadAgain<F>({ kind, payload }: WriteEntry<F>, now: number): unknown {
  return kind?.again === undefined ? payload : kind.again(payload, now);
}

/** The write that takes it back; undefined while it is not applied, and where that cannot be done. */
export function undoingOf<F>({ kind, payload, saved, state }: WriteEntry<F>): WriteRequest | undefined {
  return state.kind === 'applied' && saved.before !== undefined ? kind?.undo?.(saved.before, payload) : undefined;
}

/** Another window has taken it over, and reports it. */
export function isElsewhere<F>(state: WriteState<F>): boolean {
  return state.kind === 'notSent' && state.because === 'elsewhere';
}

/** Whether it ended otherwise than a person wanted, so that the person has to see it. */
export function waitsForPerson<F>(entry: WriteEntry<F>): boolean {
  const { state } = entry;
  if (!isEnd(state) || state.kind === 'applied' || state.kind === 'overtaken' || isElsewhere(state)) return false;
  return state.kind !== 'notSent' || state.because !== 'cancelled' || typedFor(entry) !== undefined;
}

/** What a person typed for it. Of a kind that this version does not have, all that is there. */
export function typedFor<F>({ kind, payload, saved }: WriteEntry<F>): string | undefined {
  const text = kind === undefined ? JSON.stringify(saved.payload) : kind.typed?.(payload);
  return text === '' ? undefined : text;
}

/** The write as views show it, in a state. */
export function statusOf<F, S extends WriteState<F>>(
  entry: WriteEntry<F>,
  state: S,
): WriteStatus<F> & { readonly state: S } {
  const typed = typedFor(entry);
  return {
    ...identityOf(entry.saved),
    state,
    typed,
    doing: entry.kind?.doing,
    past: entry.kind?.past,
    details: entry.kind?.details?.(entry.payload),
    askAnew: entry.kind?.askAnew,
    undoUntil: entry.undoUntil,
    undoWarning: entry.undoWarning,
    retryable: isRetryable(entry),
  };
}
