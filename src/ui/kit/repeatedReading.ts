import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Timer } from '../../engine/base/lifetime.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Host } from './host.ts';

/** Subscribes what runs at an event; ending the result unsubscribes it. */
type Occasion = (run: () => void) => Disposable;

export interface RepeatedReadingOptions extends Pick<Host, 'clock' | 'log'> {
  /** What is read, as the log calls it. */
  readonly scope: string;
  /** What the log says when a read throws. */
  readonly trouble: string;
  /** After each of these it is read anew where it is needed. */
  readonly events: readonly Occasion[];
  /**
   * Reads once. Resolves with after how many milliseconds to read again, or undefined for only after the next event.
   * Undefined where it is not needed now.
   */
  readonly read: () => Promise<number | undefined> | undefined;
}

/** Reads something beside the feeds, again and again: after events, and when its last read says. */
export class RepeatedReading implements Disposable {
  readonly #options: RepeatedReadingOptions;
  readonly #lifetime = new Lifetime();
  readonly #timer: Timer;

  constructor(options: RepeatedReadingOptions) {
    this.#options = options;
    this.#timer = this.#lifetime.timer(options.clock);
    for (const event of options.events) this.#lifetime.own(event(() => this.read()));
  }

  /** Reads now where it is needed, in place of what is planned. */
  read(): void {
    const { read, log, scope, trouble } = this.#options;
    this.#timer.cancel();
    read()
      ?.then((againMs) => {
        if (againMs !== undefined) this.#timer.set(againMs, () => this.read());
      })
      .catch((cause: unknown) => log.error(scope, trouble, cause));
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}

/** Fires when the state of a feed has changed: that it was read, say. */
export function afterChangeOf(
  store: Pick<Store<Failure>, 'onDidChange'>,
  { name }: { readonly name: string },
): Occasion {
  return (run) =>
    store.onDidChange(({ feed, status }) => {
      if (feed === name && status) run();
    });
}
