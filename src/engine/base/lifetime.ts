import type { Clock, Disposable } from './clock.ts';

/**
 * Ends together what ends with something else: subscriptions, timers, parts. What is added after the end is ended
 * at once. The last one added ends first.
 */
export class Lifetime implements Disposable {
  readonly #owned = new Set<Disposable>();
  #isOver = false;

  /** Whether it has ended. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Ends this with the lifetime, and returns it. */
  own<T extends Disposable>(disposable: T): T {
    if (this.#isOver) disposable.dispose();
    else this.#owned.add(disposable);
    return disposable;
  }

  /** Ends now something that is owned. */
  end(disposable: Disposable): void {
    this.#owned.delete(disposable);
    disposable.dispose();
  }

  /** A slot for one thing at a time. */
  slot<T extends Disposable>(): Slot<T> {
    return this.own(new Slot<T>());
  }

  /** One timer, which can be set again and again. */
  timer(clock: Clock): Timer {
    return this.own(new Timer(clock));
  }

  /** Gathers several events into one call. */
  gather(clock: Clock, ms: number, call: () => void): Gather {
    return this.own(new Gather(clock, ms, call));
  }

  /** Runs once after `ms` milliseconds, beside whatever other timers there are. Ending the result cancels it. */
  after(clock: Clock, ms: number, run: () => void): Disposable {
    if (this.#isOver) return { dispose: () => undefined };
    const timer = clock.after(ms, () => {
      this.#owned.delete(timer);
      run();
    });
    this.#owned.add(timer);
    return { dispose: () => this.end(timer) };
  }

  /** Ends all. One that throws does not keep the others from ending; the first error is thrown in the end. */
  dispose(): void {
    this.#isOver = true;
    const errors: unknown[] = [];
    for (const each of [...this.#owned].reverse()) {
      try {
        each.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    this.#owned.clear();
    if (errors.length > 0) throw errors[0];
  }
}

/** Holds one thing at a time: what is put in ends what was there. Once the slot itself has ended, it is ended at once. */
export class Slot<T extends Disposable> implements Disposable {
  #held: T | undefined;
  #isOver = false;

  /** What it holds now. */
  get held(): T | undefined {
    return this.#held;
  }

  /** Ends what was there and holds this, or nothing. */
  replace(next: T | undefined): void {
    const before = this.#held;
    this.#held = this.#isOver ? undefined : next;
    if (before !== next) before?.dispose();
    if (this.#isOver) next?.dispose();
  }

  /** Ends what was there. */
  clear(): void {
    this.replace(undefined);
  }

  dispose(): void {
    this.#isOver = true;
    this.clear();
  }
}

/** One timer at a time: setting it cancels what it was set to before. Cannot be set after its end. */
export class Timer implements Disposable {
  readonly #clock: Clock;
  #running: Disposable | undefined;
  #isOver = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether it is set and has not run yet. */
  get isSet(): boolean {
    return this.#running !== undefined;
  }

  /** Runs once after `ms` milliseconds. */
  set(ms: number, run: () => void): void {
    this.cancel();
    if (this.#isOver) return;
    this.#running = this.#clock.after(ms, () => {
      this.#running = undefined;
      run();
    });
  }

  cancel(): void {
    this.#running?.dispose();
    this.#running = undefined;
  }

  dispose(): void {
    this.#isOver = true;
    this.cancel();
  }
}

/**
 * Gathers several events into one call, which comes a fixed time after the first of them: events that go on and on do not
 * put it off. An event during the call, or after it, begins the next one.
 */
export class Gather implements Disposable {
  readonly #timer: Timer;
  readonly #ms: number;
  readonly #call: () => void;

  constructor(clock: Clock, ms: number, call: () => void) {
    this.#timer = new Timer(clock);
    this.#ms = ms;
    this.#call = call;
  }

  /** Whether a call is to come. */
  get isPending(): boolean {
    return this.#timer.isSet;
  }

  /** Something happened. `ms`: how long to gather this time, where that differs. */
  note(ms: number = this.#ms): void {
    if (!this.#timer.isSet) this.#timer.set(ms, this.#call);
  }

  /** Calls now, in place of the call that is to come; nothing when none is. */
  flush(): void {
    if (!this.#timer.isSet) return;
    this.#timer.cancel();
    this.#call();
  }

  /** No call comes for what has happened so far. */
  cancel(): void {
    this.#timer.cancel();
  }

  dispose(): void {
    this.#timer.dispose();
  }
}
