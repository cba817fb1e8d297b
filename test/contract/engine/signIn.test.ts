import assert from 'node:assert/strict';
import { second } from '../../../src/engine/base/units.ts';
import { pullRequestsKey } from '../../../src/feeds/ci/pullRequests.ts';
import { queueKey } from '../../../src/feeds/queue/queue.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { FakeClock } from '../../support/engine/fakeClock.ts';
import { emptyDisks, openHouse, type House } from '../../support/feeds/house.ts';

describe('a sign-in in a window that does not read', function () {
  this.timeout(60_000);
  let simulator: Simulator;
  const houses: House[] = [];

  before(async () => {
    simulator = await startSimulator({ speed: 0 });
    simulator.switch('github', 'private', true);
  });
  after(async () => {
    for (const house of houses) house.dispose();
    await simulator.stop();
  });

  it('is taken at once by the one that does, for each service on its own', async () => {
    const [good, disks] = [simulator.env, emptyDisks()];
    const clock = new FakeClock(simulator.world().now());
    let [atlassian, github]: [string | undefined, string | undefined] = ['of nobody', undefined];
    const open = async (): Promise<House> => {
      const house = await openHouse(simulator, disks, {
        clock,
        atlassianToken: () => atlassian ?? '',
        githubToken: () => github,
      });
      houses.push(house);
      house.feeds.attend(() => 'active');
      return house;
    };
    const [leader, follower] = [await open(), await open()];
    // As the composition does: with what is kept by now.
    const asked: string[] = [];
    leader.feeds.onDidAskToRenew((signIn) => {
      asked.push(signIn);
      leader.clients.reset();
      if (signIn === 'github') leader.feeds.resetGitHub();
      else leader.feeds.reset();
    });
    assert.deepEqual([leader.windows.role, follower.windows.role], ['leader', 'follower']);
    await leader.until('refusals', () => {
      const states = [leader.store.state(pullRequestsKey), leader.store.state(queueKey)];
      return states.every(({ failure }) => failure !== undefined);
    });
    /** So long the two may take: far less than the next try by itself. */
    const soon = async (what: string, holds: () => boolean): Promise<void> => {
      const began = clock.now();
      while (!holds() && clock.now() - began < 15 * second) await leader.pass(second / 4);
      assert.ok(holds(), what);
    };
    github = good['DR_DRE_GITHUB_TOKEN'];
    follower.feeds.resetGitHub();
    await soon('pull requests', () => follower.store.state(pullRequestsKey).status === 'fresh');
    assert.deepEqual(asked, ['github']);
    atlassian = good['DR_DRE_ATLASSIAN_TOKEN'];
    follower.clients.reset();
    follower.feeds.reset();
    await soon('tickets', () => follower.store.state(queueKey).status === 'fresh');
    assert.deepEqual(asked, ['github', 'atlassian']);
  });
});
