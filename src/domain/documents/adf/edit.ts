import { withAddresses } from '../addresses.ts';
import { editable, markdownOf } from './editable.ts';
import type { KeptPart } from './kept.ts';
import { adfDocument, emptyDocument, type AdfJson } from './json.ts';
import { mergeNode, mergeNodes, withoutEmpty } from './merge.ts';
import { adfOfMarkdown } from './ofMarkdown.ts';
import { wordsOf } from '../words.ts';

/**
 * A document as Markdown for a person to edit; undefined where it is no document. None at all is an empty text. `beside`:
 * the document that is edited beside it, in which the same things are named alike.
 */
export function adfToEdit(document: unknown, beside?: unknown): string | undefined {
  if (document === undefined || document === null) return '';
  const whole = adfDocument(document);
  return whole === undefined ? undefined : markdownOf(editable(whole, keptOf(beside)));
}

function keptOf(document: unknown): readonly KeptPart[] {
  const whole = adfDocument(document);
  return whole === undefined ? [] : editable(whole).kept;
}

/**
 * The document that an edited text stands for. What was not edited is as in the original, node by node. `newId` makes the
 * ids that the format requires of new tasks. `beside`: another document whose parts the text may name (`adfToEdit`).
 */
export function adfEdited(original: unknown, text: string, newId: () => string, beside?: unknown): AdfJson {
  const whole = adfDocument(original) ?? emptyDocument;
  const own = new Set<AdfJson>();
  collect(whole, own);
  const merged = merge(whole, text, own, adfDocument(beside) ?? emptyDocument);
  return own.has(merged)
    ? merged
    : { ...merged, content: (merged.content ?? []).flatMap((node) => finished(node, own, newId)) };
}

function merge(whole: AdfJson, text: string, own: ReadonlySet<AdfJson>, beside: AdfJson): AdfJson {
  const { blocks, kept } = editable(whole);
  const edited = adfOfMarkdown(text, editable(beside, kept).kept);
  const normal = adfOfMarkdown(markdownOf({ blocks, kept }), kept);
  const nodes = whole.content ?? [];
  const alone = blocks.map((block) => adfOfMarkdown(block, kept).content ?? []);
  // Each block is the same alone as among the others: it is known what became of it.
  const isCertain = JSON.stringify(alone.flat()) === JSON.stringify(normal.content);
  if (!isCertain || JSON.stringify(normal.content) === JSON.stringify(edited.content)) {
    return mergeNode(whole, normal, edited, own);
  }
  const groups = withoutEmpty(nodes.map((node, index) => ({ originals: [node], normals: alone[index] ?? [] })));
  // What cannot be seen stays behind what was written, where nothing can be seen.
  const unseen = groups.length === 0 ? nodes : [];
  return { ...whole, content: [...mergeNodes(groups, edited.content ?? [], own), ...unseen] };
}

function collect(node: AdfJson, into: Set<AdfJson>): void {
  into.add(node);
  for (const child of node.content ?? []) collect(child, into);
}

/** What a person wrote: its addresses are links, which Jira does not make of them, and its tasks get ids. */
function finished(node: AdfJson, own: ReadonlySet<AdfJson>, newId: () => string): AdfJson[] {
  if (own.has(node)) return [node];
  const { type, attrs, marks = [], text, content } = node;
  if (type === 'text' && text !== undefined && !marks.some((mark) => mark.type === 'link' || mark.type === 'code')) {
    return linked(node, text);
  }
  const isNew = attrs !== undefined && 'localId' in attrs && attrs['localId'] === undefined;
  const inner = type === 'codeBlock' ? content : content?.flatMap((child) => finished(child, own, newId));
  const withId = isNew ? { ...node, attrs: { ...attrs, localId: newId() } } : node;
  return [inner === undefined ? withId : { ...withId, content: inner }];
}

function linked(node: AdfJson, text: string): AdfJson[] {
  const parts = withAddresses(text).filter((part) => wordsOf(part) !== '');
  return parts.map((part) => {
    if (part.type !== 'link') return { ...node, text: wordsOf(part) };
    return {
      ...node,
      text: wordsOf(part),
      marks: [...(node.marks ?? []), { type: 'link', attrs: { href: part.url } }],
    };
  });
}
