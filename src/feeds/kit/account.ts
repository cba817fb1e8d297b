import type { Failure } from '../../domain/base/failure.ts';
import type { Account } from '../../domain/rotation/rotation.ts';
import { minute } from '../../domain/base/time.ts';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import { Emitter, type Event } from '../../engine/base/emitter.ts';
import type { Log } from '../../engine/base/log.ts';
import type { FeedKey, Store } from '../../engine/read/store.ts';
import type { Role } from '../../engine/windows/windows.ts';
import type { Clients } from '../clients.ts';

/** Who is signed in: one record, or none. */
export const accountKey: FeedKey<Account> = { name: 'account', keyOf: (account) => account.accountId };

/** Asked again after a failure, no sooner; later when the service asks for it, within an hour. */
const againAfterMs = 2 * minute;
const longestRetryAfterMs = 60 * minute;

/**
 * Who is signed in, once that is known. Read when somebody wants to know, by the window that reads for all, and again
 * after signing in anew.
 */
export class AccountReader implements Disposable {
  readonly #clients: Clients;
  readonly #store: Store<Failure>;
  readonly #role: () => Role;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #changes: Emitter<void>;
  readonly #subscription: Disposable;
  #askedAt: number | undefined;
  #againAfterMs = againAfterMs;
  /** Counts resets: an answer to a question of before is not taken. */
  #era = 0;

  constructor(clients: Clients, store: Store<Failure>, role: () => Role, clock: Clock, log: Log) {
    this.#clients = clients;
    this.#store = store;
    this.#role = role;
    this.#clock = clock;
    this.#log = log;
    this.#changes = new Emitter((error) => log.error('account', 'a listener failed', error));
    this.#subscription = store.onDidChange(({ feed }) => {
      if (feed === accountKey.name) this.#changes.fire();
    });
  }

  get onDidChange(): Event<void> {
    return this.#changes.event;
  }

  /** The account as far as it is known; asks for it when it is not, or known from the last time only. */
  get current(): Account | undefined {
    const { status, records } = this.#store.state(accountKey);
    const now = this.#clock.now();
    const due = this.#askedAt === undefined || Math.abs(now - this.#askedAt) > this.#againAfterMs;
    if (status !== 'fresh' && due && this.#role() !== 'follower') {
      this.#askedAt = now;
      this.#read().catch((cause: unknown) => this.#log.error('account', 'could not be read', cause));
    }
    const [account] = records.values();
    return account;
  }

  /** Forgets it: credentials or addresses changed. Where another window reads, that one is told. */
  reset(): void {
    this.#era++;
    this.#askedAt = undefined;
    this.#againAfterMs = againAfterMs;
    if (this.#role() !== 'follower') this.#store.update(accountKey, { status: 'neverLoaded', records: [] });
    this.#changes.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  async #read(): Promise<void> {
    const era = this.#era;
    const read = await this.#clients.account();
    if (era !== this.#era) return;
    this.#againAfterMs = againAfterMs;
    if (!read.ok) {
      const { kind, retryAfterMs = 0 } = read.failure;
      this.#againAfterMs = Math.min(longestRetryAfterMs, Math.max(againAfterMs, retryAfterMs));
      this.#log.debug('account', `not known: ${kind}`);
      return;
    }
    this.#store.update(accountKey, { status: 'fresh', records: [read.value], asOf: this.#clock.now() });
  }
}

/** Whether a record from disk has the form of an account. */
export function isStoredAccount(record: unknown): record is Account {
  return typeof record === 'object' && record !== null && 'accountId' in record && typeof record.accountId === 'string';
}
