import { codeBlock, codeSpan, escapeMarkdown, safeLink } from './markdown.ts';

// Atlassian Document Format (atlassian.md 3.5) to Markdown. What is not known is shown by the text that it holds.

interface AdfNode {
  readonly type: string;
  readonly text: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly content: readonly AdfNode[];
  readonly marks: readonly AdfNode[];
}

/** A document from Jira as Markdown, everything in it escaped; empty for none. Plain text (old issues) is escaped. */
export function adfToMarkdown(document: unknown): string {
  if (typeof document === 'string') return document.split(/\r?\n/).map(escapeMarkdown).join('  \n');
  const root = readNode(document, 0);
  return root === undefined ? '' : blocksOf(root.content).trim();
}

/** The words of a document as they are, and the addresses of its links, one block a line: to search, not to show. */
export function adfToText(document: unknown): string {
  if (typeof document === 'string') return document;
  const root = readNode(document, 0);
  return root === undefined ? '' : searchable(root);
}

function searchable(node: AdfNode): string {
  const addresses = [node.attrs['url'], ...node.marks.map((mark) => mark.attrs['href'])].map(text);
  const own = [node.text, text(node.attrs['text']), ...addresses].filter((part) => part !== '').join(' ');
  const isInline = node.type === 'text' || node.type === 'mention' || node.type === 'status' || node.type === 'emoji';
  return `${own}${node.content.map(searchable).join('')}${isInline && node.marks.length === 0 ? '' : '\n'}`;
}

/** Deeper than any document that a person wrote; what lies below is left out. */
const deepest = 40;

function readNode(value: unknown, depth: number): AdfNode | undefined {
  if (typeof value !== 'object' || value === null || depth > deepest) return undefined;
  const { type, text, attrs, content, marks } = value as Partial<Record<keyof AdfNode, unknown>>;
  const list = (each: unknown): readonly AdfNode[] =>
    Array.isArray(each) ? each.map((item) => readNode(item, depth + 1)).filter((node) => node !== undefined) : [];
  return {
    type: typeof type === 'string' ? type : '',
    text: typeof text === 'string' ? text : '',
    attrs: typeof attrs === 'object' && attrs !== null ? (attrs as Record<string, unknown>) : {},
    content: list(content),
    marks: list(marks),
  };
}

function blocksOf(nodes: readonly AdfNode[]): string {
  return nodes
    .map(block)
    .filter((text) => text !== '')
    .join('\n\n');
}

function block(node: AdfNode): string {
  switch (node.type) {
    case 'paragraph':
      return inlines(node.content);
    case 'heading': {
      const level = Math.min(6, Math.max(1, Number(node.attrs['level']) || 1));
      // Below the headings of the document that it stands in.
      return `${'#'.repeat(Math.min(6, level + 2))} ${inlines(node.content)}`;
    }
    case 'bulletList':
      return list(node.content, () => '- ');
    case 'orderedList': {
      const first = Math.max(0, Math.floor(Number(node.attrs['order'] ?? 1)) || 0);
      return list(node.content, (index) => `${first + index}. `);
    }
    case 'taskList':
      return list(node.content, (_index, item) => (item.attrs['state'] === 'DONE' ? '- ☑ ' : '- ☐ '));
    case 'decisionList':
      return list(node.content, () => '- ◇ ');
    case 'codeBlock':
      return codeBlock(plain(node), text(node.attrs['language']));
    case 'blockquote':
      return quoted(blocksOf(node.content));
    case 'panel':
      return quoted(`**${escapeMarkdown(text(node.attrs['panelType']) || 'note')}**\n\n${blocksOf(node.content)}`);
    case 'expand':
    case 'nestedExpand':
      return `**${escapeMarkdown(text(node.attrs['title']))}**\n\n${blocksOf(node.content)}`;
    case 'rule':
      return '---';
    case 'table':
      return table(node.content);
    case 'mediaSingle':
    case 'mediaGroup':
    case 'media':
      return '_(attachment, see Jira)_';
    case 'text':
    case 'hardBreak':
    case 'mention':
    case 'emoji':
    case 'inlineCard':
    case 'blockCard':
    case 'date':
    case 'status':
      return inlines([node]);
    default:
      return node.content.length > 0 ? blocksOf(node.content) : escapeMarkdown(node.text);
  }
}

function list(items: readonly AdfNode[], marker: (index: number, item: AdfNode) => string): string {
  return items
    .map((item, index) => {
      // A task item holds its text directly, a list item holds blocks.
      const isInline = item.type === 'taskItem' || item.type === 'decisionItem';
      const body = isInline ? inlines(item.content) : blocksOf(item.content);
      const lead = marker(index, item);
      return `${lead}${body.replaceAll('\n', `\n${' '.repeat(lead.length)}`)}`;
    })
    .join('\n');
}

function quoted(body: string): string {
  return body
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function table(rows: readonly AdfNode[]): string {
  const cells = rows.map((row) => row.content.map((cell) => blocksOf(cell.content).replace(/\s*\n\s*/g, ' ')));
  const width = Math.max(0, ...cells.map((row) => row.length));
  if (width === 0) return '';
  const line = (row: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, column) => row[column] ?? '').join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), line(Array.from({ length: width }, () => '---')), ...body.map(line)].join('\n');
}

function inlines(nodes: readonly AdfNode[]): string {
  return nodes.map(inline).join('');
}

function inline(node: AdfNode): string {
  switch (node.type) {
    case 'text':
      return marked(node);
    case 'hardBreak':
      return '  \n';
    case 'mention':
      return `**${escapeMarkdown(text(node.attrs['text']) || '@somebody')}**`;
    case 'emoji':
      return escapeMarkdown(text(node.attrs['text']) || text(node.attrs['shortName']));
    case 'inlineCard':
    case 'blockCard': {
      const address = text(node.attrs['url']);
      const link = safeLink(address);
      return link === undefined ? escapeMarkdown(address) : `[${escapeMarkdown(address)}](<${link}>)`;
    }
    case 'date': {
      const instant = Number(node.attrs['timestamp']);
      return Number.isFinite(instant) && Math.abs(instant) < 8.64e15
        ? escapeMarkdown(new Date(instant).toISOString().slice(0, 10))
        : '';
    }
    case 'status':
      return `**${escapeMarkdown(text(node.attrs['text']))}**`;
    default:
      return node.content.length > 0 ? inlines(node.content) : escapeMarkdown(node.text);
  }
}

function marked(node: AdfNode): string {
  const has = (type: string): boolean => node.marks.some((mark) => mark.type === type);
  const body = has('code') ? codeSpan(node.text) : emphasised(node.text, has);
  const address = node.marks.find((mark) => mark.type === 'link')?.attrs['href'];
  const link = typeof address === 'string' ? safeLink(address) : undefined;
  return link === undefined ? body : `[${body}](<${link}>)`;
}

function emphasised(raw: string, has: (type: string) => boolean): string {
  const body = raw.split('\n').map(escapeMarkdown).join(' ');
  // Markdown knows no emphasis around spaces: they go outside.
  const [, before = '', core = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(body) ?? [];
  if (core === '') return body;
  const signs = `${has('strong') ? '**' : ''}${has('em') ? '_' : ''}${has('strike') ? '~~' : ''}`;
  return `${before}${signs}${core}${mirrored(signs)}${after}`;
}

/** The closing side of emphasis signs, which are ASCII. */
function mirrored(signs: string): string {
  let closing = '';
  for (const sign of signs) closing = `${sign}${closing}`;
  return closing;
}

function plain(node: AdfNode): string {
  return node.text + node.content.map(plain).join('');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
