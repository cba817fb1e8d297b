import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { Notification } from '../../../../src/domain/alerts/paging.ts';
import type { Account } from '../../../../src/domain/base/account.ts';
import type { Person, Rotation } from '../../../../src/domain/rotation/rotation.ts';
import { hour, minute, second } from '../../../../src/domain/base/time.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { accountKey } from '../../../../src/feeds/kit/account.ts';
import { rotationsKey } from '../../../../src/feeds/rotation/keys.ts';
import { AlertNotifier, type AlertNotifierParts } from '../../../../src/ui/alerts/notifier.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock, settle } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { dana, eli, rotation } from '../../../support/feeds/rotationBuilder.ts';

function shownAs(notification: Notification): string {
  return notification.kind === 'one' ? notification.alert.id : `${notification.count} alerts`;
}

/** Whoever makes a file waits until so many do: they have all read the same. */
class RacingDisk extends MemoryDisk {
  readonly #racers: number;
  readonly #waiting: (() => void)[] = [];

  constructor(racers: number) {
    super();
    this.#racers = racers;
  }

  override async create(name: string, text: string): Promise<boolean> {
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length < this.#racers) return;
      for (const go of this.#waiting.splice(0)) go();
    });
    return super.create(name, text);
  }
}

/** Windows on one disk, which know the same alerts. */
class NotifierDesk {
  readonly clock = new FakeClock();
  readonly disk: MemoryDisk;
  readonly log = memoryLog();
  readonly stores: Store<Failure>[] = [];
  readonly shown: string[] = [];
  rotations: readonly Rotation[] = [rotation({ name: 'DRE Alerts', role: 'alerts', current: [dana] })];
  alerts: readonly Alert[] = [];
  /** Who is signed in; undefined while that is not read. */
  account: Account | undefined = { accountId: 'dana', name: 'Dana Oncall', timeZone: undefined };
  /** The name of the window that has the focus. */
  focus: string | undefined = 'a';

  constructor(disk = new MemoryDisk()) {
    this.disk = disk;
  }

  window(name: string, more: Partial<AlertNotifierParts> = {}): AlertNotifier {
    const store = new Store<Failure>(rethrow);
    const notifier = new AlertNotifier({
      store,
      clock: this.clock,
      log: this.log,
      disk: () => this.disk,
      window: name,
      settings: () => ({ enabled: true, audience: 'onCallInHours', minimum: 'P2', windowMs: minute }),
      focused: () => this.focus === name,
      answered: () => Promise.resolve(),
      show: (notification) => this.shown.push(`${name}: ${shownAs(notification)}`),
      ...more,
    });
    store.onDidChange(() => notifier.update());
    this.stores.push(store);
    if (this.focus === name) notifier.focus();
    return notifier;
  }

  /** A read of the service reaches all windows. */
  async read(alerts: readonly Alert[] = this.alerts): Promise<void> {
    this.alerts = alerts;
    const asOf = this.clock.now();
    for (const store of this.stores) {
      if (this.account !== undefined) store.update(accountKey, { status: 'fresh', asOf, records: [this.account] });
      store.update(rotationsKey, { status: 'fresh', asOf, records: this.rotations });
      store.update(alertsKey, { status: 'fresh', asOf, records: alerts });
    }
    await this.clock.advance(second);
  }

  fresh(id: string, more: Partial<Alert> = {}): Alert {
    return alert(id, { priority: 'P1', createdAt: this.clock.now() - second, ...more });
  }
}

