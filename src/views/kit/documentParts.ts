import type { Failure } from '../../domain/base/failure.ts';
import { escapeMarkdown } from '../../domain/documents/markdown.ts';
import { counted } from './format.ts';
import { askedOnce, explain } from './sentences.ts';

/** Markdown of our own making: it is not escaped again. One line, no bars. */
export interface Ready {
  readonly markdown: string;
}

/** A fact of a table. A text is from outside and is escaped; a fact without a value is left out. */
export type Fact = readonly [name: string, value: string | Ready | undefined];

/** A table of facts as Markdown. */
export function factTable(facts: readonly Fact[]): string {
  const rows = facts.flatMap(([name, value]) => {
    if (value === undefined || value === '') return [];
    return [`| **${name}** | ${typeof value === 'string' ? oneLine(value) : value.markdown} |`];
  });
  return rows.length === 0 ? '' : ['| | |', '| --- | --- |', ...rows].join('\n');
}

/** Text from outside as one line of a table or heading. */
export function oneLine(text: string): string {
  return escapeMarkdown(text.replace(/\s+/g, ' ').trim());
}

/** Text from outside as paragraphs that keep its lines, cut after `most` characters with a word of how many are missing. */
export function paragraphs(text: string, most: number): string {
  const { shown, missing } = cut(text, most);
  const lines = shown.split(/\r\n|[\r\n\u2028\u2029]/).map(ownLine);
  return `${lines.join('  \n')}${missing === undefined ? '' : `\n\n_${missing}_`}`;
}

/** Text from outside in one line, cut after `most` characters with a word of how many are missing. */
export function cutLine(text: string, most: number): string {
  const { shown, missing } = cut(text, most);
  return `${oneLine(shown)}${missing === undefined ? '' : ` _(${missing})_`}`;
}

function cut(text: string, most: number): { readonly shown: string; readonly missing: string | undefined } {
  const characters = Array.from(text);
  const left = characters.length - most;
  if (left <= 0) return { shown: text, missing: undefined };
  return { shown: `${characters.slice(0, most).join('')}…`, missing: `${counted(left, 'more character')} in Jira` };
}

/** Markdown takes a deep indentation for code, and an entity in code for what it is written as. */
function ownLine(line: string): string {
  const text = line.trimStart();
  return `${'&nbsp;'.repeat(Math.min(line.length - text.length, 16))}${escapeMarkdown(text)}`;
}

/** A link whose text is ours or escaped, to an address that we made. */
export function link(text: string, url: string): string {
  return `[${oneLine(text)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`;
}

/** The paragraph that says what went wrong and what to do. What a document reads is read when it is opened. */
export function problemNote(failure: Failure): string {
  const { title, wayForward } = explain(failure, askedOnce);
  return `> **${oneLine(title)}.** ${oneLine(wayForward)}`;
}

/** Joins blocks of Markdown, leaving out the empty ones. */
export function blocks(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
