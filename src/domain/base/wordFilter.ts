/**
 * Makes a filter by typed words: whether every word of `text` occurs somewhere in what a person knows a record by. Case,
 * accents and invisible characters do not count; every character stands for itself. A text without words finds every
 * record. `textsOf` has a line for each text, so that a word does not reach from one into the next.
 */
export function wordFilter<T extends object>(textsOf: (record: T) => string): (record: T, text: string) => boolean {
  // Records are replaced, not changed: the folded text of one stays valid while the object exists.
  const haystacks = new WeakMap<T, string>();
  const haystackOf = (record: T): string => {
    const known = haystacks.get(record);
    if (known !== undefined) return known;
    const made = folded(textsOf(record));
    haystacks.set(record, made);
    return made;
  };
  return (record, text) => {
    const haystack = haystackOf(record);
    return wordsOf(text).every((word) => haystack.includes(word));
  };
}

/** One text is compared with thousands of records: the last one is kept. */
let last: { readonly text: string; readonly words: readonly string[] } = { text: '', words: [] };

function wordsOf(text: string): readonly string[] {
  if (last.text !== text) {
    const words = folded(text).match(/\S+/g);
    last = { text, words: words ?? [] };
  }
  return last.words;
}

/** In lower case, without accents and without characters that show nothing, such as marks of direction. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  // Most texts are plain; those need no more.
  if (/^[ -~\n]*$/.test(lower)) return lower;
  return lower.normalize('NFKD').replaceAll(/[\p{M}\p{Cf}]/gu, '');
}
