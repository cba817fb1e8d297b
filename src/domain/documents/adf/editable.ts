import type { BlockContent, PhrasingContent } from 'mdast';
import { editableInlines, type InlineWriting } from './editableInlines.ts';
import { fits, sameJson, type AdfJson, type AdfParent } from './json.ts';
import { keptLink, type KeptPart } from './kept.ts';
import { textOf } from './node.ts';
import { isPanelType, panelMark } from './panel.ts';
import { serialiseEditable } from '../serialise.ts';
import { list, paragraph, phrasing, quote, table } from '../tree.ts';

// A document of Jira as Markdown that a person edits. `blocks.ts` makes the one that is only read.

/** The blocks of a document as Markdown, one text for each, and what is kept aside in the order of its numbers. */
export interface Editable {
  readonly blocks: readonly string[];
  readonly kept: readonly KeptPart[];
}

/** A document as Markdown that a person can edit. What is kept of another one already has the same number in both. */
export function editable(document: AdfJson, known: readonly KeptPart[] = []): Editable {
  const kept: KeptPart[] = [...known];
  const writing = new Writing(kept);
  const blocks = (document.content ?? []).map((node) => serialiseEditable(writing.block(node, 'doc')));
  return { blocks, kept };
}

/** The whole of it, as a person sees it. */
export function markdownOf({ blocks }: Editable): string {
  let before = '';
  let whole = '';
  for (const block of blocks) {
    if (block === '') continue;
    // Without something between them, two lists would be one.
    const kind = listKind(block);
    const between = kind !== undefined && kind === listKind(before) ? '\n<!-- -->\n\n' : '\n';
    whole += before === '' ? block : `${between}${block}`;
    before = block;
  }
  return whole;
}

/** What a block that is a list begins with; undefined for other blocks. */
function listKind(block: string): string | undefined {
  return /^-(?=\s)/.exec(block)?.[0] ?? (/^\d+\.(?=\s)/.test(block) ? '1.' : undefined);
}

class Writing implements InlineWriting {
  readonly #kept: KeptPart[];
  /** What was kept before, each until it is met again. */
  readonly #known: (KeptPart | undefined)[];

  constructor(kept: KeptPart[]) {
    this.#kept = kept;
    this.#known = [...kept];
  }

  keep(kept: KeptPart): number {
    const at = this.#known.findIndex((each) => sameJson(each, kept));
    if (at < 0) return this.#kept.push(kept) - 1;
    this.#known[at] = undefined;
    return at;
  }

