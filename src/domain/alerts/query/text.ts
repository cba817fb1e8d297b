/** What a text is compared with. */
export interface TextPattern {
  /** In lower case, without the `*`. */
  readonly text: string;
  /** Whether it ended in `*`: the text may go on. */
  readonly prefix: boolean;
  /** Its words, if it has any. */
  readonly words: SearchWords | undefined;
}

interface SearchWords {
  /** A text without this word cannot have them all. It is checked first, as that is fast. */
  readonly longest: string;
  /** The words one after the other, with anything but words between them. */
  readonly inOrder: RegExp;
}

const wordCharacter = String.raw`[\p{L}\p{M}\p{N}]`;
const wordPattern = new RegExp(`${wordCharacter}+`, 'gu');
const endsInWord = new RegExp(`${wordCharacter}$`, 'u');

/** The pattern of a value, given without its `*`. */
export function textPattern(value: string, prefix: boolean): TextPattern {
  const text = lowered(value);
  return { text, prefix, words: wordsOf(text, prefix && endsInWord.test(text)) };
}

function wordsOf(text: string, mayGoOn: boolean): SearchWords | undefined {
  const words = text.match(wordPattern);
  if (words === null) return undefined;
  // Words hold letters, marks and digits alone: nothing in them means anything else in a regular expression.
  const inOrder = words.join(`[^${wordCharacter.slice(1)}+`);
  const after = mayGoOn ? '' : `(?!${wordCharacter})`;
  return {
    longest: words.reduce((longest, word) => (word.length > longest.length ? word : longest)),
    inOrder: new RegExp(`(?<!${wordCharacter})${inOrder}${after}`, 'u'),
  };
}

/** Case does not count when texts are compared; neither does how an accented letter is encoded. */
export function lowered(text: string): string {
  const lower = text.toLowerCase();
  // Most texts are plain: they need no change, and an unchanged text is searched faster.
  return /[^ -~\s]/.test(lower) ? lower.normalize('NFC') : lower;
}

/** Whether the whole text is this; `text` in lower case. */
export function isText(pattern: TextPattern, text: string): boolean {
  if (!pattern.prefix) return text === pattern.text;
  // `*` alone: there is a text.
  return text !== '' && text.startsWith(pattern.text);
}

/** Whether it is the whole text, or its words stand in it one after the other. Without words: these characters do. */
export function isInText(pattern: TextPattern, text: string): boolean {
  if (isText(pattern, text)) return true;
  if (pattern.words === undefined) return pattern.text !== '' && text.includes(pattern.text);
  return text.includes(pattern.words.longest) && pattern.words.inOrder.test(text);
}
