import type { Row } from '../../../src/views/kit/row.ts';

// Rows as a person sees them in a side bar of 300 px, VS Code's width at its first start, without a hover.
//
// Measured in VS Code in a window of 1440 x 900 with no setting changed and DejaVu Sans, the widest font that VS Code falls
// back to; in the fonts of macOS, Windows and Ubuntu a row shows some characters more. The texts end 18 px before the side
// bar does. Labels have 13 px, descriptions 90 % of that, 5.85 px behind the label.

/** Pixels for the texts of a row of the first level with one column before them: the icon, or the arrow of a group. */
const room = 247;
/** Taken from it by the second column of a row that has both, or that stands beside such rows. */
const column = 22;
/** Taken by each level below the first. */
const indent = 8;

const labelSize = 13;
const descriptionSize = 0.9 * labelSize;
const gap = 5.85;

/** Widths of characters in hundredths of the size of the font. */
const widths: ReadonlyMap<string, number> = new Map(
  (
    [
      [27, "'"],
      [28, 'ijl'],
      [29, 'IJ'],
      [32, ' ,.·'],
      [34, '/:;\\|'],
      [35, 'f'],
      [36, '-'],
      [39, '()[]t'],
      [40, '!'],
      [41, 'r'],
      [46, '"'],
      [50, '*_`–'],
      [52, 'sz'],
      [53, '?'],
      [55, 'c▮▯'],
      [56, 'L'],
      [58, 'Fk'],
      [59, 'vxy'],
      [60, 'P'],
      [61, 'TYao'],
      [62, 'e'],
      [63, 'ESbdghnpqu'],
      [64, '0123456789${}'],
      [66, 'K'],
      [68, 'AV'],
      [69, 'BRXZ'],
      [70, 'C'],
      [73, 'U'],
      [75, 'HN'],
      [77, 'DG'],
      [78, '&'],
      [79, 'OQ'],
      [82, 'w'],
      [84, '#+<=>^~×'],
      [86, 'M'],
      [95, '%'],
      [97, 'm'],
      [99, 'W'],
      [100, '@…'],
    ] as const
  ).flatMap(([width, characters]) => Array.from(characters, (character) => [character, width] as const)),
);
/** Of all others: as wide as letters come. */
const otherWidth = 100;

function widthOf(text: string, size: number): number {
  return Array.from(text).reduce((sum, character) => sum + ((widths.get(character) ?? otherWidth) * size) / 100, 0);
}

/** What is seen of a row. */
export interface SeenRow {
  readonly row: Row;
  /** Levels above it. */
  readonly depth: number;
  readonly label: string;
  /** As much of the description as there is room for; empty when there is none. */
  readonly description: string;
}

/** The rows that are unfolded, from top to bottom, as they are seen. */
export function seenRows(rows: readonly Row[], parent?: Row, depth = 0): readonly SeenRow[] {
  return rows.flatMap((row) => [
    seen(row, parent, rows, depth),
    ...(row.expanded === true ? seenRows(row.children ?? [], row, depth + 1) : []),
  ]);
}

/** The same as indented text. */
export function narrowText(rows: readonly Row[]): string {
  return seenRows(rows)
    .map(({ row, depth, label, description }) => {
      const icon = row.icon === undefined ? '' : `$(${row.icon.id}) `;
      return `${'  '.repeat(depth)}${icon}${label}${description === '' ? '' : `  ${description}`}`;
    })
    .join('\n');
}

function seen(row: Row, parent: Row | undefined, siblings: readonly Row[], depth: number): SeenRow {
  const left = room - depth * indent - (hasTwoColumns(row, parent, siblings) ? column : 0);
  const label = cut(row.label, left, labelSize);
  const rest = left - widthOf(row.label, labelSize) - gap;
  const description = row.description === undefined ? '' : cut(row.description, rest, descriptionSize);
  return { row, depth, label, description };
}

/** VS Code lets the icon of a row without an arrow stand where the arrow would, unless it has to align with others. */
function hasTwoColumns(row: Row, parent: Row | undefined, siblings: readonly Row[]): boolean {
  if (row.icon === undefined) return false;
  if (row.children !== undefined) return true;
  if (parent !== undefined) return parent.icon !== undefined;
  return siblings.some(({ children, icon }) => children !== undefined && icon !== undefined);
}

/** The beginning of a text for which there is room, with an ellipsis where that is not all. */
function cut(text: string, left: number, size: number): string {
  if (widthOf(text, size) <= left) return text;
  let shown = '';
  for (const character of text) {
    if (widthOf(`${shown}${character}…`, size) > left) break;
    shown += character;
  }
  return shown === '' ? '' : `${shown}…`;
}
