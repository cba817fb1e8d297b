import type { Element, ElementContent } from 'hast';
import { toMdast } from 'hast-util-to-mdast';
import { Parser } from 'htmlparser2';
import { outsideBlocks } from './outside.ts';
import { knownElements, hiddenElements } from './tags.ts';
import { lines, paragraph, type Block } from './tree.ts';

// HTML from outside, as parts of a document: its text and structure, nothing that runs or loads.

/** An end tag, or a tag that has none. */
const tag = /<\/([a-z][a-z0-9]{0,9})>|<(br|hr|img)(?:\s[^<>]{0,2000})?\/?>/gi;

/** Whether a text is HTML, and not one in which a word stands in angle brackets. */
export function looksLikeHtml(text: string): boolean {
  for (const [, end, alone] of text.matchAll(tag)) {
    if (alone !== undefined || knownElements.has((end ?? '').toLowerCase())) return true;
  }
  return false;
}

/** HTML as blocks. Its line ends stay: descriptions mix tags with lines. */
export function htmlBlocks(html: string): Block[] {
  const found = toMdast({ type: 'root', children: readHtml(html) }, { newlines: true, document: true });
  const blocks = found.type === 'root' ? found.children : [];
  return outsideBlocks(blocks, { keepsLines: true, html: (text) => [paragraph(lines(text))] });
}

/** Elements nested deeper than any that a person wrote lose their tags. */
const deepest = 40;

/** The elements that are for a reader. What is no element that is known becomes its words again. */
function readHtml(html: string): ElementContent[] {
  const root: ElementContent[] = [];
  const open: Element[] = [];
  let hiddenDepth = 0;
  const add = (node: ElementContent): void => void (open.at(-1)?.children ?? root).push(node);
  const parser = new Parser({
    onopentag(name, attributes) {
      if (hiddenElements.has(name)) hiddenDepth += 1;
      if (hiddenDepth > 0) return;
      if (!knownElements.has(name)) add({ type: 'text', value: `<${name}>` });
      else if (open.length < deepest) {
        const element: Element = { type: 'element', tagName: name, properties: kept(name, attributes), children: [] };
        add(element);
        open.push(element);
      }
    },
    ontext(value) {
      if (hiddenDepth === 0) add({ type: 'text', value });
    },
    onclosetag(name) {
      if (hiddenElements.has(name)) hiddenDepth -= 1;
      else if (hiddenDepth === 0 && open.at(-1)?.tagName === name) open.pop();
    },
  });
  parser.end(html);
  return root;
}

/** The attributes that hold text for a reader. */
function kept(name: string, attributes: Readonly<Record<string, string>>): Element['properties'] {
  switch (name) {
    case 'a':
      return { href: attributes['href'] };
    case 'img':
      return { src: attributes['src'], alt: attributes['alt'] };
    case 'ol':
      return { start: Number(attributes['start'] ?? 1) };
    default:
      return {};
  }
}
