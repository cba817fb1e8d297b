import type { Clock, Disposable } from '../base/clock.ts';
import { Lifetime } from '../base/lifetime.ts';
import type { Log } from '../base/log.ts';
import { minute, second } from '../base/units.ts';
import { requestedWrite, type WriteEntry } from './entry.ts';
import type { WriteFiles } from './files.ts';
import { findOut, type FindOutParts } from './findOut.ts';
import type { AnyKind, Sent, WriteEnd } from './kind.ts';

/** What a turn brought. `later`: the service requires a pause of so many milliseconds. */
export type Turn<F> =
  | { readonly kind: 'ended'; readonly end: WriteEnd<F> }
  | { readonly kind: 'later'; readonly afterMs: number }
  | { readonly kind: 'windowClosed' };

export interface DeliveryContext {
  readonly clock: Clock;
  readonly log: Log;
  readonly files: WriteFiles;
  /** Where the settings lead. */
  readonly scope: () => string;
}

/** No answer to a write is waited for longer. */
const longestSendMs = minute;
/** How often a write is sent when its service requires pauses. */
const mostTries = 6;
/** What is there before a write is sent is waited for no longer: a person waits for the write. */
const longestReadBeforeMs = 5 * second;
/** What was read when a write was requested is taken for what is there for so long. */
const longestHoldMs = 5 * second;
/** Where a service requires a longer pause than this the write has failed: it waits for a person. */
const longestPauseMs = 10 * minute;
const firstPauseMs = 2 * second;
const longestOwnPauseMs = 30 * second;

/** Sends a write and finds out what became of it. Before anything is sent, the disk says that it is. */
export class Delivery<F> implements Disposable {
  readonly #context: DeliveryContext;
  readonly #lifetime = new Lifetime();

  constructor(context: DeliveryContext) {
    this.#context = context;
  }

