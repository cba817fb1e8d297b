import assert from 'node:assert/strict';
import type { Attention } from '../../src/engine/schedule.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { costsOfFeeds, requestsPerHour, type Costed } from '../support/requestCosts.ts';

/** Requests to each service an hour, all windows together (design, section 7). */
const budgets: Record<Attention, number> = { active: 120, idle: 40, quiet: 4 };

// The budgets, from what each read really costs: the feeds' own reads are counted against the simulated services, and
// their own paces are followed for hours at their quickest (no jitter, always news). Writes come on top.
describe('the budget of requests', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  let feeds: readonly Costed[] = [];

  before(async () => {
    simulator = await startSimulator();
    feeds = await costsOfFeeds(simulator);
  });
  after(() => simulator.stop());

  it('knows what each read costs', () => {
    assert.deepEqual(Object.fromEntries(feeds.map(({ name, warm }) => [name, warm])), {
      alerts: { ops: 1 },
      heartbeats: { ops: 1 },
      closedAlerts: { ops: 1 },
      rotations: { ops: 6 },
      queue: { jira: 1 },
      proposals: { governance: 1 },
      rollouts: { rollouts: 1 },
      pullRequests: { github: 2 },
      workflowRuns: { github: 2 },
    });
  });

  for (const attention of ['active', 'idle'] as const) {
    it(`is kept in every hour: ${attention}`, () => {
      for (const perService of requestsPerHour(feeds, attention, 4)) {
        for (const [service, calls] of Object.entries(perService)) {
          assert.ok(calls <= budgets[attention], `${service}: ${calls}`);
        }
      }
    });
  }

  it('is kept off shift, as the mean of a day', () => {
    const day = requestsPerHour(feeds, 'quiet', 24);
    for (const service of ['ops', 'jira', 'governance', 'rollouts', 'github']) {
      const mean = day.reduce((sum, perService) => sum + (perService[service] ?? 0), 0) / day.length;
      assert.ok(mean <= budgets.quiet, `${service}: ${mean}`);
    }
  });
});
