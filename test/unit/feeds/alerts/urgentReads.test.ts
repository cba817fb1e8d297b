import assert from 'node:assert/strict';
import { isUrgent, type Alert } from '../../../../src/domain/alerts/alert.ts';
import { complete, completenessOf } from '../../../../src/domain/base/listed.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { ok } from '../../../../src/domain/base/result.ts';
import { minute, second } from '../../../../src/domain/base/time.ts';
import { Feed } from '../../../../src/engine/read/feed.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { alertsFeed } from '../../../../src/feeds/alerts/alerts.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { urgentReadKey } from '../../../../src/feeds/alerts/urgentReads.ts';
import { failureRules } from '../../../../src/feeds/failureRules.ts';
import type { Ops } from '../../../../src/sources/atlassian/ops/client.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';

/** A service with so many alerts of priority P3, which counts the requests for them. */
function setUp(count: number) {
  const clock = new FakeClock();
  const store = new Store<Failure>(rethrow);
  const alerts: Alert[] = Array.from({ length: count }, (_, index) => alert(`p3-${index}`));
  const asked: ('all' | 'newest')[] = [];
  /** So many urgent alerts came since the list of all was read, which cannot be read. */
  const unreadable = { count: 0 };
  /** The service is in trouble: it says that there is none. */
  const trouble = { isOn: false };
  const client: Pick<Ops, 'listAlerts'> = {
    listAlerts: ({ onlyNewest = false }) => {
      asked.push(onlyNewest ? 'newest' : 'all');
      const there = trouble.isOn ? [] : alerts;
      const found = onlyNewest ? there.filter(isUrgent).slice(0, 100) : there;
      const completeness = onlyNewest && found.length === 100 ? completenessOf('there are more') : complete;
      const pages = Math.max(1, Math.ceil(found.length / 100));
      const skipped = onlyNewest ? unreadable.count : 0;
      return Promise.resolve(
        ok({ alerts: found, ofOthers: [], skipped, pages, completeness, access: 'seen' as const }),
      );
    },
  };
  const context = { store, clock, log: memoryLog(), random: () => 0, rules: failureRules(() => 'ops') };
  const feed = new Feed(
    alertsFeed(
      () => Promise.resolve(client as Ops),
      () => 'team',
      context,
    ),
    context,
  );
  feed.attend('idle');
  feed.start();
  /** Many records are compared in slices, between which other work runs. */
  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 30 * second) {
      await clock.advance(Math.min(left, 30 * second));
      for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { store, alerts, asked, unreadable, trouble, feed, pass };
}

describe('a storm of alerts, on shift and unfocused', () => {
  it('does not hold up what is urgent: a new P1 is known at the full pace, in one request', async () => {
    const { pass, store, alerts, asked } = setUp(301);
    await pass(second);
    const { asOf } = store.state(alertsKey);
    alerts.push(alert('p1', { priority: 'P1' }));
    await pass(3 * minute + second);
    assert.ok(store.state(alertsKey).records.has('p1'));
    assert.equal(store.state(alertsKey).records.size, 302);
    assert.deepEqual(asked, ['all', 'newest']);
    assert.equal(store.state(alertsKey).asOf, asOf, 'the rest is as old as it is');
    assert.ok((store.state(urgentReadKey).asOf ?? 0) > (asOf ?? 0));
    alerts.pop();
    await pass(3 * minute + second);
    assert.equal(store.state(alertsKey).records.has('p1'), false, 'what was closed is gone');
  });

  it('counts the urgent ones that cannot be read, before the list of all is read again', async () => {
    const { pass, store, asked, unreadable } = setUp(301);
    await pass(second);
    unreadable.count = 2;
    await pass(3 * minute + second);
    assert.deepEqual([asked.at(-1), store.state(alertsKey).skipped], ['newest', 2]);
  });

  it('keeps several urgent ones that are suddenly gone while the service is in trouble, and drops them when they are', async () => {
    const { pass, store, alerts, asked, trouble } = setUp(301);
    const urgent = ['1', '2', '3'].map((id) => alert(`p1-${id}`, { priority: 'P1' }));
    alerts.push(...urgent);
    await pass(second);
    trouble.isOn = true;
    await pass(3 * minute + second);
    assert.deepEqual(asked, ['all', 'newest', 'all']);
    assert.equal(store.state(alertsKey).records.size, 304);
    trouble.isOn = false;
    await pass(minute + second);
    assert.equal(store.state(alertsKey).records.size, 304);
    alerts.splice(-urgent.length);
    await pass(3 * minute + second);
    assert.equal(store.state(alertsKey).records.size, 301);
  });

  it('costs little more than the list of all did, which is read all the same, and at once when a person asks', async () => {
    const { pass, asked, feed } = setUp(301);
    await pass(90 * minute);
    const requests = asked.reduce((sum, each) => sum + (each === 'all' ? 4 : 1), 0);
    assert.ok(requests <= 40, `${requests} requests`);
    assert.ok(asked.filter((each) => each === 'all').length >= 2);
    asked.length = 0;
    await feed.refresh();
    assert.deepEqual(asked, ['all']);
  });

  it('leaves a list of one page as it is', async () => {
    const { pass, asked } = setUp(40);
    await pass(30 * minute);
    assert.ok(asked.length > 3);
    assert.ok(asked.every((each) => each === 'all'));
  });
});
