import katex from '@vscode/markdown-it-katex';
import MarkdownIt, { type PluginWithOptions } from 'markdown-it';
import { visibleLines } from '../../../src/domain/base/harmless.ts';

// What VS Code's Markdown preview shows: markdown-it as VS Code 1.139 sets it up in its extensions for Markdown,
// mathematics and diagrams.

type Token = ReturnType<MarkdownIt['parse']>[number];

const engine = new MarkdownIt({ html: true });
engine.linkify.set({ fuzzyLink: false });
engine.set({ breaks: false, linkify: true, typographer: false });
// The package is CommonJS: its own default stands in the default that Node makes.
engine.use((katex as unknown as { readonly default: PluginWithOptions }).default, {
  enableFencedBlocks: true,
  globalGroup: true,
});
engine.block.ruler.before(
  'fence',
  'mermaidContainer',
  (state, line, _end, silent) => {
    const from = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
    if (!/^:{3,}\s*mermaid\b/i.test(state.src.slice(from, state.eMarks[line]))) return false;
    if (silent) return true;
    state.push('mermaid', 'div', 0);
    state.line = line + 1;
    return true;
  },
  { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
);

/** What a reader of a document sees. */
export interface Shown {
  /** All text, in order, lines and blocks a line end apart. */
  readonly text: string;
  /** How many of each element, by the name of markdown-it's token: "heading", "em", "link", "html_block", … */
  readonly elements: Readonly<Partial<Record<string, number>>>;
  /** Where its links lead. */
  readonly links: readonly string[];
}

/** Shows Markdown as VS Code's preview does. */
export function preview(markdown: string): Shown {
  const elements: Partial<Record<string, number>> = {};
  const links: string[] = [];
  const count = (name: string): void => {
    elements[name] = (elements[name] ?? 0) + 1;
  };
  // A front matter is shown as a table, or not at all.
  if (/^---[ \t]*$/m.test(markdown.slice(0, markdown.indexOf('\n') + 1))) count('frontMatter');
  const walk = (tokens: readonly Token[]): string =>
    tokens
      .map((token) => {
        if (token.type === 'inline') return walk(token.children ?? []);
        if (token.type === 'text' || token.type === 'text_special') return token.content;
        if (token.type === 'softbreak' || token.type === 'hardbreak') return '\n';
        if (token.nesting < 0) return token.block ? '\n' : '';
        count(nameOf(token));
        const address = token.attrGet('href') ?? token.attrGet('src');
        if (address !== null) links.push(address);
        return token.nesting > 0 ? '' : token.content;
      })
      .join('');
  return { text: walk(engine.parse(markdown, {})), elements, links };
}

function nameOf({ type, info }: Token): string {
  if (type === 'fence' && /\b(?:mermaid|math)\b/i.test(info)) return 'diagram';
  return type.replace(/_open$/, '');
}

/** What no document of ours may hold, whatever came from outside. */
export const neverShown = ['html_block', 'html_inline', 'image', 'math_inline', 'math_block', 'diagram', 'mermaid'];

/** The words of a text that went in: what can be seen of it, with one space for each run of spaces. */
export function shownWords(text: string): string {
  return visibleLines(text)
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/\p{Noncharacter_Code_Point}/gu, '\ufffd')
    .trim();
}

/** The letters of a text that went in: its words without spaces. */
export function shownLetters(text: string): string {
  return shownWords(text).replaceAll(' ', '');
}