describe('announcing in several windows', () => {
  it('notifies of an alert once, in the window with the focus, and not again after a restart', async () => {
    const desk = new NotifierDesk();
    for (const name of ['a', 'b', 'c']) desk.window(name);
    await desk.read([desk.fresh('x')]);
    await desk.clock.advance(minute);
    await desk.read();
    assert.deepEqual(desk.shown, ['a: x']);
    desk.stores.length = 0;
    for (const name of ['a', 'd']) desk.window(name);
    await desk.read();
    await desk.clock.advance(2 * minute);
    assert.deepEqual(desk.shown, ['a: x']);
  });

  it('notifies in the window that had the focus last while the person is in another program', async () => {
    const desk = new NotifierDesk();
    for (const name of ['a', 'b']) desk.window(name);
    const b = desk.window('c');
    desk.focus = 'c';
    b.focus();
    await settle();
    desk.focus = undefined;
    await desk.read([desk.fresh('x')]);
    await desk.clock.advance(minute);
    assert.deepEqual(desk.shown, ['c: x']);
  });

  it('notifies in another window, once, when the one that had the focus is gone', async () => {
    const desk = new NotifierDesk();
    desk.window('a').dispose();
    desk.focus = undefined;
    for (const name of ['b', 'c']) desk.window(name);
    await desk.read([desk.fresh('x')]);
    assert.deepEqual(desk.shown, []);
    await desk.clock.advance(10 * second);
    assert.equal(desk.shown.length, 1);
  });

  it('notifies in another window when the one with the focus cannot be reached any more', async () => {
    const desk = new NotifierDesk();
    desk.window('a', { answered: () => new Promise(() => undefined) });
    desk.window('b');
    await desk.read([desk.fresh('x')]);
    await desk.clock.advance(minute);
    assert.deepEqual(desk.shown, ['b: x']);
    assert.ok(desk.log.lines.some((line) => line.includes('does not answer')));
  });

  it('notifies when the window is reached again, if no other could', async () => {
    const desk = new NotifierDesk();
    let reached = false;
    desk.window('a', { answered: () => (reached ? Promise.resolve() : new Promise(() => undefined)) });
    await desk.read([desk.fresh('x')]);
    await desk.clock.advance(minute);
    assert.deepEqual(desk.shown, []);
    reached = true;
    await desk.clock.advance(10 * second);
    assert.deepEqual(desk.shown, ['a: x']);
  });

  it('notifies once when several windows decide at the same moment', async () => {
    const desk = new NotifierDesk(new RacingDisk(3));
    for (const name of ['a', 'b', 'c']) desk.window(name, { focused: () => true });
    await desk.read([desk.fresh('x')]);
    await desk.clock.advance(minute);
    assert.equal(desk.shown.length, 1);
  });

  it('keeps on disk what it shows before it shows it: a crash in between loses that one, and shows nothing twice', async () => {
    const desk = new NotifierDesk();
    let kept = false;
    desk.window('a', {
      show: () => {
        kept = [...desk.disk.files].some(([name, text]) => name.startsWith('paging-') && text.includes('"x"'));
      },
    });
    await desk.read([desk.fresh('x')]);
    assert.ok(kept);
    desk.stores.length = 0;
    desk.window('a');
    await desk.read();
    assert.deepEqual(desk.shown, []);
  });

  it('notifies also when the disk refuses, once in this window, and says so in the log', async () => {
    const desk = new NotifierDesk();
    desk.window('a');
    desk.disk.refusal = new Error('disk full');
    await desk.read([desk.fresh('x')]);
    await desk.read();
    assert.deepEqual(desk.shown, ['a: x']);
    assert.equal(desk.log.lines.filter((line) => line.startsWith('error notifications')).length, 1);
  });

  it('shows a storm of 2,000 alerts in a minute in two messages', async () => {
    const desk = new NotifierDesk();
    for (const name of ['a', 'b', 'c']) desk.window(name);
    const storm: Alert[] = [];
    for (let step = 0; step < 60; step += 5) {
      for (let index = 0; index < 167; index++) storm.push(desk.fresh(`${step}.${index}`));
      await desk.read([...storm]);
      await desk.clock.advance(4 * second);
    }
    await desk.clock.advance(3 * minute);
    assert.deepEqual(desk.shown, ['a: 167 alerts', 'a: 1837 alerts']);
  });

  it('shows nothing to those for whom it is not meant, and nothing from an old list', async () => {
    const desk = new NotifierDesk();
    desk.rotations = [rotation({ name: 'DRE Alerts', role: 'alerts', current: [eli] })];
    desk.window('a');
    await desk.read([desk.fresh('x')]);
    assert.deepEqual(desk.shown, []);
    assert.ok(desk.log.lines.includes('info notifications: none: notOnCall'));
    const other = new NotifierDesk();
    other.window('a');
    const [store] = other.stores;
    store?.update(rotationsKey, { status: 'stale', records: other.rotations });
    store?.update(alertsKey, { status: 'stale', asOf: other.clock.now() - hour, records: [other.fresh('x')] });
    await other.clock.advance(minute);
    assert.deepEqual(other.shown, []);
  });

  it('shows what is urgent when the shift begins by the clock', async () => {
    const desk = new NotifierDesk();
    const start = desk.clock.now() + 5 * minute;
    const shifts = [{ start, end: start + 8 * hour, people: [dana], type: 'base' as const }];
    desk.rotations = [rotation({ name: 'DRE Alerts', role: 'alerts', current: [eli], until: start, shifts })];
    desk.window('a');
    await desk.read([desk.fresh('x')]);
    assert.deepEqual(desk.shown, []);
    await desk.clock.advance(5 * minute);
    assert.deepEqual(desk.shown, ['a: x']);
  });

  it('goes by what was shown with the same settings: with others the alerts are others', async () => {
    const desk = new NotifierDesk();
    const [site, other] = [desk.disk, new MemoryDisk()];
    let disk = site;
    const notifier = desk.window('a', { disk: () => disk });
    desk.window('b', { disk: () => other });
    await desk.read([desk.fresh('x')]);
    await desk.clock.advance(minute);
    assert.deepEqual(desk.shown, ['a: x', 'b: x']);
    disk = new MemoryDisk();
    notifier.update();
    await desk.clock.advance(minute);
    assert.equal(desk.shown.length, 3, 'one of another site may have the same id');
    disk = site;
    notifier.update();
    await desk.clock.advance(minute);
    assert.equal(desk.shown.length, 3);
  });

  it('notifies while it is not known who is on call: it may be this person', async () => {
    const desk = new NotifierDesk();
    const team: Person = { accountId: 'team-id', name: 'DRE', group: 'team' };
    desk.rotations = [rotation({ name: 'DRE Alerts', role: 'alerts', current: [team] })];
    desk.window('a');
    await desk.read([desk.fresh('x')]);
    await desk.clock.advance(minute);
    assert.deepEqual(desk.shown, ['a: x']);
  });

  it('notifies when the account cannot be read, but waits for its first answer', async () => {
    const desk = new NotifierDesk();
    desk.account = undefined;
    desk.window('a');
    await desk.read([desk.fresh('x')]);
    await desk.clock.advance(minute);
    assert.deepEqual(desk.shown, []);
    const failure: Failure = { kind: 'unauthorized', service: 'jira', operation: 'read the account' };
    for (const store of desk.stores) store.update(accountKey, { status: 'notSignedIn', failure, records: [] });
    await desk.clock.advance(minute);
    assert.deepEqual(desk.shown, ['a: x']);
  });
});
