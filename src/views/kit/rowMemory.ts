import type { Row } from './row.ts';

/**
 * The rows that were made of records before. A record that did not change is the same object in the store: its row is
 * made anew only when something that it says besides has changed, and it is found to be the same by identity.
 */
export class RowMemory<R extends object> {
  readonly #made = new WeakMap<R, { readonly besides: readonly Besides[]; readonly row: Row }>();

  /** `besides` is all that `make` takes from elsewhere than the record: words that the clock decides, settings, links. */
  row(record: R, besides: readonly Besides[], make: () => Row): Row {
    const known = this.#made.get(record);
    if (known !== undefined && isSame(known.besides, besides)) return known.row;
    const row = make();
    this.#made.set(record, { besides, row });
    return row;
  }
}

/** Compared as it is: what has parts is compared by its parts. */
type Besides = string | number | boolean | undefined;

function isSame(one: readonly Besides[], other: readonly Besides[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
