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

// Markdown that a stranger wrote (CommonMark with tables, strikethrough and tasks), as parts of a document.

const reading = {
  extensions: [gfmTable(), gfmStrikethrough({ singleTilde: false }), gfmTaskListItem()],
  mdastExtensions: [gfmTableFromMarkdown(), gfmStrikethroughFromMarkdown(), gfmTaskListItemFromMarkdown()],
};

/** Markdown of a stranger, formatted: what it says, without HTML, pictures and links that may not be followed. */
export function markdownBlocks(markdown: string): Block[] {
  if (isTooIntricate(markdown)) return [paragraph(...lines(markdown))];
  const { children } = fromMarkdown(markdown, reading);
  return outsideBlocks(children, { keepsLines: false, html: htmlBlocks });
}

/** Whether reading it would take long: nobody writes so, and it is shown as it is written. */
function isTooIntricate(markdown: string): boolean {
  return markdown.length > 100_000 || /^(?:[ \t]*[>*+-]){40}/m.test(markdown);
}
