import assert from 'node:assert/strict';
import type { Row } from '../../../src/views/kit/row.ts';
import { paintedDescription } from '../../../src/views/kit/rowWidth.ts';

// Rows as a person sees them without a hover in a side bar of 300 px, VS Code's width at its first start, or of another.
//
// Measured in VS Code in a window of 1440 x 900 with no setting changed: with Ubuntu, the widest of the fonts that VS Code
// asks for, and with DejaVu Sans, the widest that it falls back to. The texts end 18 px before the side bar does. Labels
// have 13 px, descriptions 90 % of that, 5.85 px behind the label.

/** The width of VS Code's side bar at its first start, in pixels. */
const firstWidth = 300;
/** Of these, pixels around the texts of a row of the first level with one column before them: the icon or the arrow. */
const around = 53;
/** Taken from it by the second column of a row that has both, or that stands beside such rows. */
const column = 22;
/** Taken by each level below the first. */
const indent = 8;

const labelSize = 13;
const descriptionSize = 0.9 * labelSize;
const gap = 5.85;

/** The fonts in which rows were measured. */
export type Font = 'Ubuntu' | 'DejaVu Sans';

/** Widths of characters in hundredths of the size of the font. */
const widths: Readonly<Record<Font, ReadonlyMap<string, number>>> = {
  Ubuntu: widthsOf([
    [23, ' '],
    [24, "'"],
    [25, ',.:;ij·'],
    [27, 'Il'],
    [28, '!|'],
    [30, '-'],
    [32, '()'],
    [33, '[]{}'],
    [38, '/\\`'],
    [39, 'fr'],
    [40, '?t'],
    [42, '"'],
    [45, 's'],
    [46, 'c'],
    [47, 'z'],
    [48, '*'],
    [49, '_'],
    [50, 'Jvy–'],
    [51, 'x'],
    [52, 'Lak'],
    [53, 'S'],
    [54, 'F'],
    [56, '0123456789$+<=>T^e~×'],
    [57, 'EZhnu'],
    [58, 'g'],
    [59, 'bdopq'],
    [60, 'Y'],
    [61, 'P'],
    [62, 'C'],
    [63, 'KRX'],
    [64, 'B'],
    [66, 'AV'],
    [67, '#&G'],
    [69, 'U'],
    [70, 'H'],
    [71, 'D'],
    [73, 'N'],
    [78, 'OQw'],
    [86, '%m'],
    [87, 'M'],
    [93, 'W'],
    [95, '@'],
    [100, '…'],
  ]),
  'DejaVu Sans': widthsOf([
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
    [55, 'c'],
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
  ]),
};

function widthsOf(groups: readonly (readonly [width: number, characters: string])[]): ReadonlyMap<string, number> {
  return new Map(groups.flatMap(([width, characters]) => Array.from(characters, (each) => [each, width] as const)));
}

/** Of all others: as wide as letters come. */
const otherWidth = 100;

function widthOf(text: string, size: number, font: Font): number {
  const known = widths[font];
  return Array.from(text).reduce((sum, character) => sum + ((known.get(character) ?? otherWidth) * size) / 100, 0);
}

/** What is seen of a row. */
export interface SeenRow {
  readonly row: Row;
  /** Levels above it. */
  readonly depth: number;
  readonly label: string;
  /** As much of the description as there is room for; empty when there is none. */
  readonly description: string;
  /** Pixels for both. */
  readonly pixels: number;
}

/** The rows that are unfolded, from top to bottom, as they are seen. `written`: the width for which they are written. */
export function seenRows(
  rows: readonly Row[],
  font: Font,
  width = firstWidth,
  written = firstWidth,
  parent?: Row,
  depth = 0,
): readonly SeenRow[] {
  return rows.flatMap((row) => [
    seen(row, parent, rows, depth, { font, room: width - around, written }),
    ...(row.expanded === true ? seenRows(row.children ?? [], font, width, written, row, depth + 1) : []),
  ]);
}

