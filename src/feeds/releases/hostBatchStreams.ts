import type { Failure } from '../../domain/base/failure.ts';
import { second } from '../../domain/base/time.ts';
import type { HostBatchName } from '../../domain/releases/hostBatch.ts';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Timer } from '../../engine/base/lifetime.ts';
import type { Log } from '../../engine/base/log.ts';
import type { Rollouts } from '../../sources/rollouts/client.ts';
import type { HostBatchEvent } from '../../sources/rollouts/hostBatchEvents.ts';
import { RequestSpacing } from '../kit/requestSpacing.ts';
import { StreamConnection } from './connection.ts';

/** So many connections may be made, and be open at a time: further batches are read now and then. */
const limits = { perMinute: 10, perHour: 30 };
const mostOpen = 4;
const firstPauseMs = 5 * second;
/** After so many connections in a row that sent nothing, the stream is not tried again: a proxy holds it back, say. */
const mostWithoutEvent = 3;

/** A batch whose stream is followed. */
interface Followed {
  readonly name: HostBatchName;
  readonly lifetime: Lifetime;
  readonly connection: StreamConnection;
  readonly pause: Timer;
  /** Connections in a row that sent nothing. */
  withoutEvent: number;
  /** Whether the present connection has sent something of the batch. */
  isLive: boolean;
  /** It is not connected again. */
  isOver: boolean;
}

export interface HostBatchStreamsParts {
  readonly rollouts: () => Promise<Pick<Rollouts, 'followHostBatch'>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Takes what the stream of a batch says. */
  readonly take: (key: string, event: HostBatchEvent) => void;
}

/** Follows the event streams of single HostOS batches (rollout-dashboard.md 1.2), which send each change of their nodes. */
export class HostBatchStreams implements Disposable {
  readonly #parts: HostBatchStreamsParts;
  readonly #spacing = new RequestSpacing(limits);
  readonly #followed = new Map<string, Followed>();

  constructor(parts: HostBatchStreamsParts) {
    this.#parts = parts;
  }

  /** Follows these batches from now on, the first of them where they are too many, and no others. */
  follow(wanted: ReadonlyMap<string, HostBatchName>): void {
    for (const [key, { lifetime }] of this.#followed) {
      if (wanted.has(key)) continue;
      lifetime.dispose();
      this.#followed.delete(key);
    }
    for (const [key, name] of wanted) {
      if (this.#followed.size >= mostOpen) return;
      if (this.#followed.has(key)) continue;
      const lifetime = new Lifetime();
      const connection = lifetime.own(new StreamConnection(this.#parts.clock));
      const pause = lifetime.timer(this.#parts.clock);
      const followed = { name, lifetime, connection, pause, withoutEvent: 0, isLive: false, isOver: false };
      this.#followed.set(key, followed);
      this.#connect(key, followed);
    }
  }

  /** Whether all that changes of a batch is sent, so that it need not be read. */
  isLive(key: string): boolean {
    return this.#followed.get(key)?.isLive ?? false;
  }

  dispose(): void {
    this.follow(new Map());
  }

  #connect(key: string, followed: Followed): void {
    const { rollouts, clock, take } = this.#parts;
    const waitMs = this.#spacing.waitMs(clock.now());
    if (waitMs > 0) {
      followed.pause.set(waitMs, () => this.#connect(key, followed));
      return;
    }
    this.#spacing.note(clock.now());
    followed.connection.open(
      (signal, received) =>
        rollouts()
          .then((each) =>
            each.followHostBatch(
              followed.name,
              signal,
              (event) => {
                if (signal.aborted) return;
                followed.withoutEvent = 0;
                followed.isLive = event.said.ok;
                followed.isOver = event.isLast;
                take(key, event);
              },
              received,
            ),
          )
          .catch((cause: unknown): Failure => {
            this.#parts.log.error('rollouts', 'the stream of a batch cannot be followed', cause);
            return { kind: 'streamEnded', service: 'rollouts', operation: 'follow a HostOS batch', cause };
          }),
      ({ kind }) => {
        followed.withoutEvent = followed.isLive ? 0 : followed.withoutEvent + 1;
        followed.isLive = false;
        this.#parts.log.debug('rollouts', `the stream of ${key} ended: ${kind}`);
        if (followed.isOver || followed.withoutEvent >= mostWithoutEvent) return;
        const ms = firstPauseMs * 2 ** followed.withoutEvent * (1 + 0.3 * this.#parts.random());
        followed.pause.set(ms, () => this.#connect(key, followed));
      },
    );
  }
}
