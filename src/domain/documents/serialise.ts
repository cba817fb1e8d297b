import type { BlockContent, InlineCode, Nodes, Parents, Text } from 'mdast';
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemToMarkdown } from 'mdast-util-gfm-task-list-item';
import { defaultHandlers, toMarkdown, type ConstructName, type Options } from 'mdast-util-to-markdown';
import { commandAddress, type CommandLink } from './commandLink.ts';
import { tidy } from './tidy.ts';
import type { Document } from './tree.ts';

// The one place where trees become Markdown: documents for VS Code's preview, which is markdown-it with HTML, links made of
// plain addresses, mathematics and diagrams; hovers for marked, which makes links of plain addresses too; and what a person
// edits.

/** Where text is not parsed as part of a line. */
const notInConstruct: ConstructName[] = [
  'autolink',
  'destinationLiteral',
  'destinationRaw',
  'reference',
  'titleQuote',
  'titleApostrophe',
];

/**
 * What is neither a letter nor a sign of ASCII, at the edges of a text. Readers of Markdown disagree on what counts as
 * punctuation, and with it on whether a mark beside it begins or ends.
 */
const first = /^[^\p{ASCII}\p{L}\p{N}\p{M}\s]/u;
const last = /[^\p{ASCII}\p{L}\p{N}\p{M}\s]$/u;
/** Underscores within words are left bare, which again takes all readers to agree on what a letter is. */
const underscores = /\\.|_/gs;

/** The text of a node, already escaped, so that all readers see the same marks beside it. */
function guarded(escaped: string, node: Text, parent: Parents | undefined): string {
  const text = escaped.replaceAll(underscores, (found) => (found === '_' ? '\\_' : found));
  const inMark = parent?.type === 'strong' || parent?.type === 'emphasis' || parent?.type === 'delete';
  const begun = inMark || parent?.children[0] !== node ? text.replace(first, reference) : text;
  return inMark || parent?.children.at(-1) !== node ? begun.replace(last, reference) : begun;
}

function reference(character: string): string {
  return `&#x${character.codePointAt(0)?.toString(16).toUpperCase() ?? ''};`;
}

const common: Options = {
  bullet: '-',
  // With the sign of the rule, an item that holds a rule would be read as a rule.
  bulletOther: '+',
  emphasis: '*',
  fences: true,
  listItemIndent: 'one',
  resourceLink: true,
  extensions: [gfmStrikethroughToMarkdown(), gfmTableToMarkdown({ tableCellPadding: true, tablePipeAlign: false })],
};

const options: Options = {
  rule: '*',
  extensions: [common],
  handlers: {
    text(node: Text, parent, state, info) {
      return guarded(defaultHandlers.text(node, parent, state, info), node, parent);
    },
    // In a cell, markdown-it takes one backslash away before each bar, in code too, however many there are.
    inlineCode(node: InlineCode, parent, state) {
      const code = defaultHandlers.inlineCode(node, parent, state);
      return state.stack.includes('tableCell') ? code.replaceAll('|', '\\|') : code;
    },
    commandLink(node: CommandLink, _parent, state, info) {
      return state.containerPhrasing(node, info);
    },
  },
  unsafe: [
    // VS Code renders mathematics between them.
    { character: '$', inConstruct: 'phrasing', notInConstruct },
    // VS Code makes links of addresses ("https://…", "//…") and of e-mail addresses.
    { character: '/', before: '/', inConstruct: 'phrasing', notInConstruct },
    { character: '@', inConstruct: 'phrasing', notInConstruct },
    // ":::mermaid" begins a diagram.
    { character: ':', atBreak: true },
    // Spaces that do not break are indentation; markdown-it drops them at the edges of a paragraph.
    { character: '\u00a0', before: '[\\r\\n]', inConstruct: 'phrasing' },
    // A neighbour may be written as a character reference: neither may be taken for a part of the other.
    { character: '&', inConstruct: 'phrasing', notInConstruct },
    { character: '\\', inConstruct: 'phrasing', notInConstruct },
  ],
};

/** A document as Markdown. It shows what the tree holds and nothing else; see `tidy` for what is changed. */
export function serialise(document: Document): string {
  return toMarkdown(tidy(document), options);
}

const hoverOptions: Options = {
  extensions: [options],
  handlers: {
    commandLink(node: CommandLink, parent, state, info) {
      const { children } = node;
      return defaultHandlers.link({ type: 'link', url: commandAddress(node), children }, parent, state, info);
    },
  },
  unsafe: [
    // Readers of GFM make links of "www.…", which the preview does not.
    { character: '.', before: '[Ww]', inConstruct: 'phrasing', notInConstruct },
  ],
};

/** A hover as Markdown, with the commands that its links run. */
export interface SerialisedHover {
  readonly markdown: string;
  readonly commands: readonly string[];
}

/** A hover as Markdown. It shows what the tree holds and nothing else. */
export function serialiseHover(hover: Document): SerialisedHover {
  const tree = tidy(hover);
  return { markdown: toMarkdown(tree, hoverOptions), commands: commandsIn(tree) };
}

function commandsIn(node: Nodes): readonly string[] {
  if (node.type === 'commandLink') return [node.command];
  return 'children' in node ? [...new Set(node.children.flatMap((child) => commandsIn(child)))] : [];
}

const editableOptions: Options = { rule: '-', extensions: [common, gfmTaskListItemToMarkdown()] };

/** Blocks as Markdown that a person edits, as they are: `tidy` would change what is sent back. */
export function serialiseEditable(blocks: readonly BlockContent[]): string {
  return toMarkdown({ type: 'root', children: [...blocks] }, editableOptions);
}
