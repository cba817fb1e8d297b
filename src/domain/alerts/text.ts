import type { Alert } from './alert.ts';

/**
 * The simple text filter: whether every word of `text` occurs somewhere in what a person knows an alert by (message,
 * tags, entity, source, alias, owner, values of properties, small number). Case, accents and invisible characters do
 * not count; every character stands for itself. A text without words finds every alert.
 */
export function textMatches(alert: Alert, text: string): boolean {
  const haystack = haystackOf(alert);
  return wordsOf(text).every((word) => haystack.includes(word));
}

/** Alerts are replaced, not changed: the folded text of one stays valid while the object exists. */
const haystacks = new WeakMap<Alert, string>();

function haystackOf(alert: Alert): string {
  const known = haystacks.get(alert);
  if (known !== undefined) return known;
  // A line for each, so that a word does not reach from one into the next.
  const { message, entity, source, alias, owner = '', tinyId } = alert;
  let text = `${message}\n${entity}\n${source}\n${alias}\n${owner}\n${tinyId}`;
  for (const tag of alert.tags) text += `\n${tag}`;
  for (const name in alert.properties) text += `\n${alert.properties[name] ?? ''}`;
  const made = folded(text);
  haystacks.set(alert, made);
  return made;
}

/** One text is compared with thousands of alerts: the last one is kept. */
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
