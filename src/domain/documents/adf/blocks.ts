import type { PhrasingContent } from 'mdast';
import { httpsAddress } from '../../base/httpsAddress.ts';
import { addressLink } from '../addresses.ts';
import { readAdf, textOf, type AdfNode } from './node.ts';
import {
  emphasis,
  heading,
  inlineCode,
  lines,
  link,
  list,
  paragraph,
  phrasing,
  quote,
  remark,
  strong,
  table,
  type Block,
} from '../tree.ts';

// Atlassian Document Format (atlassian.md 3.5) as parts of a document. Of an unknown node its text is shown.

/** A document from Jira; nothing for none. Plain text (issues of before the format) keeps its lines. */
export function adfBlocks(document: unknown): Block[] {
  if (typeof document === 'string') return document.trim() === '' ? [] : [paragraph(lines(document))];
  const root = readAdf(document);
  return root === undefined ? [] : blocksOf(root.content);
}

function blocksOf(nodes: readonly AdfNode[]): Block[] {
  return nodes.flatMap(block);
}

function block(node: AdfNode): Block[] {
  const { attrs, content } = node;
  switch (node.type) {
    case 'paragraph':
    case 'caption':
      return [paragraph(inlines(content))];
    case 'heading':
      // Below the headings of the document that it stands in.
      return [heading((Number(attrs['level']) || 1) + 2, inlines(content))];
    case 'bulletList':
      return [list(content.map(item))];
    case 'orderedList':
      return [list(content.map(item), Number(attrs['order'] ?? 1))];
    case 'taskList':
    case 'decisionList':
      return [list(nested(content))];
    case 'codeBlock':
      return [{ type: 'code', lang: textOf(attrs['language']), value: plain(node) }];
    case 'blockquote':
      return [quote(blocksOf(content))];
    case 'panel':
      return [quote(paragraph(strong(panelName(attrs))), ...blocksOf(content))];
    case 'expand':
    case 'nestedExpand': {
      const title = textOf(attrs['title']);
      return [...(title === '' ? [] : [paragraph(strong(title))]), ...blocksOf(content)];
    }
    case 'rule':
      return [{ type: 'thematicBreak' }];
    case 'table':
      return [table(content.map((row) => row.content.map((cell) => cellLine(cell.content))))];
    case 'media':
    case 'mediaGroup':
    case 'mediaSingle':
      return media(node);
    default:
      return other(node);
  }
}

/** A node that is no block that is known: part of a line, what holds others, or something that has words at most. */
function other(node: AdfNode): Block[] {
  const part = inline(node);
  if (part !== undefined) return [paragraph(part)];
  if (node.content.length > 0) return blocksOf(node.content);
  const words = node.text || textOf(node.attrs['text']) || textOf(node.attrs['title']);
  if (words !== '') return [paragraph(words)];
  const address = textOf(node.attrs['url']);
  if (address !== '') return [paragraph(addressLink(address))];
  const name = textOf(node.attrs['extensionKey']) || node.type;
  return name === '' ? [] : [remark(`(${name}, see Jira)`)];
}

