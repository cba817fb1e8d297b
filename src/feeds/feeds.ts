import type { Failure, Service } from '../domain/failure.ts';
import type { Disposable } from '../engine/clock.ts';
import { Feed, type FeedContext } from '../engine/feed.ts';
import type { Attention } from '../engine/schedule.ts';
import type { Snapshots } from '../engine/snapshot.ts';
import { alertsFeed, alertsKey, isStoredAlert } from './alerts.ts';
import type { Clients } from './clients.ts';
import { isStoredProposal, proposalsFeed, proposalsKey } from './proposals.ts';
import { isStoredTicket, queueFeed, queueKey } from './queue.ts';
import { isStoredRollout, rolloutsFeed, rolloutsKey, RolloutStream } from './rollouts.ts';
import { isStoredRotation, rotationsFeed, rotationsKey } from './rotations.ts';

/** What the feeds take from the settings. */
export interface FeedSettings {
  readonly schedules: Readonly<Record<string, string>>;
  readonly epic: string;
}

/** The service that a feed reads, for failures that the engine itself makes. */
export function serviceOfFeed(feed: string): Service {
  const services: Partial<Record<string, Service>> = {
    [alertsKey.name]: 'ops',
    [rotationsKey.name]: 'ops',
    [queueKey.name]: 'jira',
    [proposalsKey.name]: 'governance',
    [rolloutsKey.name]: 'rollouts',
  };
  return services[feed] ?? 'disk';
}

/** What all feeds have in common, whatever their records are. */
type AnyFeed = Pick<Feed<unknown, Failure>, 'name' | 'start' | 'attend' | 'refresh' | 'wake' | 'reset' | 'dispose'>;

/** All that is kept up to date. */
export class Feeds implements Disposable {
  readonly alerts;
  readonly rotations;
  readonly queue;
  readonly proposals;
  readonly rollouts;
  readonly #stream: RolloutStream;
  readonly #all: readonly AnyFeed[];

  constructor(clients: Clients, settings: () => FeedSettings, context: FeedContext<Failure>) {
    this.alerts = new Feed(alertsFeed(clients.ops), context);
    this.rotations = new Feed(
      rotationsFeed(clients.ops, () => settings().schedules),
      context,
    );
    this.queue = new Feed(
      queueFeed(clients.jira, () => settings().epic),
      context,
    );
    this.proposals = new Feed(proposalsFeed(clients.governance), context);
    this.rollouts = new Feed(rolloutsFeed(clients.rollouts, context.store), context);
    this.#stream = new RolloutStream(clients.rollouts, this.rollouts, context);
    this.#all = [this.alerts, this.rotations, this.queue, this.proposals, this.rollouts];
  }

  /** Brings back what was known, then begins to read. */
  async start(snapshots: Snapshots<Failure>): Promise<void> {
    await Promise.all([
      snapshots.restore(rotationsKey, isStoredRotation),
      snapshots.restore(alertsKey, isStoredAlert),
      snapshots.restore(queueKey, isStoredTicket),
      snapshots.restore(proposalsKey, isStoredProposal),
      snapshots.restore(rolloutsKey, isStoredRollout),
    ]);
    for (const feed of this.#all) feed.start();
    this.#stream.start();
  }

  /** Tells each feed how closely somebody looks. */
  attend(attentionOf: (feed: string) => Attention): void {
    for (const feed of this.#all) feed.attend(attentionOf(feed.name));
    this.#stream.attend(attentionOf(rolloutsKey.name));
  }

  /** Reads all now. */
  async refresh(): Promise<void> {
    await Promise.all(this.#all.map((feed) => feed.refresh()));
  }

  /** The machine slept or its network changed. */
  wake(): void {
    for (const feed of this.#all) feed.wake();
  }

  /** Credentials or addresses changed. */
  reset(): void {
    for (const feed of this.#all) feed.reset();
    this.#stream.reset();
  }

  dispose(): void {
    this.#stream.dispose();
    for (const feed of this.#all) feed.dispose();
  }
}