/** The same as indented text. At the first width each row has to leave room for its title, and cuts no fact but its first. */
export function narrowText(rows: readonly Row[], font: Font, width = firstWidth, written = firstWidth): string {
  const shown = seenRows(rows, font, width, written);
  if (width === firstWidth) {
    for (const row of shown) {
      assertTitled(row, font);
      assertWhole(row);
    }
  }
  return shown
    .map(({ row, depth, label, description }) => {
      const icon = row.icon === undefined ? '' : `$(${row.icon.id}) `;
      return `${'  '.repeat(depth)}${icon}${label}${description === '' ? '' : `  ${description}`}`;
    })
    .join('\n');
}

function seen(
  row: Row,
  parent: Row | undefined,
  siblings: readonly Row[],
  depth: number,
  { font, room, written }: { readonly font: Font; readonly room: number; readonly written: number },
): SeenRow {
  const left = room - depth * indent - (hasTwoColumns(row, parent, siblings) ? column : 0);
  const pixels = written - around + left - room;
  const label = cut(row.label, left, labelSize, font);
  const rest = left - widthOf(row.label, labelSize, font) - gap;
  const description =
    row.description === undefined
      ? ''
      : cut(paintedDescription(row.label, row.description, pixels), rest, descriptionSize, font);
  return { row, depth, label, description, pixels: left };
}

/** So many characters of a title say what it is. */
const fewestOfTitle = 14;

/** Its facts leave at least so many characters of a title that is cut, or as many as are seen beside the first fact alone. */
function assertTitled({ row, label, description, pixels }: SeenRow, font: Font): void {
  if (!label.endsWith('…') || Array.from(label).length >= fewestOfTitle) return;
  const kept = label.slice(0, -1);
  const [fact = '', ...facts] = row.description?.split(' · ') ?? [];
  const [, word = ''] = /^…(\S+)/.exec(facts.find((each) => each.startsWith('…')) ?? '') ?? [];
  const isCutInWord = word.startsWith(kept.slice(kept.lastIndexOf(' ') + 1));
  const isOfLetters = /^\p{L}+$/u.test(word);
  // Of a word of letters four are enough, an id is seen in whole or not at all.
  const longer = `${kept} ${isOfLetters ? word.slice(0, 4) : word}…`;
  const room = pixels - gap - widthOf(`${fact}…`, descriptionSize, font);
  const isTooLong = isOfLetters ? Array.from(longer).length > fewestOfTitle : widthOf(longer, labelSize, font) > room;
  assert.ok(word !== '' && !isCutInWord && isTooLong, `the title is cut for its facts: ${label}  ${description}`);
}

function assertWhole({ row, label, description }: SeenRow): void {
  const facts = row.description?.split(' · ') ?? [];
  const seen = description.split(' · ').slice(1);
  const isWhole = (fact: string, index: number): boolean =>
    fact === facts[index + 1] || (index === seen.length - 1 && fact.replace(/ *…$/, '') === facts[index + 1]);
  assert.ok(seen.every(isWhole), `a fact is cut: ${label}  ${description}`);
}

/** VS Code lets the icon of a row without an arrow stand where the arrow would, unless it has to align with others. */
function hasTwoColumns(row: Row, parent: Row | undefined, siblings: readonly Row[]): boolean {
  if (row.icon === undefined) return false;
  if (row.children !== undefined) return true;
  if (parent !== undefined) return parent.icon !== undefined;
  return siblings.some(({ children, icon }) => children !== undefined && icon !== undefined);
}

/** The beginning of a text for which there is room, with an ellipsis where that is not all. */
function cut(text: string, left: number, size: number, font: Font): string {
  if (widthOf(text, size, font) <= left) return text;
  let shown = '';
  for (const character of text) {
    if (widthOf(`${shown}${character}…`, size, font) > left) break;
    shown += character;
  }
  return shown === '' ? '' : `${shown}…`;
}
