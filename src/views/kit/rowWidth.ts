import { shorten } from './format.ts';

// What fits into a row in a side bar of 300 px, VS Code's width at its first start. Measured in VS Code with no setting
// changed, with Ubuntu, the widest of the fonts that it asks for on Windows, macOS and Linux, and with DejaVu Sans, the
// widest that it falls back to. `test/support/ui/narrowRows.ts` has the exact widths.

/** Pixels for the texts of a row with an icon in a list without groups. */
export const pixelsInList = 247;
/** The same one level deep in a group without an icon. */
export const pixelsInGroup = 239;
/** The same two levels deep. */
export const pixelsInSubgroup = 231;

/** How many characters of usual width label and description have together in a group. */
export const rowCharacters = 34;

const labelSize = 13;
const descriptionSize = 11.7;
/** Between label and description. */
const gap = 6;

/** How much wider DejaVu Sans is than Ubuntu. */
const fallbackFactor = 1.1;

/** A title shorter than this says nothing, however long the facts are. */
const shortestTitle = 12;
/** A word of which fewer letters are seen is left out. */
const fewestLetters = 4;

/**
 * A title that is cut so that the first `decisive` facts are seen beside it in a row that has so many pixels, and the
 * first of them also in the widest font. The hover has the whole title.
 */
export function titleBeside(title: string, facts: readonly string[], decisive: number, pixels: number): string {
  const widthOfFacts = (count: number): number => {
    const cut = facts.length > count ? ' ·…' : '';
    return widthOf(`${facts.slice(0, count).join(' · ')}${cut}`, descriptionSize);
  };
  const room = pixels - gap;
  const longest = Math.min(room - widthOfFacts(decisive), room / fallbackFactor - widthOfFacts(1));
  for (let length = Array.from(title).length; length > shortestTitle; length -= 1) {
    const shown = cutTitle(title, length);
    if (widthOf(shown, labelSize) <= longest) return shown;
  }
  return shorten(title, shortestTitle);
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

/** About how wide a text is in Ubuntu, rather too wide than too narrow. */
function widthOf(text: string, size: number): number {
  return Array.from(text).reduce((sum, character) => sum + shareOf(character) * size, 0);
}

function shareOf(character: string): number {
  if (/[ .,:;'|!iIjl·]/.test(character)) return 0.26;
  if (/[-ftr()[\]/]/.test(character)) return 0.37;
  if (/[#mwMW%@]/.test(character)) return 0.86;
  if (/[A-Z]/.test(character)) return 0.67;
  if (/[ckstvxyz]/.test(character)) return 0.5;
  return /[ -~]/.test(character) ? 0.58 : 1;
}
