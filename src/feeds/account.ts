import type { Account } from '../domain/rotation.ts';
import { minute } from '../domain/time.ts';
import type { Clock, Disposable } from '../engine/clock.ts';
import { Emitter, type Event } from '../engine/emitter.ts';
import type { Log } from '../engine/log.ts';
import type { Clients } from './clients.ts';

/** Asked again after a failure, no sooner. */
const againAfterMs = 2 * minute;

/** Who is signed in, once that is known. Read when somebody wants to know, and again after signing in anew. */
export class AccountReader implements Disposable {
  readonly #clients: Clients;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #changes: Emitter<void>;
  #account: Account | undefined;
  #askedAt: number | undefined;

  constructor(clients: Clients, clock: Clock, log: Log) {
    this.#clients = clients;
    this.#clock = clock;
    this.#log = log;
    this.#changes = new Emitter((error) => log.error('account', 'a listener failed', error));
  }

  get onDidChange(): Event<void> {
    return this.#changes.event;
  }

  /** The account as far as it is known; asks for it when it is not. */
  get current(): Account | undefined {
    const now = this.#clock.now();
    if (this.#account === undefined && (this.#askedAt === undefined || now - this.#askedAt > againAfterMs)) {
      this.#askedAt = now;
      void this.#read();
    }
    return this.#account;
  }

  /** Forgets it: credentials or addresses changed. */
  reset(): void {
    this.#account = undefined;
    this.#askedAt = undefined;
    this.#changes.fire();
  }

  dispose(): void {
    this.#changes.dispose();
  }

  async #read(): Promise<void> {
    const read = await this.#clients.account();
    if (!read.ok) {
      this.#log.debug('account', `not known: ${read.failure.kind}`);
      return;
    }
    this.#account = read.value;
    this.#changes.fire();
  }
}
