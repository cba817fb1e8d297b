import type { Fields } from './http.ts';
import { isFields } from './http.ts';

// Atlassian documents (atlassian.md 3.5): what the service refuses, what it adds, and makers for the world's texts.

export type AdfNode = Fields;

const blocks = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'codeBlock',
  'blockquote',
  'rule',
  'panel',
  'table',
  'taskList',
  'decisionList',
  'expand',
  'blockCard',
  'embedCard',
  'mediaSingle',
  'mediaGroup',
  'extension',
  'bodiedExtension',
  'layoutSection',
];
const inlines = [
  'text',
  'hardBreak',
  'mention',
  'emoji',
  'inlineCard',
  'date',
  'status',
  'inlineExtension',
  'placeholder',
];
const paragraphs = ['paragraph'];
const listBlocks = ['paragraph', 'bulletList', 'orderedList', 'taskList', 'codeBlock', 'mediaSingle', 'extension'];
const nestable = blocks.filter((type) => type !== 'layoutSection' && type !== 'expand').concat('nestedExpand');

/** What a node may hold; undefined for a leaf, for which `content` is not read. */
const children: Readonly<Record<string, readonly string[]>> = {
  doc: blocks,
  paragraph: inlines,
  heading: inlines,
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  listItem: listBlocks,
  codeBlock: ['text'],
  blockquote: ['paragraph', 'bulletList', 'orderedList', 'codeBlock', 'mediaSingle', 'mediaGroup', 'extension'],
  panel: nestable.filter((type) => type !== 'panel' && type !== 'table' && type !== 'nestedExpand'),
  table: ['tableRow'],
  tableRow: ['tableCell', 'tableHeader'],
  tableCell: nestable,
  tableHeader: nestable,
  taskList: ['taskItem', 'taskList'],
  taskItem: inlines,
  decisionList: ['decisionItem'],
  decisionItem: inlines,
  expand: nestable,
  nestedExpand: paragraphs.concat(listBlocks),
};
const mustHold = new Set([
  'bulletList',
  'orderedList',
  'listItem',
  'blockquote',
  'table',
  'tableRow',
  'taskList',
  'expand',
  'panel',
]);

/** The attributes without which a node is refused. */
const attributes: Readonly<Record<string, (attrs: Fields) => boolean>> = {
  heading: ({ level }) => typeof level === 'number' && level >= 1 && level <= 6,
  panel: ({ panelType }) =>
    ['info', 'note', 'tip', 'warning', 'error', 'success', 'custom'].includes(panelType as string),
  mention: ({ id }) => typeof id === 'string',
  emoji: ({ shortName }) => typeof shortName === 'string',
  date: ({ timestamp }) => typeof timestamp === 'string' && timestamp !== '',
  status: ({ text, color }) => typeof text === 'string' && text !== '' && typeof color === 'string',
  taskList: ({ localId }) => typeof localId === 'string',
  taskItem: ({ localId, state }) => typeof localId === 'string' && (state === 'TODO' || state === 'DONE'),
  inlineCard: ({ url, data }) => typeof url === 'string' || data !== undefined,
};

const marks = [
  'strong',
  'em',
  'code',
  'strike',
  'underline',
  'link',
  'textColor',
  'backgroundColor',
  'subsup',
  'annotation',
];

/** Whether the service takes this as a document. */
export function isDocument(value: unknown): boolean {
  return (
    isFields(value) &&
    value['type'] === 'doc' &&
    value['version'] === 1 &&
    Array.isArray(value['content']) &&
    valid(value)
  );
}

function valid(node: Fields): boolean {
  const type = String(node['type']);
  const attrs = isFields(node['attrs']) ? node['attrs'] : {};
  if (attributes[type]?.(attrs) === false) return false;
  if (type === 'text') return validText(node);
  const allowed = children[type];
  if (allowed === undefined) return true;
  const content = node['content'];
  if (content === undefined) return !mustHold.has(type);
  if (!Array.isArray(content) || (content.length === 0 && mustHold.has(type))) return false;
  return content.every(
    (child) =>
      isFields(child) &&
      allowed.includes(String(child['type'])) &&
      valid(child) &&
      !(type === 'codeBlock' && Array.isArray(child['marks']) && child['marks'].length > 0),
  );
}

function validText(node: Fields): boolean {
  if (typeof node['text'] !== 'string' || node['text'] === '') return false;
  const used: unknown = node['marks'] ?? [];
  if (!Array.isArray(used) || !used.every((mark) => isFields(mark) && marks.includes(String(mark['type'])))) {
    return false;
  }
  const names = (used as Fields[]).map((mark) => mark['type']);
  // `code` goes with a link or an annotation only.
  return !names.includes('code') || names.every((name) => name === 'code' || name === 'link' || name === 'annotation');
}

const withLocalId = new Set([
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'codeBlock',
  'panel',
  'taskItem',
]);

/** The document as it is read back: with a `localId` on the nodes that may have one. */
export function withLocalIds(document: unknown, seed = 1): unknown {
  let number = seed;
  const visit = (node: unknown): unknown => {
    if (!isFields(node)) return node;
    const content = Array.isArray(node['content']) ? { content: node['content'].map(visit) } : {};
    if (!withLocalId.has(String(node['type']))) return { ...node, ...content };
    number = (Math.imul(number, 1_103_515_245) + 12_345) >>> 0;
    const attrs = isFields(node['attrs']) ? node['attrs'] : {};
    const localId = attrs['localId'] ?? number.toString(16).padStart(12, '0');
    return { ...node, ...content, attrs: { ...attrs, localId } };
  };
  return visit(document);
}

export const doc = (...content: AdfNode[]): AdfNode => ({ type: 'doc', version: 1, content });
export const text = (value: string, ...marked: (string | AdfNode)[]): AdfNode => ({
  type: 'text',
  text: value,
  marks: marked.length === 0 ? undefined : marked.map((mark) => (typeof mark === 'string' ? { type: mark } : mark)),
});
export const link = (href: string): AdfNode => ({ type: 'link', attrs: { href } });
export const mention = (id: string, name: string): AdfNode => ({ type: 'mention', attrs: { id, text: `@${name}` } });
export const paragraph = (...content: (string | AdfNode)[]): AdfNode => ({
  type: 'paragraph',
  content: content.map((each) => (typeof each === 'string' ? text(each) : each)),
});
export const heading = (level: number, value: string): AdfNode => ({
  type: 'heading',
  attrs: { level },
  content: [text(value)],
});
const items = (content: (string | AdfNode)[]): AdfNode[] =>
  content.map((each) => ({ type: 'listItem', content: [typeof each === 'string' ? paragraph(each) : each] }));
export const bullets = (...content: (string | AdfNode)[]): AdfNode => ({ type: 'bulletList', content: items(content) });
export const steps = (...content: (string | AdfNode)[]): AdfNode => ({
  type: 'orderedList',
  attrs: { order: 1 },
  content: items(content),
});
export const code = (language: string, value: string): AdfNode => ({
  type: 'codeBlock',
  attrs: { language },
  content: [text(value)],
});
export const panel = (panelType: string, ...content: AdfNode[]): AdfNode => ({
  type: 'panel',
  attrs: { panelType },
  content,
});
