import type { Definition, ListItem, PhrasingContent, TableRow } from 'mdast';
import { httpsAddress } from '../base/httpsAddress.ts';
import { addressLink, withAddresses } from './addresses.ts';
import { isKnownTag } from './tags.ts';
import { emphasis, heading, lines, link, list, paragraph, phrasing, quote, table, type Block } from './tree.ts';
import { wordsOf } from './words.ts';

// Reduces a tree that was read from outside text to what our documents may contain.

/** How the tree was read. */
interface OutsideForm {
  /** A line end in a text is shown as one: so in the HTML of alerts, not in Markdown. */
  readonly keepsLines: boolean;
  /** Blocks of HTML between blocks. */
  readonly html: (html: string) => Block[];
}

interface OutsideContext extends OutsideForm {
  /** The addresses that references of the text name, by their identifiers. */
  readonly definitions: ReadonlyMap<string, Definition>;
}

/**
 * Blocks from outside, below the headings of a document: pictures become links, https addresses links, other links
 * text with their address, and HTML its text.
 */
export function outsideBlocks(blocks: readonly Block[], reading: OutsideForm): Block[] {
  const definitions = new Map<string, Definition>();
  for (const block of blocks) collect(block, definitions, 0);
  const { keepsLines, html } = reading;
  return blocks.flatMap((block) => outside(block, { keepsLines, html, definitions }));
}

/** How deep definitions are searched for. */
const deepest = 40;

function collect(node: Block, into: Map<string, Definition>, depth: number): void {
  // The first one of an identifier counts.
  if (node.type === 'definition' && !into.has(node.identifier)) into.set(node.identifier, node);
  if ('children' in node && depth < deepest) for (const child of node.children) collect(child, into, depth + 1);
}

function outside(node: Block, context: OutsideContext): Block[] {
  const inner = (nodes: readonly PhrasingContent[]): PhrasingContent[] => inlines(nodes, context, false);
  switch (node.type) {
    case 'paragraph':
      return [paragraph(inner(node.children))];
    case 'heading':
      return [heading(node.depth + 2, inner(node.children))];
    case 'blockquote':
      return [quote(node.children.flatMap((child) => outside(child, context)))];
    case 'list': {
      const items = node.children.map((item) => listItem(item, context));
      return [list(items, node.ordered === true ? (node.start ?? 1) : undefined)];
    }
    case 'table': {
      const cells = ({ children }: TableRow): PhrasingContent[][] => children.map((cell) => inner(cell.children));
      return [table(node.children.map(cells), node.align ?? [])];
    }
    case 'html':
      return context.html(node.value);
    case 'code':
    case 'thematicBreak':
      return [node];
    case 'definition':
    case 'footnoteDefinition':
    case 'yaml':
    case 'listItem':
    case 'tableRow':
    case 'tableCell':
      return [];
    case 'break':
    case 'commandLink':
    case 'delete':
    case 'emphasis':
    case 'footnoteReference':
    case 'image':
    case 'imageReference':
    case 'inlineCode':
    case 'link':
    case 'linkReference':
    case 'strong':
    case 'text':
      return inner([node]);
  }
}

/** VS Code's preview draws no task boxes. */
function listItem({ checked, children }: ListItem, context: OutsideContext): Block[] {
  const blocks = children.flatMap((child) => outside(child, context));
  if (typeof checked !== 'boolean') return blocks;
  const sign = checked ? '☑ ' : '☐ ';
  const [first, ...rest] = blocks;
  return first?.type === 'paragraph' ? [paragraph(sign, first.children), ...rest] : [paragraph(sign), ...blocks];
}

function inlines(nodes: readonly PhrasingContent[], context: OutsideContext, inLink: boolean): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    switch (node.type) {
      case 'text': {
        const parts = inLink ? [node] : withAddresses(node.value);
        return context.keepsLines
          ? parts.flatMap((part) => (part.type === 'text' ? lines(part.value) : [part]))
          : parts;
      }
      case 'strong':
      case 'emphasis':
      case 'delete':
        return [{ type: node.type, children: inlines(node.children, context, inLink) }];
      case 'link':
        return checkedLink(node.url, inlines(node.children, context, true));
      case 'linkReference': {
        const url = context.definitions.get(node.identifier)?.url ?? '';
        return checkedLink(url, inlines(node.children, context, true));
      }
      case 'image':
        return picture(node.alt, node.url, inLink);
      case 'imageReference':
        return picture(node.alt, context.definitions.get(node.identifier)?.url ?? '', inLink);
      case 'html':
        return inlineHtml(node.value);
      case 'inlineCode':
      case 'break':
        return [node];
      case 'footnoteReference':
      case 'commandLink':
        return [];
    }
  });
}

/** A link where it may be followed and its words do not name another address; else its words, then the address. */
function checkedLink(url: string, words: PhrasingContent[]): PhrasingContent[] {
  const text = words.map((each) => wordsOf(each)).join('');
  if (url === '' || text === url || url === `mailto:${text}`) {
    return httpsAddress(url) === undefined ? words : [addressLink(url)];
  }
  if (text.trim() === '') return [addressLink(url)];
  const safe = httpsAddress(url);
  if (safe !== undefined && !/\/\/|www\./i.test(text)) return [link(safe, words)];
  return [...words, ...phrasing(' ('), addressLink(url), ...phrasing(')')];
}

function picture(alt: string | null | undefined, url: string, inLink: boolean): PhrasingContent[] {
  const name = alt?.trim() ?? '';
  const words = emphasis(name === '' ? 'Picture' : `Picture: ${name}`);
  return url === '' || inLink ? [words] : checkedLink(url, [words]);
}

/** One tag within a line: a line end, nothing, or words in angle brackets that are no tag. */
function inlineHtml(html: string): PhrasingContent[] {
  const name = /^<\/?([a-z][a-z0-9-]*)/i.exec(html)?.[1]?.toLowerCase();
  if (name === 'br') return [{ type: 'break' }];
  return name === undefined || isKnownTag(name) ? [] : phrasing(html);
}
