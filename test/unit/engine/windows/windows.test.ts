import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Snapshots } from '../../../../src/engine/read/snapshot.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { Desk, isThing, shown, thingsKey as key, type Thing } from '../../../support/feeds/desk.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { runs } from '../../../support/base/runs.ts';

const second = 1_000;

const one: Thing = { id: 'one', text: 'first', weight: 1n };
const two: Thing = { id: 'two', text: 'second' };

/** Windows in front of a service that answers with two things. */
function newDesk(deaf = false): Desk {
  const desk = new Desk({ deaf });
  desk.answer = { kind: 'records', records: [one, two] };
  return desk;
}

describe('several windows', () => {
  for (const deaf of [false, true]) {
    it(`show what one of them reads${deaf ? ', also when no watcher reports a change' : ''}`, async () => {
      const desk = newDesk(deaf);
      const [a, b, c] = [await desk.open(), await desk.open(), await desk.open()];
      await desk.truth.advance(5 * second);
      assert.deepEqual([a, b, c].map(({ windows }) => windows.role).sort(), ['follower', 'follower', 'leader']);
      assert.equal(desk.reads, 1);
      assert.equal(shown(a).status, 'fresh');
      for (const window of [b, c]) assert.deepEqual(shown(window), shown(a));
      for (const answer of ['outage', 'signIn']) {
        desk.answer = { kind: 'failed', failure: answer };
        const asked = b.feed.refresh();
        await desk.truth.advance(8 * second);
        await asked;
        assert.equal(shown(a).failure, answer);
        for (const window of [b, c]) assert.deepEqual(shown(window), shown(a));
      }
      desk.answer = {
        kind: 'records',
        records: [{ ...one, text: 'new' }],
        skipped: 3,
        completeness: { kind: 'partial', reason: 'more' },
      };
      void c.feed.refresh();
      await desk.truth.advance(8 * second);
      assert.equal(shown(a).skipped, 3);
      for (const window of [b, c]) assert.deepEqual(shown(window), shown(a));
    });
  }

  it('notify each other of a change well within a second', async () => {
    const desk = newDesk();
    const [a, b] = [await desk.open(), await desk.open()];
    await desk.truth.advance(5 * second);
    a.feed.push([two]);
    await desk.truth.advance(300);
    assert.deepEqual(shown(b).records, [two]);
  });

  it('take over the same records again after a reset', async () => {
    const desk = newDesk();
    const [a, b] = [await desk.open(), await desk.open()];
    await desk.truth.advance(5 * second);
    b.feed.clear();
    assert.deepEqual(shown(b).records, []);
    void a.feed.refresh();
    await desk.truth.advance(2 * second);
    assert.deepEqual(shown(b), shown(a));
  });

  it('join a request with the read that is under way', async () => {
    const desk = newDesk();
    const [, b, c] = [await desk.open(), await desk.open(), await desk.open()];
    await desk.truth.advance(5 * second);
    const before = desk.reads;
    void b.feed.refresh();
    void c.feed.refresh();
    await desk.truth.advance(2 * second);
    assert.equal(desk.reads, before + 1);
  });

  it('read quickly after a write in a window that does not read', async () => {
    const desk = newDesk();
    const [, b] = [await desk.open(), await desk.open()];
    await desk.truth.advance(5 * second);
    const before = desk.reads;
    b.feed.burst();
    await desk.truth.advance(12 * second);
    assert.ok(desk.reads >= before + 4, `${desk.reads - before} reads`);
  });

  it('read at the pace of the most attentive one, and of the rest when it is gone', async () => {
    const desk = newDesk();
    const [a, b] = [await desk.open(), await desk.open()];
    a.windows.say({ items: 'quiet' });
    b.windows.say({ items: 'active' });
    await desk.truth.advance(5 * second);
    assert.equal(a.windows.attention('items'), 'active');
    const before = desk.reads;
    await desk.truth.advance(60 * second);
    assert.ok(desk.reads >= before + 4);
    b.clock.crash();
    await desk.truth.advance(60 * second);
    assert.equal(a.windows.attention('items'), 'quiet');
  });

  it('read for themselves, not quickly, while the disk is full, and share again afterwards', async () => {
    const desk = newDesk();
    const [a, b] = [await desk.open(), await desk.open()];
    await desk.truth.advance(5 * second);
    for (const { faults } of [a, b]) faults.write = new Error('no space left');
    await desk.truth.advance(30 * second);
    assert.deepEqual([a.windows.role, b.windows.role], ['alone', 'alone']);
    desk.answer = { kind: 'records', records: [two] };
    void a.feed.refresh();
    void b.feed.refresh();
    await desk.truth.advance(2 * second);
    assert.deepEqual([shown(a).records, shown(b).records], [[two], [two]]);
    a.windows.say({ items: 'active' });
    assert.equal(a.windows.attention('items'), 'idle');
    for (const { faults } of [a, b]) faults.write = undefined;
    await desk.truth.advance(15 * second);
    assert.deepEqual([a.windows.role, b.windows.role].sort(), ['follower', 'leader']);
  });

  it('lose no request when windows crash, sleep and come', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 5_000 }) }),
      fc.record({ do: fc.constantFrom('crash' as const, 'suspend' as const, 'resume' as const), window: fc.nat(4) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.boolean(), async (steps, deaf) => {
        const desk = newDesk(deaf);
        const open = [await desk.open(), await desk.open(), await desk.open()];
        await desk.truth.advance(2 * second);
        for (const each of steps) {
          if (each.do === 'advance') await desk.truth.advance(each.ms);
          else open[each.window % open.length]?.clock[each.do]();
        }
        for (const { clock } of open) clock.resume();
        const asker = await desk.open();
        await desk.truth.advance(2 * second);
        desk.answer = { kind: 'records', records: [{ ...one, text: 'asked for' }] };
        let done = false;
        void asker.feed.refresh().then(() => (done = true));
        await desk.truth.advance(500);
        for (const { clock, windows } of open) if (windows.role === 'leader') clock.crash();
        await desk.truth.advance(12 * second);
        assert.ok(done, 'the refresh came to an end');
        assert.equal(shown(asker).records[0]?.text, 'asked for');
        assert.equal(shown(asker).status, 'fresh');
      }),
      runs(50),
    );
  }).timeout(60_000);
});

