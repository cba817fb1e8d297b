import type { Failure } from '../../domain/base/failure.ts';
import type { Links } from '../../domain/links/join.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Emitter, type Event } from '../../engine/base/emitter.ts';
import { Lifetime, type Gather } from '../../engine/base/lifetime.ts';
import { lazily } from '../../engine/base/lazy.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { decidedProposalsKey } from '../../feeds/proposals/decidedKey.ts';
import { namedProposalsKey } from '../../feeds/proposals/namedKey.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { pullRequestsKey } from '../../feeds/ci/pullRequests.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { rolloutsKey } from '../../feeds/releases/keys.ts';
import type { LinkBuilder } from '../../views/links/builder.ts';
import type { Host } from '../kit/host.ts';

export interface LiveLinksParts extends Pick<Host, 'settings' | 'clock' | 'log'> {
  readonly store: Store<Failure>;
}

/** Changes that come within this time are joined once. */
const gatherMs = 100;
/** How long one turn takes at most, in milliseconds. */
const turnMs = 8;

const joined: ReadonlySet<string> = new Set([
  alertsKey.name,
  queueKey.name,
  proposalsKey.name,
  namedProposalsKey.name,
  decidedProposalsKey.name,
  rolloutsKey.name,
  pullRequestsKey.name,
]);

/** The links between the last records. They are computed after the first change, in short turns. */
export class LiveLinks implements Disposable {
  readonly #parts: LiveLinksParts;
  readonly #changes: Emitter<void>;
  readonly #lifetime = new Lifetime();
  readonly #joins: Gather;
  readonly #builder: () => Promise<LinkBuilder>;
  #current: Links | undefined;
  #isBuilding = false;
  /** How many changes there were. */
  #seen = 0;

  constructor(parts: LiveLinksParts) {
    this.#parts = parts;
    const { store, settings, log } = parts;
    this.#joins = this.#lifetime.gather(parts.clock, gatherMs, () => void this.#build());
    this.#changes = this.#lifetime.own(new Emitter((error) => log.error('links', 'a listener failed', error)));
    this.#builder = lazily(
      async () => new (await import('../../views/links/builder.ts')).LinkBuilder(store, () => settings.current),
    );
    this.#lifetime.own(
      store.onDidChange(({ feed, added, changed, removed }) => {
        if (!joined.has(feed) || added.length + changed.length + removed.length === 0) return;
        this.#seen += 1;
        this.#schedule();
      }),
    );
  }

  /** Undefined until the first records are joined. */
  get current(): Links | undefined {
    return this.#current;
  }

  /** Fires when `current` is new. */
  get onDidChange(): Event<void> {
    return this.#changes.event;
  }

  /** The knowledge of the last records, for the finder. */
  readonly builder = async (): Promise<LinkBuilder> => this.#builder();

  dispose(): void {
    this.#lifetime.dispose();
  }

  #schedule(): void {
    if (!this.#isBuilding) this.#joins.note();
  }

  async #build(): Promise<void> {
    const seen = this.#seen;
    this.#isBuilding = true;
    try {
      const steps = (await this.#builder()).build();
      this.#current = await this.#run(steps);
      this.#changes.fire();
    } catch (cause) {
      this.#parts.log.error('links', 'the records could not be joined', cause);
    } finally {
      this.#isBuilding = false;
      if (this.#seen !== seen) this.#schedule();
    }
  }

  async #run(steps: Generator<undefined, Links>): Promise<Links> {
    for (;;) {
      const until = performance.now() + turnMs;
      while (performance.now() < until) {
        const step = steps.next();
        if (step.done === true) return step.value;
      }
      await new Promise<void>((go) => this.#parts.clock.after(0, go));
    }
  }
}
