import { clampPause, planNext, type Attention, type Backoff, type Pace, type Reason } from './schedule.ts';

/** When a read begins, epoch milliseconds, and why then. */
export interface PlannedRead {
  readonly at: number;
  readonly reason: Reason;
}

/**
 * How the reads of a feed have gone so far, and when the next one is due. What comes by itself (an event stream) is no
 * read: it neither brings the next one forward nor puts it off.
 */
export class ReadCourse {
  /** Quick reads that are left after a write of our own. */
  burst = 0;
  /** The last read was one of these: what was written may have taken records away. */
  isAfterWrite = false;
  /** Reads since the last good one that failed. */
  failures = 0;
  /** The last read is not accepted until another one shows the same. */
  doubted = false;
  /** In how many pages the last good read came. */
  pages = 1;
  /** When the last read ended; the next one is counted from then. */
  #settledAt: number | undefined;
  /** The pause that the service requires, from when the last read ended. */
  #retryAfterMs = 0;
  #minimumMs: number | undefined;
  #unchanged = 0;
  #notYet = 0;

  /**
   * A read ended now, or a service answered as if one had. What is left of the pause that it requires is still kept.
   */
  settle(now: number): void {
    // A clock that was set back lets nothing pass.
    const passed = Math.max(0, now - (this.#settledAt ?? now));
    this.#retryAfterMs = Math.max(0, this.#retryAfterMs - passed);
    this.#settledAt = now;
  }

  /** The service requires a pause. One that it required before still holds, whatever was read since. */
  pause(ms: number | undefined): void {
    this.#retryAfterMs = Math.max(this.#retryAfterMs, clampPause(ms));
  }

  /** A read failed. Returns how many have in a row. */
  fail(): number {
    this.burst = 0;
    return ++this.failures;
  }

  /** A read was answered, but with nothing yet. */
  nothingYet(): void {
    this.#retryAfterMs = 0;
    this.#notYet++;
  }

  /**
   * A read was good. `came`: in how many pages, and how soon the service allows the next one; absent where all is as
   * before.
   */
  good(came?: { readonly pages?: number; readonly pollAfterMs?: number | undefined }): void {
    this.#retryAfterMs = 0;
    this.failures = this.#notYet = 0;
    if (came === undefined) return;
    this.#minimumMs = came.pollAfterMs;
    this.pages = came.pages ?? 1;
  }

  /** Whether there was anything new. */
  brought(news: boolean): void {
    this.#unchanged = news ? 0 : this.#unchanged + 1;
  }

  /** All begins anew. */
  reset(): void {
    this.#retryAfterMs = 0;
    this.#minimumMs = undefined;
    this.failures = this.#notYet = 0;
    this.doubted = false;
    this.pages = 1;
  }

  /** Whether the service requires a pause after the last read. */
  get isPaused(): boolean {
    return this.#retryAfterMs > 0;
  }

  /** The next read at the pace of this attention; after failures by `backoff`, quickly when it is absent. */
  next(pace: Pace, attention: Attention, now: number, random: number, backoff?: Backoff): PlannedRead {
    const { delayMs, reason } = planNext(pace, {
      attention,
      failures: this.failures,
      backoff,
      pages: this.pages,
      burst: this.burst,
      doubted: this.doubted,
      random,
      unchanged: this.#unchanged,
      notYet: this.#notYet,
      retryAfterMs: this.#retryAfterMs,
      minimumMs: this.#minimumMs,
    });
    return { at: this.#since(now) + delayMs, reason };
  }

  /** A read that begins then, or when the pause of the service ends. */
  notBeforePause(at: number, reason: Reason, now: number): PlannedRead {
    const waitMs = Math.max(this.#retryAfterMs, clampPause(this.#minimumMs));
    const free = this.#since(now) + waitMs;
    return free > at ? { at: free, reason: { kind: 'pause', waitMs } } : { at, reason };
  }

  /** From when a wait counts. A clock that was set back makes none longer. */
  #since(now: number): number {
    return Math.min(this.#settledAt ?? now, now);
  }
}
