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
/** So many it has before a fact beside it is seen that is not the first one. */
export const neededTitle = 14;
/** A title shorter than this says nothing, however long its first fact is. */
const shortestTitle = 8;
/** A word of which fewer letters are seen is left out. */
const fewestLetters = 4;
/** The narrowest font, as a share of the one that was measured. */
const narrowestFont = 0.82;

/** The facts of a row, the most decisive first. */
export interface RowFacts {
  /** Those that are seen beside the title in a narrow side bar. */
  readonly decisive: readonly string[];
  /** How many of these are seen also where that leaves less than 18 characters of the title; else all of them. */
  readonly least?: number;
  /** What is said instead of the decisive ones where they leave less than 14 characters of the title. */
  readonly brief?: Wording | undefined;
  /** Those that follow, before the rest of the title: an id is not cut where that is long. */
  readonly next?: readonly string[];
  /** Those that are seen where there is room. */
  readonly further?: readonly string[];
}

/** One way to say the decisive facts of a row. */
interface Wording {
  /** Those that are seen beside the title. */
  readonly seen: readonly string[];
  /** The others, which follow them. */
  readonly then: readonly string[];
}

/**
 * The texts of a row that has so many pixels. The title is cut for the decisive facts, and its rest follows them. The
 * hover has the whole title and all facts.
 */
export function titledTexts(
  title: string,
  facts: RowFacts,
  pixels: number,
): { readonly label: string; readonly description: string } {
  const { decisive, next = [], further = [] } = facts;
  let said: Wording & { readonly label: string } = { label: '', seen: decisive, then: [] };
  for (const { enough, seen, then } of wordingsOf(title, facts)) {
    const text = seen.join(separator);
    // Where all of the title and these facts fit exactly, the row ends with them; else an ellipsis stands behind them.
    const label = titleIn(title, { whole: pixelsBeside(text, pixels), cut: pixelsBeside(`${text}…`, pixels) });
    const isEnough = !label.endsWith('…') || lengthOf(label) >= enough;
    if (isEnough || lengthOf(label) > lengthOf(said.label)) said = { label, seen, then };
    if (isEnough) break;
  }
  const { label, seen, then } = said;
  return { label, description: [...seen, ...then, ...next, ...restOf(title, label), ...further].join(separator) };
}

/**
 * What may be said beside a title, each if so many characters of it are left. The first fact is said in any case. A title
 * that is short and cut needs fewer where the facts cannot be said more briefly, and at least up to the end of an id.
 */
function* wordingsOf(
  title: string,
  { decisive, least = decisive.length, brief }: RowFacts,
): Generator<Wording & { readonly enough: number }> {
  for (const wording of fewerAndFewer({ seen: decisive, then: [] }, least + 1)) {
    yield { ...wording, enough: usualTitle };
  }
  const usual = { seen: decisive.slice(0, least), then: decisive.slice(least) };
  if (brief !== undefined) yield { ...usual, enough: neededTitle };
  const enough = neededOf(withShortIds(title));
  for (const wording of fewerAndFewer(brief ?? usual, 1)) yield { ...wording, enough };
}

/** A wording, then the same with fewer and fewer facts seen, and so many at least. */
function fewerAndFewer({ seen, then }: Wording, least: number): readonly Wording[] {
  const counts = Array.from({ length: Math.max(0, seen.length - least + 1) }, (_, fewer) => seen.length - fewer);
  return counts.map((count) => ({ seen: seen.slice(0, count), then: [...seen.slice(count), ...then] }));
}

