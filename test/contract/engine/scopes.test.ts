import assert from 'node:assert/strict';
import { alertsKey } from '../../../src/feeds/alerts/keys.ts';
import { queueKey } from '../../../src/feeds/queue/queue.ts';
import { MemoryDisk } from '../../support/engine/memoryDisk.ts';
import { emptyDisks, openedHouse, type House } from '../../support/feeds/house.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';

const second = 1_000;

describe('windows with different settings', function () {
  this.timeout(60_000);
  let simulator: Simulator;
  const houses: House[] = [];

  before(async () => {
    simulator = await startSimulator();
    // The clients are loaded when they are first used, which takes a while.
    await Promise.all([
      import('../../../src/sources/governance/client.ts'),
      import('../../../src/sources/github/client.ts'),
    ]);
  });
  afterEach(() => {
    for (const house of houses.splice(0)) house.dispose();
  });
  after(() => simulator.stop());

  async function opened(feeds: MemoryDisk): Promise<House> {
    const house = await openedHouse(simulator, { ...emptyDisks(), feeds });
    houses.push(house);
    return house;
  }

  it('read anew only what the settings name anew, and go on with the rest', async () => {
    const house = await opened(new MemoryDisk());
    await house.pass(10 * second);
    const asOf = house.store.state(alertsKey).asOf;
    simulator.resetRequests();
    const elsewhere = new MemoryDisk();
    const moved = house.feeds.takeSettings(new Set(['queue']), { disk: elsewhere });
    assert.equal(house.store.state(queueKey).status, 'neverLoaded');
    await house.until('the queue', () => house.store.state(queueKey).status === 'fresh');
    await moved;
    assert.equal(house.windows.role, 'leader');
    assert.equal(house.store.state(alertsKey).asOf, asOf);
    const asked = (['atlassianApi', 'atlassianSite', 'github', 'governance', 'rollouts'] as const).flatMap((service) =>
      simulator.requests(service).map(({ path }) => path),
    );
    // The event stream of the dashboard, which is no read, may be opened anew.
    const others = asked.filter((path) => !/search|stream|sse|events/.test(path));
    assert.deepEqual(others, []);
    await house.pass(90 * second);
    assert.ok((house.store.state(alertsKey).asOf ?? 0) > (asOf ?? 0), 'the others are read on');
    assert.ok([...elsewhere.files.keys()].some((name) => name.startsWith('alerts.')));
  });

  it('each have a window that reads: one that comes to them follows it, and leaves its lead to the next', async () => {
    const [here, there] = [new MemoryDisk(), new MemoryDisk()];
    const other = await opened(there);
    const house = await opened(here);
    assert.deepEqual([house.windows.role, other.windows.role], ['leader', 'leader']);
    await house.feeds.takeSettings(new Set(['queue']), { disk: there });
    assert.equal(house.windows.role, 'follower');
    await house.until('what the other window read', () => house.store.state(queueKey).status === 'fresh');
    const next = await opened(here);
    assert.equal(next.windows.role, 'leader');
  });
});
