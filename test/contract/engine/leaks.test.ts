import assert from 'node:assert/strict';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { AlertDetailsReader } from '../../../src/feeds/alerts/details.ts';
import { AlertNotesReader } from '../../../src/feeds/alerts/notes.ts';
import { alertsKey } from '../../../src/feeds/alerts/keys.ts';
import { queueKey } from '../../../src/feeds/queue/queue.ts';
import { TicketDetailsReader } from '../../../src/feeds/queue/details.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { problems, viewNames as views } from '../../support/vscode/headless.ts';
import { openHouse, type House } from '../../support/feeds/house.ts';
import type { MemoryDisk } from '../../support/engine/memoryDisk.ts';

const second = 1_000;
const cycles = 12;

/** What a window holds on to, apart from what it knows. */
interface Held {
  readonly timers: number;
  readonly listeners: number;
  readonly watchers: number;
}

// A window is open for the whole week: whatever happens again and again must leave nothing behind.
describe('what a window holds on to', function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let house: House;
  let alertDetails: AlertDetailsReader;
  let alertNotes: AlertNotesReader;
  let tickets: TicketDetailsReader;

  const disks = (): readonly MemoryDisk[] => [house.disks.feeds, house.disks.writes, house.disks.journal];
  const held = (): Held => ({
    timers: house.clock.waiting,
    listeners: house.store.listeners,
    watchers: disks().reduce((sum, { watchers }) => sum + watchers, 0),
  });
  const isGood = (): boolean =>
    house.windows.role === 'leader' &&
    views.every((view) => house.view(view).situation === 'rows' && problems(house.view(view)).length === 0);
  /** All is read, and what was planned for right after it is done. */
  const settled = async (): Promise<void> => {
    await house.until('all views', isGood, second);
    await house.pass(10 * second);
    await house.until('that nothing is read', () => house.feeds.plans().every(({ dueAt }) => dueAt !== undefined));
  };
  /** What `compose.ts` does when settings or credentials change. */
  const anew = (): void => {
    house.clients.reset();
    for (const reader of [tickets, alertDetails, alertNotes]) reader.reset();
    house.feeds.reset();
  };

  before(async () => {
    simulator = await startSimulator();
    house = await openHouse(simulator);
    const { clients, clock, log } = house;
    tickets = new TicketDetailsReader(clients.jira, () => undefined);
    alertDetails = new AlertDetailsReader(
      clients.ops,
      () => clock.now(),
      () => undefined,
    );
    alertNotes = new AlertNotesReader(clients.ops, () => undefined, clock, log);
    house.feeds.attend(() => 'active');
    await settled();
  });
  after(() => simulator.stop());

  const happenings: Readonly<Record<string, () => Promise<void>>> = {
    'settings change': async () => {
      anew();
      await house.pass(100);
    },
    'somebody signs out and in again': async () => {
      simulator.fault('atlassianApi', { kind: 'unauthorized' });
      anew();
      await house.pass(second);
      simulator.clearFaults();
      anew();
      await house.pass(second);
    },
    'settings change while all of it is being read': () => {
      for (let time = 0; time < 5; time++) anew();
      return Promise.resolve();
    },
    'the machine wakes': async () => {
      house.clock.jump(600 * second);
      house.feeds.wake();
      await house.pass(second);
    },
    'the event stream breaks': async () => {
      simulator.switch('rollouts', 'streamStop', true);
      await house.pass(20 * second);
    },
    'views come into sight and go out of it': async () => {
      house.feeds.attend(() => undefined);
      await house.pass(100);
      house.feeds.attend(() => 'quiet');
      await house.pass(100);
      house.feeds.attend(() => 'active');
    },
    'a write is made and undone': async () => {
      const [open] = openAlerts(house);
      assert.ok(open !== undefined);
      const { acknowledge } = house.kinds.alerts;
      let ended: string | undefined;
      void house.writes.run(acknowledge, open.id, null).then(({ id }) => (ended = id));
      await house.until('its end', () => ended !== undefined);
      let undone = false;
      void house.writes.undo(ended ?? '')?.then(() => (undone = true));
      await house.until('that it is undone', () => undone, second);
    },
    'documents are opened': async () => {
      const { store } = house;
      const reads = [
        ...[...store.state(queueKey).records.keys()].slice(0, 5).map((key) => tickets.read(key)),
        ...openAlerts(house)
          .slice(0, 5)
          .map(({ id }) => alertDetails.read(id)),
      ];
      await Promise.all(reads);
    },
    'another window leads for a while': async () => {
      for (const disk of disks()) disk.refusal = new Error('no space left');
      await house.pass(15 * second);
      assert.equal(house.windows.role, 'alone');
      for (const disk of disks()) disk.refusal = undefined;
      await house.pass(5 * second);
    },
  };

  for (const [what, happens] of Object.entries(happenings)) {
    it(`is the same after ${cycles} times that ${what}`, async () => {
      // The first time may load and begin what then stays.
      await happens();
      await settled();
      await house.pass(180 * second);
      await settled();
      const before = held();
      for (let time = 0; time < cycles; time++) await happens();
      await settled();
      // What is kept for a while to be undone or shown is gone by then.
      await house.pass(180 * second);
      await settled();
      const after = held();
      assert.deepEqual({ ...after, timers: before.timers }, before);
      // A file may be about to be written at either moment; what leaks, leaks each time.
      const more = after.timers - before.timers;
      assert.ok(more < cycles / 3, `${more} more timers`);
    });
  }

  it('is nothing once it is closed', async () => {
    house.dispose();
    await house.pass(60 * second);
    assert.deepEqual(held(), { timers: 0, listeners: 0, watchers: 0 });
  });
});

function openAlerts({ store }: House): readonly Alert[] {
  return [...store.state(alertsKey).records.values()].filter(({ status }) => status === 'open');
}
