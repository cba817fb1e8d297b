import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { FakeClock } from '../../support/engine/fakeClock.ts';
import { emptyDisks, openHouse, type House } from '../../support/feeds/house.ts';

describe('what is read beside the feeds', () => {
  let simulator: Simulator;
  const houses: House[] = [];
  before(async () => (simulator = await startSimulator({ speed: 0 })));
  after(() => simulator.stop());
  afterEach(() => houses.splice(0).forEach((house) => house.dispose()));

  it('is read by the window that reads the services when a person wants it in another one', async () => {
    simulator.reset({ speed: 0 });
    const disks = emptyDisks();
    const clock = new FakeClock(simulator.world().now());
    const read: string[] = [];
    for (const name of ['first', 'second']) {
      const house = await openHouse(simulator, disks, { clock });
      house.feeds.addBeside({
        name: 'lists',
        readNow: (changed) => {
          read.push(`${name}: ${changed ?? 'all'}`);
          return Promise.resolve();
        },
      });
      houses.push(house);
    }
    const [first, second] = houses;
    assert.ok(first !== undefined && second !== undefined);
    const [reader, other] = first.windows.role === 'leader' ? ['first', second] : ['second', first];
    for (const want of [() => other.feeds.refresh(), () => other.feeds.readBeside('lists', 'DRE-1')]) {
      let isOver = false;
      void want().then(() => (isOver = true));
      await first.until('the other window to read', () => isOver);
    }
    assert.deepEqual(read, [`${reader}: all`, `${reader}: DRE-1`]);
  });
});
