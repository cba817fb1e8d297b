import type { Failure } from '../../domain/base/failure.ts';
import { rolloutKey, type Engine, type FullRead, type Rollout } from '../../domain/releases/rollout.ts';
import { minute, second } from '../../domain/base/time.ts';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { FeedContext, FeedDefinition } from '../../engine/read/definition.ts';
import type { Feed } from '../../engine/read/feed.ts';
import type { Attention } from '../../engine/read/schedule.ts';
import { complete, type Completeness, type Store } from '../../engine/read/store.ts';
import type { RolloutDelta, RolloutEvent, Rollouts } from '../../sources/rollouts/client.ts';
import { applyDelta, endsNow, setEngines, settled, staleAfterMs, takeBoard } from './board.ts';
import { StreamConnection } from './connection.ts';
import { rolloutsKey } from './keys.ts';

/** Whether the rollouts come by reads alone, as the event stream cannot be held. */
export interface Polling {
  isPolling: boolean;
}

/** Said of rollouts that come by reads alone. */
const polled: Completeness = {
  ...complete,
  remark: 'The live connection to the dashboard does not hold: rollouts are read every few minutes instead',
};

/** Reads the whole state now and then: the stream's changes go without some fields, and its keepalives prove nothing. */
export function rolloutsFeed(
  rollouts: () => Promise<Rollouts>,
  store: Store<Failure>,
  clock: Pick<Clock, 'now'>,
  polling: Readonly<Polling> = { isPolling: false },
): FeedDefinition<Rollout, Failure> {
  return {
    key: rolloutsKey,
    pace: { activeMs: 2 * minute, idleMs: 5 * minute, quietMs: 60 * minute },
    staleAfterMs,
    async fetch(signal) {
      const read = await (await rollouts()).state(signal);
      if (!read.ok) return { kind: 'failed', failure: read.failure };
      if (read.value.kind === 'loading') return { kind: 'notYet' };
      const records = takeBoard(store, read.value.board, clock.now());
      const completeness = polling.isPolling ? polled : complete;
      return { kind: 'records', records, skipped: read.value.skipped, completeness };
    },
  };
}

/** The pause before connecting again, as the dashboard's own page does; longer when it goes on failing. */
const firstPauseMs = 5 * second;
const longestPauseMs = 2 * minute;
/** A connection that lasts so long holds. One that sends the whole state and is cut soon after, each time, does not. */
const holdsAfterMs = minute;
/** After a longer pause than this the dashboard is read all the same. */
const longestRetryAfterMs = 60 * minute;

/** Keeps the rollouts current from the event stream, except off shift while no view of them is visible. */
export class RolloutStream implements Disposable {
  readonly #rollouts: () => Promise<Rollouts>;
  readonly #feed: Feed<Rollout, Failure>;
  readonly #context: FeedContext<Failure>;
  #started = false;
  #wanted = false;
  readonly #lifetime = new Lifetime();
  readonly #connection: StreamConnection;
  readonly #pause;
  readonly #holds;
  readonly #polling: Polling;
  #failures = 0;

  constructor(
    rollouts: () => Promise<Rollouts>,
    feed: Feed<Rollout, Failure>,
    context: Pick<FeedContext<Failure>, 'store' | 'clock' | 'log' | 'random' | 'rules'>,
    polling: Polling = { isPolling: false },
  ) {
    this.#polling = polling;
    this.#rollouts = rollouts;
    this.#feed = feed;
    this.#context = context;
    this.#pause = this.#lifetime.timer(context.clock);
    this.#holds = this.#lifetime.timer(context.clock);
    this.#connection = this.#lifetime.own(new StreamConnection(context.clock));
  }

  /** Lets it connect. */
  start(): void {
    this.#started = true;
    this.#settle();
  }

  /** Another window listens from now on. */
  stop(): void {
    this.#started = false;
    this.#settle();
  }

  /** Off shift, and while no view is visible, there is no stream. */
  attend(attention: Attention): void {
    this.#wanted = attention !== 'quiet';
    this.#settle();
  }

  /** The address changed: connects anew. */
  reset(): void {
    this.#stop();
    this.#failures = 0;
    this.#settle();
  }

  dispose(): void {
    this.#stop();
    this.#lifetime.dispose();
  }

