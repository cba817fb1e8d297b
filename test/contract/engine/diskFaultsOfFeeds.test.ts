import assert from 'node:assert/strict';
import type { ViewModel } from '../../../src/views/kit/row.ts';
import type { FeedKey } from '../../../src/engine/read/store.ts';
import { accountKey } from '../../../src/feeds/kit/account.ts';
import { teamKey } from '../../../src/feeds/alerts/keys.ts';
import { ofOthersKey } from '../../../src/feeds/alerts/ofOthers.ts';
import { enginesKey } from '../../../src/feeds/releases/keys.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { teamId } from '../../simulator/world.ts';
import { askedBy, feedNames, pictureOf, stateOf, type FeedName } from '../../support/engine/feedParts.ts';
import { isGood, problems, recordRows, viewNames, words, type ViewName } from '../../support/vscode/headless.ts';
import { emptyDisks, openedHouse, openHouse, type House } from '../../support/feeds/house.ts';
import { refusals, type MemoryDisk } from '../../support/engine/memoryDisk.ts';

const second = 1_000;

type Damage = (text: string) => string;
const ofBoth: Readonly<Record<string, Damage>> = {
  'cut off': (text) => text.slice(0, text.length / 2),
  'of an older version': (text) => text.replace(/"version":\d+/, '"version":1'),
  // Every line but the one that says whose records follow.
  'of another shape': (text) => text.replaceAll(/^\{(?!"version":\d+,"feed":"\w+","id":).*$/gm, '{"some":7}'),
};
/** What may have become of the files of a feed's snapshot. */
const damages: Readonly<Record<'state' | 'records', Readonly<Record<string, Damage>>>> = {
  state: { ...ofBoth, empty: () => '', garbage: () => '\u0000\u0001{]not json\n\n' },
  records: ofBoth,
};

// `diskFaults.test.ts` has faults of a whole disk. Here it is the files of one feed: they cost that feed one read, and
// the others none.
describe('a disk in trouble with the files of one feed', function () {
  this.timeout(30_000);
  let simulator: Simulator;
  let house: House;
  /** What a window left that had read everything. */
  let left: ReadonlyMap<string, string>;
  let rows: ReadonlyMap<FeedName, readonly string[]>;

  before(async () => {
    simulator = await startSimulator();
    house = await openedHouse(simulator);
    await house.pass(2 * second);
    // These are learnt now and then only: as if they had been.
    const now = { status: 'fresh', asOf: house.clock.now() } as const;
    house.store.update(teamKey, { ...now, records: [{ id: teamId, name: 'DRE' }] });
    house.store.update(ofOthersKey, { ...now, records: [{ list: 'open', count: 0 }] });
    await house.snapshots.flush();
    await house.windows.leave();
    house.dispose();
    left = new Map(house.disks.feeds.files);
    rows = new Map(feedNames.map((name) => [name, recordRows(pictureOf(house, name))]));
  });
  after(() => simulator.stop());
  beforeEach(() => simulator.resetRequests());
  afterEach(() => house.dispose());

  /** The next window, off shift and not visible: it reads what it does not know, and nothing else. */
  async function start(prepare: (disk: MemoryDisk) => void): Promise<void> {
    const disks = emptyDisks();
    for (const [name, text] of left) disks.feeds.files.set(name, text);
    prepare(disks.feeds);
    await startOn(disks);
  }

  async function startOn(disks: House['disks']): Promise<void> {
    house = await openHouse(simulator, disks);
    house.feeds.attend(() => 'quiet');
  }

  const fileOf = (name: string, kind: string): string =>
    [...left.keys()].find((file) => file.startsWith(`${name}.`) && file.includes(`.${kind}.`)) ?? '';
  const loud = (): readonly string[] => house.log.lines.filter((line) => /^(warn|error) /.test(line));

  /** A person sees it as it was, and no service was asked for it. */
  function assertPainted(names: readonly FeedName[]): void {
    const views = new Map(viewNames.map((view) => [view, house.view(view)]));
    const now = { view: (name: ViewName): ViewModel => views.get(name) ?? house.view(name) };
    for (const name of names) {
      const picture = pictureOf(now, name);
      assert.deepEqual(recordRows(picture), rows.get(name), name);
      assert.deepEqual(problems(picture), [], name);
      assert.equal(askedBy(simulator, name), 0, name);
    }
  }

  /** A person sees that it is being read, and nothing that seems empty; then it is there again. */
  async function assertLoadsAgain(name: FeedName, others: readonly FeedName[]): Promise<void> {
    assertPainted(others);
    assert.equal(stateOf(house, name).status, 'neverLoaded');
    assert.match(words(pictureOf(house, name)), /for the first time…/);
    await house.until('that it is loaded', () => stateOf(house, name).status === 'fresh', second);
    assert.deepEqual(recordRows(pictureOf(house, name)), rows.get(name));
    assertPainted(others);
    assert.ok(isGood(house));
  }

  for (const name of feedNames) {
    const others = feedNames.filter((other) => other !== name);

    describe(`of ${name}`, () => {
      for (const [kind, ways] of Object.entries(damages)) {
        for (const [what, damage] of Object.entries(ways)) {
          it(`the ${kind}, ${what}: a line names the file, it is set aside, and the feed loads again`, async () => {
            const file = fileOf(name, kind);
            await start((disk) => disk.files.set(file, damage(left.get(file) ?? '')));
            await assertLoadsAgain(name, others);
            assert.equal(loud().length, 1, loud().join('\n'));
            assert.ok(loud()[0]?.includes(`${file} is damaged or of another version, set aside as ${file}.bad`));
            assert.equal(house.disks.feeds.files.get(`${file}.bad`), damage(left.get(file) ?? ''));
            await house.snapshots.flush();
            const kept = [...house.disks.feeds.files.keys()].filter((each) => /\.(state|records)\.\w+$/.test(each));
            assert.ok(kept.some((each) => each !== file && each.startsWith(`${name}.`) && each.includes(`.${kind}.`)));
          });
        }
      }

      it('the records, missing: a line names the file, and the feed loads again', async () => {
        const file = fileOf(name, 'records');
        await start((disk) => disk.files.delete(file));
        await assertLoadsAgain(name, others);
        assert.deepEqual(loud(), []);
        assert.ok(house.log.lines.includes(`info snapshots: ${file} is missing or newer: ${name} is read anew`));
      });

      it('a damaged one on a disk that is read-only: it is logged, and the feed loads again', async () => {
        const file = fileOf(name, 'state');
        await start((disk) => {
          disk.files.set(file, '');
          refusals['is read-only']?.(disk);
        });
        await assertLoadsAgain(name, others);
        assert.equal(loud().filter((line) => line.includes(`${file} could not be set aside`)).length, 1);
        assert.equal(house.disks.feeds.files.get(file), '');
      });

      for (const [what, begin] of Object.entries(refusals)) {
        it(`a disk that ${what} for them: one line, the rows go on, and the next start has them of before`, async () => {
          await start((disk) => {
            begin(disk);
            disk.refused = new RegExp(`^${name}\\.`);
          });
          assertPainted(feedNames);
          const [neighbour] = others;
          assert.ok(neighbour !== undefined);
          for (let time = 0; time < 2; time++) {
            await Promise.all([house.feeds[name].refresh(), house.feeds[neighbour].refresh()]);
            await house.pass(second);
            await house.snapshots.flush();
            assert.equal(stateOf(house, name).status, 'fresh');
            assert.ok(isGood(house));
            assert.deepEqual(recordRows(pictureOf(house, name)), rows.get(name));
          }
          assert.equal(loud().length, 1, loud().join('\n'));
          assert.match(loud()[0] ?? '', new RegExp(`${name} cannot be kept on disk`));
          const asOf = stateOf(house, neighbour).asOf ?? 0;
          const { disks } = house;
          house.dispose();
          simulator.resetRequests();
          await startOn(disks);
          assertPainted(feedNames);
          assert.equal(stateOf(house, neighbour).asOf, asOf, 'the others are kept as ever');
        });
      }
    });
  }

  // What is read along with a feed, or now and then: without it the rows are there all the same, and nobody asks for
  // it.
  for (const key of [teamKey, enginesKey, ofOthersKey] as const) {
    describe(`of ${key.name}, which is no feed's own`, () => {
      const recordsOf = (): readonly unknown[] => [
        ...house.store.state<unknown>(key as FeedKey<unknown>).records.values(),
      ];

      it('whole: it is known again', async () => {
        await start(() => undefined);
        assert.ok(recordsOf().length > 0);
        assert.deepEqual(loud(), []);
      });

      for (const [kind, ways] of Object.entries(damages)) {
        for (const [what, damage] of Object.entries(ways)) {
          it(`the ${kind}, ${what}: a line names the file, it is set aside, and all rows are there`, async () => {
            const file = fileOf(key.name, kind);
            assert.notEqual(file, '');
            await start((disk) => disk.files.set(file, damage(left.get(file) ?? '')));
            assert.deepEqual(recordsOf(), []);
            assertPainted(feedNames);
            assert.ok(isGood(house));
            assert.equal(loud().length, 1, loud().join('\n'));
            assert.ok(loud()[0]?.includes(`${file} is damaged or of another version, set aside as ${file}.bad`));
          });
        }
      }

      it('the records, missing: all rows are there', async () => {
        await start((disk) => disk.files.delete(fileOf(key.name, 'records')));
        assert.deepEqual(recordsOf(), []);
        assertPainted(feedNames);
        assert.deepEqual(loud(), []);
      });
    });
  }

  it('of the account: a person is known again in a moment, and with that what is theirs', async () => {
    const others = feedNames.filter((name) => name !== 'rotations');
    const file = fileOf(accountKey.name, 'state');
    await start((disk) => disk.files.set(file, ''));
    assert.equal(house.store.state(accountKey).records.size, 0);
    assertPainted(others);
    await house.until('the account', () => house.account.current !== undefined);
    assertPainted(feedNames);
    assert.equal(loud().length, 1, loud().join('\n'));
  });

  it('of the engines is made good by the next read of the rollouts', async () => {
    const file = fileOf(enginesKey.name, 'state');
    await start((disk) => disk.files.set(file, ''));
    assert.equal(house.store.state(enginesKey).records.size, 0);
    await house.feeds.rollouts.refresh();
    assert.ok(house.store.state(enginesKey).records.size > 0);
  });
});
