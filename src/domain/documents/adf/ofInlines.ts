import type { Definition, PhrasingContent } from 'mdast';
import { sameJson, type AdfJson } from './json.ts';
import { keptNumber, mentionedAccount, type KeptPart } from './kept.ts';
import { wordsOf } from '../words.ts';

/** What is needed to read the parts of a line. */
export interface InlineReading {
  readonly source: string;
  readonly kept: readonly KeptPart[];
  /** The addresses that references name, by their identifiers. */
  readonly definitions: ReadonlyMap<string, Definition>;
}

/** Blocks that are kept aside, in the middle of a line. */
interface KeptBlocks {
  readonly blocks: readonly AdfJson[];
}
type AdfPart = AdfJson | KeptBlocks;

/** The parts of a line; neighbours with the same marks are one. */
export function adfInlines(nodes: readonly PhrasingContent[], reading: InlineReading): readonly AdfPart[] {
  const found: AdfPart[] = [];
  for (const part of nodes.flatMap((node) => inline(node, [], reading))) {
    const last = found.at(-1);
    if (
      'type' in part &&
      part.type === 'text' &&
      last !== undefined &&
      'type' in last &&
      last.type === 'text' &&
      sameJson(last.marks, part.marks)
    ) {
      found[found.length - 1] = { ...last, text: `${last.text ?? ''}${part.text ?? ''}` };
    } else found.push(part);
  }
  return found;
}

/** Paragraphs of the parts of a line, with the blocks that stand in it between them. */
export function paragraphs(parts: readonly AdfPart[]): AdfJson[] {
  const found: AdfJson[] = [];
  let line: AdfJson[] = [];
  const end = (): void => {
    // What is left of a line beside a block may be spaces alone.
    const isBlank = line.every(({ type, text = '' }) => type === 'text' && text.trim() === '');
    if (!isBlank) found.push({ type: 'paragraph', content: line });
    line = [];
  };
  for (const part of parts) {
    if ('type' in part) line.push(part);
    else {
      end();
      found.push(...part.blocks);
    }
  }
  if (found.length === 0 && line.length > 0) return [{ type: 'paragraph', content: line }];
  end();
  return found;
}

/** The blocks that stand in a line. */
export function blocksAmong(parts: readonly AdfPart[]): readonly AdfJson[] {
  return parts.flatMap((part) => ('type' in part ? [] : part.blocks));
}

/** Whether a piece of HTML is a line end. */
export function isBreak(html: string): boolean {
  return /^<br\s*\/?>$/i.test(html.trim());
}

function inline(node: PhrasingContent, marks: readonly AdfJson[], reading: InlineReading): AdfPart[] {
  const inner = (children: readonly PhrasingContent[], ...more: readonly AdfJson[]): AdfPart[] =>
    children.flatMap((child) => inline(child, withMarks(marks, more), reading));
  switch (node.type) {
    case 'text':
      // A line end in the text of a paragraph is a space, as the preview shows it.
      return textNode(node.value.replaceAll(/[ \t]*\n[ \t]*/g, ' '), marks);
    case 'strong':
      return inner(node.children, { type: 'strong' });
    case 'emphasis':
      return inner(node.children, { type: 'em' });
    case 'delete':
      return inner(node.children, { type: 'strike' });
    case 'inlineCode': {
      // A code takes no other marks than these.
      const fitting = marks.filter(({ type }) => type === 'link' || type === 'annotation');
      return textNode(node.value, [...fitting, { type: 'code' }]);
    }
    case 'link':
      return linked(node.url, node.title, node.children, marks, reading);
    case 'linkReference': {
      const to = reading.definitions.get(node.identifier);
      return to === undefined ? inner(node.children) : linked(to.url, to.title, node.children, marks, reading);
    }
    case 'image':
      return linked(node.url, undefined, [{ type: 'text', value: node.alt || node.url }], marks, reading);
    case 'imageReference': {
      const url = reading.definitions.get(node.identifier)?.url ?? '';
      return linked(url, undefined, [{ type: 'text', value: node.alt || url }], marks, reading);
    }
    case 'break':
      return [{ type: 'hardBreak' }];
    case 'html':
      if (isBreak(node.value)) return [{ type: 'hardBreak' }];
      return /^<!--[^]*-->$/.test(node.value) ? [] : textNode(node.value, marks);
    case 'footnoteReference':
      return textNode(`[^${node.label ?? node.identifier}]`, marks);
    case 'commandLink':
      return inner(node.children);
  }
}

function textNode(text: string, marks: readonly AdfJson[]): AdfPart[] {
  if (text === '') return [];
  return [marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks }];
}

function linked(
  url: string,
  title: string | null | undefined,
  children: readonly PhrasingContent[],
  marks: readonly AdfJson[],
  reading: InlineReading,
): AdfPart[] {
  const inner = (more: readonly AdfJson[]): AdfPart[] =>
    children.flatMap((child) => inline(child, withMarks(marks, more), reading));
  const kept = reading.kept[keptNumber(url) ?? -1];
  switch (kept?.kind) {
    case 'inlines':
      return [...kept.nodes];
    case 'blocks':
      return [{ blocks: kept.nodes }];
    case 'marks':
      return inner(kept.marks);
    case 'container':
      return inner([]);
    case undefined: {
      const id = mentionedAccount(url);
      const text = children.map((child) => wordsOf(child)).join('');
      if (id !== undefined) return [{ type: 'mention', attrs: { id, text } }];
      if (!/^(?:https?:\/\/|mailto:)\S+$/i.test(url)) return inner([]);
      return inner([{ type: 'link', attrs: typeof title === 'string' ? { href: url, title } : { href: url } }]);
    }
  }
}

/** Marks with more of them; of one type the outer one stays. */
function withMarks(marks: readonly AdfJson[], more: readonly AdfJson[]): readonly AdfJson[] {
  return [...marks, ...more.filter(({ type }) => !marks.some((mark) => mark.type === type))];
}
