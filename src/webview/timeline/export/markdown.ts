import { kindWords, rolloutStateText } from '../../../domain/releases/words.ts';
import type { Rollout } from '../../../domain/releases/rollout.ts';
import { longestMarkdown } from '../../../domain/releases/timeline/exported.ts';
import type { TimelineRow } from '../../../domain/releases/timeline/rows.ts';
import { barText, batchName, troubleText } from '../words.ts';
import type { Drawn } from './scene.ts';

/** Of the batches that are done only so many are listed, the last ones. */
const doneListed = 2;

/**
 * A rollout for a chat. Slack and other chats read it alike: text from outside stands in code, where it is shown as it is,
 * and all that is listed is one block of code.
 */
export function markdownOf(rollout: Rollout, { lines, timeline, times }: Drawn): string {
  const rows = timeline.groups.flatMap((group) => group.rows);
  const done = rows.filter(({ phase }) => phase === 'done');
  const left = new Set(done.slice(0, Math.max(0, done.length - doneListed)));
  const block = [
    ...timeline.troubles.map((trouble) => `! ${troubleText(trouble, timeline)}`),
    ...(timeline.troubles.length > 0 ? [''] : []),
    ...(left.size > 0 ? [`${left.size} earlier batches done`] : []),
    ...table(rows.filter((row) => !left.has(row)).map((row) => [batchName(row), targets(row), barText(row, times)])),
  ];
  const head = [
    `${kindWords[rollout.kind]} \`${inCode(rollout.name)}\`: ${inText(rolloutStateText(rollout))}`,
    ...lines.map(inText),
  ];
  const text = `${head.join('\n')}\n\`\`\`\n${block.map(inCode).join('\n')}`;
  return `${text.slice(0, longestMarkdown - 10)}\n\`\`\`\n`;
}

function targets(row: TimelineRow): string {
  if (row.cells.length === 0 || row.cells.length > 4) return `${row.done} of ${row.total}`;
  return row.cells.map(({ label }) => label).join(' ');
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** One line without what would end the code. */
function inCode(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll('`', '’');
}

/** One line of which nothing is read as markup or as a mention. */
function inText(text: string): string {
  return inCode(text).replaceAll(/[*_~<>[\]\\@#|]/g, '');
}
