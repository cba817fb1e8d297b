import assert from 'node:assert/strict';
import { rotationOf } from '../../../src/domain/rotation/rotation.ts';
import { isOnCall } from '../../../src/domain/rotation/shift.ts';
import { accountKey } from '../../../src/feeds/kit/account.ts';
import { rotationsKey } from '../../../src/feeds/rotation/keys.ts';
import type { FaultKind } from '../../simulator/service.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { feedNames, pictureOf, recordsOf, stateOf } from '../../support/engine/feedParts.ts';
import { openHouse, openedHouse, useSimulator, type House } from '../../support/feeds/house.ts';
import { isGood, problems, words } from '../../support/vscode/headless.ts';

const second = 1_000;
const trouble = 20 * second;
/** How long after a failure of twenty seconds every view is good again. */
const over = 60 * second;
/** The sentences of lists that are known to have nothing. */
const none =
  /^(?:No (?:open alerts|alerts|proposals|rollouts|pull requests|workflow runs)|Nobody|.* has no child tickets|This team has no|The dashboard knows no)/m;

type ShortFault = Extract<FaultKind, 'portal' | 'redirect' | 'unauthorized' | 'forbidden' | 'empty' | 'proxySignIn'>;
const shortFaults: readonly ShortFault[] = ['portal', 'redirect', 'proxySignIn', 'unauthorized', 'forbidden', 'empty'];

describe('a failure of all services for twenty seconds', function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let house: House;

  useSimulator(
    (started) => (simulator = started),
    () => house,
  );

  const begin = (kind: ShortFault): void => {
    const services = ['atlassianSite', 'atlassianApi', 'github', 'rollouts', 'governance'] as const;
    for (const service of services) simulator.fault(service, { kind });
  };

  /** Lets time pass, but little of it while an answer is under way: it takes none here. What is shown is checked. */
  async function pass(ms: number, look: () => void): Promise<void> {
    const end = house.clock.now() + ms;
    const isReading = (): boolean =>
      house.store.state(accountKey).loading || feedNames.some((name) => stateOf(house, name).loading);
    while (house.clock.now() < end) {
      await house.pass(isReading() ? 10 : 4 * second);
      look();
    }
  }

  for (const kind of shortFaults) {
    it(`${kind}: every feed keeps its rows, says none of nothing, and comes back by itself`, async () => {
      house = await openedHouse(simulator);
      house.feeds.attend(() => 'active');
      await house.until('the account', () => house.account.current !== undefined);
      const before = new Map(feedNames.map((name) => [name, recordsOf(house, name).sort()]));
      const { accountId } = house.account.current ?? assert.fail('nobody is signed in');
      const isMine = (): boolean | undefined => {
        const rotation = rotationOf(house.store.state(rotationsKey).records.values(), 'alerts');
        return rotation === undefined ? false : isOnCall(rotation, accountId, house.clock.now());
      };
      begin(kind);
      void house.feeds.refresh();
      void house.feeds.account.refresh();
      const keepsAll = (): void => {
        for (const name of feedNames) {
          assert.deepEqual(recordsOf(house, name).sort(), before.get(name), name);
          assert.doesNotMatch(words(pictureOf(house, name)), none, name);
        }
        assert.equal(house.account.current?.accountId, accountId, 'who is signed in is known all the time');
        assert.equal(isMine(), true, 'an alert would be notified all the time');
      };
      await pass(trouble, keepsAll);
      if (kind !== 'empty') {
        for (const name of feedNames) assert.notDeepEqual(problems(pictureOf(house, name)), [], name);
      }
      simulator.clearFaults();
      const ended = house.clock.now();
      await pass(over, keepsAll);
      for (const name of feedNames) {
        const { status, asOf = 0 } = stateOf(house, name);
        assert.equal(status, 'fresh', `${name} ${words(pictureOf(house, name))}`);
        assert.ok(kind === 'empty' || asOf >= ended, `${name} is ${ended - asOf} ms too old`);
      }
      assert.ok(isGood(house));
    });

    it(`${kind} at the first start: nothing is called empty, and every feed is there a minute after`, async () => {
      begin(kind);
      house = await openHouse(simulator);
      house.feeds.attend(() => 'active');
      await pass(trouble, () => {
        // The first answer of a service is shown as it is.
        if (kind === 'empty') return;
        for (const name of feedNames) {
          assert.notEqual(pictureOf(house, name).situation, 'empty', name);
          assert.doesNotMatch(words(pictureOf(house, name)), none, name);
        }
      });
      simulator.clearFaults();
      await pass(over, () => undefined);
      for (const name of feedNames) assert.equal(stateOf(house, name).status, 'fresh', name);
      assert.ok(house.account.current !== undefined);
    });
  }
});
