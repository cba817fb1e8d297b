import assert from 'node:assert/strict';
import type { Node } from '../../../../src/views/kit/nodes.ts';
import type { Row, ViewModel } from '../../../../src/views/kit/row.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';
import { listedKinds } from '../../../support/views/everyView.ts';
import { Emitter } from '../../../../src/engine/base/emitter.ts';
import type { FeedChange } from '../../../../src/engine/read/store.ts';

useVscodeDouble();
const { RegisteredTree } = await import('../../../../src/ui/kit/registeredTree.ts');
const { RowTree } = await import('../../../../src/ui/kit/rowTree.ts');
const { Views } = await import('../../../../src/ui/kit/views.ts');

type Tree = InstanceType<typeof RowTree>;

/** What VS Code is given of a tree: it asks for each row. */
async function painted(
  tree: Tree,
  nodes: readonly Node[] = tree.getChildren(),
): Promise<readonly { readonly id: string; readonly label: string }[]> {
  const rows = nodes.map(async (node) => {
    const { id = '', label } = await tree.resolveTreeItem(tree.getTreeItem(node), node);
    const below = await painted(tree, tree.getChildren(node));
    return [{ id, label: typeof label === 'string' ? label : '' }, ...below];
  });
  return (await Promise.all(rows)).flat();
}

function show(model: ViewModel): Tree {
  const tree = new RowTree(new RegisteredTree('drDre.alerts'));
  tree.show(model);
  return tree;
}

/** What a row is known by. */
const nameOf = ({ record, id }: Row): string => record?.key ?? id;
const flat = (rows: readonly Row[]): readonly Row[] => rows.flatMap((row) => [row, ...flat(row.children ?? [])]);

/** The record with each of its values replaced by one that no service should send, one at a time. */
function* spoiled(record: object): Generator<readonly [path: string, record: object]> {
  for (const [name, value] of Object.entries(record) as [string, unknown][]) {
    if (typeof value === 'number' && name !== 'id' && name !== 'number') {
      for (const bad of [Number.NaN, 1e300, -1e300, Number.POSITIVE_INFINITY]) {
        yield [`${name}: ${bad}`, { ...record, [name]: bad }];
      }
    } else if (Array.isArray(value)) {
      yield [
        `${name}: twice`,
        { ...record, [name]: [...(value as readonly unknown[]), ...(value as readonly unknown[])] },
      ];
      for (const [index, item] of (value as readonly unknown[]).slice(0, 3).entries()) {
        if (typeof item !== 'object' || item === null) continue;
        for (const [path, bad] of spoiled(item)) {
          yield [`${name}.${path}`, { ...record, [name]: value.with(index, bad) }];
        }
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [path, bad] of spoiled(value)) yield [`${name}.${path}`, { ...record, [name]: bad }];
    }
  }
}

describe('a row that cannot be shown', () => {
  for (const { name, record, view } of listedKinds) {
    it(`leaves the others in their view, and has a text itself: ${name}`, async () => {
      const good = flat(view([record(1), record(3)]).rows).map(nameOf);
      for (const [path, bad] of spoiled(record(2))) {
        const model = view([record(1), bad, record(3)]);
        const shown = flat(model.rows).map(nameOf);
        // Groups have counts and states of their own; records are what must not be lost.
        for (const key of good.filter((each) => /1|3/.test(each) && !each.startsWith('heartbeats'))) {
          assert.ok(shown.includes(key), `${path}: ${key} is gone`);
        }
        for (const { label } of await painted(show(model))) assert.notEqual(label, '', path);
      }
    });

    it(`never has an id twice in its view, whatever the records are: ${name}`, async () => {
      for (const [path, bad] of [['the same record twice', record(1)] as const, ...spoiled(record(1))]) {
        const ids = (await painted(show(view([record(1), bad, record(3)])))).map(({ id }) => id);
        assert.deepEqual(
          ids.filter((id, index) => ids.indexOf(id) !== index),
          [],
          path,
        );
      }
    });
  }

  it('is counted in the message of the view, and the log has the reason once', async () => {
    const [kind] = listedKinds.filter(({ name }) => name === 'heartbeats');
    assert.ok(kind !== undefined);
    const heartbeats = [kind.record(0), { ...kind.record(1), intervalMs: 1e300 }];
    const tree = new RowTree(new RegisteredTree('drDre.alerts'));
    const log = memoryLog();
    const changes = new Emitter<FeedChange>(rethrow);
    const clock = new FakeClock();
    const definition = {
      id: 'drDre.alerts',
      feeds: ['alerts'],
      settings: [],
      load: async () => () => kind.view(heartbeats),
    };
    const trees = { trees: new Map([['drDre.alerts', tree]]), activatedAt: 0 };
    const views = new Views(trees, [definition], changes.event, clock, log);
    views.showAll();
    await clock.advance(10);
    views.repaint('drDre.alerts');
    await clock.advance(10);
    const labels = (await painted(tree)).map(({ label }) => label);
    assert.ok(labels.includes('heartbeat 0') && labels.includes("Can't show this row"), labels.join('\n'));
    assert.equal(log.lines.filter((line) => line.includes('heartbeat/heartbeat 1 cannot be shown')).length, 1);
    views.dispose();
  });

  it('says so too when only VS Code’s item of it cannot be made', async () => {
    const bad = { id: 'b', label: undefined, tokens: [] } as unknown as Row;
    const tree = show({ situation: 'rows', rows: [{ id: 'a', label: 'a', tokens: [] }, bad] });
    const failed: string[] = [];
    tree.onDidFail(({ id }) => failed.push(id));
    assert.deepEqual(await painted(tree), [
      { id: 'a', label: 'a' },
      { id: 'b', label: "Can't show this row" },
    ]);
    assert.deepEqual(failed, ['b']);
  });
});

describe('a view that cannot be made', () => {
  it('says so above the rows of before, which do not look fresh', async () => {
    const tree = new RowTree(new RegisteredTree('drDre.alerts'));
    const log = memoryLog();
    const clock = new FakeClock();
    let isBroken = false;
    const definition = {
      id: 'drDre.alerts',
      feeds: ['alerts'],
      settings: [],
      load: async () => (): ViewModel => {
        if (isBroken) throw new Error('a fault of ours');
        return { situation: 'rows', rows: [{ id: 'a', label: 'Subnet stalled', tokens: [] }], asOf: 'as of 13:50' };
      },
    };
    const changes = new Emitter<FeedChange>(rethrow);
    const trees = { trees: new Map([['drDre.alerts', tree]]), activatedAt: 0 };
    const views = new Views(trees, [definition], changes.event, clock, log);
    views.showAll();
    await clock.advance(10);
    assert.deepEqual(
      (await painted(tree)).map(({ label }) => label),
      ['Subnet stalled'],
    );
    isBroken = true;
    for (let repaint = 0; repaint < 3; repaint++) {
      views.repaint('drDre.alerts');
      await clock.advance(10);
    }
    assert.deepEqual(
      (await painted(tree)).map(({ label }) => label),
      ["Can't update this view", 'Subnet stalled'],
    );
    assert.equal(log.lines.filter((line) => line.includes('drDre.alerts could not be painted')).length, 1);
    isBroken = false;
    views.repaint('drDre.alerts');
    await clock.advance(10);
    assert.deepEqual(
      (await painted(tree)).map(({ label }) => label),
      ['Subnet stalled'],
    );
    views.dispose();
  });
});
