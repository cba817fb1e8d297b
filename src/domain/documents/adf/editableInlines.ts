import type { PhrasingContent } from 'mdast';
import type { AdfJson } from './json.ts';
import { keptLink, mentionAddress, type KeptPart } from './kept.ts';
import { textOf } from './node.ts';
import { emphasis, inlineCode, link, strong } from '../tree.ts';

/** Takes what is kept aside, and gives its number. */
export interface InlineWriting {
  keep(kept: KeptPart): number;
}

/** What stands around a part of a line: neighbours that have the same are written in one. */
interface Wrap {
  readonly key: string;
  readonly around: (children: PhrasingContent[]) => PhrasingContent;
}

interface EditablePart {
  readonly node: PhrasingContent;
  readonly wraps: readonly Wrap[];
}

/** The parts of a line. A `line` cannot be broken in Markdown, other than by a tag. */
export function editableInlines(
  nodes: readonly AdfJson[],
  writing: InlineWriting,
  form: 'paragraph' | 'line',
): PhrasingContent[] {
  const parts = nodes.flatMap((node, index): EditablePart[] => {
    if (node.type === 'hardBreak') {
      const [before, after] = [nodes[index - 1], nodes[index + 1]];
      const isBetween = before !== undefined && after !== undefined && isWord(before) && isWord(after);
      return [
        { node: isBetween && form === 'paragraph' ? { type: 'break' } : { type: 'html', value: '<br>' }, wraps: [] },
      ];
    }
    return inline(node, writing);
  });
  return wrapped(parts);
}

/** Neither a break, nor something with a space at its end that would vanish beside one. */
function isWord({ type, text = 'x' }: AdfJson): boolean {
  return type !== 'hardBreak' && text.trim() === text && text !== '';
}

function inline(node: AdfJson, writing: InlineWriting): EditablePart[] {
  const { type, attrs = {}, marks = [], text = '' } = node;
  if (type === 'text') return text === '' ? [] : [textPart(text, marks, writing)];
  if (type === 'mention' && marks.length === 0) {
    const address = mentionAddress(textOf(attrs['id']));
    if (address !== undefined) {
      return [{ node: link(address, words(textOf(attrs['text']) || '@somebody')), wraps: [] }];
    }
  }
  return [{ node: keptLink(writing.keep({ kind: 'inlines', nodes: [node] }), words(nameOf(node))), wraps: [] }];
}

function textPart(text: string, marks: readonly AdfJson[], writing: InlineWriting): EditablePart {
  const of = (type: string): AdfJson | undefined => marks.find((mark) => mark.type === type);
  const others = marks.filter(({ type }) => !['strong', 'em', 'strike', 'code', 'link'].includes(type));
  const anchor = of('link');
  const address = anchor === undefined ? undefined : plainAddress(anchor);
  const wraps: Wrap[] = [];
  // Links cannot stand in links: what has a mark that Markdown lacks keeps its link with that.
  const kept = others.length > 0 || (anchor !== undefined && address === undefined) ? [...others, anchor] : [];
  if (kept.length > 0) {
    const whole = kept.filter((mark) => mark !== undefined);
    const number = writing.keep({ kind: 'marks', marks: whole });
    wraps.push({ key: `kept ${number}`, around: (children) => keptLink(number, ...children) });
  } else if (address !== undefined) {
    wraps.push({ key: `link ${address}`, around: (children) => link(address, children) });
  }
  if (of('strong') !== undefined) wraps.push({ key: 'strong', around: (children) => strong(children) });
  if (of('em') !== undefined) wraps.push({ key: 'em', around: (children) => emphasis(children) });
  if (of('strike') !== undefined) {
    wraps.push({ key: 'strike', around: (children) => ({ type: 'delete', children }) });
  }
  return { node: of('code') === undefined ? { type: 'text', value: text } : inlineCode(text), wraps };
}

/** The address of a link that Markdown can hold as it is. */
function plainAddress({ attrs = {} }: AdfJson): string | undefined {
  const href = textOf(attrs['href']);
  return Object.keys(attrs).length === 1 && /^(?:https?:\/\/|mailto:)[\x21-\x7e]+$/i.test(href) ? href : undefined;
}

function wrapped(parts: readonly EditablePart[]): PhrasingContent[] {
  const found: PhrasingContent[] = [];
  for (let from = 0; from < parts.length;) {
    const part = parts[from];
    if (part === undefined) break;
    const [outer] = part.wraps;
    if (outer === undefined) {
      found.push(part.node);
      from += 1;
      continue;
    }
    let to = from;
    while (parts[to]?.wraps[0]?.key === outer.key) to += 1;
    found.push(
      outer.around(wrapped(parts.slice(from, to).map(({ node, wraps }) => ({ node, wraps: wraps.slice(1) })))),
    );
    from = to;
  }
  return found;
}

/** What a part of a line that is kept aside is called. */
function nameOf({ type, attrs = {} }: AdfJson): string {
  if (type === 'date') {
    const instant = Number(attrs['timestamp']);
    if (Number.isFinite(instant) && Math.abs(instant) < 8.64e15) return new Date(instant).toISOString().slice(0, 10);
  }
  if (type === 'inlineCard') return textOf(attrs['url']) || 'Card';
  if (type === 'mediaInline') return `Attachment ${textOf(attrs['alt'])}`;
  return textOf(attrs['text']) || textOf(attrs['shortName']) || textOf(attrs['extensionKey']) || type;
}

function words(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 200) || 'something';
}
