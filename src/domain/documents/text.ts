import { visibleLines } from '../base/harmless.ts';

// Text from outside as a document shows it.

/** What Unicode says is no character: a reference to one is shown as something else. */
const none = /\p{Noncharacter_Code_Point}/gu;

/** Text in which every character can be seen, in lines. */
export function asText(text: string): string {
  return visibleLines(text).replaceAll(none, '\ufffd');
}

/** Text as the lines of a code block, where tabs count. */
export function codeText(text: string): string {
  return text.split('\t').map(asText).join('\t');
}

/** Text in which each run of spaces and line ends is one space. Spaces that do not break stay. */
export function oneSpace(text: string): string {
  return text.replaceAll(/[ \t\n]+/g, ' ');
}
