import type { BlockContent, ListItem, PhrasingContent, RootContent, TableCell, TableRow } from 'mdast';
import { wordsOf } from './words.ts';
import { asText, codeText, oneSpace } from './text.ts';
import type { Document } from './tree.ts';

// Prepares any tree for Markdown: only nodes that VS Code's preview shows as intended are left.

/** Deeper than what a person writes. What lies below is shown as its words; markdown-it shows nothing from 100 on. */
const deepest = 16;

/** Addresses that a document may link to: of the web, and of our own records. */
const followable = /^(?:https?:\/\/|vscode:\/\/dfinity\.dr-dre\/)[^\s]+$/i;

/** The largest number that an item of a list can have in Markdown. */
const largestNumber = 999_999_999;

/**
 * A document as it is written: text is well-formed, without control characters and marks that turn its direction;
 * neighbours with the same marks are one; code has no language, and is text in a link; what Markdown cannot hold is text.
 */
export function tidy({ children }: Document): Document {
  return { type: 'root', children: blocks(children, 0) };
}

function blocks(nodes: readonly RootContent[], depth: number): BlockContent[] {
  const found: BlockContent[] = [];
  let line: PhrasingContent[] = [];
  const endLine = (): void => {
    found.push(...paragraph(line));
    line = [];
  };
  for (const node of nodes) {
    if (isPhrasing(node)) line.push(node);
    else {
      endLine();
      found.push(...block(node, depth));
    }
  }
  endLine();
  return found;
}

type FlowNode = Exclude<RootContent, PhrasingContent> | Extract<RootContent, { type: 'html' }>;

function block(node: FlowNode, depth: number): BlockContent[] {
  if (depth > deepest) return paragraph([{ type: 'text', value: wordsOf(node) }]);
  switch (node.type) {
    case 'paragraph':
      return paragraph(node.children);
    case 'heading':
      return filled({ type: 'heading', depth: node.depth, children: inline(node.children, 'oneLine') });
    case 'blockquote':
      return filled({ type: 'blockquote', children: blocks(node.children, depth + 1) });
    case 'list':
      return list(node.children, node.ordered === true ? (node.start ?? 1) : undefined, depth);
    case 'code':
      // VS Code gives a language colors that cannot be read on the light high contrast theme, and draws `mermaid` and `math`.
      return [{ type: 'code', value: codeText(node.value) }];
    case 'thematicBreak':
      return [{ type: 'thematicBreak' }];
    case 'table':
      return table(node.children, node.align ?? []);
    case 'html':
    case 'yaml':
      return paragraph([{ type: 'text', value: node.value }]);
    case 'definition':
      return [];
    case 'footnoteDefinition':
    case 'listItem':
      return blocks(node.children, depth);
    case 'tableRow':
    case 'tableCell':
      return paragraph([{ type: 'text', value: wordsOf(node) }]);
  }
}

function filled<T extends BlockContent & { readonly children: readonly unknown[] }>(node: T): T[] {
  return node.children.length === 0 ? [] : [node];
}

function paragraph(nodes: readonly PhrasingContent[]): BlockContent[] {
  const found: BlockContent[] = [];
  let line: PhrasingContent[] = [];
  let breaks = 0;
  const end = (): void => {
    found.push(...filled({ type: 'paragraph', children: inline(line, 'paragraph') }));
    line = [];
    breaks = 0;
  };
  for (const node of nodes) {
    line.push(node);
    if (node.type === 'break') breaks += 1;
    if (breaks === mostLines) end();
  }
  end();
  return found;
}

function list(items: readonly ListItem[], first: number | undefined, depth: number): BlockContent[] {
  const children = items
    // Two levels: VS Code counts the list and the item.
    .map(({ children: content }): ListItem => ({
      type: 'listItem',
      spread: false,
      children: blocks(content, depth + 2),
    }))
    .filter(({ children: content }) => content.length > 0);
  if (children.length === 0) return [];
  // Without blank lines between its blocks, a paragraph after another one would go on with its line.
  const spread = children.some(({ children: content }) => content.slice(1).some(({ type }) => type !== 'list'));
  for (const item of children) item.spread = spread;
  if (first === undefined) return [{ type: 'list', ordered: false, spread, children }];
  const start = Math.min(Math.max(0, Math.floor(first) || 0), largestNumber - children.length);
  return [{ type: 'list', ordered: true, start, spread, children }];
}

function table(rows: readonly TableRow[], align: readonly ('left' | 'right' | 'center' | null)[]): BlockContent[] {
  const width = Math.max(0, ...rows.map(({ children }) => children.length));
  if (width === 0) return [];
  const cell = (node: TableCell | undefined): TableCell => ({
    type: 'tableCell',
    children: inline(node?.children ?? [], 'oneLine'),
  });
  const children = rows.map((row): TableRow => ({
    type: 'tableRow',
    children: Array.from({ length: width }, (_, index) => cell(row.children[index])),
  }));
  return [{ type: 'table', align: Array.from({ length: width }, (_, index) => align[index] ?? null), children }];
}

/** A paragraph of more lines goes on in another one: the time to write one grows with the square of its lines. */
const mostLines = 500;

type TextMark = Extract<PhrasingContent, { type: 'strong' | 'emphasis' | 'delete' | 'link' }>;

