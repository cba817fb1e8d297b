import type { Failure } from '../../domain/base/failure.ts';
import type { Result } from '../../domain/base/result.ts';
import { day, hour } from '../../domain/base/time.ts';
import type { Account } from '../../domain/base/account.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Emitter, type Event } from '../../engine/base/emitter.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Log } from '../../engine/base/log.ts';
import type { FeedDefinition } from '../../engine/read/definition.ts';
import type { FeedKey, Store } from '../../engine/read/store.ts';

/** Who is signed in: one record, or none. */
export const accountKey: FeedKey<Account> = { name: 'account', keyOf: (account) => account.accountId };

interface AccountClient {
  account(signal: AbortSignal): Promise<Result<Account, Failure>>;
}

/** Reads who is signed in. That changes with the credentials, which begin it anew, and hardly ever otherwise. */
export function accountFeed(client: AccountClient): FeedDefinition<Account, Failure> {
  return {
    key: accountKey,
    pace: { activeMs: 12 * hour, idleMs: 12 * hour, quietMs: 24 * hour },
    staleAfterMs: 2 * day,
    async fetch(signal) {
      const read = await client.account(signal);
      return read.ok ? { kind: 'records', records: [read.value] } : { kind: 'failed', failure: read.failure };
    },
  };
}

/** Who is signed in, as far as that is known. Reads nothing: the feed does. */
export class SignedInAccount implements Disposable {
  readonly #store: Store<Failure>;
  readonly #lifetime = new Lifetime();
  readonly #changes: Emitter<void>;

  constructor(store: Store<Failure>, log: Log) {
    this.#store = store;
    this.#changes = this.#lifetime.own(new Emitter((error) => log.error('account', 'a listener failed', error)));
    this.#lifetime.own(
      store.onDidChange(({ feed }) => {
        if (feed === accountKey.name) this.#changes.fire();
      }),
    );
  }

  /** Fires when it changes, and when it is read. */
  get onDidChange(): Event<void> {
    return this.#changes.event;
  }

  /** The account; undefined while it is not known, and when nobody is signed in. */
  get current(): Account | undefined {
    const [account] = this.#store.state(accountKey).records.values();
    return account;
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}

/** Whether a record from disk has the form of an account. */
export function isStoredAccount(record: unknown): record is Account {
  return typeof record === 'object' && record !== null && 'accountId' in record && typeof record.accountId === 'string';
}
