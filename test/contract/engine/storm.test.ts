import assert from 'node:assert/strict';
import { hour, minute, second } from '../../../src/engine/base/units.ts';
import { alertsKey } from '../../../src/feeds/alerts/keys.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { openedHouse, type House } from '../../support/feeds/house.ts';

// More alerts than three pages, in a window on shift that has not the focus.
describe('a new P1 in a storm of alerts', function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let house: House;
  before(async () => {
    simulator = await startSimulator({ speed: 0, size: 520 });
    house = await openedHouse(simulator);
    house.feeds.attend(() => 'idle');
  });
  after(async () => {
    house.dispose();
    await simulator.stop();
  });

  it('is known within the pace of a few alerts, each time, and all requests of an hour stay within the budget', async () => {
    const before = house.store.state(alertsKey).records.size;
    assert.ok(before > 300, `${before} alerts`);
    const end = house.clock.now() + hour;
    simulator.resetRequests();
    for (let nth = 0; nth < 6; nth++) {
      const message = `Subnet ${nth} stalled`;
      simulator.switch('atlassian', 'raise', { message, alias: message, priority: 'P1' });
      const raisedAt = house.clock.now();
      const isKnown = (): boolean =>
        [...house.store.state(alertsKey).records.values()].some((alert) => alert.message === message);
      await house.until(message, isKnown, 5 * second);
      const ms = house.clock.now() - raisedAt;
      // Three minutes, and what reads differ by.
      assert.ok(ms <= 3.5 * minute, `${ms} ms`);
      while (house.clock.now() < raisedAt + 10 * minute) await house.pass(30 * second);
    }
    while (house.clock.now() < end) await house.pass(30 * second);
    assert.ok(simulator.requests('atlassianApi').length <= 40, `${simulator.requests('atlassianApi').length} requests`);
    assert.equal(house.store.state(alertsKey).records.size, before + 6, 'and none of the others is lost');
  });
});
