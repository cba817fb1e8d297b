import type { BlockContent, Blockquote, Definition, List, ListItem, PhrasingContent, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { adfInlines, blocksAmong, isBreak, paragraphs, type InlineReading } from './ofInlines.ts';
import { fits, withFittingMarks, type AdfJson, type AdfParent } from './json.ts';
import { keptNumber, type KeptPart } from './kept.ts';
import { panelIn } from './panel.ts';
import { markdownReading } from '../markdown.ts';

// Markdown that a person wrote, as a document for Jira: only what the format allows, where it allows it.

/** Markdown as a document for Jira. `kept`: what its links to `kept:` stand for. */
export function adfOfMarkdown(markdown: string, kept: readonly KeptPart[]): AdfJson {
  const source = markdown.replaceAll(/\r\n?/g, '\n');
  const { children } = fromMarkdown(source, markdownReading);
  const definitions = new Map<string, Definition>();
  for (const child of children) collect(child, definitions, 0);
  return { type: 'doc', version: 1, content: new Reading({ source, kept, definitions }).blocks(children, 'doc') };
}

/** How deep definitions are searched for. */
const deepest = 40;

function collect(node: RootContent, into: Map<string, Definition>, depth: number): void {
  // The first one of an identifier counts.
  if (node.type === 'definition' && !into.has(node.identifier)) into.set(node.identifier, node);
  if ('children' in node && depth < deepest) for (const child of node.children) collect(child, into, depth + 1);
}

class Reading {
  readonly #reading: InlineReading;
  /** Where blocks that are kept aside stood. */
  readonly #parents = new Map<AdfJson, AdfParent>();

  constructor(reading: InlineReading) {
    this.#reading = reading;
    for (const each of reading.kept) {
      if (each.kind === 'blocks') for (const node of each.nodes) this.#parents.set(node, each.parent);
    }
  }

  blocks(nodes: readonly RootContent[], parent: AdfParent): AdfJson[] {
    return nodes.flatMap((node) => this.#block(node, parent)).flatMap((node) => this.#fitted(node, parent));
  }

  /** A block as Jira takes it in this parent. What was kept aside from such a parent stays as it is. */
  #fitted(node: AdfJson, parent: AdfParent): AdfJson[] {
    if (this.#parents.get(node) === parent) return [node];
    if (fits(node.type, parent)) return [withFittingMarks(node, parent)];
    const { type, content = [] } = node;
    switch (type) {
      case 'heading':
        return [{ type: 'paragraph', content }];
      case 'rule':
        return [];
      case 'table':
      case 'tableRow':
      case 'tableHeader':
      case 'tableCell':
      case 'blockquote':
      case 'panel':
      case 'expand':
      case 'nestedExpand':
        return content.flatMap((child) => this.#fitted(child, parent));
      case 'taskList':
        return [{ type: 'bulletList', content: taskItems(node) }];
      default:
        return [{ type: 'paragraph', content: [{ type: 'text', text: `(${type})` }] }];
    }
  }

  #block(node: RootContent, parent: AdfParent): AdfJson[] {
    switch (node.type) {
      case 'paragraph':
        return paragraphs(this.#inlines(node.children));
      case 'heading': {
        const parts = this.#inlines(node.children);
        const words = parts.flatMap((part) => ('type' in part ? [part] : []));
        return [{ type: 'heading', attrs: { level: node.depth }, content: words }, ...blocksAmong(parts)];
      }
      case 'blockquote':
        return this.#quote(node);
      case 'list':
        return this.#list(node, parent);
      case 'code': {
        const language = [node.lang, node.meta].filter((word) => typeof word === 'string').join(' ');
        const content = node.value === '' ? [] : [{ type: 'text', text: node.value }];
        return [language === '' ? { type: 'codeBlock', content } : { type: 'codeBlock', attrs: { language }, content }];
      }
      case 'thematicBreak':
        return [{ type: 'rule' }];
      case 'table':
        return [this.#table(node)];
      case 'html':
        return isBreak(node.value) || !/^<!--[^]*-->$/.test(node.value) ? paragraphs(this.#inlines([node])) : [];
      case 'definition':
        return [];
      case 'footnoteDefinition':
      case 'listItem':
        return this.blocks(node.children, parent);
      case 'yaml':
        return [{ type: 'paragraph', content: [{ type: 'text', text: node.value }] }];
      case 'tableRow':
      case 'tableCell':
        return [];
      case 'text':
      case 'strong':
      case 'emphasis':
      case 'delete':
      case 'link':
      case 'linkReference':
      case 'image':
      case 'imageReference':
      case 'inlineCode':
      case 'break':
      case 'commandLink':
      case 'footnoteReference':
        return paragraphs(this.#inlines([node]));
    }
  }

  #inlines(nodes: readonly PhrasingContent[]): ReturnType<typeof adfInlines> {
    return adfInlines(nodes, this.#reading);
  }

  /** A quote, a panel whose kind stands before its words, or a block that is kept without what it contains. */
  #quote({ children }: Blockquote): AdfJson[] {
    const [first, ...rest] = children;
    const container = first === undefined ? undefined : this.#container(first);
    if (container !== undefined) {
      const parent = container.type === 'nestedExpand' ? 'nestedExpand' : 'expand';
      return [{ ...container, content: orEmpty(this.blocks(rest, parent)) }];
    }
    const panel = first === undefined ? undefined : this.#panel(first);
    if (panel !== undefined) {
      const content = orEmpty(this.blocks([...panel.first, ...rest], 'panel'));
      return [{ type: 'panel', attrs: { panelType: panel.type }, content }];
    }
    const content = this.blocks(children, 'quote');
    return content.length === 0 ? [] : [{ type: 'blockquote', content }];
  }

  #container(first: BlockContent | { readonly type: string }): AdfJson | undefined {
    if (!('children' in first) || first.type !== 'paragraph') return undefined;
    const [only, another] = first.children;
    if (only?.type !== 'link' || another !== undefined) return undefined;
    const kept = this.#reading.kept[keptNumber(only.url) ?? -1];
    return kept?.kind === 'container' ? kept.node : undefined;
  }

  #panel(first: RootContent): { readonly type: string; readonly first: RootContent[] } | undefined {
    if (first.type !== 'paragraph') return undefined;
    const [text, ...rest] = first.children;
    const at = text?.position?.start.offset;
    // One whose bracket is escaped is text.
    if (text?.type !== 'text' || at === undefined || this.#reading.source[at] !== '[') return undefined;
    const found = panelIn(text.value);
    if (found === undefined || (found.rest === '' && rest.length > 0 && !text.value.endsWith('\n'))) return undefined;
    const children = [...(found.rest === '' ? [] : [{ ...text, value: found.rest }]), ...rest];
    return { type: found.type, first: children.length === 0 ? [] : [{ type: 'paragraph', children }] };
  }

  #list({ ordered, start, children }: List, parent: AdfParent): AdfJson[] {
    if (ordered !== true && fits('taskList', parent) && children.every(isTask)) return [this.#tasks(children)];
    const items = children.map((item): AdfJson => {
      const content = this.blocks(item.children, 'item');
      return { type: 'listItem', content: orEmpty(isTask(item) ? signed(item, content) : content) };
    });
    if (ordered !== true) return [{ type: 'bulletList', content: items }];
    return [{ type: 'orderedList', attrs: { order: start ?? 1 }, content: items }];
  }

  #tasks(items: readonly ListItem[]): AdfJson {
    const content = items.flatMap((item): AdfJson[] => {
      const [words, lists]: [AdfJson[], AdfJson[]] = [[], []];
      for (const child of item.children) {
        if (child.type === 'list' && child.children.every(isTask)) lists.push(this.#tasks(child.children));
        else {
          const more = this.blocks([child], 'item').flatMap(inlinesOf);
          words.push(...(words.length > 0 && more.length > 0 ? [{ type: 'hardBreak' }] : []), ...more);
        }
      }
      const state = item.checked === true ? 'DONE' : 'TODO';
      return [{ type: 'taskItem', attrs: { localId: undefined, state }, content: words }, ...lists];
    });
    return { type: 'taskList', attrs: { localId: undefined }, content };
  }

  #table({ children: rows }: Table): AdfJson {
    const width = Math.max(...rows.map((row) => row.children.length));
    const content = rows.map((row, index): AdfJson => {
      const type = index === 0 ? 'tableHeader' : 'tableCell';
      const cells = row.children.map((cell): AdfJson => {
        const found = paragraphs(this.#inlines(cell.children));
        return { type, content: orEmpty(found.flatMap((node) => this.#fitted(node, 'cell'))) };
      });
      const missing = Array.from({ length: width - cells.length }, (): AdfJson => ({ type, content: orEmpty([]) }));
      return { type: 'tableRow', content: [...cells, ...missing] };
    });
    return { type: 'table', content };
  }
}

function isTask({ checked }: ListItem): boolean {
  return typeof checked === 'boolean';
}

/** The item of a list that is no list of tasks, with its box as text. */
function signed({ checked }: ListItem, content: readonly AdfJson[]): AdfJson[] {
  const box = { type: 'text', text: checked === true ? '[x] ' : '[ ] ' };
  const [first, ...rest] = content;
  if (first?.type !== 'paragraph') return [{ type: 'paragraph', content: [box] }, ...content];
  return [{ ...first, content: [box, ...(first.content ?? [])] }, ...rest];
}

/** Blocks that must hold at least one. */
function orEmpty(content: readonly AdfJson[]): readonly AdfJson[] {
  return content.length === 0 ? [{ type: 'paragraph', content: [] }] : content;
}

/** The items of tasks where no list of tasks can be, those of inner lists among them. */
function taskItems({ content = [] }: AdfJson): AdfJson[] {
  return content.flatMap((item): AdfJson[] => {
    if (item.type === 'taskList') return taskItems(item);
    return [{ type: 'listItem', content: [{ type: 'paragraph', content: inlinesOf(item) }] }];
  });
}

/** What stands in the line of a task, which holds no blocks. */
function inlinesOf({ type, content = [] }: AdfJson): readonly AdfJson[] {
  switch (type) {
    case 'paragraph':
    case 'taskItem':
      return content;
    case 'codeBlock':
      return content.map(({ text }) => ({ type: 'text', text, marks: [{ type: 'code' }] }));
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
    case 'listItem':
      return content.flatMap((child, index) => [...(index === 0 ? [] : [{ type: 'hardBreak' }]), ...inlinesOf(child)]);
    default:
      return [{ type: 'text', text: `(${type})` }];
  }
}
