import type { Failure } from '../../domain/base/failure.ts';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import type { Disk } from '../../engine/disk/disk.ts';
import type { Journal } from '../../engine/disk/journal.ts';
import type { Log } from '../../engine/base/log.ts';
import { SharedValue } from '../../engine/disk/sharedValue.ts';
import type { FeedKey, Store } from '../../engine/read/store.ts';
import type { Role } from '../../engine/windows/windows.ts';
import { alertsKey } from '../../feeds/alerts/alerts.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { rolloutsKey } from '../../feeds/releases/rollouts.ts';
import { isNewsState, news, type NewsLinks, type NewsSources, type NewsState } from '../../views/journal/news.ts';

export interface NewsParts {
  readonly store: Store<Failure>;
  readonly clock: Clock;
  readonly log: Log;
  readonly journal: Pick<Journal, 'append'>;
  /** What the windows share. */
  readonly disk: Disk;
  readonly role: () => Role;
  /** Names the world that the settings point to. */
  readonly world: () => string;
  readonly links: NewsLinks;
  /** Lines were added. */
  readonly added: () => void;
}

/** A storm is told in few lines: what comes within such a time is one look. */
const gatherMs = 10_000;
const feeds: readonly FeedKey<never>[] = [alertsKey, proposalsKey, queueKey, rolloutsKey];

/**
 * Writes into the journal what came. The window that reads the services does it; what was noted is kept on the shared
 * disk before the lines are, so that a line is rather missing after a crash than there twice.
 */
export class JournalRecorder implements Disposable {
  readonly #parts: NewsParts;
  readonly #shared: SharedValue<NewsState>;
  readonly #subscription: Disposable;
  #timer: Disposable | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(parts: NewsParts) {
    this.#parts = parts;
    this.#shared = new SharedValue(parts.disk, 'news', isNewsState);
    this.#subscription = parts.store.onDidChange(({ feed }) => {
      if (feeds.some(({ name }) => name === feed)) this.#plan();
    });
    this.#plan();
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#subscription.dispose();
  }

  #plan(): void {
    this.#timer ??= this.#parts.clock.after(gatherMs, () => {
      this.#timer = undefined;
      this.#looking = this.#looking
        .then(() => this.#look())
        // The lines of the shift are lost for as long as the disk refuses; the journal says so itself.
        .catch((cause: unknown) => this.#parts.log.debug('journal', 'what came cannot be noted', cause));
    });
  }

  async #look(): Promise<void> {
    const { clock, journal, role, world, links, added } = this.#parts;
    if (role() !== 'leader') return;
    const { value, version } = await this.#shared.read();
    const { entries, state } = news(value, { world: world(), ...this.#sources() }, links, clock.now());
    if (state === value || !(await this.#shared.replace(version, state))) return;
    for (const entry of entries) await journal.append(entry);
    if (entries.length > 0) added();
  }

  #sources(): Omit<NewsSources, 'world'> {
    const fresh = <R>(key: FeedKey<R>): Iterable<R> | undefined => {
      const { status, records } = this.#parts.store.state(key);
      return status === 'fresh' ? records.values() : undefined;
    };
    const [alerts, proposals, tickets] = [fresh(alertsKey), fresh(proposalsKey), fresh(queueKey)];
    const rollouts = fresh(rolloutsKey);
    return {
      ...(alerts === undefined ? {} : { alerts }),
      ...(proposals === undefined ? {} : { proposals }),
      ...(tickets === undefined ? {} : { tickets }),
      ...(rollouts === undefined ? {} : { rollouts }),
    };
  }
}
