import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import {
  askedBy,
  feedNames,
  matchOf,
  pictureOf,
  sourceOf,
  stateOf,
  type FeedName,
} from '../../support/engine/feedParts.ts';
import { isGood, problems, recordRows, words } from '../../support/vscode/headless.ts';
import { openedHouse, type House } from '../../support/feeds/house.ts';

const second = 1_000;
/** How long an answer is waited for. */
const limit = 20 * second;

/** GitHub counts all requests of a token together: after one answer that asks to wait, nothing at all is asked. */
const waitsWith = (name: FeedName, other: FeedName): boolean =>
  sourceOf(name) === 'github' && sourceOf(other) === 'github';

// `faultsInTime.test.ts` has whole services that are slow. Here it is the requests of one feed alone.
describe('a feed whose requests take their time', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  before(async () => (simulator = await startSimulator()));
  after(() => simulator.stop());

  for (const name of feedNames) {
    describe(`of ${name}`, () => {
      let house: House;
      before(async () => (house = await openedHouse(simulator, undefined, { waitsByClock: true })));
      after(() => {
        house.dispose();
        simulator.reset();
      });
      beforeEach(async () => {
        simulator.clearFaults();
        await recover();
      });

      const others = feedNames.filter((other) => other !== name);
      const picture = (): string => words(pictureOf(house, name));
      const rows = (): ReadonlyMap<FeedName, readonly string[]> =>
        new Map(feedNames.map((each) => [each, recordRows(pictureOf(house, each))]));
      const fault = (more: Omit<Parameters<Simulator['fault']>[1], 'match'>): void =>
        simulator.fault(sourceOf(name), { ...more, match: matchOf(name) });

      /** Lets time pass, but little of it while an answer is under way: it is to come in time. */
      async function step(mostMs: number): Promise<void> {
        const isReading = feedNames.some((each) => stateOf(house, each).loading);
        await house.pass(isReading ? 100 : mostMs);
      }

      async function recover(): Promise<void> {
        const giveUp = Date.now() + 10_000;
        while (!isGood(house)) {
          assert.ok(Date.now() < giveUp, `it does not get over it: ${picture()}`);
          await step(second);
        }
      }

      /** What the others read comes in, and a person sees no trouble there. */
      async function goOn(going: readonly FeedName[]): Promise<void> {
        await house.pass(second);
        const now = house.clock.now();
        await Promise.all(going.map((other) => house.feeds[other].refresh()));
        for (const other of going) {
          assert.deepEqual(problems(pictureOf(house, other)), [], other);
          const { status, asOf = 0 } = stateOf(house, other);
          assert.ok(status === 'fresh' && asOf >= now, `${other} is ${status}, read ${now - asOf} ms before`);
        }
      }

      it('an answer that comes late: the rows stay, no problem is shown, and it is taken', async () => {
        const before = rows();
        fault({ kind: 'slow', delayMs: 50, times: 1 });
        await house.pass(second);
        const asked = house.clock.now();
        simulator.resetRequests();
        const reading = house.feeds[name].refresh();
        await house.until('the request', () => askedBy(simulator, name) > 0);
        assert.ok(isGood(house));
        assert.deepEqual(rows(), before);
        await reading;
        const { status, asOf = 0 } = stateOf(house, name);
        assert.ok(status === 'fresh' && asOf >= asked);
        assert.ok(isGood(house));
        assert.deepEqual(rows(), before);
      });

      it('an answer that never comes: it is shown when the time is over, the rows stay, the others go on, and it recovers', async () => {
        const before = rows();
        fault({ kind: 'slow', delayMs: 3_600 * second });
        simulator.resetRequests();
        void house.feeds[name].refresh();
        await house.until('the request', () => askedBy(simulator, name) > 0);
        const over = house.clock.now() + limit;
        await goOn(others);
        await house.pass(limit - 5 * second);
        assert.equal(stateOf(house, name).loading, true);
        assert.ok(isGood(house), 'nothing is shown before the time is over');
        await house.until('the sentence', () => /No answer from/.test(picture()), second);
        assert.ok(house.clock.now() <= over + second, 'nor long after');
        assert.match(picture(), /Retrying automatically/);
        for (const other of others) assert.deepEqual(problems(pictureOf(house, other)), [], other);
        assert.deepEqual(rows(), before, 'nothing is lost');
        simulator.clearFaults();
        await recover();
        assert.deepEqual(rows(), before);
      });

      it('a storm of 429: no request before it is over, the rows stay, the others go on, and it recovers', async () => {
        const before = rows();
        fault({ kind: 'rateLimited', retryAfterSeconds: 90 });
        void house.feeds[name].refresh();
        await house.until('the sentence', () => /Too many requests/.test(picture()));
        const over = house.clock.now() + 85 * second;
        assert.match(picture(), /Retrying automatically in 1 min/);
        simulator.resetRequests();
        await goOn(others.filter((other) => sourceOf(other) === sourceOf(name) && !waitsWith(name, other)));
        while (house.clock.now() < over) await step(5 * second);
        assert.equal(askedBy(simulator, name), 0);
        for (const other of others) {
          if (waitsWith(name, other)) assert.equal(askedBy(simulator, other), 0, other);
          else assert.deepEqual(problems(pictureOf(house, other)), [], other);
        }
        assert.match(picture(), /Too many requests/);
        assert.deepEqual(rows(), before, 'nothing is lost');
        simulator.clearFaults();
        await recover();
        assert.ok(askedBy(simulator, name) > 0, 'by itself');
        assert.deepEqual(rows(), before);
      });
    });
  }

  for (const name of ['alerts', 'rotations', 'queue'] as const) {
    it(`waits as long as the service asks for, however many writes end meanwhile: ${name}`, async () => {
      simulator.reset();
      const house = await openedHouse(simulator);
      simulator.fault(sourceOf(name), { kind: 'rateLimited', retryAfterSeconds: 600, match: matchOf(name) });
      void house.feeds[name].refresh();
      await house.until('the sentence', () => /Too many requests/.test(words(pictureOf(house, name))));
      const over = house.clock.now() + 590 * second;
      simulator.clearFaults();
      simulator.resetRequests();
      for (let write = 0; write < 20; write++) {
        house.feeds[name].burst();
        await house.pass(second);
      }
      while (house.clock.now() < over) await house.pass(30 * second);
      assert.equal(askedBy(simulator, name), 0);
      await house.until('the next read', () => askedBy(simulator, name) > 0, second);
      house.dispose();
    });
  }
});
