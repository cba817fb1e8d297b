import type { Event } from '../../../src/engine/base/emitter.ts';
import { Store, type FeedChange } from '../../../src/engine/read/store.ts';

/** A store that counts who listens to it. */
export class CountingStore<F> extends Store<F> {
  readonly #listening = new Set<object>();

  get listeners(): number {
    return this.#listening.size;
  }

  override get onDidChange(): Event<FeedChange> {
    return (listener) => {
      const subscription = super.onDidChange(listener);
      this.#listening.add(subscription);
      return {
        dispose: () => {
          this.#listening.delete(subscription);
          subscription.dispose();
        },
      };
    };
  }
}