/** How many characters of a title that is cut say what it is: those of the cut at 14, or up to the end of an id there. */
function neededOf(title: string): number {
  const cut = cutTitle(title, neededTitle);
  const kept = cut.slice(0, -1);
  const [next = ''] = /^ \S+/.exec(title.slice(kept.length)) ?? [];
  const isCutBeforeId = cut.endsWith('…') && next !== '' && !isReadableCut(next.trimStart(), fewestLetters);
  return lengthOf(isCutBeforeId ? `${kept}${next}…` : cut);
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
  if (fitsInto(title, whole)) return title;
  const short = withShortIds(title);
  if (short !== title && fitsInto(short, whole)) return short;
  // Longer cuts are wider, unless they end at the same word or mark.
  const most = Math.min(lengthOf(short) - 1, longestCut(short, cut));
  for (let length = most; length > shortestTitle; length -= 1) {
    const shown = cutTitle(short, length);
    if (fitsInto(shown, cut)) return shown;
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
 * The description of a row that has so many pixels, as it is painted. A fact that would be cut begins further right, where a
 * wider side bar shows it, unless it is the first one; where one fits, but for the ellipsis, the row ends with it.
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
  const shown = facts.slice(0, seen).join(separator);
  if (left < ellipsis) return shown;
  // The narrower the font, the further left what follows would begin.
  const space = left + pixels / narrowestFont - pixels;
  const filler = space <= between ? separator : ' '.repeat(Math.ceil(space / widthOf(' ', descriptionSize)));
  return shown + filler + facts.slice(seen).join(separator);
}

/** Whether a text is seen in whole beside the name of a view, whichever buttons it has. */
export function fitsBesideName(name: string, text: string, { sideBarWidth = firstWidth }: Width): boolean {
  return widthOf(name, nameSize) + nameGap + widthOf(text, nameTextSize) <= sideBarWidth - aroundName;
}

/** What stands around the name of a view and the text beside it: the arrow, at most four buttons, and the menu. */
const aroundName = 159;
const nameSize = 13.3;
const nameTextSize = 10.9;
/** Between the name of a view and the text beside it. */
const nameGap = 10;

/** Whether all facts are seen beside the whole title in a row that has so many pixels. */
export function fitsBeside(title: string, facts: readonly string[], pixels: number): boolean {
  return fitting(facts, pixels)(title);
}

/** Tells of titles whether all of these facts are seen beside them in a row that has so many pixels. */
export function fitting(facts: readonly string[], pixels: number): (title: string) => boolean {
  const room = pixelsBeside(facts.join(separator), pixels);
  return (title) => fitsInto(title, room);
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

/**
 * Whether a word of which so many characters are seen is of letters alone, or has characters that no id has, and enough of
 * them are seen.
 */
function isReadableCut(word: string, seen: number): boolean {
  return /^\p{L}+$|[<>()"]/u.test(word) && seen >= fewestLetters;
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

function ended(text: string): string {
  return `${text.replace(/[\s,;:]+$/u, '')}…`;
}

function widthOf(text: string, size: number): number {
  let sum = 0;
  for (const character of text) sum += shareOf(character);
  return sum * size;
}

/** Whether a title is no wider than this. What is beyond is not measured. */
function fitsInto(title: string, pixels: number): boolean {
  let sum = 0;
  for (const character of title) {
    sum += shareOf(character);
    if (sum * labelSize > pixels) return false;
  }
  return pixels >= 0;
}

/** How many characters the longest cut of a title has that may fit: marks at its end are left out, however many there are. */
function longestCut(title: string, pixels: number): number {
  const characters = Array.from(title);
  let width = 0;
  const beyond = characters.findIndex((character) => {
    width += shareOf(character) * labelSize;
    return width > pixels;
  });
  if (beyond < 0) return characters.length;
  const [marks = ''] = /^[\s,;:]*/.exec(characters.slice(beyond).join('')) ?? [];
  return beyond + marks.length + 1;
}

/** The width of a character as a share of the size of the font. */
function shareOf(character: string): number {
  shareOfCharacter ??= new Map(shares.flatMap(([share, all]) => Array.from(all, (each) => [each, share] as const)));
  return shareOfCharacter.get(character) ?? widest;
}

let shareOfCharacter: ReadonlyMap<string, number> | undefined;

/** Widths of characters as shares of the size of the font, those that are nearly as wide together. */
const shares = [
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
] as const;
/** Of all others: as wide as letters come. */
const widest = 1;
