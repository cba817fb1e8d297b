import { grouped } from '../domain/base/counted.ts';

// What is done to every answer before a schema reads it, so that malformed text and deep nesting cause no errors later.

/**
 * Values that lie deeper than any of our services nests them are not read: functions that call themselves would fail.
 */
const deepest = 200;
/** Stands for what lies deeper. */
const tooDeep = '(nested too deep to be read)';

/** Far above any list that is requested (20,000 alerts in all, in pages of a hundred). */
export const mostRows = 20_000;

/**
 * How much is parsed at once, besides long texts: each list and object counts as two, what stands after a comma as one. A
 * hundred pull requests come to some 40,000, which takes a few milliseconds.
 */
const mostValues = 80_000;

/** Something that is parsed at once holds more than that. */
export class TooManyValues extends Error {
  constructor() {
    super(`more than ${grouped(mostValues)} values`);
  }
}

/**
 * The value of a JSON text, every text in it well-formed: half a character, which JSON can hold, becomes U+FFFD. What
 * is nested too deep is replaced. Throws for what is no JSON, and `TooManyValues`.
 */
export function parseAtOnce(text: string): unknown {
  const { values, isDeep } = measured(text);
  if (values > mostValues) throw new TooManyValues();
  const value: unknown = JSON.parse(text);
  // The walk costs as much as the parsing: most answers need none.
  return mayHoldHalves(text) || isDeep ? cleaned(value) : value;
}

/** Halves can only be written as escapes: the decoding of bytes makes none. */
function mayHoldHalves(text: string): boolean {
  return /\\u[dD][89a-fA-F]/.test(text);
}

/** Shorter texts are parsed at once, longer lists row by row up to so many characters. */
const portionLength = 32 * 1024;

/**
 * The same, of an answer of any length, without holding up everything else: the rows of a long list are parsed in slices,
 * those after `mostRows` and one more, by which it is known that it was longer, are left out. Rejects as `parseAtOnce`
 * throws.
 */
export async function parseAnswer(text: string): Promise<unknown> {
  if (text.length <= portionLength) return parseAtOnce(text);
  const breathe = breather();
  const lists = await longLists(text, breathe);
  const mark = crypto.randomUUID();
  const parts = lists.map(({ open }, index) => {
    const before = index === 0 ? 0 : (lists[index - 1]?.close ?? 0);
    return `${text.slice(before, open + 1)}"${mark}${index}"`;
  });
  const top: Holder = { root: parseAtOnce(parts.join('') + text.slice(lists.at(-1)?.close ?? 0)) };
  for (const [index, { ends, open }] of lists.entries()) {
    const rows: unknown[] = [];
    let from = open + 1;
    for (const end of ends) {
      // Behind a comma there must be a row: the first one stands for what is before it.
      const rowsBefore = from === open + 1 ? 0 : 1;
      const portion = parseAtOnce(`[${'0,'.repeat(rowsBefore)}${text.slice(from, end)}]`) as readonly unknown[];
      for (const row of portion.slice(rowsBefore)) rows.push(row);
      from = end + 1;
      await breathe();
    }
    for (const holder of [top, top['root'] as Holder]) {
      const name = Object.keys(holder).find((each) => isMarked(holder[each], `${mark}${index}`));
      if (name !== undefined) put(holder, name, rows.slice(0, mostRows + 1));
    }
  }
  return top['root'];
}

function isMarked(value: unknown, mark: string): boolean {
  return Array.isArray(value) && value.length === 1 && value[0] === mark;
}

/** A list that is long, by the indexes of its brackets, and where portions of its rows end. */
interface LongList {
  readonly open: number;
  readonly close: number;
  readonly ends: readonly number[];
}

/** Rows stand in a list that is the answer, or in one of its fields. */
const rowDepths = 2;

/** The long lists of rows. None of them lies in another. */
async function longLists(text: string, breathe: () => Promise<void>): Promise<readonly LongList[]> {
  const found: LongList[] = [];
  let depth = 0;
  let list: { readonly open: number; readonly depth: number; readonly ends: number[]; rows: number } | undefined;
  let last = 0;
  let looked = 0;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case quote:
        index = endOfText(text, index);
        break;
      case openList:
      case openObject:
        depth++;
        // A list in a list is a row.
        if (list === undefined && depth <= rowDepths && text.charCodeAt(index) === openList) {
          list = { open: index, depth, ends: [], rows: 0 };
          last = index;
        }
        break;
      case closeList:
      case closeObject:
        if (list?.depth === depth) {
          if (index - list.open > portionLength) {
            if (list.rows <= mostRows) list.ends.push(index);
            found.push({ open: list.open, close: index, ends: list.ends });
          }
          list = undefined;
        }
        depth--;
        break;
      case comma:
        if (list?.depth !== depth || ++list.rows > mostRows + 1) break;
        if (index - last < portionLength && list.rows <= mostRows) break;
        list.ends.push(index);
        last = index;
        break;
    }
    if (index < looked) continue;
    looked = index + 4_096;
    await breathe();
  }
  return found;
}

/** Gives everything else its turn when what is done has lasted for a while. */
export function breather(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < sliceMs) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    began = performance.now();
  };
}

/** A slice of reading an answer lasts about so long: what draws and answers in between waits no longer. */
const sliceMs = 8;

/** Goes over a text without parsing it. */
function measured(text: string): { readonly values: number; readonly isDeep: boolean } {
  let depth = 0;
  let values = 0;
  let isDeep = false;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case quote:
        index = endOfText(text, index);
        break;
      case openList:
      case openObject:
        depth++;
        values += 2;
        isDeep ||= depth > deepest;
        break;
      case closeList:
      case closeObject:
        depth--;
        break;
      case comma:
        values++;
        break;
    }
    if (values > mostValues) break;
  }
  return { values, isDeep };
}

/** Where a text that begins at an index ends. */
function endOfText(text: string, start: number): number {
  let index = start + 1;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === quote) break;
    // What stands behind it ends nothing.
    if (code === backslash) index++;
  }
  return index;
}

const [quote, backslash, comma, openList, closeList, openObject, closeObject] = [
  '"',
  '\\',
  ',',
  '[',
  ']',
  '{',
  '}',
].map((each) => each.charCodeAt(0));

type Holder = Record<string | number, unknown>;

function cleaned(root: unknown): unknown {
  const top: Holder = { root };
  const left: { readonly holder: Holder; readonly depth: number }[] = [{ holder: top, depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { holder, depth } = next;
    for (const name of Object.keys(holder)) {
      const value = holder[name];
      const kept =
        typeof value === 'string' ? value.toWellFormed() : isHolder(value) && depth >= deepest ? tooDeep : value;
      const key = name.toWellFormed();
      if (key !== name) Reflect.deleteProperty(holder, name);
      if (key !== name || kept !== value) put(holder, key, kept);
      if (isHolder(kept)) left.push({ holder: kept, depth: depth + 1 });
    }
  }
  return top['root'];
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}

/** A name such as `__proto__` is an ordinary name here. */
function put(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}
