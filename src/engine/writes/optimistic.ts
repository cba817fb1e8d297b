import type { Clock, Disposable } from '../base/clock.ts';
import { Lifetime } from '../base/lifetime.ts';
import type { Store } from '../read/store.ts';
import type { AnyKind, Wish } from './kind.ts';

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
  lay(kind: AnyKind<F>, wish: Wish<unknown>): OptimisticChange {
    const { feed } = kind;
    const target = `${feed.name}/${wish.record}`;
    const lifetime = new Lifetime();
    lifetime.own(this.#store.patch(feed, wish.record, (record) => kind.apply(record, wish.payload, wish.at)));
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
          // Only a read that ended tells something new; our own patches fire as well.
          if (change.feed !== feed.name || !change.status) return;
          const base = this.#store.base(feed, wish.record);
          if (base === undefined || kind.shown(base, wish.payload)) dropWithThoseBelow();
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