  #settle(): void {
    const wanted = this.#started && this.#wanted && !this.#lifetime.isOver;
    if (!wanted) this.#stop();
    else if (!this.#connection.isOpen && !this.#pause.isSet) {
      const leftMs = this.#pauseLeftMs();
      if (leftMs > 0) this.#wait(leftMs);
      else this.#connect();
    }
  }

  /** What is left of the pause that the dashboard requires of the reads, milliseconds. */
  #pauseLeftMs(): number {
    const { dueAt, reason } = this.#feed;
    return dueAt === undefined || reason?.kind !== 'pause' ? 0 : dueAt - this.#context.clock.now();
  }

  #wait(ms: number): void {
    this.#pause.set(ms, () => this.#settle());
  }

  #stop(): void {
    this.#connection.close();
    this.#pause.cancel();
    this.#holds.cancel();
  }

  #connect(): void {
    this.#connection.open(
      (signal, received) =>
        this.#rollouts()
          .then((rollouts) =>
            rollouts.follow(
              signal,
              (event) => {
                if (!signal.aborted) this.#take(event);
              },
              received,
            ),
          )
          .catch((cause: unknown) => this.#context.rules.unexpected(cause, this.#feed.name)),
      (trouble) => this.#ended(trouble),
    );
  }

  #ended(trouble: Failure): void {
    this.#holds.cancel();
    this.#failures++;
    const { log, random } = this.#context;
    log.info('rollouts', `the event stream ended: ${this.#context.rules.describe(trouble)}`);
    // One lost connection is no news: the next one brings the whole state. Twice in a row is.
    if (this.#failures > 1) this.#goWithout(trouble);
    const own = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(this.#failures - 1, 6));
    this.#wait(Math.max(own * (1 + 0.3 * random()), Math.min(trouble.retryAfterMs ?? 0, longestRetryAfterMs)));
  }

  /**
   * A stream that does not hold, as behind a proxy that holds answers back, is no failure as long as reads succeed: the
   * rollouts come by those, which is said. Where the dashboard requires a pause or a person, that is shown.
   */
  #goWithout(trouble: Failure): void {
    const { rules } = this.#context;
    if (rules.verdict(trouble) !== 'retry' || rules.retryAfterMs(trouble) !== undefined) {
      this.#feed.trouble(trouble);
      return;
    }
    if (this.#polling.isPolling) return;
    this.#polling.isPolling = true;
    void this.#feed.refresh();
  }

  /** The live connection holds: what was shown of it is over. */
  #hold(): void {
    this.#failures = 0;
    if (!this.#polling.isPolling) return;
    this.#polling.isPolling = false;
    void this.#feed.refresh();
  }

  #amend(delta: RolloutDelta): void {
    const { clock, store } = this.#context;
    const before = store.served(rolloutsKey);
    const ends = delta.updated.some((rollout) => endsNow(before.get(rolloutKey(rollout)), rollout));
    this.#feed.amend((known) => applyDelta(known, delta, clock.now()));
    // The end of a run comes with no event (rollout-dashboard.md 0.1): it is read, a few times.
    if (ends) this.#feed.burst();
  }

  #take(event: RolloutEvent): void {
    const { store, clock } = this.#context;
    switch (event.type) {
      case 'state':
        if (!this.#holds.isSet) this.#holds.set(holdsAfterMs, () => this.#hold());
        this.#feed.push(takeBoard(store, event.board, clock.now()), {
          skipped: event.unreadable.length,
          completeness: this.#polling.isPolling ? polled : complete,
        });
        return;
      case 'delta':
        this.#amend(event);
        return;
      case 'engines':
        setEngines(store, event.engines, clock.now());
        this.#feed.amend(({ records, skipped }) => ({ records: settled(records, event.engines), skipped }));
        return;
      case 'error':
        this.#feed.trouble(event.failure);
        return;
    }
  }
}

/** Whether a record from disk has the form of an engine. */
export function isStoredEngine(record: unknown): record is Engine {
  return typeof record === 'object' && record !== null && 'kind' in record && 'state' in record;
}

/** Whether a record from disk has the form of a rollout. */
export function isStoredRollout(record: unknown): record is Rollout {
  return (
    typeof record === 'object' && record !== null && 'kind' in record && 'batches' in record && 'dispatchedAt' in record
  );
}

/** Whether a record from disk has the form of a read in whole. */
export function isStoredFullRead(record: unknown): record is FullRead {
  return typeof record === 'object' && record !== null && 'of' in record && record.of === 'rollouts';
}
