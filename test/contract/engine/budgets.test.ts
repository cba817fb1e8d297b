import assert from 'node:assert/strict';
import type { Attention } from '../../../src/engine/read/schedule.ts';
import { hour, minute } from '../../../src/engine/base/units.ts';
import { serviceOfFeed } from '../../../src/feeds/feeds.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { MemoryDisk } from '../../support/engine/memoryDisk.ts';
import { FakeClock } from '../../support/engine/fakeClock.ts';
import { askedIn, worstHours, type Asked } from '../../support/feeds/requestHours.ts';
import { costsOfFeeds, type Costed } from '../../support/feeds/requestCosts.ts';

/** Requests to each service an hour, all windows together: on shift and focused, idle, off shift. */
const budgets: Record<Attention, number> = { active: 120, idle: 40, quiet: 4 };

/** No service was asked for more in any 60 minutes than the budget has for this attention. */
function assertKept(asked: readonly Asked[], attention: Attention): void {
  for (const [service, calls] of worstHours(asked)) assert.ok(calls <= budgets[attention], `${service}: ${calls}`);
}

// The budgets, for the window that reads for all: its feeds run for hours of a fast clock against the simulated
// services. What a person asks for (a refresh, a ticket in full, a write) comes on top.
describe('the budget of requests', function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let feeds: readonly Costed[] = [];
  const disk = new MemoryDisk();

  before(async () => {
    simulator = await startSimulator();
    feeds = await costsOfFeeds(simulator);
    await askedIn(simulator, 'active', 0, disk);
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
      releases: { github: 3 },
      pullRequests: { github: 2 },
      workflowRuns: { github: 2 },
    });
  });

  it('counts what a feed reads as asked of the service that is read', () => {
    assert.deepEqual(
      feeds.map(({ name }) => [name, serviceOfFeed(name)]),
      feeds.map(({ name, warm }) => [name, ...Object.keys(warm)]),
    );
  });

  for (const [attention, hours] of [
    ['active', 1.5],
    ['idle', 3],
    // With what an earlier window left: without it, it is not known that this is off shift.
    ['quiet', 24],
  ] as const) {
    it(`is kept in any 60 minutes of ${hours} hours from the first reads on: ${attention}`, async () => {
      const asked = await askedIn(simulator, attention, hours, attention === 'quiet' ? disk : undefined);
      assert.deepEqual([...worstHours(asked).keys()].sort(), ['github', 'governance', 'jira', 'ops', 'rollouts']);
      assertKept(asked, attention);
    });
  }

  for (const kind of ['unauthorized', 'forbidden'] as const) {
    for (const [attention, hours] of [
      ['active', 2],
      ['quiet', 24],
    ] as const) {
      it(`is kept while every service refuses: ${kind}, ${attention}`, async () => {
        for (const service of ['atlassianSite', 'atlassianApi', 'github', 'governance', 'rollouts'] as const) {
          simulator.fault(service, { kind });
        }
        const asked = await askedIn(simulator, attention, hours, attention === 'quiet' ? disk : undefined);
        simulator.clearFaults();
        assert.ok(asked.length > 0);
        assertKept(asked, attention);
      });
    }
  }

  it('is kept off shift though the window is closed and opened again and again', async () => {
    const clock = new FakeClock(simulator.world().now());
    const own = new MemoryDisk();
    await askedIn(simulator, 'active', 0, own, clock);
    await clock.advance(2 * hour);
    const asked: Asked[] = [];
    for (let start = 0; start < 5; start++) {
      asked.push(...(await askedIn(simulator, 'quiet', 0.2, own, clock)));
      await clock.advance(5 * minute);
    }
    assert.ok(asked.length > 4, `${asked.length} requests`);
    assertKept(asked, 'quiet');
  });

  it('does not keep a schedule from being read off shift: each in its turn, within some hours', async () => {
    const asked = await askedIn(simulator, 'quiet', 12, disk);
    const times = (operation: string): number => asked.filter((each) => each.operation === operation).length;
    assert.ok(times('read on-call') >= 6, `${times('read on-call')} times`);
    assert.ok(times('list alerts') >= 5, `${times('list alerts')} times`);
  });
});

describe('the budget of requests with four pages of everything', function () {
  this.timeout(120_000);
  let simulator: Simulator;

  before(async () => void (simulator = await startSimulator({ size: 390 })));
  after(() => simulator.stop());

  for (const [attention, hours] of [
    ['active', 1.5],
    ['idle', 3],
  ] as const) {
    it(`is kept, as they are read more seldom: ${attention}`, async () => {
      const asked = await askedIn(simulator, attention, hours);
      const pages = asked.filter(({ operation }) => operation === 'list alerts').length;
      assert.ok(pages >= 4 * hours * 4, `${pages} pages of alerts`);
      assertKept(asked, attention);
    });
  }
});

describe('the budget of requests with nothing to read', function () {
  this.timeout(120_000);
  let simulator: Simulator;
  const disk = new MemoryDisk();

  before(async () => {
    simulator = await startSimulator({ size: 0 });
    await askedIn(simulator, 'active', 0, disk);
  });
  after(() => simulator.stop());

  for (const [attention, hours] of [
    ['active', 1.5],
    ['idle', 3],
    ['quiet', 24],
  ] as const) {
    it(`is kept, though every empty list has to be proved: ${attention}`, async () => {
      const asked = await askedIn(simulator, attention, hours, attention === 'quiet' ? disk : undefined);
      for (const [operation, proof] of [
        ['list alerts', 'list teams'],
        ['search tickets', 'read the account'],
      ] as const) {
        const times = (wanted: string): number => asked.filter((each) => each.operation === wanted).length;
        assert.ok(
          times(operation) > 0 && times(proof) > 0,
          `${times(operation)} of ${operation}, ${times(proof)} of ${proof}`,
        );
      }
      assertKept(asked, attention);
    });
  }
});

describe('the budget of requests while the rollout dashboard has nothing yet', function () {
  this.timeout(120_000);
  let simulator: Simulator;
  const disk = new MemoryDisk();

  before(async () => {
    simulator = await startSimulator();
    await askedIn(simulator, 'active', 0, disk);
    simulator.switch('rollouts', 'loading', true);
  });
  after(() => simulator.stop());

  for (const [attention, hours] of [
    ['active', 1.5],
    ['idle', 3],
    ['quiet', 6],
  ] as const) {
    it(`is kept, and it is asked all the same: ${attention}`, async () => {
      const asked = await askedIn(simulator, attention, hours, attention === 'quiet' ? disk : undefined);
      const times = asked.filter(({ service }) => service === 'rollouts').length;
      assert.ok(times >= hours - 1, `${times} times`);
      assertKept(asked, attention);
    });
  }
});
