import type { Clock, Disposable } from '../../../src/engine/base/clock.ts';

interface Timer {
  at: number;
  readonly run: () => void;
}

/** Time that moves only when a test says so. Timers run in order, and what they await is awaited in between. */
export class FakeClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();

  constructor(now = Date.UTC(2026, 7, 26, 13, 50, 11)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): Disposable {
    const timer: Timer = { at: this.#now + Math.max(0, ms), run };
    this.#timers.add(timer);
    return { dispose: () => void this.#timers.delete(timer) };
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Moves on, running what falls due on the way. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (;;) {
      const next = this.#next();
      if (next === undefined || next.at > until) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settle();
    }
    // Never back: what ran meanwhile may have moved on further.
    this.#now = Math.max(this.#now, until);
  }

  /** The clock of the machine is set: timers keep the distance that they had. */
  jump(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers) timer.at += ms;
  }

  /** The one that is due first; of several, the one that was set first. */
  #next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (first === undefined || timer.at < first.at) first = timer;
    return first;
  }
}

/** Lets everything run that only waits for the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}