/** The kind of a panel: "Warning". */
function panelName({ panelType }: AdfNode['attrs']): string {
  return (textOf(panelType) || 'note').replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

/** A list item holds blocks, but the words of a task stand in it directly. */
function item({ content }: AdfNode): Block[] {
  return blocksOf(content);
}

/** The items of a list of tasks or decisions. A list among them belongs to the item before it. */
function nested(nodes: readonly AdfNode[]): Block[][] {
  const items: Block[][] = [];
  for (const node of nodes) {
    const last = items.at(-1);
    if (node.type !== 'taskList' && node.type !== 'decisionList') items.push(marked(node));
    else if (last === undefined) items.push(...nested(node.content));
    else last.push(...block(node));
  }
  return items;
}

function marked(node: AdfNode): Block[] {
  const sign = signOf(node);
  const blocks = node.content.some((child) => inline(child) === undefined);
  return blocks ? [paragraph(sign), ...blocksOf(node.content)] : [paragraph(sign, inlines(node.content))];
}

function signOf({ type, attrs }: AdfNode): string {
  if (type === 'decisionItem') return '◇ ';
  return attrs['state'] === 'DONE' ? '☑ ' : '☐ ';
}

/** Says that there is a picture or another file, and its name: it is shown in Jira alone. */
function media(node: AdfNode): Block[] {
  const noun = node.type === 'mediaGroup' ? 'Attachment' : 'Picture';
  const files = node.type === 'media' ? [node] : node.content.filter(({ type }) => type === 'media');
  const captions = node.content.filter(({ type }) => type !== 'media');
  return [...files.map((file) => paragraph(mediaLine(file, noun))), ...blocksOf(captions)];
}

function mediaLine({ attrs }: AdfNode, noun: string): PhrasingContent[] {
  const name = textOf(attrs['alt']);
  const address = textOf(attrs['url']);
  const said = emphasis(name === '' ? `${noun}, see Jira` : `${noun}, see Jira: ${name}`);
  return address === '' ? [said] : phrasing(said, ' ', addressLink(address));
}

/** The blocks of a cell in its one line. */
function cellLine(nodes: readonly AdfNode[]): PhrasingContent[] {
  return nodes.flatMap((node, index) => [...(index === 0 ? [] : phrasing(' ')), ...inCell(node)]);
}

function inCell(node: AdfNode): PhrasingContent[] {
  switch (node.type) {
    case 'codeBlock':
      return [inlineCode(plain(node))];
    case 'taskItem':
    case 'decisionItem':
      return [...phrasing(signOf(node)), ...cellLine(node.content)];
    case 'listItem':
      return [...phrasing('• '), ...cellLine(node.content)];
    case 'paragraph':
    case 'heading':
    case 'caption':
      return inlines(node.content);
    case 'media':
      return mediaLine(node, 'Picture');
    case 'expand':
    case 'nestedExpand':
    case 'panel': {
      const title = node.type === 'panel' ? panelName(node.attrs) : textOf(node.attrs['title']);
      return [...(title === '' ? [] : [strong(title), ...phrasing(' ')]), ...cellLine(node.content)];
    }
    default:
      return inline(node) ?? (node.content.length > 0 ? cellLine(node.content) : ownWords(node));
  }
}

function inlines(nodes: readonly AdfNode[]): PhrasingContent[] {
  return nodes.flatMap((node) => inline(node) ?? (node.content.length > 0 ? inlines(node.content) : ownWords(node)));
}

function ownWords(node: AdfNode): PhrasingContent[] {
  const words = node.text || textOf(node.attrs['text']);
  if (words !== '') return phrasing(words);
  const name = textOf(node.attrs['extensionKey']) || node.type;
  return name === '' ? [] : [emphasis(`(${name}, see Jira)`)];
}

/** A part of a line; undefined for what is none. */
function inline(node: AdfNode): PhrasingContent[] | undefined {
  const { attrs } = node;
  const words = textOf(attrs['text']);
  switch (node.type) {
    case 'text':
      return withMarks(node);
    case 'hardBreak':
      return [{ type: 'break' }];
    case 'mention':
      return [strong(words || '@somebody')];
    case 'emoji':
      return phrasing(words || textOf(attrs['shortName']));
    case 'status':
      return [strong(words)];
    case 'placeholder':
      return [emphasis(words)];
    case 'inlineCard':
    case 'blockCard':
    case 'embedCard':
      return [cardLink(attrs)];
    case 'mediaInline':
      return mediaLine(node, attrs['type'] === 'image' ? 'Picture' : 'Attachment');
    case 'date': {
      const instant = Number(attrs['timestamp']);
      return Number.isFinite(instant) && Math.abs(instant) < 8.64e15
        ? phrasing(new Date(instant).toISOString().slice(0, 10))
        : [];
    }
    default:
      return undefined;
  }
}

/** A card has an address, or the data of what it shows. */
function cardLink({ url, data }: AdfNode['attrs']): PhrasingContent {
  const shown = typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
  const address = textOf(url) || textOf(shown['url']);
  return address === '' ? emphasis(textOf(shown['name']) || '(card, see Jira)') : addressLink(address);
}

function withMarks(node: AdfNode): PhrasingContent[] {
  const markOf = (type: string): AdfNode | undefined => node.marks.find((mark) => mark.type === type);
  const has = (type: string): boolean => markOf(type) !== undefined;
  const shift = markOf('subsup')?.attrs['type'];
  const words = shift === 'sup' || shift === 'sub' ? shifted(node.text, shift) : node.text;
  let parts: PhrasingContent[] = has('code') ? [inlineCode(words)] : lines(words);
  if (has('strike')) parts = [{ type: 'delete', children: parts }];
  if (has('em')) parts = [emphasis(parts)];
  if (has('strong')) parts = [strong(parts)];
  const address = textOf(markOf('link')?.attrs['href']);
  if (address === '') return parts;
  const safe = httpsAddress(address);
  if (safe !== undefined) return [link(safe, parts)];
  // A link that may not be followed is shown as text.
  return address.endsWith(words) ? parts : [...parts, ...phrasing(` (${address})`)];
}

/** Markdown has no superscript: 10⁶ is written "10^6". */
function shifted(text: string, to: 'sup' | 'sub'): string {
  const sign = to === 'sup' ? '^' : '_';
  return /^[\p{L}\p{N}]*$/u.test(text) ? `${sign}${text}` : `${sign}(${text})`;
}

function plain(node: AdfNode): string {
  return node.type === 'hardBreak' ? '\n' : node.text + node.content.map(plain).join('');
}
