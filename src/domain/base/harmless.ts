// Text from outside, made safe for the places where it is shown. One place for all of them.

let unseenPattern: RegExp | undefined;

/**
 * Characters that show nothing or turn the direction of writing: format characters, default-ignorable ones, and the
 * blank of Braille. Two are kept, as pictures are made of them: the variation selector of emoji, and the joiner between
 * two. The pattern is made when the first text needs it: its classes are large, and that takes about two milliseconds.
 */
function unseen(): RegExp {
  return (unseenPattern ??=
    /(?!\ufe0f|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic}))[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu);
}

/** Half of a pair that stands for one character. */
const halves = /[\ud800-\udfff]/gu;

/** Letters that are written from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Most texts have these alone, all of which are visible: the longer patterns are not needed for them. The soft hyphen
 * (U+00AD) is not among them.
 */
const isPlain = /^[ -~\u00a1-\u00ac\u00ae-\u02ff–—“”‘’…]*$/;

/** Text in which every character can be seen, lines as they are; other control characters become spaces. */
export function visibleLines(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replaceAll(unseen(), '')
    .replaceAll(halves, '\ufffd')
    .replaceAll(/[^\P{Cc}\n]/gu, ' ');
}

/** The same in one line, without spaces at its ends or two in a row. */
export function visibleLine(text: string): string {
  return (isPlain.test(text) ? text : visibleLines(text)).replaceAll(/\s+/gu, ' ').trim();
}

/** Whether a text is one line in which every character can be seen: what is shown of it is all that there is. */
export function isVisibleLine(text: string): boolean {
  return !text.includes('\n') && visibleLines(text) === text;
}

/** One line whose direction of writing does not affect the text beside it. */
export function ownDirection(text: string): string {
  return lineOfOwnDirection(visibleLine(text));
}

/** The same of a line in which every character can be seen already; its spaces stay as they are. */
export function lineOfOwnDirection(line: string): string {
  return rightToLeft.test(line) ? `\u2068${line}\u2069` : line;
}

/**
 * One line for a message, a prompt, a validation message, a placeholder, an entry of a list, a title, a terminal's name
 * or the status bar. In those VS Code makes links of `[words](address)`, also such that run a command, and icons of
 * `$(name)`; it has no escape that holds in all of them. A space is put between, so that neither is left.
 */
export function harmless(text: string): string {
  return visibleLine(text).replaceAll('](', '] (').replaceAll('$(', '$ (');
}
