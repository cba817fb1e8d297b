import assert from 'node:assert/strict';
import { Store } from '../../../src/engine/read/store.ts';
import { Meter } from '../../../src/engine/read/meter.ts';
import type { Failure } from '../../../src/domain/base/failure.ts';
import { alertsFeed } from '../../../src/feeds/alerts/alerts.ts';
import { closedAlertsFeed } from '../../../src/feeds/alerts/closed.ts';
import { Clients } from '../../../src/feeds/clients.ts';
import { heartbeatsFeed } from '../../../src/feeds/alerts/heartbeats.ts';
import { proposalsFeed } from '../../../src/feeds/proposals/proposals.ts';
import { pullRequestsFeed } from '../../../src/feeds/ci/pullRequests.ts';
import { queueFeed } from '../../../src/feeds/queue/queue.ts';
import { releasesFeed } from '../../../src/feeds/releases/releases.ts';
import { rolloutsFeed } from '../../../src/feeds/releases/rollouts.ts';
import { rotationsFeed } from '../../../src/feeds/rotation/rotations.ts';
import { workflowRunsFeed } from '../../../src/feeds/ci/workflowRuns.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { epicKey, people, teamId, tokens } from '../../simulator/world.ts';
import { clientAddresses } from '../sources/clientAddresses.ts';
import { memoryLog, rethrow } from '../engine/engine.ts';

/** What a feed's reads cost. */
export interface Costed {
  readonly name: string;
  /** Requests by service, of a read that is not the first. */
  readonly warm: Costs;
}

type Costs = Readonly<Partial<Record<string, number>>>;

/** Reads every feed twice against the simulated services and counts the requests. */
export async function costsOfFeeds(simulator: Simulator): Promise<readonly Costed[]> {
  const feeds: Costed[] = [];
  let meter = new Meter({ now: Date.now, after: () => ({ dispose: () => undefined }) }, rethrow);
  const clients = new Clients({
    addresses: () => clientAddresses(simulator),
    credentials: () => Promise.resolve({ email: people[0].email, token: tokens.atlassian.classic }),
    githubToken: () => Promise.resolve(tokens.github),
    fetch,
    now: Date.now,
    onExchange: ({ service, status }) => meter.record({ service, status }),
    log: () => undefined,
  });
  const clock = { now: () => simulator.world().now(), after: () => ({ dispose: () => undefined }) };
  const schedules = { alerts: 'DRE Alerts', ops: 'DRE Ops Rotation' };
  const repository = (): string => 'dfinity/dre';
  const context = { store: new Store<Failure>(rethrow), clock, log: memoryLog() };
  const definitions = [
    alertsFeed(clients.ops, () => teamId, context),
    heartbeatsFeed(clients.ops, () => teamId, clock),
    closedAlertsFeed(clients.ops, () => teamId, context),
    rotationsFeed(clients.ops, () => schedules, { store: new Store<Failure>(rethrow), clock }),
    queueFeed(clients.jira, () => epicKey, clock),
    proposalsFeed(clients.governance),
    rolloutsFeed(clients.rollouts, new Store<Failure>(rethrow), { now: Date.now }),
    releasesFeed(clients.github, repository),
    pullRequestsFeed(clients.github, repository),
    workflowRunsFeed(clients.github, repository),
  ];
  for (const { key, fetch: read } of definitions) {
    let warm: Costs = {};
    for (let time = 0; time < 2; time++) {
      meter = new Meter({ now: Date.now, after: () => ({ dispose: () => undefined }) }, rethrow);
      const fetched = await read(new AbortController().signal, false, false);
      assert.equal(fetched.kind, 'records', key.name);
      warm = Object.fromEntries(meter.lastHour().map(({ service, calls }) => [service, calls]));
    }
    feeds.push({ name: key.name, warm });
  }
  return feeds;
}
