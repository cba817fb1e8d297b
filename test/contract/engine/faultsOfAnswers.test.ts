import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import {
  feedNames,
  matchOf,
  pictureOf,
  recordsOf,
  sourceOf,
  stateOf,
  type FeedName,
} from '../../support/engine/feedParts.ts';
import { secretsOf } from '../../support/feeds/house.ts';
import { headless, words, type Headless } from '../../support/vscode/headless.ts';

/** The canister's answers are signed: they cannot be changed in between. */
const lists = feedNames.filter((name) => name !== 'proposals');

describe('answers whose length or content does harm', function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let dre: Headless;
  before(async () => (simulator = await startSimulator({ speed: 0 })));
  after(() => simulator.stop());
  beforeEach(() => (dre = headless(simulator)));
  afterEach(() => {
    simulator.clearFaults();
    dre.dispose();
  });

  const play = (name: FeedName, kind: 'echo' | 'manyRows' | 'endlessPages' | 'endlessPage'): void =>
    simulator.fault(sourceOf(name), { kind, match: matchOf(name) });

  for (const name of lists) {
    it(`a million rows of ${name}: what is beyond any list is cut, and that is said`, async () => {
      play(name, 'manyRows');
      await dre.feeds[name].refresh();
      const { completeness, skipped } = stateOf(dre, name);
      // It cannot be known which schedule is meant among so many that are none.
      if (name === 'rotations') return;
      // What is read from GitHub is two lists.
      assert.ok(skipped <= (sourceOf(name) === 'github' ? 40_000 : 20_000), `${skipped}`);
      if (name === 'rollouts') return assert.match(words(pictureOf(dre, name)), /Can't read/);
      const said = name === 'releases' ? /not all release notes are listed/ : /only the first 20,000/;
      assert.match(completeness.kind === 'partial' ? completeness.reason : 'whole', said);
    });
  }

  for (const name of lists) {
    it(`pages of ${name} that do not end: a few requests, and no record is lost`, async () => {
      await dre.feeds[name].refresh();
      const before = recordsOf(dre, name);
      dre.dispose();
      dre = headless(simulator);
      play(name, 'endlessPages');
      simulator.resetRequests();
      await dre.feeds[name].refresh();
      assert.ok(simulator.requests().length <= 20, `${simulator.requests().length} requests`);
      assert.deepEqual(recordsOf(dre, name).sort(), [...before].sort());
    });
  }

  for (const name of feedNames) {
    it(`a page of ${name} that does not end is left, with the rows of before, and that is said`, async () => {
      await dre.feeds[name].refresh();
      const before = recordsOf(dre, name);
      play(name, 'endlessPage');
      await dre.feeds[name].refresh();
      assert.match(words(pictureOf(dre, name)), /more than (?:8|16) MB/);
      assert.deepEqual(recordsOf(dre, name), before);
      simulator.clearFaults();
      await dre.feeds[name].refresh();
      assert.equal(stateOf(dre, name).status, 'fresh');
    });
  }

  for (const name of feedNames) {
    it(`what ${name} echoes of the headers is nowhere to be seen`, async () => {
      play(name, 'echo');
      await dre.feeds[name].refresh();
      const seen = [
        words(pictureOf(dre, name)),
        ...dre.log.lines,
        JSON.stringify(dre.store.state({ name, keyOf: String })),
      ];
      for (const secret of secretsOf(simulator)) {
        for (const form of [secret, btoa(secret), encodeURIComponent(secret)]) {
          for (const text of seen) assert.ok(!text.includes(form), text);
        }
      }
    });
  }

  it('a line of the event stream that never ends is left, and said', async () => {
    simulator.fault('rollouts', { kind: 'endlessLine', match: 'sse', times: 1 });
    const before = process.memoryUsage().rss;
    const client = await dre.clients.rollouts();
    const failure = await client.follow(
      new AbortController().signal,
      () => undefined,
      () => undefined,
    );
    assert.deepEqual([failure.kind, failure.detail], ['malformed', 'an event does not end']);
    assert.ok(process.memoryUsage().rss - before < 400 * 1024 * 1024);
    assert.ok(dre.log.lines.some((line) => line.includes('longer than 6 MB')));
  });
});
