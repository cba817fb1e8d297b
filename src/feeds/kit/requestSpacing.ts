import { hour, minute, type Instant } from '../../domain/base/time.ts';

/** How many requests may be made. */
export interface RequestLimits {
  readonly perMinute: number;
  readonly perHour: number;
}

/** Spaces requests, so that no more are made in any minute and in any hour. */
export class RequestSpacing {
  readonly #limits: RequestLimits;
  #madeAt: readonly Instant[] = [];

  constructor(limits: RequestLimits) {
    this.#limits = limits;
  }

  /** After how many milliseconds the next request may be made; 0 when it may be made now. */
  waitMs(now: Instant): number {
    // What was made in the future was made before the clock was set back.
    const made = this.#madeAt.filter((at) => at <= now);
    const until = (count: number, length: number): Instant => (made.at(-count) ?? -Infinity) + length;
    const { perMinute, perHour } = this.#limits;
    return Math.max(0, until(perMinute, minute) - now, until(perHour, hour) - now);
  }

  /** A request is made now. */
  note(now: Instant): void {
    this.#madeAt = [...this.#madeAt.filter((at) => now - at < hour), now];
  }
}
