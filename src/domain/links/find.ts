import { addressEnd, readAddress } from './addresses.ts';
import { WordContext } from './context.ts';
import { recognise } from './ids.ts';
import type { Knowledge } from './knowledge.ts';
import type { Mention } from './mention.ts';
import { nextWord, type Word } from './words.ts';

/**
 * All that a text names, in the order of the text and without overlaps. What only resembles an id is left
 * out: an id must be known, or follow a word for its kind, or have a valid checksum and such a word.
 * The time is linear in the length of the text, for every text.
 */
export function findMentions(text: string, known: Knowledge): readonly Mention[] {
  const found: Mention[] = [];
  const context = new WordContext(text);
  let addressUntil = 0;
  let word: Word | undefined;
  for (let at = 0; (word = nextWord(text, at)) !== undefined;) {
    at = word.end;
    if (word.start >= addressUntil && startsAddress(text, word)) {
      addressUntil = addressEnd(text, word.start);
      const named = readAddress(text, word.start, addressUntil);
      if (named !== undefined) {
        found.push(named);
        at = addressUntil;
        continue;
      }
    }
    const mention = recognise({ text, word, inAddress: word.start < addressUntil, context, known });
    if (mention === undefined) {
      context.read(word);
    } else {
      found.push(mention);
      context.goOn(word.end);
    }
  }
  return found;
}

function startsAddress(text: string, word: Word): boolean {
  return text.charCodeAt(word.end) === 58 && text.startsWith('://', word.end) && /^https?$/.test(word.text);
}
