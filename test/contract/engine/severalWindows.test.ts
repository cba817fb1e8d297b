import assert from 'node:assert/strict';
import { hour, second } from '../../../src/engine/base/units.ts';
import { closedAlertsKey } from '../../../src/feeds/alerts/keys.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { FakeClock } from '../../support/engine/fakeClock.ts';
import { isGood, viewNames } from '../../support/vscode/headless.ts';
import { emptyDisks, openHouse, type House } from '../../support/feeds/house.ts';
import { isStream, keptAlive } from '../../support/feeds/requestHours.ts';

/** What windows on one set of disks asked each service while they were visible. */
interface Watched {
  readonly asked: ReadonlyMap<string, number>;
  readonly roles: readonly string[];
  readonly good: boolean;
  /** What each window shows in the end, and as of when. */
  readonly pictures: readonly string[];
}

const stepMs = 5 * second;

/** Opens so many windows at once and lets time pass, for the leases too. */
async function watch(simulator: Simulator, count: number, ms: number): Promise<Watched> {
  simulator.reset({ speed: 0 });
  const asked = new Map<string, number>();
  const clock = new FakeClock(simulator.world().now());
  const disks = emptyDisks();
  const windows: House[] = [];
  for (let each = 0; each < count; each++) {
    const house = await openHouse(simulator, disks, {
      clock,
      fetch: (input, init) => (isStream(input) ? keptAlive(clock, init?.signal) : fetch(input, init)),
      onRequest: (service) => void asked.set(service, (asked.get(service) ?? 0) + 1),
    });
    house.feeds.attend((feed) => (feed === closedAlertsKey.name ? undefined : 'active'));
    windows.push(house);
  }
  // What is read now is read before time goes on: an answer takes no time that could change the count.
  const reads = (): boolean =>
    windows
      .filter((house) => house.windows.role === 'leader')
      .some(({ feeds }) =>
        feeds.plans().some(({ name, dueAt }) => dueAt === undefined && name !== closedAlertsKey.name),
      );
  for (let passed = 0; passed < ms; passed += stepMs) {
    // What a view shows may ask on its own: whose account it is.
    for (const house of windows) house.view('week');
    simulator.advance(stepMs);
    await clock.advance(stepMs);
    do await new Promise<void>((resolve) => void setTimeout(resolve, 1));
    while (reads());
  }
  const counted = new Map(asked);
  // What was read last reaches the other windows.
  await clock.advance(2 * second);
  const pictureOf = (house: House): string => JSON.stringify(viewNames.map((name) => house.view(name)));
  const watched = {
    asked: counted,
    roles: windows.map((house) => house.windows.role).sort(),
    good: windows.every(isGood),
    pictures: windows.map(pictureOf),
  };
  for (const house of windows) house.dispose();
  return watched;
}

describe('three windows that are visible for an hour', function () {
  this.timeout(120_000);
  let simulator: Simulator;

  before(async () => void (simulator = await startSimulator({ speed: 0 })));
  after(() => simulator.stop());

  it('ask each service no more than one window does, and show the same', async () => {
    const one = await watch(simulator, 1, hour);
    assert.ok(one.good);
    assert.deepEqual([...one.asked.keys()].sort(), ['github', 'governance', 'jira', 'ops', 'rollouts']);
    assert.ok((one.asked.get('ops') ?? 0) > 60, `${one.asked.get('ops')} requests for alerts and rotations`);
    const three = await watch(simulator, 3, hour);
    assert.deepEqual(three.roles, ['follower', 'follower', 'leader']);
    assert.ok(three.good);
    assert.equal(new Set(three.pictures).size, 1);
    for (const [service, calls] of three.asked) {
      assert.ok(calls <= (one.asked.get(service) ?? 0), `${service}: ${calls}, and ${one.asked.get(service)} of one`);
    }
  });
});
