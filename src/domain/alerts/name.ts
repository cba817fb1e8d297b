import { visibleLine } from '../base/harmless.ts';
import { withShortIds } from '../base/ids.ts';
import type { Alert } from './alert.ts';

/** What an alert's name is made of. */
export type Named = Pick<Alert, 'message' | 'alias' | 'entity' | 'tinyId'>;

export interface NameOptions {
  /** Texts that are removed, one after the other, from the beginning of a message: `[prod]`, `IC_`. */
  readonly hiddenPrefixes: readonly string[];
  /** The cluster that is shown elsewhere: its tag in brackets is left out. */
  readonly cluster?: string | undefined;
  /**
   * What the alert is about, as short as people say it ("o3ow2", "dm1"), known from elsewhere. Of several, the first
   * one that the message names is used; where it names none, the first of all.
   */
  readonly places?: readonly string[];
}

/**
 * The names of an alert, by how many characters they may have; a place or an id that needs more is still shown in whole.
 * Short enough for a narrow row: the rule without what all names share, and what it is about. A message that does not
 * begin with a rule is kept up to the end of a word. Ids are shown by their first part or left out, never cut. Where the
 * message is empty, the alias, the entity or the number names the alert. Never empty, one line, without characters that
 * show nothing or turn the direction of writing.
 */
export function alertNames(alert: Named, options: NameOptions): (longest: number) => string {
  const text = visibleText(alert);
  if (text === undefined) return always(numberOf(alert));
  const { tag, rest } = withoutPrefixes(text, options);
  const [head = ''] = ruleName.exec(rest) ?? [];
  if (head === '') {
    const message = `${tag}${shortIds(rest)}`;
    return (longest) => sentenceName(message, longest, options);
  }
  const details = shortIds(rest.slice(head.length));
  const place = placeIn(details, options.places ?? []);
  return (longest) =>
    place === undefined
      ? withDetails(`${tag}${fitted(head, longest - tag.length)}`, details, longest)
      : `${tag}${fitted(head, longest - tag.length - place.length - 1)} ${place}`;
}

function always(name: string): () => string {
  return () => name;
}

/**
 * What an alert says, in whole, where there is room for it: its message. Where that shows nothing, the alias, the
 * entity or the number stands for it. Never empty; the places that show it make it harmless.
 */
export function alertText(alert: Named): string {
  return visibleLine(alert.message) === '' ? (visibleText(alert) ?? numberOf(alert)) : alert.message;
}

/** The first that shows anything; undefined where none does. */
function visibleText({ message, alias, entity }: Named): string | undefined {
  return [message, alias, entity].map(visibleLine).find((each) => each !== '');
}

function numberOf({ tinyId }: Named): string {
  return `#${visibleLine(tinyId)}`;
}

/** The name of a rule at the beginning of a message: of letters and digits, with an underscore or a capital within. */
const ruleName = /^(?=\w*(?:[A-Za-z0-9]_|[a-z][A-Z]))[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*(?![\w-])/;

/** What a notification's title begins with: the row shows the state by itself. */
const stateTag = /^\[(?:FIRING|RESOLVED)(?::\d+)?\] ?/;
const anyTag = /^\[[\w.-]{1,20}\] ?/;
/** Of an address the host says what it is about. */
const scheme = /^https?:\/\/(?=\S)/;

/** The message without its hidden prefixes, and its first tag in brackets apart where that is none of them. */
function withoutPrefixes(text: string, { hiddenPrefixes, cluster }: NameOptions): { tag: string; rest: string } {
  const hidden = cluster === undefined ? hiddenPrefixes : [...hiddenPrefixes, `[${cluster}]`];
  let tag = '';
  let rest = text.replace(stateTag, '');
  for (;;) {
    const prefix = hidden.find((each) => each !== '' && rest.startsWith(each));
    const found = prefix === undefined && tag === '' ? anyTag.exec(rest)?.[0] : undefined;
    const left = rest.slice((prefix ?? found ?? '').length).trimStart();
    // A message that is a prefix and nothing else is still a name.
    if (left === '' || left === rest) return { tag, rest: rest.replace(scheme, '') };
    if (found !== undefined) tag = `${found.trimEnd()} `;
    rest = left;
  }
}

/** A host, data center or rack: a word with a letter first and a digit within. */
const placeWord = /^(?=[a-z-]*\d)[a-z][a-z\d]*(?:-[a-z\d]+)*$/;
/** The first group of a principal. Its mix of letters and digits distinguishes it from words and measures ("222ms"). */
const principalStart = /^(?=.*[2-7])(?=.*[a-z].*[a-z])(?!\d+[a-z]{1,2}$)[a-z2-7]{5}$/;
/** Longer ones leave no room for the rest of the name. */
const longestPlace = 16;

/** What the rest of a message says that the alert is about. */
function placeIn(details: string, known: readonly string[]): string | undefined {
  const named = known.find((each) => isWordOf(details, each));
  if (named !== undefined) return named;
  const [, last] = /\(([a-z2-7]{5})\)$/.exec(details) ?? [];
  if (last !== undefined) return last;
  // What stands first, else what a preposition or a noun announces.
  const [, first = ''] = /^[\s:(/]*([\w-]+)/.exec(details) ?? [];
  if (isPlace(first)) return first;
  for (const [, word = ''] of details.matchAll(announced)) if (isPlace(word)) return word;
  // Some places have no digit: they are found only where nothing else can stand.
  const [, called] = /\b(?:subnet|node|on)[ :=]([a-z2-7]{4}[a-rt-z2-7])(?=$|:| has | is )/.exec(details) ?? [];
  return called ?? known[0];
}

/** Whether a text has a word, and not only as a part of a longer one. */
function isWordOf(text: string, word: string): boolean {
  for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + 1)) {
    if (!isWordPart(text.charAt(start - 1)) && !isWordPart(text.charAt(start + word.length))) return true;
  }
  return false;
}

