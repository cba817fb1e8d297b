import { shorten } from './format.ts';

// What fits into a row in a side bar of 300 px, VS Code's width at its first start. Measured in VS Code with no setting
// changed and DejaVu Sans, the widest font that it falls back to: in Ubuntu texts are 11 % narrower, and more of the facts
// behind the decisive ones is seen.

/** Pixels for the texts of a row with an icon in a list without groups. */
export const pixelsInList = 247;
/** The same one level deep in a group without an icon. */
export const pixelsInGroup = 239;
/** The same two levels deep. */
export const pixelsInSubgroup = 231;
/** The same in a group that has an icon itself. */
export const pixelsInIconGroup = 217;
/** The same beside groups: for a row that is in none. */
export const pixelsBesideGroups = 225;

/** How many characters of usual width label and description have together in a group. */
export const rowCharacters = 34;

const labelSize = 13;
const descriptionSize = 11.7;
/** Between label and description. */
const gap = 6;

/** A title shorter than this says nothing, however long the facts are. */
const shortestTitle = 12;
/** A word of which fewer letters are seen is left out. */
const fewestLetters = 4;

/**
 * A title that is cut so that the first `decisive` facts are seen beside it in a row that has so many pixels. The hover
 * has the whole title.
 */
export function titleBeside(title: string, facts: readonly string[], decisive: number, pixels: number): string {
  const room = roomBeside(facts, decisive, pixels);
  for (let length = Array.from(title).length; length > shortestTitle; length -= 1) {
    const shown = cutTitle(title, length);
    if (widthOf(shown, labelSize) <= room) return shown;
  }
  return shorten(title, shortestTitle);
}

/** Whether all facts are seen beside the whole title in a row that has so many pixels. */
export function fitsBeside(title: string, facts: readonly string[], pixels: number): boolean {
  return widthOf(title, labelSize) <= roomBeside(facts, facts.length, pixels);
}

function roomBeside(facts: readonly string[], decisive: number, pixels: number): number {
  // VS Code puts an ellipsis in place of what has no room.
  const seen = `${facts.slice(0, decisive).join(' · ')}${facts.length > decisive ? '…' : ''}`;
  return pixels - gap - widthOf(seen, descriptionSize);
}

/** Cut within a word of letters, if enough of it is seen, else at a word's end: never in the middle of an id. */
function cutTitle(title: string, length: number): string {
  const characters = Array.from(title);
  if (characters.length <= length) return title;
  const shown = characters.slice(0, length - 1).join('');
  const start = shown.lastIndexOf(' ') + 1;
  const [word = ''] = /^\S+/.exec(title.slice(start)) ?? [];
  const isSeen = /^\p{L}+$/u.test(word) && shown.length - start >= fewestLetters;
  return isSeen ? `${shown}…` : shorten(title, length);
}

function widthOf(text: string, size: number): number {
  return Array.from(text).reduce((sum, character) => sum + (shares.get(character) ?? widest) * size, 0);
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
