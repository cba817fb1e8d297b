import type { Nodes } from 'mdast';

/** Deeper than any tree that is made here. */
const deepest = 200;

/** The words of a node without what marks them, a space between blocks. */
export function wordsOf(node: Nodes, depth = 0): string {
  if ('value' in node) return node.value;
  if (!('children' in node)) return 'alt' in node ? (node.alt ?? '') : node.type === 'break' ? ' ' : '';
  if (depth > deepest) return '';
  const separator = isLine(node) ? '' : ' ';
  return node.children.map((child) => wordsOf(child, depth + 1)).join(separator);
}

/** Whether the children of a node stand in one line. */
function isLine({ type }: Nodes): boolean {
  switch (type) {
    case 'paragraph':
    case 'heading':
    case 'tableCell':
    case 'link':
    case 'commandLink':
    case 'linkReference':
    case 'strong':
    case 'emphasis':
    case 'delete':
      return true;
    default:
      return false;
  }
}
