/** Something that can be ended. Ending it twice does nothing. */
export interface Disposable {
  dispose(): void;
}

/** Time, passed in so that tests own it. */
export interface Clock {
  /** Epoch milliseconds, UTC. May jump: a laptop sleeps, a clock is corrected. */
  now(): number;
  /** Runs once after `ms` milliseconds (clamped to what a timer can hold). */
  after(ms: number, run: () => void): Disposable;
  /** IANA name of the time zone that times are shown in; the machine's where there is none. */
  readonly timeZone?: string;
}

/** The longest delay that a timer of Node holds; a longer one would fire at once. */
const longestDelay = 2 ** 31 - 1;

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(longestDelay, Math.max(0, ms)));
    return { dispose: () => clearTimeout(timer) };
  },
};