  /** One turn of a write; `begins` is called when it is more than waiting. Never rejects. */
  async deliver(entry: WriteEntry<F>, begins: () => void): Promise<Turn<F>> {
    try {
      if ((await entry.ready) === 'taken') return ended({ kind: 'notSent', because: 'elsewhere' });
      if (this.#over()) return { kind: 'windowClosed' };
      begins();
      if (entry.mode !== 'send') {
        const known = await this.#findOut(entry);
        const sendAgain =
          entry.mode === 'findOutThenSend' && (known.kind === 'failed' || entry.kind?.repeatable === true);
        if (known.kind === 'applied' || known.kind === 'overtaken' || !sendAgain) return ended(known);
        entry.mode = 'send';
      }
      return await this.#send(entry);
    } catch (cause) {
      this.#context.log.error('writes', `${entry.saved.title} ended unexpectedly`, cause);
      return ended({ kind: 'unconfirmed', failure: undefined });
    }
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #send(entry: WriteEntry<F>): Promise<Turn<F>> {
    const { kind } = entry;
    if (kind === undefined) return ended({ kind: 'unconfirmed', failure: undefined });
    if (!this.#isHere(entry)) return ended({ kind: 'notSent', because: 'otherSettings' });
    if (entry.saved.receipt !== undefined) await this.#keepReceipt(entry, undefined);
    const reread = this.#rereadOf(entry)?.besides;
    // What was read before one try says nothing of the next.
    entry.reread = undefined;
    if (kind.readBefore !== undefined) await this.#readBefore(entry, kind, reread);
    if (this.#over()) return { kind: 'windowClosed' };
    const moved = await this.#context.files.move(entry.saved.id, 'sent');
    if (this.#over()) return { kind: 'windowClosed' };
    if (moved !== 'moved') return ended({ kind: 'notSent', because: moved === 'taken' ? 'elsewhere' : 'storage' });
    if (entry.signal?.aborted === true) return ended({ kind: 'notSent', because: 'cancelled' });
    const sent = await this.#findOutParts.within<Sent<F>>(
      longestSendMs,
      kind.send({ ...requestedWrite(entry), isLate: this.#isLate(entry), reread }),
      {
        kind: 'unknown',
        failure: undefined,
      },
    );
    if (this.#over() && sent.kind !== 'accepted') return { kind: 'windowClosed' };
    switch (sent.kind) {
      case 'applied':
        return ended(this.#applied(undefined, undefined));
      case 'refused':
        return ended({ kind: 'failed', failure: sent.failure });
      case 'busy':
        return this.#later(entry, sent.failure, sent.retryAfterMs);
      case 'accepted':
        if (sent.receipt !== undefined) await this.#keepReceipt(entry, sent.receipt);
        return ended(await this.#findOut(entry));
      case 'unknown': {
        const end = await this.#findOut(entry);
        return ended(
          end.kind === 'failed' || end.kind === 'unconfirmed' ? { ...end, failure: end.failure ?? sent.failure } : end,
        );
      }
    }
  }

  /** The service requires a pause: sent again, a few times. */
  async #later(entry: WriteEntry<F>, failure: F, retryAfterMs: number | undefined): Promise<Turn<F>> {
    const own = Math.min(longestOwnPauseMs, firstPauseMs * 2 ** entry.tries);
    const afterMs = retryAfterMs !== undefined && retryAfterMs >= 0 ? Math.max(retryAfterMs, second) : own;
    entry.tries++;
    if (entry.tries >= mostTries || afterMs > longestPauseMs) return ended({ kind: 'failed', failure });
    const moved = await this.#context.files.move(entry.saved.id, 'queued');
    return moved === 'taken' ? ended({ kind: 'notSent', because: 'elsewhere' }) : { kind: 'later', afterMs };
  }

  async #findOut(entry: WriteEntry<F>): Promise<WriteEnd<F>> {
    if (entry.kind === undefined || !this.#isHere(entry)) return { kind: 'unconfirmed', failure: undefined };
    const answer = await findOut(
      entry.kind,
      { ...requestedWrite(entry), reread: this.#rereadOf(entry)?.besides },
      entry.saved.receipt,
      this.#findOutParts,
    );
    switch (answer.kind) {
      case 'applied':
        return this.#applied(answer.at, answer.by);
      case 'refused':
        return { kind: 'failed', failure: answer.failure };
      case 'overtaken':
        return answer;
      case 'unknown':
        return { kind: 'unconfirmed', failure: answer.failure };
      case 'pending':
        return { kind: 'unconfirmed', failure: undefined };
      case 'absent':
        // What the service has taken it may still carry out.
        return { kind: entry.saved.receipt === undefined ? 'failed' : 'unconfirmed', failure: undefined };
    }
  }

  #applied(at: number | undefined, by: string | undefined): WriteEnd<F> {
    return { kind: 'applied', at: at ?? this.#context.clock.now(), by };
  }

  /** Whether the settings lead to where it was requested: elsewhere the same id may be of another record. */
  #isHere({ saved }: WriteEntry<F>): boolean {
    return saved.scope === this.#context.scope();
  }

  /** Whether what was read when it was requested may not hold any more. */
  #isLate({ saved, tries, isRetried }: WriteEntry<F>): boolean {
    return isRetried || tries > 0 || this.#context.clock.now() - saved.at > longestHoldMs;
  }

  /** What was read for it, as long as that is recent enough to build on. */
  #rereadOf({ reread }: WriteEntry<F>): WriteEntry<F>['reread'] {
    return reread !== undefined && this.#context.clock.now() - reread.at <= longestHoldMs ? reread : undefined;
  }

  /** The window closes: the next one goes on from what is on disk. */
  #over(): boolean {
    return this.#lifetime.isOver;
  }

  /** What was read before another try says nothing of this one: it is always read anew. */
  async #readBefore(entry: WriteEntry<F>, kind: AnyKind<F>, reread: unknown): Promise<void> {
    const requested = { ...requestedWrite(entry), isLate: this.#isLate(entry), reread };
    const read = kind.readBefore?.(requested) ?? Promise.resolve(undefined);
    const seenBefore = await this.#findOutParts.within<unknown>(longestReadBeforeMs, read, undefined);
    if (this.#over()) return;
    entry.saved = { ...entry.saved, seenBefore };
    await this.#context.files.update(entry.saved);
  }

  async #keepReceipt(entry: WriteEntry<F>, receipt: string | undefined): Promise<void> {
    entry.saved = { ...entry.saved, receipt };
    await this.#context.files.update(entry.saved);
  }

  readonly #findOutParts: FindOutParts = {
    wait: (ms) => new Promise((resolve) => void this.#lifetime.after(this.#context.clock, ms, resolve)),
    within: (ms, promise, otherwise) =>
      new Promise((resolve) => {
        const timer = this.#lifetime.after(this.#context.clock, ms, () => resolve(otherwise));
        const done = (value: typeof otherwise): void => {
          timer.dispose();
          resolve(value);
        };
        promise.then(done, (cause: unknown) => {
          this.#context.log.error('writes', 'a read or a write threw', cause);
          done(otherwise);
        });
      }),
    ended: () => this.#over(),
  };
}

function ended<F>(end: WriteEnd<F>): Turn<F> {
  return { kind: 'ended', end };
}
