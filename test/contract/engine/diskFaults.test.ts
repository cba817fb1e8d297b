import assert from 'node:assert/strict';
import { alertsKey } from '../../../src/feeds/alerts/keys.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { isGood, recordRows, viewNames as views, words } from '../../support/vscode/headless.ts';
import { emptyDisks, filesOf, openHouse, useSimulator, type Disks, type House } from '../../support/feeds/house.ts';
import { refusals, type MemoryDisk } from '../../support/engine/memoryDisk.ts';

const second = 1_000;

const each = (disks: Disks, run: (disk: MemoryDisk) => void): void => Object.values(disks).forEach(run);
const loud = (house: House): string[] => house.log.lines.filter((line) => /^(warn|error) /.test(line));

async function acknowledgeOne(house: House): Promise<{ readonly id: string; readonly end: string }> {
  const found = [...house.store.state(alertsKey).records.values()].find(({ status }) => status === 'open');
  assert.ok(found !== undefined);
  let end = '';
  void house.writes.run(house.kinds.alerts.acknowledge, found.id, null).then(({ state }) => (end = state.kind));
  await house.until('the end of the write', () => end !== '', second);
  return { id: found.id, end };
}

describe('a disk in trouble', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  let house: House;

  useSimulator(
    (started) => (simulator = started),
    () => house,
  );

  for (const [what, begin] of Object.entries(refusals)) {
    it(`that ${what} from the start: everything works, and each part says it in one line`, async () => {
      const disks = emptyDisks();
      each(disks, begin);
      house = await openHouse(simulator, disks);
      house.feeds.attend(() => 'active');
      await house.until('all views', () => isGood(house));
      assert.equal(house.windows.role, 'alone');
      assert.equal((await acknowledgeOne(house)).end, 'applied');
      await house.feeds.refresh();
      await house.pass(60 * second);
      assert.ok(isGood(house));
      const parts = loud(house).map((line) => line.split(' ')[1]);
      assert.deepEqual(parts.sort(), ['journal:', 'windows:', 'writes:'], loud(house).join('\n'));
      assert.equal(filesOf(disks).size, 0);
    });

    it(`that ${what} later: the rows stay and go on, nothing is lost, and it is used again afterwards`, async () => {
      const disks = emptyDisks();
      house = await openHouse(simulator, disks);
      house.feeds.attend(() => 'active');
      await house.until('all views', () => isGood(house) && house.windows.role === 'leader');
      await house.pass(2 * second);
      const before = new Map(views.map((view) => [view, recordRows(house.view(view))]));
      each(disks, begin);
      await house.pass(15 * second);
      for (const view of views) assert.deepEqual(recordRows(house.view(view)), before.get(view), view);
      const { id, end } = await acknowledgeOne(house);
      assert.equal(end, 'applied');
      await house.feeds.refresh();
      await house.until(
        'the acknowledged alert',
        () => house.store.served(alertsKey).get(id)?.status === 'acknowledged',
      );
      assert.ok(isGood(house));
      const parts = new Set(loud(house).map((line) => line.split(' ')[1]));
      assert.equal(loud(house).length, parts.size, `one line each:\n${loud(house).join('\n')}`);
      each(disks, (disk) => {
        disk.refusal = undefined;
        disk.readOnly = false;
      });
      await house.until('that it leads again', () => house.windows.role === 'leader', second);
      await house.feeds.refresh();
      await house.until('what is known on disk again', () =>
        [...disks.feeds.files].some(
          ([name, text]) =>
            /^alerts\.\d+\.state\.json$/.test(name) && text.includes(`"asOf":${house.store.state(alertsKey).asOf}`),
        ),
      );
    });
  }

  const damages: Readonly<Record<string, (text: string) => string>> = {
    'cut in half': (text) => text.slice(0, text.length / 2),
    empty: () => '',
    garbage: () => '\u0000\u0001{]not json\n\n',
    'of an older version': (text) => text.replaceAll(/"version":\d+/g, '"version":1'),
    'of another shape': () => '{"version":3,"feed":7,"records":{},"id":[],"holder":null}\n',
  };

  for (const [what, damage] of Object.entries(damages)) {
    it(`whose files are all ${what}: they are set aside with a line each, and the views load from the services`, async () => {
      const disks = emptyDisks();
      house = await openHouse(simulator, disks);
      house.feeds.attend(() => 'active');
      await house.until('all views', () => isGood(house) && house.windows.role === 'leader');
      await acknowledgeOne(house);
      simulator.fault('atlassianApi', { kind: 'forbidden', match: 'POST' });
      assert.equal((await acknowledgeOne(house)).end, 'failed');
      simulator.clearFaults();
      await house.pass(2 * second);
      house.dispose();
      each(disks, (disk) => {
        for (const [name, text] of disk.files) disk.files.set(name, damage(text));
      });
      const states = [...disks.feeds.files.keys()].filter((name) => name.endsWith('.state.json'));
      house = await openHouse(simulator, disks);
      house.feeds.attend(() => 'active');
      let recovered = false;
      void house.writes.recover().then(() => (recovered = true));
      await house.until('all views', () => isGood(house) && recovered && house.windows.role === 'leader', second);
      for (const name of states) {
        assert.equal(loud(house).filter((line) => line.includes(name)).length, 1, `${name}\n${loud(house).join('\n')}`);
        assert.ok(disks.feeds.files.has(`${name}.bad`), name);
      }
      await house.pass(2 * second);
      // By another holder of the lease, whose files have another number.
      const again = [...disks.feeds.files.keys()].map((name) => name.replace(/\d+/, 'N'));
      for (const name of states) assert.ok(again.includes(name.replace(/\d+/, 'N')), `${name} is there again`);
      const pages = await house.journal.read({ from: 0, to: house.clock.now() });
      assert.ok(pages.entries.length <= 2);
      assert.equal((await acknowledgeOne(house)).end, 'applied');
      assert.doesNotMatch(views.map((view) => words(house.view(view))).join(), /undefined|NaN/);
    });
  }
});
