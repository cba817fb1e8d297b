import type { Element, ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toMdast } from 'hast-util-to-mdast';
import { outsideBlocks } from './outside.ts';
import { knownElements, silentElements } from './tags.ts';
import { lines, paragraph, type Block } from './tree.ts';

// HTML that somebody wrote, as parts of a document: what it says, never what it does.

/** An end tag, or a tag that has none. */
const telling = /<\/([a-z][a-z0-9]{0,9})>|<(br|hr|img)(?:\s[^<>]{0,2000})?\/?>/gi;

/** Whether a text is HTML, and not one in which a word stands in angle brackets. */
export function looksLikeHtml(text: string): boolean {
  for (const [, end, alone] of text.matchAll(telling)) {
    if (alone !== undefined || knownElements.has((end ?? '').toLowerCase())) return true;
  }
  return false;
}

/** Nodes nested deeper than any that a person wrote; parsing itself goes through any depth. */
const deepest = 60;

/** HTML as blocks. Its line ends stay: descriptions mix tags with lines. What is nested too deep is shown as written. */
export function htmlBlocks(html: string): Block[] {
  const tree = fromHtml(html, { fragment: true });
  if (depthOf(tree) > deepest) return [paragraph(...lines(html))];
  tree.children = tree.children.flatMap((child) => (child.type === 'doctype' ? [] : readable(child)));
  const found = toMdast(tree, { newlines: true, document: true });
  const blocks = found.type === 'root' ? found.children : [];
  return outsideBlocks(blocks, { keepsLines: true, html: (text) => [paragraph(...lines(text))] });
}

/** The depth of a tree, found without recursion. */
function depthOf(tree: Root): number {
  let depth = 0;
  let level: readonly (Root | Root['children'][number])[] = [tree];
  while (level.length > 0 && depth <= deepest) {
    level = level.flatMap((node) => ('children' in node ? node.children : []));
    depth += 1;
  }
  return depth;
}

/** A node without what is not for a reader; what is no element that is known becomes its words again. */
function readable(node: ElementContent): ElementContent[] {
  if (node.type === 'comment') return [];
  if (node.type === 'text') return [node];
  if (silentElements.has(node.tagName)) return [];
  const children = node.children.flatMap(readable);
  if (!knownElements.has(node.tagName)) return [{ type: 'text', value: `<${node.tagName}>` }, ...children];
  return [{ ...node, properties: kept(node), children }];
}

function kept({ tagName, properties }: Element): Element['properties'] {
  switch (tagName) {
    case 'a':
      return { href: properties['href'] };
    case 'img':
      return { src: properties['src'], alt: properties['alt'] };
    case 'ol':
      return { start: properties['start'] };
    default:
      return {};
  }
}
