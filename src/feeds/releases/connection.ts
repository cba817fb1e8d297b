import type { Failure } from '../../domain/base/failure.ts';
import { second } from '../../domain/base/time.ts';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Timer } from '../../engine/base/lifetime.ts';

/** Three keepalives of 5 s without a byte: the connection is broken (rollout-dashboard.md 1.2). */
const longestPauseMs = 16 * second;

/** Follows a stream until it ends or `signal` aborts; resolves with why it ended. `received` is called for every byte. */
export type FollowStream = (signal: AbortSignal, received: () => void) => Promise<Failure>;

/** One connection at a time to an event stream of the dashboard. One on which nothing is received is ended. */
export class StreamConnection implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #timeLimit: Timer;
  #abort: AbortController | undefined;

  constructor(clock: Clock) {
    this.#timeLimit = this.#lifetime.timer(clock);
  }

  get isOpen(): boolean {
    return this.#abort !== undefined;
  }

  /** Connects; `ended` is called with why the connection ended, unless it was closed here. `follow` never rejects. */
  open(follow: FollowStream, ended: (failure: Failure) => void): void {
    this.close();
    const abort = new AbortController();
    this.#abort = abort;
    const received = (): void => {
      if (this.#abort === abort) this.#timeLimit.set(longestPauseMs, () => abort.abort());
    };
    received();
    void follow(abort.signal, received).then((failure) => {
      if (this.#abort !== abort) return;
      this.#abort = undefined;
      this.#timeLimit.cancel();
      ended(failure.kind === 'cancelled' ? { ...failure, kind: 'streamEnded' } : failure);
    });
  }

  /** Ends the connection, if there is one. */
  close(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    this.#timeLimit.cancel();
  }

  dispose(): void {
    this.close();
    this.#lifetime.dispose();
  }
}
