import { withShortIds } from '../../domain/base/ids.ts';
import type { Viewpoint } from './format.ts';
import type { Node } from './nodes.ts';

// What fits into a row in a side bar of 300 px, VS Code's width at its first start, or of the width that a person has set.
// VS Code reports no view's width, shows a label in whole and cuts the description at the right end. So a title is cut
// here, as far as that width requires it, and its rest stands behind the facts (`restOf`), where a wider side bar shows it.
//
// Measured in VS Code with no setting changed and DejaVu Sans, the widest font that it falls back to. The average widths of
// characters in English text that the package @capsizecss/metrics 4.3 publishes, as shares of the size: Ubuntu 0.455,
// Segoe UI 0.443, San Francisco 0.417. In the same text DejaVu Sans has 0.508, so that texts are 10,
// 13 and 18 % narrower with these fonts of Linux, Windows and macOS, and what fits here fits there.

/** VS Code's width of the side bar at its first start, in pixels. */
const firstWidth = 300;
/** What stands around the texts of a row with an icon in a list without groups. */
const around = 53;
/** What each level below the first takes from it. */
const indent = 8;
/** What the second column before the texts takes from it: an icon beside the place of an arrow. */
const column = 22;

/** For which width of the side bar rows are written. */
type Width = Pick<Viewpoint, 'sideBarWidth'>;

/** Pixels for the texts of a row with an icon in a list without groups. */
export function pixelsInList({ sideBarWidth = firstWidth }: Width): number {
  return sideBarWidth - around;
}

/** The same one level deep in a group without an icon. */
export function pixelsInGroup(from: Width): number {
  return pixelsInList(from) - indent;
}

/** The same two levels deep. */
export function pixelsInSubgroup(from: Width): number {
  return pixelsInList(from) - 2 * indent;
}

/** The same in a group that has an icon itself. */
export function pixelsInIconGroup(from: Width): number {
  return pixelsInList(from) - indent - column;
}

/** The same beside groups: for a row that is in none. */
export function pixelsBesideGroups(from: Width): number {
  return pixelsInList(from) - column;
}

/** Between facts. */
const separator = ' · ';

const labelSize = 13;
const descriptionSize = 11.7;
/** Between label and description. */
const gap = 6;

/** A title has so many characters before a fact beside it is seen that is not needed. */
const usualTitle = 18;
/** A title shorter than this says nothing, however long the facts are. */
const shortestTitle = 8;
/** A word of which fewer letters are seen is left out. */
const fewestLetters = 4;
/** Of a fact that is cut, so many characters show what it is, if they are more than half of it. */
const fewestOfFact = 5;
/** The narrowest font, as a share of the one that was measured. */
const narrowestFont = 0.82;

/** The facts of a row, the most decisive first. */
export interface RowFacts {
  /** Those that are seen beside the title in a narrow side bar. */
  readonly decisive: readonly string[];
  /** How many of these are seen also where that leaves less than 18 characters of the title; else all of them. */
  readonly least?: number;
  /** Those that follow, before the rest of the title: an id is not cut where that is long. */
  readonly next?: readonly string[];
  /** Those that are seen where there is room. */
  readonly further?: readonly string[];
}

/**
 * The texts of a row that has so many pixels. The title is cut for the decisive facts, and its rest follows them.
 * The hover has the whole title and all facts.
 */
export function titledTexts(
  title: string,
  { decisive, least = decisive.length, next = [], further = [] }: RowFacts,
  pixels: number,
): { readonly label: string; readonly description: string } {
  const labelBeside = (seen: number): string => {
    const text = decisive.slice(0, seen).join(separator);
    // Where all of the title and these facts fit exactly, the row ends with them; else an ellipsis stands behind them.
    return titleIn(title, { whole: pixelsBeside(text, pixels), cut: pixelsBeside(`${text}…`, pixels) });
  };
  let seen = decisive.length;
  let label = labelBeside(seen);
  while (seen > least && label !== title && Array.from(label).length < usualTitle) {
    seen -= 1;
    label = labelBeside(seen);
  }
  return { label, description: [...decisive, ...next, ...restOf(title, label), ...further].join(separator) };
}

