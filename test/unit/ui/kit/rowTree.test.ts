import assert from 'node:assert/strict';
import type { Node } from '../../../../src/views/kit/nodes.ts';
import type { RecordRef, Row, ViewModel } from '../../../../src/views/kit/row.ts';
import { drawnHover } from '../../../support/ui/hoverOracle.ts';
import { host, window } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { RegisteredTree } = await import('../../../../src/ui/kit/registeredTree.ts');
const { RowTree } = await import('../../../../src/ui/kit/rowTree.ts');
const { plainHover, rowHover } = await import('../../../../src/ui/kit/hovers.ts');

const row = (id: string, more: Partial<Row> = {}): Row => ({ id, label: id, tokens: [], ...more });
const model = (rows: readonly Row[], more: Partial<ViewModel> = {}): ViewModel => ({
  situation: 'rows',
  rows,
  ...more,
});
const [a, b] = [row('a', { hover: ['Stalled', '**x** [y](command:z)'] }), row('b')];

/** A tree that shows two groups, and what it fires from then on: ids of rows, or `all`. */
function shown(): { tree: InstanceType<typeof RowTree>; fired: (readonly string[] | 'all')[] } {
  const registered = new RegisteredTree('drDre.alerts');
  const tree = new RowTree(registered);
  tree.show(model([row('P1', { children: [a, b] }), row('P2', { children: [row('c')] })]));
  const fired: (readonly string[] | 'all')[] = [];
  registered.onDidChangeTreeData((nodes) => fired.push(nodes === undefined ? 'all' : nodes.map((node) => node.row.id)));
  return { tree, fired };
}

function ids(tree: InstanceType<typeof RowTree>, nodes: readonly Node[] = tree.getChildren()): readonly unknown[] {
  return nodes.flatMap((node) => [tree.getTreeItem(node).id, ...ids(tree, tree.getChildren(node))]);
}

