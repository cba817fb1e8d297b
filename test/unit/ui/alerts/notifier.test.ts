import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { Notification } from '../../../../src/domain/alerts/paging.ts';
import type { Account, Person, Rotation } from '../../../../src/domain/rotation/rotation.ts';
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
class Bench {
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
    const bench = new Bench();
    for (const name of ['a', 'b', 'c']) bench.window(name);
    await bench.read([bench.fresh('x')]);
    await bench.clock.advance(minute);
    await bench.read();
    assert.deepEqual(bench.shown, ['a: x']);
    bench.stores.length = 0;
    for (const name of ['a', 'd']) bench.window(name);
    await bench.read();
    await bench.clock.advance(2 * minute);
    assert.deepEqual(bench.shown, ['a: x']);
  });

  it('notifies in the window that had the focus last while the person is in another program', async () => {
    const bench = new Bench();
    for (const name of ['a', 'b']) bench.window(name);
    const b = bench.window('c');
    bench.focus = 'c';
    b.focus();
    await settle();
    bench.focus = undefined;
    await bench.read([bench.fresh('x')]);
    await bench.clock.advance(minute);
    assert.deepEqual(bench.shown, ['c: x']);
  });

  it('notifies in another window, once, when the one that had the focus is gone', async () => {
    const bench = new Bench();
    bench.window('a').dispose();
    bench.focus = undefined;
    for (const name of ['b', 'c']) bench.window(name);
    await bench.read([bench.fresh('x')]);
    assert.deepEqual(bench.shown, []);
    await bench.clock.advance(10 * second);
    assert.equal(bench.shown.length, 1);
  });

  it('notifies in another window when the one with the focus cannot be reached any more', async () => {
    const bench = new Bench();
    bench.window('a', { answered: () => new Promise(() => undefined) });
    bench.window('b');
    await bench.read([bench.fresh('x')]);
    await bench.clock.advance(minute);
    assert.deepEqual(bench.shown, ['b: x']);
    assert.ok(bench.log.lines.some((line) => line.includes('does not answer')));
  });

  it('notifies when the window is reached again, if no other could', async () => {
    const bench = new Bench();
    let reached = false;
    bench.window('a', { answered: () => (reached ? Promise.resolve() : new Promise(() => undefined)) });
    await bench.read([bench.fresh('x')]);
    await bench.clock.advance(minute);
    assert.deepEqual(bench.shown, []);
    reached = true;
    await bench.clock.advance(10 * second);
    assert.deepEqual(bench.shown, ['a: x']);
  });

  it('notifies once when several windows decide at the same moment', async () => {
    const bench = new Bench(new RacingDisk(3));
    for (const name of ['a', 'b', 'c']) bench.window(name, { focused: () => true });
    await bench.read([bench.fresh('x')]);
    await bench.clock.advance(minute);
    assert.equal(bench.shown.length, 1);
  });

  it('keeps on disk what it shows before it shows it: a crash in between loses that one, and shows nothing twice', async () => {
    const bench = new Bench();
    let kept = false;
    bench.window('a', {
      show: () => {
        kept = [...bench.disk.files].some(([name, text]) => name.startsWith('paging-') && text.includes('"x"'));
      },
    });
    await bench.read([bench.fresh('x')]);
    assert.ok(kept);
    bench.stores.length = 0;
    bench.window('a');
    await bench.read();
    assert.deepEqual(bench.shown, []);
  });

  it('notifies also when the disk refuses, once in this window, and says so in the log', async () => {
    const bench = new Bench();
    bench.window('a');
    bench.disk.refusal = new Error('disk full');
    await bench.read([bench.fresh('x')]);
    await bench.read();
    assert.deepEqual(bench.shown, ['a: x']);
    assert.equal(bench.log.lines.filter((line) => line.startsWith('error notifications')).length, 1);
  });

  it('shows a storm of 2,000 alerts in a minute in two messages', async () => {
    const bench = new Bench();
    for (const name of ['a', 'b', 'c']) bench.window(name);
    const storm: Alert[] = [];
    for (let step = 0; step < 60; step += 5) {
      for (let index = 0; index < 167; index++) storm.push(bench.fresh(`${step}.${index}`));
      await bench.read([...storm]);
      await bench.clock.advance(4 * second);
    }
    await bench.clock.advance(3 * minute);
    assert.deepEqual(bench.shown, ['a: 167 alerts', 'a: 1837 alerts']);
  });

  it('shows nothing to those for whom it is not meant, and nothing from an old list', async () => {
    const bench = new Bench();
    bench.rotations = [rotation({ name: 'DRE Alerts', role: 'alerts', current: [eli] })];
    bench.window('a');
    await bench.read([bench.fresh('x')]);
    assert.deepEqual(bench.shown, []);
    assert.ok(bench.log.lines.includes('info notifications: none: notOnCall'));
    const other = new Bench();
    other.window('a');
    const [store] = other.stores;
    store?.update(rotationsKey, { status: 'stale', records: other.rotations });
    store?.update(alertsKey, { status: 'stale', asOf: other.clock.now() - hour, records: [other.fresh('x')] });
    await other.clock.advance(minute);
    assert.deepEqual(other.shown, []);
  });

  it('shows what is urgent when the shift begins by the clock', async () => {
    const bench = new Bench();
    const start = bench.clock.now() + 5 * minute;
    const shifts = [{ start, end: start + 8 * hour, people: [dana], type: 'base' as const }];
    bench.rotations = [rotation({ name: 'DRE Alerts', role: 'alerts', current: [eli], until: start, shifts })];
    bench.window('a');
    await bench.read([bench.fresh('x')]);
    assert.deepEqual(bench.shown, []);
    await bench.clock.advance(5 * minute);
    assert.deepEqual(bench.shown, ['a: x']);
  });

  it('goes by what was shown with the same settings: with others the alerts are others', async () => {
    const bench = new Bench();
    const [site, other] = [bench.disk, new MemoryDisk()];
    let disk = site;
    const notifier = bench.window('a', { disk: () => disk });
    bench.window('b', { disk: () => other });
    await bench.read([bench.fresh('x')]);
    await bench.clock.advance(minute);
    assert.deepEqual(bench.shown, ['a: x', 'b: x']);
    disk = new MemoryDisk();
    notifier.update();
    await bench.clock.advance(minute);
    assert.equal(bench.shown.length, 3, 'one of another site may have the same id');
    disk = site;
    notifier.update();
    await bench.clock.advance(minute);
    assert.equal(bench.shown.length, 3);
  });

  it('notifies while it is not known who is on call: it may be this person', async () => {
    const bench = new Bench();
    const team: Person = { accountId: 'team-id', name: 'DRE', group: 'team' };
    bench.rotations = [rotation({ name: 'DRE Alerts', role: 'alerts', current: [team] })];
    bench.window('a');
    await bench.read([bench.fresh('x')]);
    await bench.clock.advance(minute);
    assert.deepEqual(bench.shown, ['a: x']);
  });

  it('notifies when the account cannot be read, but waits for its first answer', async () => {
    const bench = new Bench();
    bench.account = undefined;
    bench.window('a');
    await bench.read([bench.fresh('x')]);
    await bench.clock.advance(minute);
    assert.deepEqual(bench.shown, []);
    const failure: Failure = { kind: 'unauthorized', service: 'jira', operation: 'read the account' };
    for (const store of bench.stores) store.update(accountKey, { status: 'notSignedIn', failure, records: [] });
    await bench.clock.advance(minute);
    assert.deepEqual(bench.shown, ['a: x']);
  });
});