/** A title that is cut so that all facts are seen beside it in a row that has so many pixels. Its rest is in the hover. */
export function titleBeside(title: string, facts: readonly string[], pixels: number): string {
  const room = pixelsBeside(facts.join(separator), pixels);
  return titleIn(title, { whole: room, cut: room });
}

/** Pixels for a title in whole, and for one that is cut and whose rest follows the facts that are seen. */
interface TitleRoom {
  readonly whole: number;
  readonly cut: number;
}

/**
 * As much of a title as there is room for, and no less than the shortest that says something. Ids in a title that does
 * not fit are shown by their first part.
 */
function titleIn(title: string, { whole, cut }: TitleRoom): string {
  if (widthOf(title, labelSize) <= whole) return title;
  const short = withShortIds(title);
  if (short !== title && widthOf(short, labelSize) <= whole) return short;
  for (let length = Array.from(short).length - 1; length > shortestTitle; length -= 1) {
    const shown = cutTitle(short, length);
    if (widthOf(shown, labelSize) <= cut) return shown;
  }
  return cutTitle(short, shortestTitle);
}

/** What a cut title lacks, from the beginning of the word in which it was cut, for behind the decisive facts. */
export function restOf(whole: string, shown: string): readonly string[] {
  const kept = shown.slice(0, -1);
  const title = whole.startsWith(kept) ? whole : withShortIds(whole);
  if (shown === title || !shown.endsWith('…') || !title.startsWith(kept)) return [];
  const isWordsEnd = /^[\s,;:]/.test(title.slice(kept.length));
  const start = isWordsEnd ? kept.length : kept.lastIndexOf(' ') + 1;
  return [`…${title.slice(start).replace(/^[\s,;:]+/, '')}`];
}

/** How many pixels the texts of a row have. `isAligned`: whether one of the outermost rows has an arrow and an icon. */
export function pixelsAt(node: Node, isAligned: boolean, from: Width): number {
  let depth = 0;
  for (let above = node.parent; above !== undefined; above = above.parent) depth += 1;
  return pixelsInList(from) - depth * indent - (hasTwoColumns(node, isAligned) ? column : 0);
}

/** VS Code lets the icon of a row without an arrow stand where the arrow would, unless it has to align with others. */
function hasTwoColumns({ row, parent }: Node, isAligned: boolean): boolean {
  if (row.icon === undefined) return false;
  if (row.children !== undefined) return true;
  return parent === undefined ? isAligned : parent.row.icon !== undefined;
}

/** Whether one of these rows has an arrow and an icon, with which VS Code aligns the icons of the others. */
export function hasArrowAndIcon(nodes: readonly Node[]): boolean {
  return nodes.some(({ row }) => row.children !== undefined && row.icon !== undefined);
}

/**
 * The description of a row that has so many pixels, as it is painted. A fact that would be cut to a few letters begins
 * further right, where a wider side bar shows it; where one fits, but for the ellipsis, the row ends with it.
 */
export function paintedDescription(label: string, description: string, pixels: number): string {
  const facts = description.split(separator);
  const between = widthOf(separator, descriptionSize);
  const ellipsis = widthOf('…', descriptionSize);
  let left = pixels - gap - widthOf(label, labelSize);
  let seen = 0;
  for (const fact of facts) {
    const taken = (seen === 0 ? 0 : between) + widthOf(fact, descriptionSize);
    if (taken > left) break;
    left -= taken;
    seen += 1;
  }
  if (seen === facts.length || seen === 0) return description;
  if (left < ellipsis) return facts.slice(0, seen).join(separator);
  const next = facts[seen] ?? '';
  if (isReadable(next, left - between - ellipsis)) {
    left -= between + widthOf(next, descriptionSize);
    seen += 1;
  }
  const shown = facts.slice(0, seen).join(separator);
  if (seen === facts.length) return shown;
  // The narrower the font, the further left what follows would begin.
  const space = left + pixels / narrowestFont - pixels;
  const filler = space <= between ? separator : ' '.repeat(Math.ceil(space / widthOf(' ', descriptionSize)));
  return shown + filler + facts.slice(seen).join(separator);
}

