// A text cut into words: runs of ASCII letters, digits, `_` and `-`, without those two at the ends.

/** One word of a text. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Which of `wordHas` it has. */
  readonly has: number;
}

/** What a word is made of, as bits. */
export const wordHas = { lower: 1, upper: 2, digit: 4, joiner: 8 } as const;

const letterOrDigit = wordHas.lower | wordHas.upper | wordHas.digit;
const classes = new Uint8Array(128);
for (const char of 'abcdefghijklmnopqrstuvwxyz') classes[char.charCodeAt(0)] = wordHas.lower;
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') classes[char.charCodeAt(0)] = wordHas.upper;
for (const char of '0123456789') classes[char.charCodeAt(0)] = wordHas.digit;
for (const char of '_-') classes[char.charCodeAt(0)] = wordHas.joiner;

function classAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code < 128 ? (classes[code] ?? 0) : 0;
}

/** The first word at or after `from`, or undefined when there is none. */
export function nextWord(text: string, from: number): Word | undefined {
  let start = from;
  while (start < text.length && (classAt(text, start) & letterOrDigit) === 0) start += 1;
  if (start >= text.length) return undefined;
  let end = start;
  let last = start;
  let has = 0;
  for (let kind = classAt(text, end); kind !== 0; kind = classAt(text, end)) {
    has |= kind;
    end += 1;
    if (kind !== wordHas.joiner) last = end;
  }
  return { text: text.slice(start, last), start, end: last, has };
}

/** Whether there is an ASCII letter or digit at an index. */
export function isLetterOrDigit(text: string, index: number): boolean {
  return (classAt(text, index) & letterOrDigit) !== 0;
}

/** Whether a word goes on into letters of another script, so that it is a part of a longer one. */
export function isPart(text: string, start: number, end: number): boolean {
  return isOtherLetter(text, start - 1) || isOtherLetter(text, end);
}

function isOtherLetter(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 128 && /[\p{L}\p{M}\p{N}]/u.test(text.charAt(index));
}

/** Whether a dot or an @ joins a word to another, as in host, file and mail names: "o3ow2.log", but not "o3ow2." at an end. */
export function isDotted(text: string, start: number, end: number): boolean {
  const before = joins(text.charAt(start - 1)) && isLetterOrDigit(text, start - 2);
  return before || (joins(text.charAt(end)) && isLetterOrDigit(text, end + 1));
}

const joins = (char: string): boolean => char === '.' || char === '@';
