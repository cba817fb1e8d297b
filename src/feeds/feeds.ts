import type { Failure, Service } from '../domain/failure.ts';
import type { Disposable } from '../engine/clock.ts';
import { Feed, type FeedContext } from '../engine/feed.ts';
import type { Attention } from '../engine/schedule.ts';
import type { Snapshots } from '../engine/snapshot.ts';
import { alertsFeed, alertsKey, isStoredAlert } from './alerts.ts';
import type { Clients } from './clients.ts';
import { isStoredProposal, proposalsFeed, proposalsKey } from './proposals.ts';
import { isStoredPullRequest, pullRequestsFeed, pullRequestsKey } from './pullRequests.ts';
import { isStoredTicket, queueFeed, queueKey } from './queue.ts';
import { isStoredRollout, rolloutsFeed, rolloutsKey, RolloutStream } from './rollouts.ts';
import { isStoredRotation, rotationsFeed, rotationsKey } from './rotations.ts';
import { isStoredWorkflowRun, workflowRunsFeed, workflowRunsKey } from './workflowRuns.ts';

/** What the feeds take from the settings. */
export interface FeedSettings {
  readonly schedules: Readonly<Record<string, string>>;
  readonly epic: string;
  readonly repository: string;
}

/** The service that a feed reads, for failures that the engine itself makes. */
export function serviceOfFeed(feed: string): Service {
  const services: Partial<Record<string, Service>> = {
    [alertsKey.name]: 'ops',
    [rotationsKey.name]: 'ops',
    [queueKey.name]: 'jira',
    [proposalsKey.name]: 'governance',
    [rolloutsKey.name]: 'rollouts',
    [pullRequestsKey.name]: 'github',
    [workflowRunsKey.name]: 'github',
  };
  return services[feed] ?? 'disk';
}

/** What all feeds have in common, whatever their records are. */
type AnyFeed = Pick<
  Feed<unknown, Failure>,
  'name' | 'dueAt' | 'reason' | 'start' | 'attend' | 'refresh' | 'wake' | 'reset' | 'dispose'
>;

/** When a feed is read next, and why then; both undefined while it is read, and while it waits for a person. */
export type FeedPlan = Pick<AnyFeed, 'name' | 'dueAt' | 'reason'> & { readonly service: Service };

/**
 * All that is kept up to date. What one read costs, in requests (`test/contract/budgets.test.ts` counts them and follows
 * the paces): alerts 1 for each hundred, rotations 3 for each schedule (list, on call, timeline), queue 1 for each hundred,
 * proposals 1 for each hundred, rollouts 1, pull requests 2 (list, checks), workflow runs 2 (main branch, weekly upgrade).
 * The first reads also learn the site's id, the names of people, the site's fields and the network's keys.
 */
export class Feeds implements Disposable {
  readonly alerts;
  readonly rotations;
  readonly queue;
  readonly proposals;
  readonly rollouts;
  readonly pullRequests;
  readonly workflowRuns;
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
    const repository = (): string => settings().repository;
    this.pullRequests = new Feed(pullRequestsFeed(clients.github, repository), context);
    this.workflowRuns = new Feed(workflowRunsFeed(clients.github, repository), context);
    this.#all = [
      ...[this.alerts, this.rotations, this.queue, this.proposals, this.rollouts],
      ...[this.pullRequests, this.workflowRuns],
    ];
  }

  /** Brings back what was known, then begins to read. */
  async start(snapshots: Snapshots<Failure>): Promise<void> {
    await Promise.all([
      snapshots.restore(rotationsKey, isStoredRotation),
      snapshots.restore(alertsKey, isStoredAlert),
      snapshots.restore(queueKey, isStoredTicket),
      snapshots.restore(proposalsKey, isStoredProposal),
      snapshots.restore(rolloutsKey, isStoredRollout),
      snapshots.restore(pullRequestsKey, isStoredPullRequest),
      snapshots.restore(workflowRunsKey, isStoredWorkflowRun),
    ]);
    for (const feed of this.#all) feed.start();
    this.#stream.start();
  }

  /** Tells each feed how closely somebody looks. */
  attend(attentionOf: (feed: string) => Attention): void {
    for (const feed of this.#all) feed.attend(attentionOf(feed.name));
    this.#stream.attend(attentionOf(rolloutsKey.name));
  }

  /** When each feed is read next. */
  plans(): readonly FeedPlan[] {
    return this.#all.map(({ name, dueAt, reason }) => ({ name, dueAt, reason, service: serviceOfFeed(name) }));
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

  /** Somebody signed in to GitHub, or out of it. */
  resetGitHub(): void {
    this.pullRequests.reset();
    this.workflowRuns.reset();
  }

  dispose(): void {
    this.#stream.dispose();
    for (const feed of this.#all) feed.dispose();
  }
}
