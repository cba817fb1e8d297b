import type { Failure } from '../../domain/base/failure.ts';
import { withAddresses } from '../../domain/documents/addresses.ts';
import {
  emphasis,
  lines,
  paragraph,
  quote,
  remark,
  strong,
  table,
  type Block,
  type Inline,
} from '../../domain/documents/tree.ts';
import { counted } from './format.ts';
import { askedOnce, explain } from './sentences.ts';

// Parts that several documents have.

/** A fact of a table; one without a value is left out. */
export type Fact = readonly [name: string, value: string | readonly Inline[] | undefined];

/** A table of facts; nothing when none has a value. */
export function factTable(facts: readonly Fact[]): Block[] {
  const rows = facts.flatMap(([name, value]) => {
    if (value === undefined || value.length === 0) return [];
    return [[[strong(name)], typeof value === 'string' ? [value] : value]];
  });
  return rows.length === 0 ? [] : [table([[[], []], ...rows])];
}

/**
 * Text from outside as a paragraph that keeps its lines, in which https addresses are links; cut after `most` characters
 * with a word of how many are missing.
 */
export function plainText(text: string, most: number): Block[] {
  const { shown, missing } = cut(text, most);
  const parts = withAddresses(shown).flatMap((part) => (part.type === 'text' ? lines(part.value) : [part]));
  return [paragraph(parts), ...(missing === undefined ? [] : [remark(missing)])];
}

/** Text from outside in one line, cut after `most` characters with a word of how many are missing. */
export function cutLine(text: string, most: number): Inline[] {
  const { shown, missing } = cut(text, most);
  return missing === undefined ? [shown] : [shown, ' ', emphasis(`(${missing})`)];
}

/** Text in its first `most` characters, and in words what is missing. */
export function cut(text: string, most: number): { readonly shown: string; readonly missing: string | undefined } {
  const characters = Array.from(text);
  const left = characters.length - most;
  if (left <= 0) return { shown: text, missing: undefined };
  return { shown: `${characters.slice(0, most).join('')}…`, missing: `${counted(left, 'more character')} in Jira` };
}

/** The paragraph that says what went wrong and what to do. What a document reads is read when it is opened. */
export function problemNote(failure: Failure): Block {
  const { title, wayForward } = explain(failure, askedOnce);
  return quote(paragraph(strong(`${title}.`), ` ${wayForward}`));
}
