import assert from 'node:assert/strict';
import { alertsKey } from '../../../src/feeds/alerts/keys.ts';
import { accountKey } from '../../../src/feeds/kit/account.ts';
import type { AlertWrites } from '../../../src/feeds/alerts/writes.ts';
import { rotationsKey } from '../../../src/feeds/rotation/keys.ts';
import { overrideData } from '../../../src/feeds/rotation/verbs.ts';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { Failure } from '../../../src/domain/base/failure.ts';
import type { EndedWrite } from '../../../src/engine/writes/kind.ts';
import { escalations } from '../../simulator/atlassian/opsWorld.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { people, subnets } from '../../simulator/world.ts';
import {
  isGood,
  problems,
  recordRows,
  viewNames as views,
  viewSources as sources,
  words,
} from '../../support/vscode/headless.ts';
import { emptyDisks, openHouse, openedHouse as opened, useSimulator, type House } from '../../support/feeds/house.ts';

const second = 1_000;

describe('faults that take their time', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  let house: House;

  useSimulator(
    (started) => (simulator = started),
    () => house,
  );

  describe('a storm of 429', () => {
    for (const service of new Set(Object.values(sources).flat())) {
      it(`of ${service}: no request before it is over, the rows stay, and it recovers`, async () => {
        house = await opened(simulator);
        const before = new Map(views.map((view) => [view, recordRows(house.view(view))]));
        simulator.fault(service, { kind: 'rateLimited', retryAfterSeconds: 90 });
        void house.feeds.refresh();
        const own = views.filter((view) => sources[view].includes(service));
        await house.until('the sentence', () => own.every((view) => /Too many requests/.test(words(house.view(view)))));
        // Requests that were under way, and those of the event stream that is open.
        await house.pass(100);
        simulator.resetRequests();
        await house.pass(80 * second);
        assert.deepEqual(
          simulator.requests(service).map(({ path, status }) => `${path} ${status}`),
          [],
        );
        for (const view of views) {
          if (own.includes(view)) assert.match(words(house.view(view)), /Retrying automatically in 1 min/, view);
          else assert.deepEqual(problems(house.view(view)), [], `${view} is left alone`);
          assert.deepEqual(recordRows(house.view(view)), before.get(view), `${view} keeps its rows`);
        }
        simulator.clearFaults();
        await house.until('that it recovers', () => isGood(house), 5 * second);
        assert.ok(simulator.requests(service).length > 0);
      });
    }
  });

  describe('an event stream', () => {
    const streams = (): number => simulator.requests('rollouts').filter(({ path }) => path.includes('/sse')).length;

    it('that is cut once shows no failure, and is connected again', async () => {
      house = await opened(simulator);
      await house.until('the stream', () => streams() === 1);
      simulator.switch('rollouts', 'streamStop', true);
      await house.until('another stream', () => streams() === 2, second);
      assert.deepEqual(problems(house.view('releases')), []);
      const isShown = (): boolean => /Batch 13 error/.test(words(house.view('releases')));
      assert.equal(isShown(), false);
      simulator.switch('rollouts', 'setCell', { batch: 13, subnet: subnets[30] ?? '', state: 'error' });
      await house.until('its news', isShown);
    });

    it('that sends nothing any more is connected again, which brings the changes', async () => {
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
        /live connection to the dashboard does not hold/,
      ],
      [
        'is garbage',
        () => simulator.fault('rollouts', { kind: 'garbage', match: '/sse' }),
        () => simulator.clearFaults(),
        /live connection to the dashboard does not hold/,
      ],
      [
        'reports an error of its source',
        () => simulator.switch('rollouts', 'streamError', { code: 500, message: 'Airflow is down' }),
        () => simulator.switch('rollouts', 'streamError', null),
        /Airflow is down/,
      ],
    ] as const) {
      it(`that ${what} is shown, keeps the rows, and recovers`, async () => {
        house = await opened(simulator);
        await house.until('the stream', () => streams() === 1);
        const before = recordRows(house.view('releases'));
        begin();
        simulator.switch('rollouts', 'streamStop', true);
        await house.until('the sentence', () => sentence.test(words(house.view('releases'))), second);
        assert.deepEqual(recordRows(house.view('releases')), before);
        for (const view of views) if (view !== 'releases') assert.deepEqual(problems(house.view(view)), [], view);
        end();
        await house.until('that it recovers', () => isGood(house), second);
      });
    }
  });

  it('an event stream that cannot be held is said once and is no failure: reads bring the changes', async () => {
    house = await opened(simulator);
    const remark = /live connection to the dashboard does not hold/;
    simulator.fault('rollouts', { kind: 'outage', match: '/sse' });
    simulator.switch('rollouts', 'streamStop', true);
    await house.until('the remark', () => remark.test(words(house.view('releases'))), second);
    assert.deepEqual([problems(house.view('releases')), isGood(house)], [[], true]);
    simulator.switch('rollouts', 'setCell', { batch: 13, subnet: '2zs4v', state: 'proposing' });
    await house.until('its news', () => /2zs4v:? +propos/.test(words(house.view('releases'))), 10 * second);
    assert.deepEqual([problems(house.view('releases')), isGood(house)], [[], true]);
    simulator.clearFaults();
    await house.until('the live connection', () => !remark.test(words(house.view('releases'))), 10 * second);
  });

  describe('a write that is taken and never applied', () => {
    const alertsOf = ({ store }: House): readonly Alert[] => [...store.state(alertsKey).records.values()];
    const alertWith = (fits: (alert: Alert) => boolean): Alert =>
      alertsOf(house).find(fits) ?? assert.fail('there is no such alert');
    const isOpen = ({ status }: Alert): boolean => status === 'open';
    const now = (id: string): Alert => alertWith((alert) => alert.id === id);

    /** Lets time pass until a write has ended. */
    async function endOf(write: Promise<EndedWrite<Failure>> | undefined): Promise<string> {
      let end = '';
      void write?.then(({ state }) => (end = state.kind));
      await house.until('its end', () => end !== '', second);
      return end;
    }

    const [dana, eli = dana] = people;
    const tags = ['seen-by-night'];
    const inAnHour = (): number => house.clock.now() + 3_600 * second;
    interface Verb {
      readonly of: (alert: Alert) => boolean;
      readonly run: (kinds: AlertWrites, alert: Alert) => Promise<EndedWrite<Failure>>;
      /** Whether the alert shows it; absent where none does. */
      readonly shown?: (alert: Alert) => boolean;
    }
    const verbs = {
      acknowledge: {
        of: isOpen,
        run: ({ acknowledge }, { id }) => house.writes.run(acknowledge, id, null),
        shown: ({ status }) => status === 'acknowledged',
      },
      unacknowledge: {
        of: ({ status }) => status === 'acknowledged',
        run: ({ unacknowledge }, { id }) => house.writes.run(unacknowledge, id, null),
        shown: isOpen,
      },
      close: {
        of: isOpen,
        run: ({ close }, { id }) => house.writes.run(close, id, null),
        shown: ({ status }) => status === 'closed',
      },
      snooze: {
        of: isOpen,
        run: ({ snooze }, { id }) => house.writes.run(snooze, id, { until: inAnHour() }),
        shown: ({ status }) => status === 'snoozed',
      },
      assign: {
        of: (alert) => isOpen(alert) && alert.owner !== eli.name,
        run: ({ assign }, { id }) => house.writes.run(assign, id, { accountId: eli.accountId, name: eli.name }),
        shown: ({ owner }) => owner === eli.name,
      },
      escalate: {
        of: isOpen,
        run: ({ escalate }, { id }) =>
          house.writes.run(escalate, id, { escalationId: escalations[0]?.id ?? '', name: 'DRE escalation' }),
      },
      addTags: {
        of: isOpen,
        run: ({ addTags }, { id }) => house.writes.run(addTags, id, { tags }),
        shown: (alert) => alert.tags.includes('seen-by-night'),
      },
      removeTags: {
        of: (alert) => isOpen(alert) && alert.tags.includes('prod'),
        run: ({ removeTags }, { id }) => house.writes.run(removeTags, id, { tags: ['prod'] }),
        shown: (alert) => !alert.tags.includes('prod'),
      },
      setPriority: {
        of: (alert) => isOpen(alert) && alert.priority !== 'P5',
        run: ({ setPriority }, { id }) => house.writes.run(setPriority, id, { priority: 'P5' }),
        shown: ({ priority }) => priority === 'P5',
      },
    } satisfies Partial<Record<keyof AlertWrites, Verb>>;
    for (const [name, { of, run, shown = () => true }] of Object.entries(verbs) as [keyof typeof verbs, Verb][]) {
      it(`${name} is not confirmed: the row says so, the alert is as before, and trying again does no harm`, async () => {
        house = await opened(simulator);
        const before = alertWith(of);
        const { id } = before;
        const { repeatable = false } = house.kinds.alerts[name];
        simulator.switch('atlassianApi', 'writesNeverApply', true);
        const sent = run(house.kinds.alerts, before);
        await house.until('that it is shown at once', () => house.writes.list().length === 1 && shown(now(id)), 1);
        assert.equal(await endOf(sent), 'unconfirmed');
        assert.match(words(house.view('alerts')), / unconfirmed\b/);
        assert.deepEqual(now(id), before);
        const [write] = house.writes.list();
        assert.ok(write?.retryable === true);
        simulator.switch('atlassianApi', 'writesNeverApply', false);
        await assertTriedAgain(write.id, repeatable);
        if (!repeatable) return;
        const after = house.store.state(alertsKey).records.get(id);
        // The list of what is not closed may have been read since.
        assert.ok(after === undefined ? name === 'close' : shown(after));
      });
    }

    /**
     * A write that may be sent twice is sent again. Of any other one it is only asked again whether it was applied: it
     * may page.
     */
    async function assertTriedAgain(write: string, repeatable: boolean): Promise<void> {
      simulator.resetRequests();
      assert.equal(await endOf(house.writes.retry(write)), repeatable ? 'applied' : 'unconfirmed');
      const sent = simulator.requests('atlassianApi').filter(({ method }) => method !== 'GET');
      assert.equal(sent.length, repeatable ? 1 : 0);
    }

    /** What was typed is there after the end, and on the next start. */
    async function assertKept(typed: string): Promise<void> {
      assert.equal(house.writes.list()[0]?.typed, typed);
      const { disks } = house;
      house.dispose();
      house = await openHouse(simulator, disks);
      let recovered = false;
      void house.writes.recover().then(() => (recovered = true));
      await house.until('what was left', () => recovered, second);
      assert.equal(house.writes.list()[0]?.typed, typed);
    }

    for (const name of ['addNote', 'acknowledgeWithNote'] as const) {
      it(`${name} has failed when all notes are read and it is not there, and keeps what was typed`, async () => {
        house = await opened(simulator);
        const { id } = alertWith(isOpen);
        simulator.fault('atlassianApi', { kind: 'server', match: 'POST .*/notes' });
        const text = 'the disk of the node is full';
        assert.equal(await endOf(house.writes.run(house.kinds.alerts[name], id, { text })), 'failed');
        await assertKept(text);
      });
    }

    for (const [name, match] of [
      ['createOverride', 'POST .*/overrides'],
      ['cancelOverride', 'DELETE .*/overrides/'],
    ] as const) {
      it(`${name} is kept with who and when, also on the next start, and trying again does no harm`, async () => {
        house = await opened(simulator);
        const [schedule] = house.store.state(rotationsKey).records.keys();
        assert.ok(schedule !== undefined);
        const from = house.clock.now() + 3_600 * second;
        const start = from - (from % (60 * second));
        const person = { accountId: eli.accountId, name: eli.name };
        const data = overrideData({ person, start, end: start + 7_200 * second, rotationIds: [] });
        const { createOverride, cancelOverride } = house.kinds.rotations;
        const { repeatable = false } = house.kinds.rotations[name];
        const standing = async (): Promise<number> => {
          const listed = await (await house.clients.ops()).listOverrides(schedule);
          return listed.ok ? listed.value.records.filter((each) => each.start === start).length : -1;
        };
        const isCancel = name === 'cancelOverride';
        if (isCancel) assert.equal(await endOf(house.writes.run(createOverride, schedule, data)), 'applied');
        simulator.fault('atlassianApi', { kind: 'server', match });
        const sent = isCancel
          ? house.writes.run(cancelOverride, schedule, { ...data, alias: null })
          : house.writes.run(createOverride, schedule, data);
        // All overrides are read: one that is not there was not made, and one that is still there was not cancelled.
        assert.equal(await endOf(sent), 'failed');
        const minute = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
        await assertKept(`${eli.name}, ${minute(start)} UTC to ${minute(data.end)} UTC`);
        assert.equal(await standing(), isCancel ? 1 : 0);
        simulator.clearFaults();
        const [write] = house.writes.list();
        assert.ok(write?.retryable === true);
        await assertTriedAgain(write.id, repeatable || !isCancel);
        assert.equal(await standing(), isCancel ? 0 : 1);
      });
    }
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
    const asked = (): number =>
      simulator.requests('atlassianSite').filter(({ path }) => path.includes('/myself')).length;
    simulator.resetRequests();
    house.feeds.account.clear();
    house.feeds.account.reset();
    for (let waited = 0; waited < 590; waited += 30) {
      assert.equal(house.account.current, undefined);
      await house.pass(30 * second);
    }
    assert.equal(asked(), 1);
    await house.until('the account', () => house.account.current !== undefined, 10 * second);
  });
});
