import type { Clock, Disposable } from '../base/clock.ts';
import { Lifetime } from '../base/lifetime.ts';
import type { FeedKey, Store } from '../read/store.ts';
import type { AnyKind, RequestedWrite, WriteKind } from './kind.ts';

/** How long a row shows an applied write before the service's list does. */
const lagMs = 30_000;

/** What a record shows of one write before the service does. */
export interface OptimisticChange {
  /** The write did not go through: the row is as the service says. */
  readonly drop: () => void;
  /** It was applied: the change stays until the service's own record has it, or as long as a list may lag. */
  readonly keepUntilShown: () => void;
}

/** Lays the changes of writes over the records of the store at once, and takes them away again. */
export class OptimisticChanges<F> implements Disposable {
  readonly #store: Store<F>;
  readonly #clock: Clock;
  readonly #laid = new Map<string, (() => void)[]>();

  constructor(store: Store<F>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Lays what a write changes over its record. */
  lay(kind: AnyKind<F>, requested: RequestedWrite<unknown>): OptimisticChange {
    const feeds = feedsOf(kind);
    const target = `${kind.feed.name}/${requested.record}`;
    const lifetime = new Lifetime();
    for (const feed of feeds) {
      lifetime.own(
        this.#store.patch(feed, requested.record, (record) => kind.apply(record, requested.payload, requested.at)),
      );
    }
    const drop = (): void => {
      lifetime.dispose();
      const left = (this.#laid.get(target) ?? []).filter((each) => each !== drop);
      if (left.length === 0) this.#laid.delete(target);
      else this.#laid.set(target, left);
    };
    this.#laid.set(target, [...(this.#laid.get(target) ?? []), drop]);
    // What is shown now was built on the changes below: they must not be seen again.
    const dropWithThoseBelow = (): void => {
      const laid = this.#laid.get(target) ?? [];
      for (const each of laid.slice(0, laid.indexOf(drop) + 1)) each();
    };
    const keepUntilShown = (): void => {
      lifetime.own(
        this.#store.onDidChange((change) => {
          // Only a read that ended has something new; our own patches fire as well.
          if (!feeds.some(({ name }) => name === change.feed) || !change.status) return;
          const bases = feeds
            .map((feed) => this.#store.base(feed, requested.record))
            .filter((base) => base !== undefined);
          if (bases.every((base) => kind.shown(base, requested.payload))) dropWithThoseBelow();
        }),
      );
      lifetime.after(this.#clock, lagMs, dropWithThoseBelow);
    };
    return { drop, keepUntilShown };
  }

  dispose(): void {
    for (const drops of [...this.#laid.values()]) for (const drop of [...drops]) drop();
  }
}

/** The record of a write as it is shown now; undefined where no feed has it. */
export function shownRecord<R, P, F>(
  store: Pick<Store<F>, 'state'>,
  kind: Pick<WriteKind<R, P, F>, 'feed' | 'alsoIn'>,
  record: string,
): R | undefined {
  return feedsOf(kind)
    .map((feed) => store.state(feed).records.get(record))
    .find((found) => found !== undefined);
}

/** The feeds in which the record of a write may stand. */
function feedsOf<R>({ feed, alsoIn }: Pick<WriteKind<R, never, never>, 'feed' | 'alsoIn'>): readonly FeedKey<R>[] {
  return alsoIn === undefined ? [feed] : [feed, alsoIn];
}
