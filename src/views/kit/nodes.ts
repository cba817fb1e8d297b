import { samePlainData } from '../../engine/base/samePlainData.ts';
import type { Row } from './row.ts';

/** A place in a tree: keeps its identity while the row in it changes, so that selection and expansion stay. */
export interface Node {
  row: Row;
  readonly parent: Node | undefined;
  children: Node[];
}

/** What a merge made. */
export interface Merged {
  readonly nodes: Node[];
  /** Nodes came, went or changed their order. */
  readonly moved: boolean;
}

/**
 * Puts rows into the places of before: a row of the same id keeps its place. Places whose row is shown otherwise, or whose
 * children came, went or moved, are added to `dirty`; nothing below them needs to be.
 */
export function mergeNodes(
  parent: Node | undefined,
  old: readonly Node[],
  rows: readonly Row[],
  dirty: Node[],
): Merged {
  const known = new Map(old.map((node) => [node.row.id, node]));
  let moved = old.length !== rows.length;
  const nodes = rows.map((row, index) => {
    const node = known.get(row.id);
    if (old[index] !== node) moved = true;
    return node === undefined ? create(parent, row) : update(node, row, dirty);
  });
  return { nodes, moved };
}

function create(parent: Node | undefined, row: Row): Node {
  const node: Node = { row, parent, children: [] };
  node.children = (row.children ?? []).map((child) => create(node, child));
  return node;
}

function update(node: Node, row: Row, dirty: Node[]): Node {
  const before = node.row;
  if (before === row) return node;
  node.row = row;
  const below: Node[] = [];
  const merged = mergeNodes(node, node.children, row.children ?? [], below);
  node.children = merged.nodes;
  // Firing a node repaints what is below it as well.
  if (merged.moved || !sameFace(before, row)) dirty.push(node);
  else dirty.push(...below);
  return node;
}

/** Whether two rows are shown and behave the same, apart from their children. */
function sameFace(a: Row, b: Row): boolean {
  return samePlainData({ ...a, children: undefined }, { ...b, children: undefined });
}
