import type { BlockContent, Link, ListItem, PhrasingContent, Root, RootContent, TableCell, TableRow } from 'mdast';

// Makes the trees (mdast) that documents are. Text from outside enters as text alone: whatever stands in it, it is shown
// as it is. `serialise.ts` writes a tree as Markdown.

/** A part of a line: a string stands for text. */
export type Inline = string | PhrasingContent;

/** A part of a document: a paragraph, a list, a table, … */
export type Block = RootContent;

/** A whole document. */
export type Document = Root;

/** A document of blocks; those that are undefined are left out. */
export function documentOf(...blocks: readonly (Block | readonly Block[] | undefined)[]): Document {
  return { type: 'root', children: blocks.flatMap((block) => block ?? []) };
}

/** One part, or several in a list, however many these are. */
type OneOrMore<T> = T | readonly T[];

/** Parts of a line as nodes. */
export function phrasing(...parts: readonly OneOrMore<Inline>[]): PhrasingContent[] {
  return parts.flat().map((part) => (typeof part === 'string' ? { type: 'text', value: part } : part));
}

export function paragraph(...parts: readonly OneOrMore<Inline>[]): BlockContent {
  return { type: 'paragraph', children: phrasing(...parts) };
}

/** A heading of a level from 1 to 6; others are taken for the nearest. */
export function heading(level: number, ...parts: readonly OneOrMore<Inline>[]): BlockContent {
  const depth = ([1, 2, 3, 4, 5] as const).find((each) => level <= each) ?? 6;
  return { type: 'heading', depth, children: phrasing(...parts) };
}

export function strong(...parts: readonly OneOrMore<Inline>[]): PhrasingContent {
  return { type: 'strong', children: phrasing(...parts) };
}

export function emphasis(...parts: readonly OneOrMore<Inline>[]): PhrasingContent {
  return { type: 'emphasis', children: phrasing(...parts) };
}

export function inlineCode(value: string): PhrasingContent {
  return { type: 'inlineCode', value };
}

/** A link. The caller makes sure that its address may be followed. */
export function link(url: string, ...parts: readonly OneOrMore<Inline>[]): Link {
  return { type: 'link', url, children: phrasing(...parts) };
}

/** A paragraph in emphasis: what we say in place of something. */
export function remark(...parts: readonly OneOrMore<Inline>[]): BlockContent {
  return paragraph(emphasis(...parts));
}

export function quote(...blocks: readonly OneOrMore<Block>[]): BlockContent {
  return { type: 'blockquote', children: blocks.flat().flatMap(asFlow) };
}

/** A bulleted list, or a numbered one that begins with `first`. */
export function list(items: readonly (readonly Block[])[], first?: number): BlockContent {
  const children = items.map((item): ListItem => ({ type: 'listItem', children: item.flatMap(asFlow) }));
  return first === undefined
    ? { type: 'list', ordered: false, children }
    : { type: 'list', ordered: true, start: first, children };
}

/** How a column of a table is aligned. */
export type Alignment = 'left' | 'right' | 'center' | null;

/** A table whose first row is its head. */
export function table(
  rows: readonly (readonly (readonly Inline[])[])[],
  align: readonly Alignment[] = [],
): BlockContent {
  return { type: 'table', align: [...align], children: rows.map(row) };
}

function row(cells: readonly (readonly Inline[])[]): TableRow {
  const children = cells.map((cell): TableCell => ({ type: 'tableCell', children: phrasing(...cell) }));
  return { type: 'tableRow', children };
}

/** Text as parts of one paragraph that keep its lines; of several empty ones, one. */
export function lines(text: string): PhrasingContent[] {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .split('\n')
    .flatMap((line, index) => (index === 0 ? phrasing(line) : [{ type: 'break' } as const, ...phrasing(line)]));
}

/** A block as content of a list item or a quote: a part of a line becomes a paragraph. */
function asFlow(block: Block): BlockContent[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
    case 'blockquote':
    case 'list':
    case 'code':
    case 'table':
    case 'thematicBreak':
    case 'html':
      return [block];
    case 'break':
    case 'commandLink':
    case 'delete':
    case 'emphasis':
    case 'image':
    case 'imageReference':
    case 'inlineCode':
    case 'link':
    case 'linkReference':
    case 'strong':
    case 'text':
    case 'footnoteReference':
      return [paragraph(block)];
    case 'definition':
    case 'footnoteDefinition':
    case 'listItem':
    case 'tableRow':
    case 'tableCell':
    case 'yaml':
      return [];
  }
}
