import assert from 'node:assert/strict';
import { nextDelay, type Attention, type Pace } from '../../src/engine/schedule.ts';
import { Store } from '../../src/engine/store.ts';
import { Meter } from '../../src/engine/meter.ts';
import type { Failure } from '../../src/domain/failure.ts';
import { alertsFeed } from '../../src/feeds/alerts.ts';
import { closedAlertsFeed } from '../../src/feeds/closedAlerts.ts';
import { Clients } from '../../src/feeds/clients.ts';
import { heartbeatsFeed } from '../../src/feeds/heartbeats.ts';
import { proposalsFeed } from '../../src/feeds/proposals.ts';
import { pullRequestsFeed } from '../../src/feeds/pullRequests.ts';
import { queueFeed } from '../../src/feeds/queue.ts';
import { rolloutsFeed } from '../../src/feeds/rollouts.ts';
import { rotationsFeed } from '../../src/feeds/rotations.ts';
import { workflowRunsFeed } from '../../src/feeds/workflowRuns.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { epicKey, people, teamId, tokens } from '../simulator/world.ts';
import { clientAddresses } from './clientAddresses.ts';
import { rethrow } from './engine.ts';

const hour = 3_600_000;

/** What a feed's reads cost, and how often it reads. */
export interface Costed {
  readonly name: string;
  readonly pace: Pace;
  /** Requests by service: of the first read, and of one that follows. */
  readonly cold: Costs;
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
  const definitions = [
    alertsFeed(clients.ops, () => teamId, { store: new Store<Failure>(rethrow), clock }),
    heartbeatsFeed(clients.ops, () => teamId, clock),
    closedAlertsFeed(clients.ops, clock),
    rotationsFeed(clients.ops, () => schedules, { store: new Store<Failure>(rethrow), clock }),
    queueFeed(clients.jira, () => epicKey),
    proposalsFeed(clients.governance),
    rolloutsFeed(clients.rollouts, new Store<Failure>(rethrow)),
    pullRequestsFeed(clients.github, repository),
    workflowRunsFeed(clients.github, repository),
  ];
  for (const { key, pace, fetch: read } of definitions) {
    const costs: Costs[] = [];
    for (let time = 0; time < 2; time++) {
      meter = new Meter({ now: Date.now, after: () => ({ dispose: () => undefined }) }, rethrow);
      const fetched = await read(new AbortController().signal, false);
      assert.equal(fetched.kind, 'records', key.name);
      costs.push(Object.fromEntries(meter.lastHour().map(({ service, calls }) => [service, calls])));
    }
    const [cold = {}, warm = {}] = costs;
    feeds.push({ name: key.name, pace, cold, warm });
  }
  return feeds;
}

/**
 * Requests by service in each of the first hours, with every feed at this attention from the start on, at its quickest
 * (no jitter, always news).
 */
export function requestsPerHour(
  feeds: readonly Costed[],
  attention: Attention,
  count: number,
): readonly Record<string, number>[] {
  const perHour: Record<string, number>[] = Array.from({ length: count }, () => ({}));
  for (const { pace, cold, warm } of feeds) {
    const delay = nextDelay(pace, {
      attention,
      unchanged: 0,
      failures: 0,
      retryAfterMs: undefined,
      burst: 0,
      random: 0,
    });
    for (let at = 0; at < count * hour; at += delay) {
      const bucket = perHour[Math.floor(at / hour)] ?? {};
      for (const [service, calls = 0] of Object.entries(at === 0 ? cold : warm)) {
        bucket[service] = (bucket[service] ?? 0) + calls;
      }
    }
  }
  return perHour;
}
