import assert from 'node:assert/strict';
import { mergeNodes, type Merged, type Node } from '../../../../src/views/kit/nodes.ts';
import type { Row } from '../../../../src/views/kit/row.ts';

const row = (id: string, children?: readonly Row[], label = id): Row => ({
  id,
  label,
  tokens: [],
  children,
});

/**
 * What merging rows into those of before brought: the ids of the places to paint again, and whether the roots moved.
 */
function merge(old: readonly Node[], rows: readonly Row[]): Merged & { readonly dirty: readonly string[] } {
  const dirty: Node[] = [];
  const merged = mergeNodes(undefined, old, rows, dirty);
  return { ...merged, dirty: dirty.map((node) => node.row.id) };
}

const [a, b, c] = [row('a'), row('b'), row('c')];
const before = (): readonly Node[] => merge([], [row('P1', [a, b]), row('P2', [c])]).nodes;
const childrenOf = (nodes: readonly Node[], group: number): readonly Node[] => nodes[group]?.children ?? [];

describe('rows that replace earlier ones', () => {
  it('leave all alone when nothing is new', () => {
    const old = before();
    const { nodes, dirty, moved } = merge(old, [row('P1', [a, b]), row('P2', [c])]);
    assert.deepEqual([dirty, moved], [[], false]);
    assert.deepEqual(
      nodes.map((node, index) => node === old[index]),
      [true, true],
    );
  });

  it('paint again the one row that says something else, in its place', () => {
    const old = before();
    const [first, second] = childrenOf(old, 0);
    const { nodes, dirty, moved } = merge(old, [row('P1', [a, row('b', undefined, 'B')]), row('P2', [c])]);
    assert.deepEqual([dirty, moved], [['b'], false]);
    assert.equal(childrenOf(nodes, 0)[1], second, 'selection and expansion hang on the place');
    assert.equal(second?.row.label, 'B');
    assert.equal(childrenOf(nodes, 0)[0], first);
  });

  it('paint again the group in which one came, went or changed its order, and no other', () => {
    for (const [what, rows] of [
      ['added', [a, b, row('d')]],
      ['removed', [b]],
      ['reordered', [b, a]],
    ] as const) {
      const old = before();
      const kept = new Map(childrenOf(old, 0).map((node) => [node.row.id, node]));
      const { nodes, dirty, moved } = merge(old, [row('P1', rows), row('P2', [c])]);
      assert.deepEqual([dirty, moved], [['P1'], false], what);
      for (const node of childrenOf(nodes, 0)) {
        assert.equal(node, kept.get(node.row.id) ?? node, `${what}: ${node.row.id} keeps its place`);
        assert.equal(node.parent, nodes[0]);
      }
    }
  });

  it('name only the group when it changes itself: what is below it is painted with it', () => {
    const { dirty } = merge(before(), [row('P1', [a, row('b', undefined, 'B')], 'P1 critical'), row('P2', [c])]);
    assert.deepEqual(dirty, ['P1']);
  });

  it('say that groups came, went or changed their order', () => {
    assert.equal(merge(before(), [row('P1', [a, b])]).moved, true);
    assert.equal(merge(before(), [row('P2', [c]), row('P1', [a, b])]).moved, true);
    const old = before();
    const { nodes, moved } = merge(old, [row('P0', []), row('P1', [a, b]), row('P2', [c])]);
    assert.equal(moved, true);
    assert.deepEqual([nodes[1], nodes[2]], [old[0], old[1]]);
  });

  it('make a row anew that goes into another group', () => {
    const { dirty } = merge(before(), [row('P1', [a]), row('P2', [b, c])]);
    assert.deepEqual(dirty, ['P1', 'P2']);
  });
});
