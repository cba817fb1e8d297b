import { Marked, type Token } from 'marked';

// What VS Code makes of the Markdown of a hover: it has marked read it, with GFM and without `breaks` (VS Code 1.139,
// `markdownRenderer.ts`), and draws HTML and icons only where the hover asks for them.

/** What is drawn of a hover besides letters. */
export interface DrawnHover {
  /** Where links lead. */
  readonly links: readonly string[];
  /** The kinds of all elements: "paragraph", "strong", "html", "image", "codespan", … */
  readonly elements: ReadonlySet<string>;
  /** The letters, without spaces. */
  readonly letters: string;
}

const marked = new Marked();

export function drawnHover(markdown: string): DrawnHover {
  const links: string[] = [];
  const elements = new Set<string>();
  let letters = '';
  void marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    elements.add(token.type);
    if (token.type === 'link' || token.type === 'image') links.push(`${token['href']}`);
    const isLeaf = !('tokens' in token) || token.tokens === undefined;
    if (isLeaf && 'text' in token) letters += decoded(token.text);
  });
  return { links, elements, letters: letters.replaceAll(/\s/gu, '') };
}

/** What a browser makes of references to characters. */
function decoded(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_, hex: string | undefined, decimal: string) =>
      String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
