import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { hour, minute, second } from '../../../../src/domain/base/time.ts';
import { rolloutKey, type Rollout } from '../../../../src/domain/releases/rollout.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { accountKey } from '../../../../src/feeds/kit/account.ts';
import { fullReadKey, rolloutsKey, timesKey } from '../../../../src/feeds/releases/keys.ts';
import { rotationsKey } from '../../../../src/feeds/rotation/keys.ts';
import type { StuckNotificationParts } from '../../../../src/ui/releases/stuckNotifications.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { at, batch, rollout, target, wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { account, dana, eli, rotation } from '../../../support/feeds/rotationBuilder.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { StuckNotifications } = await import('../../../../src/ui/releases/stuckNotifications.ts');

const state = 'waiting_for_election';
const targets = [target('aaaaa', { state })];
const waiting: Rollout = rollout({ batches: [batch(12, at(2, 13), { actualStart: at(2, 13), state, targets })] });

describe('a batch that becomes stuck', () => {
  const clock = new FakeClock(wednesday);
  const disk = new MemoryDisk();
  const windows: { dispose(): void }[] = [];
  const opened: unknown[] = [];

  /** A window of the person, who is on call or not. */
  function open(onCall = dana, read: { readonly fullReadAt?: number } = {}): Store<Failure> {
    const store = new Store<Failure>(rethrow);
    const fresh = { status: 'fresh', asOf: clock.now() } as const;
    store.update(rotationsKey, {
      ...fresh,
      records: [rotation({ name: 'DRE Alerts', role: 'alerts', current: [onCall] })],
    });
    store.update(accountKey, { ...fresh, records: [account] });
    store.update(rolloutsKey, { ...fresh, records: [waiting] });
    const stays = { 'batch-12/aaaaa': { state, since: clock.now() - 40 * minute, began: true } };
    store.update(timesKey, { status: 'fresh', records: [{ rollout: rolloutKey(waiting), stays }] });
    if (read.fullReadAt !== undefined) {
      store.update(fullReadKey, { status: 'fresh', asOf: read.fullReadAt, records: [{ of: 'rollouts' }] });
    }
    const parts = {
      store,
      clock,
      log: memoryLog(),
      settings: { current: { notifications: { enabled: true, audience: 'onCall', minimum: 'P3', windowMs: 0 } } },
      documents: { open: (...call: readonly unknown[]) => Promise.resolve(void opened.push(call)) },
      scopeDisk: () => disk,
    };
    // Only what it uses.
    windows.push(new StuckNotifications(parts as unknown as StuckNotificationParts));
    return store;
  }

  /** What was shown, without for how long. */
  const shown = (): readonly string[] => host.messages.map(({ text }) => text.replace(/\d+m/, '…'));

  beforeEach(() => {
    host.messages.length = 0;
    opened.length = 0;
    disk.files.clear();
  });
  afterEach(() => {
    for (const window of windows.splice(0)) window.dispose();
  });

  it('is shown once to the person on shift, in one of the windows, when it is due, and opens what is known', async () => {
    host.press = () => 'Open';
    open();
    open();
    await clock.advance(2 * second);
    assert.deepEqual(shown(), []);
    await clock.advance(6 * minute);
    assert.deepEqual(shown(), ['GuestOS batch 12 is stuck: waits for votes for … on subnet aaaaa.']);
    assert.deepEqual(opened, [['stuck', 'now']]);
    open();
    await clock.advance(20 * minute);
    assert.equal(shown().length, 1);
  });

  it('is shown when it is due, also while the releases change all the time', async () => {
    const store = open();
    for (let passed = 0; passed < 10 * minute; passed += second / 2) {
      store.update(rolloutsKey, { status: 'fresh', asOf: clock.now(), records: [waiting] });
      await clock.advance(second / 2);
    }
    assert.deepEqual(shown(), ['GuestOS batch 12 is stuck: waits for votes for … on subnet aaaaa.']);
  });

  it('is not shown while the dashboard stands still: how it went on is not known', async () => {
    open(dana, { fullReadAt: wednesday + 10 * minute });
    await clock.advance(30 * minute);
    assert.deepEqual(shown(), []);
  });

  it('is not shown after a night in which the machine slept: the rollouts are called fresh until that is noticed', async () => {
    open();
    clock.jump(9 * hour);
    await clock.advance(10 * second);
    assert.deepEqual(shown(), []);
  });

  it('is not shown to others', async () => {
    open(eli);
    await clock.advance(30 * minute);
    assert.deepEqual(shown(), []);
  });
});
