import { readAdf, textOf, type AdfNode } from './node.ts';

/** The words of a document from Jira, and the addresses of its links, one block a line: to search, not to show. */
export function adfToText(document: unknown): string {
  if (typeof document === 'string') return document;
  const root = readAdf(document);
  return root === undefined ? '' : searchable(root);
}

function searchable(node: AdfNode): string {
  const addresses = [node.attrs['url'], ...node.marks.map((mark) => mark.attrs['href'])].map(textOf);
  const own = [node.text, textOf(node.attrs['text']), ...addresses].filter((part) => part !== '').join(' ');
  const isInline = node.type === 'text' || node.type === 'mention' || node.type === 'status' || node.type === 'emoji';
  return `${own}${node.content.map(searchable).join('')}${isInline && node.marks.length === 0 ? '' : '\n'}`;
}
