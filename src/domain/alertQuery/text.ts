/** A text made ready for comparisons. */
export interface Searchable {
  /** In lower case. */
  readonly text: string;
  /** Its words in lower case, a space before, between and after them; one space when it has none. */
  readonly words: string;
}

/** What a text is compared with. */
export interface TextPattern extends Searchable {
  /** Whether it ended in `*`: the text may go on. Where a word may go on, `words` ends without a space. */
  readonly prefix: boolean;
}

/** Makes a text ready. */
export function searchable(text: string): Searchable {
  const lower = lowered(text);
  const words = lower.match(/[\p{L}\p{M}\p{N}]+/gu);
  return { text: lower, words: words === null ? ' ' : ` ${words.join(' ')} ` };
}

/** The pattern of a value, given without its `*`. */
export function textPattern(value: string, prefix: boolean): TextPattern {
  const { text, words } = searchable(value);
  const cut = prefix && /[\p{L}\p{M}\p{N}]$/u.test(text);
  return { text, words: cut ? words.trimEnd() : words, prefix };
}

/** Case does not count when texts are compared; neither does how an accented letter is encoded. */
export function lowered(text: string): string {
  return text.toLowerCase().normalize('NFC');
}

/** Whether the whole text is this; `text` in lower case. */
export function isText(pattern: TextPattern, text: string): boolean {
  if (!pattern.prefix) return text === pattern.text;
  // `*` alone: there is a text.
  return text !== '' && text.startsWith(pattern.text);
}

/** Whether it is the whole text, or its words stand in it one after the other. Without words: these characters do. */
export function isInText(pattern: TextPattern, actual: Searchable): boolean {
  if (isText(pattern, actual.text)) return true;
  if (pattern.words.trim() === '') return pattern.text !== '' && actual.text.includes(pattern.text);
  return actual.words.includes(pattern.words);
}