/** Whether what is visible of a fact that is cut shows what it is. The beginning of the rest of a title does not. */
function isReadable(fact: string, room: number): boolean {
  const characters = Array.from(fact);
  let seen = 0;
  for (let left = room; seen < characters.length; seen += 1) {
    left -= widthOf(characters[seen] ?? '', descriptionSize);
    if (left < 0) break;
  }
  const shown = characters.slice(0, seen).join('');
  // A number that is cut is another number; of a time the hour is seen.
  const isInNumber = /(?:^|[ #-])\d+$/.test(shown) && /^\d+(?:[ ,]|$)/.test(fact.slice(shown.length));
  // Of a fact that begins with a number, what it counts has to be seen.
  const isWordSeen = !/^\d/.test(fact) && /^[^ ]{3,} /.test(`${shown}${characters[seen] ?? ''}`);
  const isSaid = isWordSeen || (seen >= fewestOfFact && seen * 2 > characters.length);
  return !fact.startsWith('…') && isSaid && !isInNumber;
}

/** Whether all facts are seen beside the whole title in a row that has so many pixels. */
export function fitsBeside(title: string, facts: readonly string[], pixels: number): boolean {
  return widthOf(title, labelSize) <= pixelsBeside(facts.join(separator), pixels);
}

function pixelsBeside(text: string, pixels: number): number {
  return pixels - gap - widthOf(text, descriptionSize);
}

/**
 * Cut within a word of letters, if enough of it is seen, else at a word's end: never in the middle of an id. A first word
 * that is longer than the room is cut in the same way between its parts.
 */
function cutTitle(title: string, length: number): string {
  const characters = Array.from(title);
  if (characters.length <= length) return title;
  const shown = characters.slice(0, length - 1).join('');
  const start = shown.lastIndexOf(' ') + 1;
  const [word = ''] = /^\S*/.exec(title.slice(start)) ?? [];
  const isWordsEnd = start + word.length === shown.length;
  if (isWordsEnd || isReadableCut(word, shown.length - start)) return ended(shown);
  const [lead = ''] = beforeFirstWord.exec(title) ?? [];
  if (start > lead.length || shown.length - start < fewestLetters) return ended(shown.slice(0, start));
  if (word.length <= shortId) return ended(shown.slice(0, start) + word);
  const [parts = ''] = /^.*[-_/.:]/.exec(shown.slice(start)) ?? [];
  const [part = ''] = /^[^-_/.:]*/.exec(word.slice(parts.length)) ?? [];
  const isPartSeen = parts === '' || isReadableCut(part, shown.length - start - parts.length);
  return isPartSeen ? `${shown}…` : `${shown.slice(0, start)}${parts}…`;
}

/** A first word that is no longer is not cut, however long the facts are. */
const shortId = 9;
/** A number or a heading of one word. */
const beforeFirstWord = /^(?:(?:#?\d+|\p{L}+:) )?/u;

/** Whether a word of which so many characters are seen is of letters alone, and enough of them are seen. */
function isReadableCut(word: string, seen: number): boolean {
  return /^\p{L}+$/u.test(word) && seen >= fewestLetters;
}

function ended(text: string): string {
  return `${text.replace(/[\s,;:]+$/u, '')}…`;
}

function widthOf(text: string, size: number): number {
  let sum = 0;
  for (const character of text) sum += shares.get(character) ?? widest;
  return sum * size;
}

/** Widths of characters as shares of the size of the font, those that are nearly as wide together. */
const shares: ReadonlyMap<string, number> = new Map(
  (
    [
      [0.28, "'ijl"],
      [0.32, ' ,.·IJ'],
      [0.35, '/:;\\|f'],
      [0.39, '()[]-t'],
      [0.41, 'r!'],
      [0.5, '*_`–"'],
      [0.53, 'sz?'],
      [0.58, 'cLFk'],
      [0.62, 'PTYaeovxy'],
      [0.64, 'ESbdghnpqu0123456789${}'],
      [0.7, 'ABCKRVXZ'],
      [0.77, 'DGHNU'],
      [0.79, '&OQ'],
      [0.84, '#+<=>^~×w'],
      [0.97, 'MWm%'],
    ] as const
  ).flatMap(([share, characters]) => Array.from(characters, (character) => [character, share] as const)),
);
/** Of all others: as wide as letters come. */
const widest = 1;