describe('what is kept on disk', () => {
  /** A window that read once and closed. */
  async function past(): Promise<Desk> {
    const desk = newDesk();
    const window = await desk.open();
    await desk.truth.advance(2 * second);
    void window.windows.leave().then(() => window.clock.crash());
    await desk.truth.advance(second);
    return desk;
  }

  it('is shown at the next start before anything is read, with its age', async () => {
    const desk = await past();
    const before = desk.reads;
    const clock = desk.truth.now();
    const store = new Store<string>(rethrow);
    const log = memoryLog();
    const failures = { keep: (failure: string) => failure, bringBack: () => undefined };
    const snapshots = new Snapshots<string>({
      store,
      folder: { disk: desk.disk },
      clock: desk.truth,
      log,
      failures,
      scope: () => 'scope',
    });
    const adopted: string[] = [];
    const share = (each: typeof key, by: string): void =>
      snapshots.share({
        key: each,
        readable: isThing,
        adopt: (state) => {
          adopted.push(`${each.name}, ${by}`);
          store.update(each, state);
        },
      });
    const others = { ...key, name: 'others' };
    share(others, 'first');
    await snapshots.restore();
    assert.equal(store.state(key).status, 'neverLoaded');
    share(key, 'first');
    await snapshots.restore([(feed) => feed === key.name]);
    // What is back stays as it is, whoever takes over what comes later.
    share(key, 'later');
    await snapshots.restore();
    assert.deepEqual(adopted, [`${key.name}, first`]);
    const state = store.state(key);
    assert.equal(state.status, 'stale');
    assert.deepEqual([...state.records.values()], [one, two]);
    assert.ok(state.asOf !== undefined && state.asOf < clock);
    assert.equal(desk.reads, before);
  });

  it('is not shown when the settings name another scope', async () => {
    const desk = await past();
    desk.answer = { kind: 'failed', failure: 'outage' };
    const window = await desk.open('another scope');
    assert.deepEqual(shown(window).records, []);
  });

  for (const [what, file, text] of [
    ['damaged', 'items.1.state.json', '{"version":3,"feed":"it'],
    ['of an older version', 'items.1.state.json', '{"version":1,"feed":"items","asOf":1,"records":[]}'],
    ['cut off in its records', 'items.1.records.ndjson', undefined],
  ] as const) {
    it(`is set aside with one line in the log when it is ${what}`, async () => {
      const desk = await past();
      desk.disk.files.set(file, text ?? (desk.disk.files.get(file) ?? '').slice(0, -8));
      desk.answer = { kind: 'failed', failure: 'outage' };
      const window = await desk.open();
      assert.ok(desk.disk.files.has(`${file}.bad`));
      const lines = window.log.lines.filter((line) => line.includes('snapshots'));
      assert.equal(lines.length, 1, lines.join('\n'));
    });
  }

  it('leaves no growing number of files, however often it is damaged', async () => {
    const desk = newDesk();
    for (let start = 1; start <= 4; start++) {
      const window = await desk.open();
      await desk.truth.advance(30 * second);
      assert.equal(window.windows.role, 'leader');
      window.clock.crash();
      await desk.truth.advance(30 * second);
      desk.disk.files.set('items.another.1.state.json.bad', 'of another feed');
      desk.disk.files.set(`items.${start}.state.json`, 'damaged');
    }
    const files = [...desk.disk.files.keys()].filter((name) => name.startsWith('items.')).sort();
    assert.deepEqual(files, [
      'items.3.state.json.bad',
      'items.4.records.ndjson',
      'items.4.state.json',
      'items.another.1.state.json.bad',
    ]);
  });

  it('is written anew only where something changed', async () => {
    const desk = newDesk();
    const window = await desk.open();
    await desk.truth.advance(2 * second);
    const before = desk.disk.files.get('items.1.records.ndjson');
    desk.answer = { kind: 'records', records: [{ ...one }, { ...two }] };
    void window.feed.refresh();
    await desk.truth.advance(2 * second);
    assert.equal(desk.disk.files.get('items.1.records.ndjson'), before);
    assert.ok(desk.disk.files.get('items.1.state.json')?.includes(`${window.store.state(key).asOf}`));
  });

  it('holds what the service said, not what a person still wants', async () => {
    const desk = newDesk();
    const [a, b] = [await desk.open(), await desk.open()];
    await desk.truth.advance(2 * second);
    a.store.patch(key, 'one', (record) => ({ ...record, text: 'wanted' }));
    void a.feed.refresh();
    await desk.truth.advance(2 * second);
    assert.equal(a.store.state(key).records.get('one')?.text, 'wanted');
    assert.equal(b.store.state(key).records.get('one')?.text, 'first');
  });
});