describe('a tree of rows', () => {
  it('fires for nothing when it is shown the same again', () => {
    const { tree, fired } = shown();
    tree.show(model([row('P1', { children: [a, b] }), row('P2', { children: [row('c')] })]));
    assert.deepEqual(fired, []);
  });

  it('fires for the changed row alone, whose id and place stay', () => {
    const { tree, fired } = shown();
    const place = tree.getChildren(tree.getChildren()[0])[1];
    tree.show(model([row('P1', { children: [a, row('b', { label: 'B' })] }), row('P2', { children: [row('c')] })]));
    assert.deepEqual(fired, [['b']]);
    assert.deepEqual(ids(tree), ['P1', 'a', 'b', 'P2', 'c']);
    assert.equal(tree.getChildren(tree.getChildren()[0])[1], place);
    assert.equal(place === undefined ? '' : tree.getTreeItem(place).label, 'B');
    assert.equal(place === undefined ? undefined : tree.getParent(place), tree.getChildren()[0]);
  });

  it('fires for all selected rows in their order when one changes, as VS Code would not show the rest as selected', () => {
    const { tree, fired } = shown();
    const [p1, p2] = tree.getChildren();
    const [first, second] = tree.getChildren(p1);
    const third = tree.getChildren(p2)[0];
    const show = (label: string): void =>
      tree.show(model([row('P1', { children: [a, row('b', { label })] }), row('P2', { children: [row('c')] })]));
    host.selected = [second];
    show('B');
    host.selected = [third, second, first, { row: row('gone'), parent: undefined, children: [] }];
    show('b again');
    assert.deepEqual(fired, [['b'], ['a', 'b', 'c']]);
    host.selected = [];
  });

  it('runs the command of the row that is selected when it is clicked, also while it is drawn anew', async () => {
    const tree = new RowTree(new RegisteredTree('drDre.alerts'));
    tree.show(model([row('a', { command: 'drDre.openRecord' }), row('b')]));
    const [first, second] = tree.getChildren();
    assert.ok(first !== undefined && second !== undefined);
    assert.deepEqual(tree.getTreeItem(first).command, { command: 'drDre.alerts.openRow', title: 'a' });
    assert.equal(tree.getTreeItem(second).command, undefined);
    host.executed.length = 0;
    for (const selected of [[first], [second], [first, second], []]) {
      host.selected = selected;
      await tree.openSelected();
    }
    assert.deepEqual(host.executed, [['drDre.openRecord', first]]);
    host.selected = [];
    tree.dispose();
  });

  it('has what needs a person beside its name, which is seen while the view is collapsed, too', () => {
    const { createTreeView } = window;
    const made: { title: string }[] = [];
    window.createTreeView = (id) => {
      const view = createTreeView(id);
      made.push(view);
      return view;
    };
    const tree = new RowTree(new RegisteredTree('drDre.alerts'));
    window.createTreeView = createTreeView;
    const titles = ['1 batch stuck', undefined].map((trouble) => {
      tree.show(model([a], { trouble }));
      return made[0]?.title;
    });
    assert.deepEqual(titles, ['drDre.alerts: 1 batch stuck', 'drDre.alerts']);
  });

  it('leaves the time of now out beside a name that takes the room for it, never one that is old', () => {
    const made: { description: string }[] = [];
    const { createTreeView } = window;
    window.createTreeView = (id) => {
      const view = createTreeView(id);
      made.push(view);
      return view;
    };
    const tree = new RowTree(new RegisteredTree('drDre.ci'));
    window.createTreeView = createTreeView;
    const beside = (more: Partial<ViewModel>): unknown => {
      tree.show(model([a], { asOf: 'as of 08:26', isCurrent: true, ...more }));
      return made[0]?.description;
    };
    const trouble = 'at least 13 need votes';
    assert.equal(beside({}), 'as of 08:26');
    assert.equal(beside({ trouble: '1 run', sideBarWidth: 400 }), 'as of 08:26');
    assert.equal(beside({ trouble, sideBarWidth: 400 }), '');
    assert.equal(beside({ trouble }), '');
    assert.equal(beside({ trouble, sideBarWidth: 560 }), 'as of 08:26');
    assert.equal(beside({ trouble, isCurrent: false }), 'as of 08:26');
  });

  it('is registered without rows, and has them once it is filled', async () => {
    const registered = new RegisteredTree('drDre.alerts');
    assert.deepEqual(registered.getChildren(), []);
    const tree = new RowTree(registered);
    assert.deepEqual(registered.getChildren(), []);
    tree.show(model([row('group', { children: [a] })]));
    const [group] = tree.getChildren();
    assert.ok(group !== undefined);
    const [inner] = group.children;
    assert.ok(inner !== undefined);
    assert.deepEqual(registered.getChildren(), [group]);
    assert.deepEqual(registered.getChildren(group), [inner]);
    assert.equal(registered.getParent(inner), group);
    const item = await registered.getTreeItem(inner);
    assert.equal(item.id, 'a');
    const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
    assert.notEqual((await registered.resolveTreeItem(item, inner, token))?.tooltip, undefined);
  });

  it('disposes of the rows of a start that failed when it is tried again, and keeps its name', async () => {
    const registered = new RegisteredTree('drDre.alerts');
    const former = new RowTree(registered);
    former.show(model([a], { trouble: '1 untaken' }));
    let isDisposed = false;
    former.dispose = () => {
      isDisposed = true;
    };
    const tree = new RowTree(registered);
    assert.ok(isDisposed, 'else its command would be there twice');
    tree.show(model([b]));
    assert.equal(registered.view.title, 'drDre.alerts');
    const [node] = tree.getChildren();
    assert.ok(node !== undefined);
    assert.equal((await registered.getTreeItem(node)).id, 'b');
  });

  it('fires for all rows when they are written for another width of the side bar, and shows more of them then', () => {
    const registered = new RegisteredTree('drDre.alerts');
    const tree = new RowTree(registered);
    const rows = [row('a', { description: `fact · ${'another fact of it · '.repeat(2)}the last` })];
    tree.show(model(rows, { sideBarWidth: 300 }));
    const fired: unknown[] = [];
    registered.onDidChangeTreeData((nodes) => fired.push(nodes));
    const painted = (): unknown => tree.getChildren().map((node) => tree.getTreeItem(node).description)[0];
    const narrow = painted();
    tree.show(model(rows, { sideBarWidth: 300 }));
    assert.deepEqual(fired, []);
    tree.show(model(rows, { sideBarWidth: 560 }));
    assert.deepEqual(fired, [undefined]);
    assert.match(String(narrow), / {4}/, 'what has no room begins further right');
    assert.doesNotMatch(String(painted()), / {4}/);
  });

  it('fires for the group in which a row came or went, and for all when a group did', () => {
    const { tree, fired } = shown();
    tree.show(model([row('P1', { children: [row('n'), a, b] }), row('P2', { children: [row('c')] })]));
    tree.show(model([row('P1', { children: [a, b] }), row('P2', { children: [row('c')] })]));
    tree.show(model([row('P1', { children: [a, b] })]));
    assert.deepEqual(fired, [['P1'], ['P1'], 'all']);
  });

  it('sets the situation in VS Code only when it is another one', () => {
    host.executed.length = 0;
    const { tree } = shown();
    tree.show(model([row('P1')]));
    tree.show(model([], { situation: 'notSignedIn' }));
    assert.deepEqual(host.executed, [
      ['setContext', 'drDre.alerts.situation', 'rows'],
      ['setContext', 'drDre.alerts.situation', 'notSignedIn'],
    ]);
  });

  it('selects one row for each record, though a heartbeat’s row stands for its alert too', async () => {
    const record = (key: string): RecordRef => ({ kind: 'alert', key });
    const tree = new RowTree(new RegisteredTree('drDre.alerts'));
    const alerts = ['x', 'y', 'z'].map((key) => row(`alert/${key}`, { record: record(key) }));
    const beat = row('heartbeat/h', { record: record('x') });
    tree.show(model([row('P1', { children: alerts }), row('heartbeats', { children: [beat] })]));
    host.revealed.length = 0;
    await tree.select(new Set(['x', 'z']), true);
    assert.deepEqual(
      host.revealed.map((node) => (node as Node).row.id),
      ['alert/x', 'alert/z'],
    );
  });

  it('has a text in each row, and no mark that turns or hides what stands beside it', () => {
    const tree = new RowTree(new RegisteredTree('drDre.alerts'));
    const labels = [
      'x \u202ereversed to the end',
      '\u202egnihton si gnorw\u202c [P5]',
      ' \u200b',
      '',
      '\u05e9\u05dc\u05d5\u05dd',
    ];
    tree.show(
      model(
        labels.map((label, index) => row(`${index}`, { label, description: `4 min ago\u2066`, spoken: label })),
        { message: 'Not all\u202e alerts' },
      ),
    );
    const items = tree.getChildren().map((node) => tree.getTreeItem(node));
    assert.deepEqual(
      items.map(({ label }) => label),
      [
        'x reversed to the end',
        'gnihton si gnorw [P5]',
        '(no name)',
        '(no name)',
        '\u2068\u05e9\u05dc\u05d5\u05dd\u2069',
      ],
    );
    assert.ok(items.every(({ description }) => description === '4 min ago'));
    assert.equal(items[0]?.accessibilityInformation?.label, 'x reversed to the end');
  });

  it('leaves a space where VS Code would cut a fact to a letter, as wide as the place of the row asks for', () => {
    const tree = new RowTree(new RegisteredTree('drDre.alerts'));
    const texts = { label: 'Rotate the keys of the…', description: 'you · 9d · blocked' };
    const children = [row('inner', texts)];
    tree.show(model([row('alone', texts), { ...row('group', { label: 'Group' }), children }]));
    const [alone, group] = tree.getChildren();
    const painted = [alone, ...(group === undefined ? [] : tree.getChildren(group))].map((node) =>
      node === undefined ? '' : `${tree.getTreeItem(node).description}`,
    );
    assert.deepEqual(
      painted.map((text) => text.replaceAll(/ {2,}/g, ' | ')),
      ['you · 9d | blocked', 'you · 9d | blocked'],
    );
    // A row further to the right has less room.
    assert.ok((painted[0]?.length ?? 0) > (painted[1]?.length ?? 0));
  });

  it('makes the hover when somebody hovers, of all its lines and as text', async () => {
    const { tree } = shown();
    const node = tree.getChildren(tree.getChildren()[0])[0] ?? assert.fail('there is no row');
    const item = tree.getTreeItem(node);
    assert.equal(item.tooltip, undefined);
    const { tooltip } = await tree.resolveTreeItem(item, node);
    assert.deepEqual(tooltip, await plainHover(['Stalled', '**x** [y](command:z)']));
    const text = typeof tooltip === 'object' ? tooltip.value : '';
    assert.equal(drawnHover(text).letters, 'Stalled**x**[y](command:z)');
    assert.deepEqual(drawnHover(text).links, []);
  });

  it('ends the hover with a link to the page, of https alone', async () => {
    const linksFor = async (page: string): Promise<readonly string[]> =>
      drawnHover((await rowHover({ hover: ['Stalled'], link: page, tokens: [] })).value).links;
    assert.deepEqual(await linksFor('https://x.example/a?b=c'), ['https://x.example/a?b=c']);
    assert.deepEqual(await linksFor('https://x.example/a>)[y](command:z)'), [
      'https://x.example/a%3E%29%5By%5D%28command:z%29',
    ]);
    for (const page of ['http://x.example/', 'command:workbench.action.quit', 'nothing']) {
      assert.deepEqual(await linksFor(page), []);
    }
  });
});
