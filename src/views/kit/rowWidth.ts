import { shorten } from './format.ts';

/**
 * How many characters label and description have together in a row with an icon, one level deep, in a side bar of 300 px.
 * Measured in VS Code with no setting changed and DejaVu Sans, the widest font that it falls back to: such a row has
 * 239 px for its texts, of which a character of a label (13 px) takes 6.8 on average, one of a description (11.7 px) 6.1,
 * and the space between them 6. `test/support/ui/narrowRows.ts` has the widths of all characters.
 */
export const rowCharacters = 34;

/** With fewer characters a title says nothing, however long the facts are. */
const shortestTitle = 20;

/** A title as long as leaves room for the facts that must be seen beside it. */
export function titleBeside(title: string, decisive: readonly string[]): string {
  return shorten(title, Math.max(shortestTitle, rowCharacters - decisive.join(' · ').length));
}
