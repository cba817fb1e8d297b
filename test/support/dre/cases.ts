/** A command line with what dre says of it: `ok`, `err`, or `help` where it prints help or version. */
export interface DreCase {
  readonly verdict: string;
  readonly line: string;
  /** Without the program. */
  readonly words: readonly string[];
}

/** Reads lines of the form `verdict dre words…`; double quotes hold a word with spaces together. */
export function readCases(text: string): readonly DreCase[] {
  return text.split('\n').flatMap((line): DreCase[] => {
    const match = /^(ok|err|help) (dre\b.*)$/.exec(line);
    if (match === null) return [];
    const words = [...(match[2] ?? '').matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
    return [{ verdict: match[1] ?? '', line: match[2] ?? '', words: words.slice(1) }];
  });
}