function inline(nodes: readonly PhrasingContent[], place: 'paragraph' | 'oneLine'): PhrasingContent[] {
  const merged = joined(nodes.flatMap((node) => simplified(node, new Set(), 0)));
  const spaced = spacedOut(merged, { place, atStart: true }, true);
  trimEnd(spaced);
  return spaced;
}

/** A node with what it may hold: no mark within its like, no picture, no address that may not be followed. */
function simplified(node: PhrasingContent, within: ReadonlySet<string>, depth: number): PhrasingContent[] {
  const text = (value: string): PhrasingContent[] => [{ type: 'text', value: asText(value) }];
  switch (node.type) {
    case 'text':
    case 'html':
      return text(node.value);
    case 'inlineCode': {
      const code = oneSpace(asText(node.value));
      // On the light high contrast theme, links and the ground of code have the same color.
      if (within.has('link')) return text(code);
      // Markdown takes a space away from both ends of code: what is beside it would be one word with it.
      return [
        ...(/^\s/.test(code) ? text(' ') : []),
        { type: 'inlineCode', value: code.trim() },
        ...(/\s$/.test(code) ? text(' ') : []),
      ];
    }
    case 'break':
      return [{ type: 'break' }];
    case 'strong':
    case 'emphasis':
    case 'delete':
    case 'link': {
      if (depth > deepest) return text(wordsOf(node));
      const inner = new Set([...within, node.type]);
      const children = node.children.flatMap((child) => simplified(child, inner, depth + 1));
      if (within.has(node.type)) return children;
      if (node.type !== 'link') return [{ type: node.type, children }];
      return followable.test(node.url) ? [{ type: 'link', url: addressOf(node.url), children }] : children;
    }
    case 'linkReference':
      return node.children.flatMap((child) => simplified(child, within, depth + 1));
    case 'commandLink':
      return within.has('link')
        ? text(wordsOf(node))
        : [{ ...node, children: [{ type: 'text', value: wordsOf(node) }] }];
    case 'image':
    case 'imageReference':
    case 'footnoteReference':
      return text(wordsOf(node));
  }
}

function addressOf(url: string): string {
  return asText(url).replaceAll(/[<>\\`|[\]]/g, encodeURIComponent);
}

/** Neighbours of one kind as one: Markdown has no end of a mark where the same one begins. */
function joined(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const found: PhrasingContent[] = [];
  for (const node of nodes) {
    const last = found.at(-1);
    if (isMark(node) && last?.type === node.type && (node.type !== 'link' || node.url === (last as typeof node).url)) {
      for (const child of node.children) last.children.push(child);
    } else if ((node.type === 'text' || node.type === 'inlineCode') && last?.type === node.type) {
      last.value += node.value;
    } else found.push(node);
  }
  for (const node of found) if (isMark(node)) node.children = joined(node.children);
  return found.filter((node) => (isMark(node) ? node.children.length > 0 : !('value' in node) || node.value !== ''));
}

interface Spacing {
  readonly place: 'paragraph' | 'oneLine';
  /** Nothing but spaces was seen on this line. */
  atStart: boolean;
}

/** More spaces do not help a reader. */
const mostIndentation = 16;

/** Spaces as they are shown: those that begin a line stay where lines are kept, all others are one. */
function spacedOut(nodes: readonly PhrasingContent[], state: Spacing, isOutermost: boolean): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    if (isMark(node)) {
      const children = spacedOut(node.children, state, false);
      return children.length === 0 ? [] : [{ ...node, children }];
    }
    if (node.type === 'break') {
      if (state.place === 'oneLine') return state.atStart ? [] : [{ type: 'text', value: ' ' }];
      state.atStart = true;
      return [node];
    }
    if (node.type !== 'text') {
      state.atStart = false;
      return [node];
    }
    if (!state.atStart) return [{ type: 'text', value: oneSpace(node.value) }];
    const text = node.value.trimStart();
    if (text === '') return [];
    state.atStart = false;
    const indentation = isOutermost && state.place === 'paragraph' ? node.value.length - text.length : 0;
    return [{ type: 'text', value: '\u00a0'.repeat(Math.min(indentation, mostIndentation)) + oneSpace(text) }];
  });
}

/** Takes spaces and breaks away from the end of a line. */
function trimEnd(nodes: PhrasingContent[]): void {
  for (let last = nodes.at(-1); last !== undefined; last = nodes.at(-1)) {
    if (isMark(last)) {
      trimEnd(last.children);
      if (last.children.length > 0) return;
    } else if (last.type === 'text') {
      last.value = last.value.trimEnd();
      if (last.value !== '') return;
    } else if (last.type !== 'break') return;
    nodes.pop();
  }
}

function isMark(node: PhrasingContent): node is TextMark {
  return node.type === 'strong' || node.type === 'emphasis' || node.type === 'delete' || node.type === 'link';
}

const phrasingTypes: ReadonlySet<string> = new Set<PhrasingContent['type']>([
  'break',
  'commandLink',
  'delete',
  'emphasis',
  'footnoteReference',
  'image',
  'imageReference',
  'inlineCode',
  'link',
  'linkReference',
  'strong',
  'text',
]);

/** HTML stands in lines and between them: here it counts as a block, which shows it as text all the same. */
function isPhrasing(node: RootContent): node is Exclude<PhrasingContent, { type: 'html' }> {
  return phrasingTypes.has(node.type);
}
