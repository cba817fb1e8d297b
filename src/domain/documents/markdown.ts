import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { htmlBlocks } from './html.ts';
import { outsideBlocks } from './outside.ts';
import { lines, paragraph, type Block } from './tree.ts';

// Markdown from outside (CommonMark with tables, strikethrough and tasks), as parts of a document.

/** How Markdown is read: CommonMark with tables, strikethrough and tasks. */
export const markdownReading = {
  extensions: [gfmTable(), gfmStrikethrough({ singleTilde: false }), gfmTaskListItem()],
  mdastExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown(), gfmTaskListItemFromMarkdown()],
};

/** Markdown from outside, formatted, without HTML, pictures and links that may not be followed. */
export function markdownBlocks(markdown: string): Block[] {
  if (isTooIntricate(markdown)) return [paragraph(lines(markdown))];
  const { children } = fromMarkdown(markdown, markdownReading);
  return outsideBlocks(children, { keepsLines: false, html: htmlBlocks });
}

/** What reading takes grows with the square of the signs of emphasis, and with the depth of lists and quotes. */
const mostSigns = 4_000;
const mostNested = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){40}/m;

/** Whether parsing it would take long. Such text does not come from a person; it is shown unparsed. */
function isTooIntricate(markdown: string): boolean {
  if (markdown.length > 100_000 || mostNested.test(markdown)) return true;
  return (markdown.match(/[*_~]+/g)?.length ?? 0) > mostSigns;
}