  block(node: AdfJson, parent: AdfParent): BlockContent[] {
    // What should not stand here is put back as it was, wherever the format allows it.
    if (!fits(node.type, parent)) return [this.#aside([node], parent)];
    const { attrs = {}, content = [] } = node;
    switch (node.type) {
      case 'paragraph':
        return content.length === 0 ? [] : [paragraph(editableInlines(content, this, 'paragraph'))];
      case 'heading': {
        const depth = ([1, 2, 3, 4, 5, 6] as const).find((each) => each === attrs['level']);
        if (depth === undefined) return [this.#aside([node], parent)];
        return [{ type: 'heading', depth, children: editableInlines(content, this, 'line') }];
      }
      case 'bulletList':
      case 'orderedList':
        return [this.#list(node, parent)];
      case 'taskList':
        return [this.#tasks(node) ?? this.#aside([node], parent)];
      case 'codeBlock':
        return [{ type: 'code', lang: textOf(attrs['language']) || null, value: content.map(ownText).join('') }];
      case 'blockquote':
        return [quote(this.#blocks(content, 'quote'))];
      case 'panel':
        return [this.#panel(node, parent)];
      case 'expand':
      case 'nestedExpand': {
        const title = textOf(attrs['title']);
        const number = this.keep({ kind: 'container', node });
        const first = paragraph(keptLink(number, title === '' ? 'Expand' : `Expand: ${oneLine(title)}`));
        return [quote(first, ...this.#blocks(content, node.type))];
      }
      case 'rule':
        return [{ type: 'thematicBreak' }];
      case 'table':
        return [this.#table(node) ?? this.#aside([node], parent)];
      default:
        return [this.#aside([node], parent)];
    }
  }

  #blocks(nodes: readonly AdfJson[], parent: AdfParent): BlockContent[] {
    return nodes.flatMap((node) => this.block(node, parent));
  }

  /** A paragraph that stands for blocks which Markdown cannot hold. */
  #aside(nodes: readonly AdfJson[], parent: AdfParent): BlockContent {
    const number = this.keep({ kind: 'blocks', nodes, parent });
    return paragraph(keptLink(number, nodes.map(nameOf).join(', ')));
  }

  #list(node: AdfJson, parent: AdfParent): BlockContent {
    const { attrs = {}, content = [] } = node;
    const order = attrs['order'] ?? 1;
    const isWhole = content.every(({ type }) => type === 'listItem') && content.length > 0;
    const isNumber = Number.isInteger(order) && Number(order) >= 0 && Number(order) + content.length < 1e9;
    if (!isWhole || !isNumber) return this.#aside([node], parent);
    const items = content.map((item) => this.#blocks(item.content ?? [], 'item'));
    return tight(list(items, node.type === 'orderedList' ? Number(order) : undefined));
  }

  /** A list of tasks. One among its items belongs to the item before it. Undefined where Markdown has no such list. */
  #tasks({ content = [] }: AdfJson): Extract<BlockContent, { type: 'list' }> | undefined {
    const items: { readonly checked: boolean; readonly children: BlockContent[] }[] = [];
    for (const { type, attrs = {}, content: words = [] } of content) {
      if (type === 'taskItem') {
        const parts = editableInlines(words, this, 'line');
        // Without a word Markdown takes it for no task.
        const shown = parts.length === 0 ? [keptLink(this.keep({ kind: 'inlines', nodes: [] }), 'empty')] : parts;
        items.push({ checked: attrs['state'] === 'DONE', children: [paragraph(shown)] });
        continue;
      }
      const last = items.at(-1);
      const inner =
        type === 'taskList' && last?.children.length === 1 ? this.#tasks({ type, content: words }) : undefined;
      if (inner === undefined) return undefined;
      last?.children.push(inner);
    }
    if (items.length === 0) return undefined;
    return tight({ type: 'list', children: items.map((item) => ({ type: 'listItem', ...item })) });
  }

  #panel(node: AdfJson, parent: AdfParent): BlockContent {
    const { attrs = {}, content = [] } = node;
    const { panelType } = attrs;
    if (!isPanelType(panelType)) return this.#aside([node], parent);
    const mark = panelMark(panelType);
    const [first, ...rest] = this.#blocks(content, 'panel');
    if (first?.type !== 'paragraph') {
      const blocks = first === undefined ? [] : [first, ...rest];
      return quote(paragraph({ type: 'html', value: mark }), ...blocks);
    }
    return quote(paragraph({ type: 'html', value: `${mark}\n` }, first.children), ...rest);
  }

  /** A table whose cells are all alike; undefined for one that Markdown has no form for. */
  #table({ content = [] }: AdfJson): BlockContent | undefined {
    const width = content[0]?.content?.length ?? 0;
    const isPlain = content.every(
      ({ type, content: cells = [] }) =>
        type === 'tableRow' &&
        cells.length === width &&
        cells.every(
          ({ type: kind, attrs = {} }) =>
            (kind === 'tableCell' || kind === 'tableHeader') &&
            (attrs['colspan'] ?? 1) === 1 &&
            (attrs['rowspan'] ?? 1) === 1,
        ),
    );
    if (width === 0 || !isPlain) return undefined;
    return table(content.map((row) => (row.content ?? []).map((cell) => this.#cell(cell.content ?? []))));
  }

  #cell(content: readonly AdfJson[]): PhrasingContent[] {
    const [only, another] = content;
    if (only === undefined) return [];
    if (another === undefined && only.type === 'paragraph') return editableInlines(only.content ?? [], this, 'line');
    const number = this.keep({ kind: 'blocks', nodes: content, parent: 'cell' });
    return phrasing(keptLink(number, oneLine(content.map(nameOf).join(', '))));
  }
}

/** Without blank lines where none are needed. */
function tight<T extends BlockContent>(node: T): T {
  if (node.type !== 'list') return node;
  const children = node.children.map((item) => ({
    ...item,
    spread: item.children.slice(1).some(({ type }) => type !== 'list'),
  }));
  return { ...node, children, spread: children.some(({ spread }) => spread) };
}

function ownText({ text = '' }: AdfJson): string {
  return text;
}

/** What a node that is kept aside is called. */
function nameOf({ type, attrs = {}, content = [] }: AdfJson): string {
  const [media] = content;
  const words = (...names: readonly string[]): string => {
    const found = names.map((name) => textOf(attrs[name])).find((word) => word !== '');
    return found === undefined ? '' : `: ${oneLine(found)}`;
  };
  switch (type) {
    case 'mediaSingle':
      return `Picture${media === undefined ? '' : alternative(media)}`;
    case 'mediaGroup':
      return `Attachments${content.map(alternative).join('')}`;
    case 'blockCard':
    case 'embedCard':
      return `Card${words('url')}`;
    case 'table':
      return 'Table';
    case 'bulletList':
    case 'orderedList':
      return 'List';
    case 'paragraph':
      return 'Text';
    default:
      return `${type === '' ? 'Something' : type}${words('title', 'text', 'extensionKey', 'url')}`;
  }
}

function alternative({ attrs = {} }: AdfJson): string {
  const name = textOf(attrs['alt']);
  return name === '' ? '' : `: ${oneLine(name)}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 120);
}
