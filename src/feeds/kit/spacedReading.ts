import type { Clock } from '../../engine/base/clock.ts';
import { RequestSpacing, type RequestLimits } from './requestSpacing.ts';

/** Reads beside the feeds: one request at a time, and no more than the limits have room for. */
export class SpacedReading {
  readonly #clock: Clock;
  readonly #spacing: RequestSpacing;
  /** Counts resets: an answer to a question of before is not taken. */
  #era = 0;
  #isReading = false;

  constructor(clock: Clock, limits: RequestLimits) {
    this.#clock = clock;
    this.#spacing = new RequestSpacing(limits);
  }

  /** What is under way is of no use any more: its answer is not taken. */
  reset(): void {
    this.#era++;
  }

  /**
   * Reads what is due, if anything is and a request may be made now. `take` gets the answer, and says how many
   * milliseconds there are until the next request at least. Returns after how many milliseconds to call again; undefined
   * when there is nothing to read now.
   */
  async next<Wanted, Answer>(
    wanted: Wanted | undefined,
    read: (wanted: Wanted) => Promise<Answer>,
    take: (answer: Answer) => number,
  ): Promise<number | undefined> {
    if (wanted === undefined || this.#isReading) return undefined;
    const now = this.#clock.now();
    const waitMs = this.#spacing.waitMs(now);
    if (waitMs > 0) return waitMs;
    this.#spacing.note(now);
    this.#isReading = true;
    const era = this.#era;
    let leastMs = 0;
    try {
      const answer = await read(wanted);
      if (era !== this.#era) return undefined;
      leastMs = take(answer);
    } finally {
      this.#isReading = false;
    }
    return Math.max(leastMs, this.#spacing.waitMs(this.#clock.now()));
  }
}