/** Whether a character is a letter, a digit or a hyphen. Latin ones need no table of Unicode, which takes its time to load. */
function isWordPart(character: string): boolean {
  return character < '\u0080' ? /^[a-z\d-]$/i.test(character) : /^\p{L}/u.test(character);
}

const announced = /\b(?:on|of|in|at|from|for|subnet|node|host|dc)[ :=](?!subnet\b|node\b|host\b|dc\b)([\w-]+)/g;

function isPlace(word: string): boolean {
  return word.length <= longestPlace && (placeWord.test(word) || principalStart.test(word));
}

/** Principals by their first group, commits by their first seven digits, host names by their first part. */
function shortIds(text: string): string {
  return withShortIds(text).replaceAll(/(?<![\w.-])([a-z][a-z\d-]*\d[a-z\d-]*)(?:\.[a-z\d-]+){2,}(?![\w-])/g, '$1');
}

/** A message in words, with its place behind it where it names none. */
function sentenceName(text: string, longest: number, { places = [] }: NameOptions): string {
  const plain = cutAtWord(text, longest);
  const [place] = places;
  if (place === undefined || places.some((each) => plain.includes(each))) return plain;
  return `${cutAtWord(text, longest - place.length - 3)} (${place})`;
}

/** A rule's name with as many whole words after it as fit. */
function withDetails(name: string, details: string, longest: number): string {
  const [between = ''] = /^[\s:,–-]*/.exec(details) ?? [];
  const next = details.charAt(between.length);
  if (between === '' || (next !== '#' && !isWordPart(next))) return name;
  const start = `${name}${between.includes(':') ? ': ' : ' '}`;
  const whole = cutAtWord(`${start}${details.slice(between.length)}`, longest);
  return whole.length > start.length && whole.length <= longest ? whole : name;
}

/** The first part of a rule's name, unless it is a word that says what is wrong. */
const firstPart = /^(?:[A-Za-z0-9]+_|(?!(?:No|Not|Non|Low|High|Missing)[A-Z])[A-Z][a-z0-9]+(?=[A-Z]))/;

/**
 * A rule's name that is too long loses its first part, which says of what it is one of many rules, and then its end.
 */
function fitted(name: string, most: number): string {
  const room = Math.max(shortest, most);
  if (name.length <= room) return name;
  const shorter = name.replace(firstPart, '');
  return shorter.length <= room ? shorter : `${shorter.slice(0, room - 1).replace(/_+$/, '')}…`;
}

/** A name with fewer characters means nothing. */
const shortest = 8;

/** Words that say nothing at the end. */
const dangling = /(?:[\s:,;–]+(?:a|an|the|is|are|has|have|on|of|in|at|to|for|from|by|and|not|no|\d+)?)+$/u;

/** Cuts after a word. Where that would leave very little, the next word is kept whole: it may be an id. */
function cutAtWord(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = Array.from(text);
  if (characters.length <= most) return text;
  const start = characters.slice(0, most).join('');
  const space = start.lastIndexOf(' ');
  if (space < most / 2) {
    const end = text.indexOf(' ', space + 1);
    const longer = untilWord(text, end < 0 ? text.length : end);
    if (Array.from(longer).length <= longestWord) return longer;
  }
  return space > 0 ? untilWord(text, space) : `${characters.slice(0, most - 1).join('')}…`;
}

function untilWord(text: string, end: number): string {
  const kept = text.slice(0, end).replace(dangling, '');
  return kept === text ? text : `${kept}…`;
}

/** A longer word is not an id that a person reads. */
const longestWord = 44;
