import type { Clock, Disposable } from '../base/clock.ts';
import type { Store } from '../read/store.ts';
import type { AnyKind, Wish } from './kind.ts';

/** How long a row keeps the look of an applied write while the service's list lags behind. */
const lagMs = 30_000;

/** The optimistic look of one write. */
export interface Look {
  /** The write did not go through: the row is as the service says. */
  readonly drop: () => void;
  /** It was applied: the look stays until the service's own record has it, or as long as a list may lag. */
  readonly keepUntilShown: () => void;
}

/** Lays the looks of writes over the records of the store, and takes them away again. */
export class Looks<F> implements Disposable {
  readonly #store: Store<F>;
  readonly #clock: Clock;
  readonly #laid = new Map<string, (() => void)[]>();

  constructor(store: Store<F>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  lay(kind: AnyKind<F>, wish: Wish<unknown>): Look {
    const { feed } = kind;
    const place = `${feed.name}/${wish.record}`;
    const ends: Disposable[] = [
      this.#store.patch(feed, wish.record, (record) => kind.apply(record, wish.payload, wish.at)),
    ];
    const drop = (): void => {
      for (const each of ends.splice(0)) each.dispose();
      const left = (this.#laid.get(place) ?? []).filter((each) => each !== drop);
      if (left.length === 0) this.#laid.delete(place);
      else this.#laid.set(place, left);
    };
    this.#laid.set(place, [...(this.#laid.get(place) ?? []), drop]);
    // What is shown now was built on the looks below: they must not come back into sight.
    const dropWithThoseBelow = (): void => {
      const laid = this.#laid.get(place) ?? [];
      for (const each of laid.slice(0, laid.indexOf(drop) + 1)) each();
    };
    const keepUntilShown = (): void => {
      ends.push(
        this.#store.onDidChange((change) => {
          // Only a read that ended tells something new; our own patches fire as well.
          if (change.feed !== feed.name || !change.status) return;
          const base = this.#store.base(feed, wish.record);
          if (base === undefined || kind.shown(base, wish.payload)) dropWithThoseBelow();
        }),
        this.#clock.after(lagMs, dropWithThoseBelow),
      );
    };
    return { drop, keepUntilShown };
  }

  dispose(): void {
    for (const drops of [...this.#laid.values()]) for (const drop of [...drops]) drop();
  }
}
