import type { ListItem } from 'mdast';
import { markdownBlocks } from './markdown.ts';
import { asText, codeText } from './text.ts';
import type { Block } from './tree.ts';
import { wordsOf } from './words.ts';

/** Markdown from outside as plain text without its signs: a line for each block, of a link its words. */
export function plainMarkdown(markdown: string): string {
  // A line end of the source stays one: such text is often written as if it were plain.
  return linesOf(markdownBlocks(markdown)).join('\n');
}

function linesOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'list':
        return block.children.flatMap((item, index) =>
          itemLines(item, block.ordered === true ? `${(block.start ?? 1) + index}.` : '•'),
        );
      case 'blockquote':
        return linesOf(block.children);
      case 'table':
        return block.children.map(({ children }) => children.map((cell) => asText(wordsOf(cell))).join(' | '));
      case 'code':
        return [codeText(block.value)];
      case 'thematicBreak':
        return ['—'];
      default: {
        const words = asText(wordsOf(block));
        return words.trim() === '' ? [] : [words];
      }
    }
  });
}

function itemLines({ children }: ListItem, sign: string): readonly string[] {
  const [first = '', ...others] = linesOf(children);
  return [`${sign} ${first}`, ...others.map((line) => `  ${line}`)];
}
