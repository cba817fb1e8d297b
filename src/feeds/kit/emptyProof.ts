import { minute, type Instant } from '../../domain/base/time.ts';
import type { Clock } from '../../engine/base/clock.ts';

/** While a list stays empty this is proved no oftener than so: each proof is a request. */
const holdsMs = 15 * minute;

/**
 * Keeps for a while that an empty list is truly empty, and for what that was proved: for a client, which is another
 * one after signing in anew, and whatever else the list depends on.
 */
export class EmptyProof {
  readonly #clock: Pick<Clock, 'now'>;
  #held: { readonly of: readonly unknown[]; readonly at: Instant } | undefined;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** When it was proved, if that still holds. It is removed: what is read now may be anything else than empty. */
  take(of: readonly unknown[]): Instant | undefined {
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined || of.some((each, index) => each !== held.of[index])) return undefined;
    return Math.abs(this.#clock.now() - held.at) < holdsMs ? held.at : undefined;
  }

  /** The list is empty, which was proved at that time. */
  hold(of: readonly unknown[], at: Instant): void {
    this.#held = { of, at };
  }
}
