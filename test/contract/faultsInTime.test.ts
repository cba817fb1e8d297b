import assert from 'node:assert/strict';
import { alertsKey } from '../../src/feeds/alerts.ts';
import { accountKey } from '../../src/feeds/account.ts';
import { appliedOr } from '../../src/feeds/writeAnswers.ts';
import type { Alert } from '../../src/domain/alert.ts';
import type { Failure } from '../../src/domain/failure.ts';
import type { WriteKind } from '../../src/engine/writes/kind.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import {
  isGood,
  problems,
  recordRows,
  viewNames as views,
  viewSources as sources,
  words,
} from '../support/headless.ts';
import { emptyDisks, openHouse, openedHouse as opened, type House } from '../support/house.ts';

const second = 1_000;

describe('faults that take their time', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  let house: House;

  before(async () => (simulator = await startSimulator()));
  after(() => simulator.stop());
  afterEach(() => {
    house.dispose();
    simulator.reset();
  });

  describe('a storm of 429', () => {
    for (const service of new Set(Object.values(sources))) {
      it(`of ${service} is waited out: no request before it is over, the rows stay, and it gets over it`, async () => {
        house = await opened(simulator);
        const before = new Map(views.map((view) => [view, recordRows(house.view(view))]));
        simulator.fault(service, { kind: 'rateLimited', retryAfterSeconds: 90 });
        void house.feeds.refresh();
        const own = views.filter((view) => sources[view] === service);
        await house.until('the sentence', () => own.every((view) => /asks to slow down/.test(words(house.view(view)))));
        // Requests that were under way, and those of the event stream that is open.
        await house.pass(100);
        simulator.resetRequests();
        await house.pass(80 * second);
        assert.deepEqual(
          simulator.requests(service).map(({ path, status }) => `${path} ${status}`),
          [],
        );
        for (const view of views) {
          if (own.includes(view)) assert.match(words(house.view(view)), /asked again by itself in 1 min/, view);
          else assert.deepEqual(problems(house.view(view)), [], `${view} is left alone`);
          assert.deepEqual(recordRows(house.view(view)), before.get(view), `${view} keeps its rows`);
        }
        simulator.clearFaults();
        await house.until('that it gets over it', () => isGood(house), 5 * second);
        assert.ok(simulator.requests(service).length > 0);
      });
    }
  });

  describe('an event stream', () => {
    const streams = (): number => simulator.requests('rollouts').filter(({ path }) => path.includes('/sse')).length;

    it('that is cut once is no news, and is connected again', async () => {
      house = await opened(simulator);
      await house.until('the stream', () => streams() === 1);
      simulator.switch('rollouts', 'streamStop', true);
      await house.until('another stream', () => streams() === 2, second);
      assert.deepEqual(problems(house.view('releases')), []);
      simulator.switch('rollouts', 'setCell', { batch: 12, subnet: 'shefu', state: 'error' });
      await house.until('its news', () => /error|failed/i.test(words(house.view('releases'))));
    });

    it('that falls silent is connected anew, which brings the news', async () => {
      house = await opened(simulator);
      await house.until('the stream', () => streams() === 1);
      simulator.switch('rollouts', 'silence', true);
      await house.until('another stream', () => streams() === 3, second);
      assert.deepEqual(problems(house.view('releases')), []);
    });

    for (const [what, begin, end, sentence] of [
      [
        'is cut again and again',
        () => simulator.fault('rollouts', { kind: 'outage', match: '/sse' }),
        () => simulator.clearFaults(),
        /cannot be reached/,
      ],
      [
        'is garbage',
        () => simulator.fault('rollouts', { kind: 'garbage', match: '/sse' }),
        () => simulator.clearFaults(),
        /gave an answer that cannot be read/,
      ],
      [
        'tells of an error of its source',
        () => simulator.switch('rollouts', 'streamError', { code: 500, message: 'Airflow is down' }),
        () => simulator.switch('rollouts', 'streamError', null),
        /Airflow is down/,
      ],
    ] as const) {
      it(`that ${what} is told, with the rows of before, and gets over it`, async () => {
        house = await opened(simulator);
        await house.until('the stream', () => streams() === 1);
        const before = recordRows(house.view('releases'));
        begin();
        simulator.switch('rollouts', 'streamStop', true);
        await house.until('the sentence', () => sentence.test(words(house.view('releases'))), second);
        assert.deepEqual(recordRows(house.view('releases')), before);
        for (const view of views) if (view !== 'releases') assert.deepEqual(problems(house.view(view)), [], view);
        end();
        await house.until('that it gets over it', () => isGood(house), second);
      });
    }
  });

  describe('a write that is taken and never applied', () => {
    async function openAlert(): Promise<string> {
      house = await opened(simulator);
      const found = [...house.store.state(alertsKey).records.values()].find(({ status }) => status === 'open');
      assert.ok(found !== undefined);
      return found.id;
    }

    it('is not confirmed: the row says so, the alert is open again, and it can be tried again', async () => {
      const id = await openAlert();
      simulator.switch('atlassianApi', 'writesNeverApply', true);
      let end = '';
      void house.writes.run(house.kinds.alerts.acknowledge, id, null).then(({ state }) => (end = state.kind));
      await house.until('that it is sent', () => /acknowledging…/.test(words(house.view('alerts'))));
      assert.equal(house.store.state(alertsKey).records.get(id)?.status, 'acknowledged', 'shown at once');
      await house.until('its end', () => end !== '', second);
      assert.equal(end, 'unconfirmed');
      assert.match(words(house.view('alerts')), /acknowledge not confirmed by the service/);
      assert.equal(house.store.state(alertsKey).records.get(id)?.status, 'open');
      const [write] = house.writes.list();
      assert.ok(write?.retryable === true);
      simulator.switch('atlassianApi', 'writesNeverApply', false);
      end = '';
      void house.writes.retry(write.id)?.then(({ state }) => (end = state.kind));
      await house.until('its end', () => end !== '', second);
      assert.equal(end, 'applied');
    });

    it('keeps what was typed, also on the next start', async () => {
      const id = await openAlert();
      const note = noteKind(house);
      simulator.fault('atlassianApi', { kind: 'server', match: 'POST .*/notes' });
      let end = '';
      void house.writes.run(note, id, 'the disk of the node is full').then(({ state }) => (end = state.kind));
      await house.until('its end', () => end !== '', second);
      assert.equal(end, 'unconfirmed');
      assert.equal(house.writes.list()[0]?.typed, 'the disk of the node is full');
      const { disks } = house;
      house.dispose();
      house = await openHouse(simulator, disks);
      house.writes.register(noteKind(house));
      let recovered = false;
      void house.writes.recover().then(() => (recovered = true));
      await house.until('what was left', () => recovered, second);
      assert.equal(house.writes.list()[0]?.typed, 'the disk of the node is full');
    });
  });

  it('an account that cannot be read costs the other views nothing, and is asked again', async () => {
    simulator.fault('atlassianSite', { kind: 'server', match: '/myself' });
    house = await opened(simulator);
    assert.equal(house.account.current, undefined);
    await house.pass(second);
    assert.equal(house.account.current, undefined);
    assert.ok(isGood(house));
    simulator.clearFaults();
    assert.equal(house.account.current, undefined);
    await house.until('the account', () => house.account.current !== undefined, 10 * second);
    assert.equal(house.store.state(accountKey).records.size, 1);
  });

  it('an account whose service asks to wait is not asked before that', async () => {
    house = await opened(simulator, emptyDisks());
    simulator.fault('atlassianSite', { kind: 'rateLimited', retryAfterSeconds: 600, match: '/myself', times: 1 });
    house.account.reset();
    const asked = (): number =>
      simulator.requests('atlassianSite').filter(({ path }) => path.includes('/myself')).length;
    simulator.resetRequests();
    for (let waited = 0; waited < 590; waited += 30) {
      assert.equal(house.account.current, undefined);
      await house.pass(30 * second);
    }
    assert.equal(asked(), 1);
    await house.until('the account', () => house.account.current !== undefined, 10 * second);
  });
});

/** A write with words in it: as notes are sent. */
function noteKind({ clients }: House): WriteKind<Alert, string, Failure> {
  return {
    name: 'test.note',
    feed: alertsKey,
    service: 'ops',
    title: 'add note',
    independent: true,
    readPayload: (value) => (typeof value === 'string' ? value : undefined),
    typed: (text) => text,
    subject: (alert) => alert.message,
    apply: (alert) => alert,
    shown: () => true,
    send: async ({ record, payload }) => appliedOr(await (await clients.ops()).addNote(record, payload)),
    readAgain: () => undefined,
  };
}
