/** A document for Jira (ADF) of plain text: a paragraph for each block of lines, in which the lines stay. */
export function adfOfText(text: string): { readonly type: 'doc'; readonly version: 1; readonly content: AdfBlock[] } {
  const blocks = text
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '');
  return {
    type: 'doc',
    version: 1,
    content: blocks.map((block) => ({
      type: 'paragraph',
      // No text of a document may be empty (atlassian.md 3.5).
      content: block
        .split('\n')
        .flatMap((line, index) => [
          ...(index === 0 ? [] : [{ type: 'hardBreak' }]),
          ...(line === '' ? [] : [{ type: 'text', text: line }]),
        ]),
    })),
  };
}

interface AdfBlock {
  readonly type: 'paragraph';
  readonly content: readonly { readonly type: string; readonly text?: string }[];
}
