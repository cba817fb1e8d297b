import type { Clock, Disposable } from './clock.ts';
import { Emitter, type Event } from './emitter.ts';
import { describeCause, type Log } from './log.ts';
import type { FeedKey, Store } from './store.ts';

/** What the service said to a question about a write. */
export type Confirmation<F> =
  | { readonly kind: 'pending' }
  | { readonly kind: 'applied' }
  | { readonly kind: 'refused'; readonly failure: F }
  /** The question itself failed: nothing is known. */
  | { readonly kind: 'unknown'; readonly failure: F };

/** What sending brought. */
export type Sent<F> =
  /** Taken, but not done yet: `receipt` is what to ask about. */
  | { readonly kind: 'accepted'; readonly receipt: string }
  | { readonly kind: 'applied' }
  /** The service did not take it. */
  | { readonly kind: 'refused'; readonly failure: F }
  /** No word came back: it may have been applied. */
  | { readonly kind: 'unknown'; readonly failure: F };

/** One change that a person wants. */
export interface Write<R, F> {
  readonly feed: FeedKey<R>;
  readonly record: string;
  /** In a few words: "acknowledge". */
  readonly title: string;
  /** How the record looks once it is applied: shown at once. */
  readonly apply: (record: R) => R;
  /** Whether a record from the service already shows it; until then the optimistic look stays for a while. */
  readonly shown: (record: R) => boolean;
  readonly send: () => Promise<Sent<F>>;
  readonly confirm: (receipt: string) => Promise<Confirmation<F>>;
  /** Reads the feed again, quickly. */
  readonly readAgain: () => void;
}

/** How a write ended. `unconfirmed`: it may or may not have been applied. */
export type WriteEnd<F> =
  | { readonly kind: 'applied'; readonly at: number }
  | { readonly kind: 'failed'; readonly failure: F }
  | { readonly kind: 'unconfirmed'; readonly failure: F | undefined };

/** A write as views show it. */
export interface WriteStatus<F> {
  readonly feed: string;
  readonly record: string;
  readonly title: string;
  readonly state: { readonly kind: 'sending' } | WriteEnd<F>;
}

/** When to ask, after each other, whether a write was applied (atlassian.md 2.4); then it stays unconfirmed. */
const askAfterMs = [500, 1_000, 2_000, 3_000, 4_000, 8_000];
/** How long the row keeps the look of an applied write while the service's list lags behind. */
const lagMs = 30_000;
/** How long an ended write is told in its row. */
const keepMs = 5 * 60_000;

/** Sends what people want changed: optimistic, in order for each record, confirmed by the service, rolled back if not. */
export class Writes<F> implements Disposable {
  readonly #store: Store<F>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #changes: Emitter<void>;
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #shown = new Map<string, WriteStatus<F>>();
  readonly #timers = new Set<Disposable>();
  #disposed = false;

  constructor(store: Store<F>, clock: Clock, log: Log) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
    this.#changes = new Emitter((error) => log.error('writes', 'a listener failed', error));
  }

  /** Told whenever `list` changes. */
  get onDidChange(): Event<void> {
    return this.#changes.event;
  }

  /** The last write of each record that is under way or ended a short while ago with trouble. */
  list(feed: string): readonly WriteStatus<F>[] {
    return [...this.#shown.values()].filter((status) => status.feed === feed);
  }

  /** Sends one write, after those of the same record that were wanted before. Resolves with how it ended; never rejects. */
  run<R>(write: Write<R, F>): Promise<WriteEnd<F>> {
    const id = `${write.feed.name}/${write.record}`;
    const patch = this.#store.patch(write.feed, write.record, write.apply);
    this.#tell(id, write, { kind: 'sending' });
    const before = this.#tails.get(id) ?? Promise.resolve();
    const run = before.then(() => this.#perform(write));
    this.#tails.set(id, run);
    return run.then((end) => {
      if (this.#tails.get(id) === run) this.#tails.delete(id);
      this.#end(id, write, patch, end);
      return end;
    });
  }

  dispose(): void {
    this.#disposed = true;
    for (const timer of this.#timers) timer.dispose();
    this.#changes.dispose();
  }

  async #perform<R>(write: Write<R, F>): Promise<WriteEnd<F>> {
    try {
      const sent = await write.send();
      switch (sent.kind) {
        case 'applied':
          return { kind: 'applied', at: this.#clock.now() };
        case 'refused':
          return { kind: 'failed', failure: sent.failure };
        case 'unknown':
          return { kind: 'unconfirmed', failure: sent.failure };
        case 'accepted':
          return await this.#ask(write, sent.receipt);
      }
    } catch (cause) {
      this.#log.error('writes', `${write.title} ended unexpectedly: ${describeCause(cause)}`);
      return { kind: 'unconfirmed', failure: undefined };
    }
  }

  async #ask<R>(write: Write<R, F>, receipt: string): Promise<WriteEnd<F>> {
    let failure: F | undefined;
    for (const delay of askAfterMs) {
      await this.#wait(delay);
      if (this.#disposed) break;
      const answer = await write.confirm(receipt);
      switch (answer.kind) {
        case 'applied':
          return { kind: 'applied', at: this.#clock.now() };
        case 'refused':
          return { kind: 'failed', failure: answer.failure };
        case 'unknown':
          failure = answer.failure;
          break;
        case 'pending':
          failure = undefined;
          break;
      }
    }
    return { kind: 'unconfirmed', failure };
  }

  #end<R>(id: string, write: Write<R, F>, patch: Disposable, end: WriteEnd<F>): void {
    if (this.#disposed) return;
    this.#log.info('writes', `${write.title} ${write.record}: ${end.kind}`);
    write.readAgain();
    if (end.kind === 'applied') {
      this.#holdUntilShown(write, patch);
      this.#forget(id);
      return;
    }
    patch.dispose();
    this.#tell(id, write, end);
    const told = this.#shown.get(id);
    this.#later(keepMs, () => {
      if (this.#shown.get(id) === told) this.#forget(id);
    });
  }

  /** Takes the optimistic look away once the service's own record has it, or after the time that a list may lag. */
  #holdUntilShown<R>(write: Write<R, F>, patch: Disposable): void {
    let done = false;
    const finish = (): void => {
      if (done) return;
      done = true;
      subscription.dispose();
      timer.dispose();
      patch.dispose();
    };
    const subscription = this.#store.onDidChange((change) => {
      if (change.feed !== write.feed.name || !change.status) return;
      const base = this.#store.base(write.feed, write.record);
      if (base === undefined || write.shown(base)) finish();
    });
    const timer = this.#later(lagMs, finish);
  }

  #tell<R>(id: string, write: Write<R, F>, state: WriteStatus<F>['state']): void {
    this.#shown.set(id, { feed: write.feed.name, record: write.record, title: write.title, state });
    this.#changes.fire();
  }

  #forget(id: string): void {
    this.#shown.delete(id);
    this.#changes.fire();
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#later(ms, resolve));
  }

  #later(ms: number, run: () => void): Disposable {
    const timer = this.#clock.after(ms, () => {
      this.#timers.delete(timer);
      run();
    });
    this.#timers.add(timer);
    return timer;
  }
}
