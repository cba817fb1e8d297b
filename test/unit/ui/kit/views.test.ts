import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/engine/base/emitter.ts';
import type { Model } from '../../../../src/ui/kit/views.ts';
import type { FeedChange } from '../../../../src/engine/read/store.ts';
import type { Node } from '../../../../src/views/kit/nodes.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { RegisteredTree } = await import('../../../../src/ui/kit/registeredTree.ts');
const { RowTree } = await import('../../../../src/ui/kit/rowTree.ts');
const { Views } = await import('../../../../src/ui/kit/views.ts');

const id = 'drDre.ci';
const feed = 'pullRequests';
const row = (name: string, children?: readonly Row[]): Row => ({
  id: name,
  label: name,
  tokens: [],
  children,
});

/**
 * The window's side of a tree, as VS Code 1.139 is: it keeps what it was answered, and asks again when it is notified of a
 * change, except when that reaches it together with an answer, which it then takes for the new state.
 */
class WindowTree {
  shown: readonly string[] = [];
  /** How often it was notified of a change. */
  notified = 0;
  /** So many changes are missed from now on. */
  missed = 0;
  readonly #tree: InstanceType<typeof RowTree>;
  readonly #collapsed: ReadonlySet<string>;

  constructor(
    registered: InstanceType<typeof RegisteredTree>,
    tree: InstanceType<typeof RowTree>,
    collapsed: readonly string[] = [],
  ) {
    this.#tree = tree;
    this.#collapsed = new Set(collapsed);
    registered.onDidChangeTreeData((nodes) => {
      this.notified++;
      if (this.missed > 0) this.missed--;
      else if (tree.visible && nodes?.every((node) => this.#collapsed.has(node.row.id)) !== true) this.ask();
    });
  }

  ask(): void {
    this.shown = this.#below();
  }

  #below(node?: Node): readonly string[] {
    return this.#tree
      .getChildren(node)
      .flatMap((child) => [child.row.id, ...(this.#collapsed.has(child.row.id) ? [] : this.#below(child))]);
  }
}

describe('views whose window misses a change', () => {
  let rows: readonly Row[];
  let clock: FakeClock;
  let changes: Emitter<FeedChange>;
  let registered: InstanceType<typeof RegisteredTree>;
  let tree: InstanceType<typeof RowTree>;
  let views: InstanceType<typeof Views>;

  beforeEach(() => {
    rows = [];
    host.hidden.clear();
    clock = new FakeClock();
    changes = new Emitter<FeedChange>(rethrow);
    registered = new RegisteredTree(id);
    tree = new RowTree(registered);
    const definition = {
      id,
      feeds: [feed],
      settings: [],
      load: () => Promise.resolve(() => ({ situation: 'rows' as const, rows })),
    };
    views = new Views(
      { trees: new Map([[id, tree]]), activatedAt: clock.now() },
      [definition],
      changes.event,
      clock,
      memoryLog(),
    );
    views.showAll();
  });

  afterEach(() => views.dispose());

  async function read(next: readonly Row[]): Promise<void> {
    rows = next;
    changes.fire({ feed, added: [], changed: [], removed: [], status: true });
    await clock.advance(10);
  }

  it('show their first rows a second later, though they asked before there were any', async () => {
    const window = new WindowTree(registered, tree);
    window.ask();
    window.missed = 1;
    await read([row('a'), row('b')]);
    assert.deepEqual(window.shown, []);
    await clock.advance(1_000);
    assert.deepEqual(window.shown, ['a', 'b']);
  });

  it('show them in the end however often it misses them', async () => {
    const window = new WindowTree(registered, tree);
    window.missed = 4;
    await read([row('a')]);
    await clock.advance(60_000);
    assert.deepEqual(window.shown, ['a']);
  });

  it('show the rows that came into a group', async () => {
    const window = new WindowTree(registered, tree);
    await read([row('group', [row('a')])]);
    window.missed = 1;
    await read([row('group', [row('a'), row('b')])]);
    await clock.advance(1_000);
    assert.deepEqual(window.shown, ['group', 'a', 'b']);
  });

  it('are notified once more of a collapsed group, and of nothing that was asked for', async () => {
    const window = new WindowTree(registered, tree, ['group']);
    await read([row('group', [row('a')])]);
    await clock.advance(120_000);
    assert.equal(window.notified, 1);
    await read([row('group', [row('a'), row('b')])]);
    await clock.advance(120_000);
    assert.equal(window.notified, 3);
  });

  it('are notified when they become visible again', async () => {
    const window = new WindowTree(registered, tree);
    await read([row('a')]);
    window.missed = 1;
    await read([row('b')]);
    host.hidden.add(id);
    await clock.advance(60_000);
    assert.deepEqual(window.shown, ['a']);
    host.hidden.clear();
    host.visibility.fire(undefined);
    await clock.advance(1_010);
    assert.deepEqual(window.shown, ['b']);
  });
});

describe('views at the start', () => {
  it('are painted once those with a badge had their turn', async () => {
    host.hidden.clear();
    const clock = new FakeClock();
    const changes = new Emitter<FeedChange>(rethrow);
    const made: string[] = [];
    const definition = (name: string, badged: boolean, badgedLater = false) => ({
      id: name,
      feeds: [feed],
      settings: [],
      badged,
      badgedLater,
      load: () =>
        Promise.resolve(() => {
          made.push(name);
          return { situation: 'rows' as const, rows: [row(name)] };
        }),
    });
    const definitions = [
      definition('drDre.ci', false),
      definition('drDre.proposals', false, true),
      definition('drDre.week', false),
      definition('drDre.alerts', true),
    ];
    host.hidden.add('drDre.proposals').add('drDre.week');
    const trees = new Map(definitions.map((each) => [each.id, new RowTree(new RegisteredTree(each.id))]));
    const views = new Views({ trees, activatedAt: clock.now() }, definitions, changes.event, clock, memoryLog());
    await clock.advance(10);
    assert.deepEqual(made, [], 'nothing was brought from disk yet');
    changes.fire({ feed, added: [], changed: [], removed: [], status: true });
    await clock.advance(10);
    await views.firstRows;
    assert.deepEqual(made, ['drDre.alerts']);
    assert.equal(views.paints(feed), true);

    made.length = 0;
    views.showAll();
    await clock.advance(10);
    assert.deepEqual(made, ['drDre.ci', 'drDre.proposals'], 'its badge is seen while it is not');
    host.hidden.clear();
    views.dispose();
  });

  it('are painted at once when somebody waits for it, though what makes their rows takes long to load', async () => {
    host.hidden.clear();
    const clock = new FakeClock();
    const changes = new Emitter<FeedChange>(rethrow);
    const tree = new RowTree(new RegisteredTree(id));
    let finish: () => void = () => undefined;
    const load = () =>
      new Promise<Model>((resolve) => {
        finish = () => resolve(() => ({ situation: 'rows', rows: [row('a')] }));
      });
    const definition = { id, feeds: [feed], settings: [], badged: true, load };
    const trees = new Map([[id, tree]]);
    const views = new Views({ trees, activatedAt: clock.now() }, [definition], changes.event, clock, memoryLog());
    changes.fire({ feed, added: [], changed: [], removed: [], status: true });
    let isPainted = false;
    const painted = views.paintNow().then(() => {
      isPainted = true;
    });
    await clock.advance(1_000);
    assert.equal(isPainted, false);
    finish();
    await painted;
    assert.deepEqual(
      tree.getChildren().map((node) => node.row.id),
      ['a'],
    );
    views.dispose();
  });

  it('are all painted where nothing was on disk', async () => {
    host.hidden.clear();
    const clock = new FakeClock();
    const changes = new Emitter<FeedChange>(rethrow);
    const tree = new RowTree(new RegisteredTree(id));
    const load = () => Promise.resolve(() => ({ situation: 'rows' as const, rows: [row('a')] }));
    const definition = { id, feeds: [feed], settings: [], badged: true, load };
    const trees = new Map([[id, tree]]);
    const views = new Views({ trees, activatedAt: clock.now() }, [definition], changes.event, clock, memoryLog());
    views.showAll();
    await clock.advance(1);
    assert.deepEqual(
      tree.getChildren().map((node) => node.row.id),
      ['a'],
    );
    views.dispose();
  });

  it('show what was made last, though something made before it comes later', async () => {
    host.hidden.clear();
    const clock = new FakeClock();
    const changes = new Emitter<FeedChange>(rethrow);
    const loads: ((name: string) => void)[] = [];
    const definition = {
      id,
      feeds: [feed],
      settings: [],
      load: () =>
        new Promise<() => { situation: 'rows'; rows: readonly Row[] }>((resolve) => {
          loads.push((name) => resolve(() => ({ situation: 'rows', rows: [row(name)] })));
        }),
    };
    const tree = new RowTree(new RegisteredTree(id));
    const trees = new Map([[id, tree]]);
    const views = new Views({ trees, activatedAt: clock.now() }, [definition], changes.event, clock, memoryLog());
    views.showAll();
    views.remake(id);
    await clock.advance(10);
    const [first, second] = loads;
    second?.('new');
    await clock.advance(1);
    first?.('old');
    await clock.advance(1);
    views.repaint(id);
    await clock.advance(10);
    assert.deepEqual(
      tree.getChildren().map((node) => node.row.id),
      ['new'],
    );
    views.dispose();
  });
});
