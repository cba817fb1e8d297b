import assert from 'node:assert/strict';
import type { FeedChange } from '../../../src/engine/read/store.ts';
import { minute } from '../../../src/engine/base/units.ts';
import { mergeNodes, type Node } from '../../../src/views/kit/nodes.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { headless, isGood, viewNames, type Headless } from '../../support/vscode/headless.ts';

/** The trees of all views, which repaint as the real ones do. */
class Trees {
  readonly #dre: Headless;
  readonly #nodes = new Map<string, Node[]>();

  constructor(dre: Headless) {
    this.#dre = dre;
  }

  /** Shows what is known now. Returns the ids of the rows that are painted anew; of all where the first level changed. */
  show(): readonly string[] {
    return viewNames.flatMap((name) => {
      const dirty: Node[] = [];
      const merged = mergeNodes(undefined, this.#nodes.get(name) ?? [], this.#dre.view(name).rows, dirty);
      this.#nodes.set(name, merged.nodes);
      return (merged.moved ? merged.nodes : dirty).map(({ row }) => `${name}: ${row.id}`);
    });
  }
}

describe('a read that brings nothing new', () => {
  let simulator: Simulator;
  let dre: Headless;

  before(async () => {
    simulator = await startSimulator({ speed: 0 });
    dre = headless(simulator);
    await dre.feeds.refresh();
    assert.ok(isGood(dre));
  });
  after(async () => {
    dre.dispose();
    await simulator.stop();
  });

  it('reports that it began and the time as of which all is good, names no record, and repaints no row', async () => {
    const trees = new Trees(dre);
    assert.ok(trees.show().length > 30, 'all rows at first');
    // Not so long that they become stale, which a good read takes back.
    await dre.clock.advance(minute);
    const aged = trees.show();
    assert.ok(aged.length > 0, 'rows that say how old something is are painted as time passes');
    const changes: FeedChange[] = [];
    const listening = dre.store.onDidChange((change) => void changes.push(change));
    const before = dre.meter.lastHour().find(({ service }) => service === 'github');
    await dre.feeds.refresh();
    listening.dispose();
    const after = dre.meter.lastHour().find(({ service }) => service === 'github');
    assert.ok((after?.unchanged ?? 0) > (before?.unchanged ?? 0), 'answered 304 where the service can');
    const records = changes.flatMap(({ feed, added, changed, removed }) =>
      [...added, ...changed, ...removed].map((id) => `${feed}: ${id}`),
    );
    assert.deepEqual(records, []);
    for (const name of ['pullRequests', 'workflowRuns']) {
      const own = changes.filter(({ feed }) => feed === name);
      assert.deepEqual(
        own.map(({ status }) => status),
        [true, true],
        name,
      );
    }
    assert.deepEqual(trees.show(), []);
  });
});
