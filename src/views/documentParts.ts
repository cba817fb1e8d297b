import type { Failure } from '../domain/failure.ts';
import { escapeMarkdown } from '../domain/markdown.ts';
import { explain } from './sentences.ts';

/** A table of facts as Markdown; values are text from outside and are escaped. Facts without a value are left out. */
export function factTable(facts: readonly (readonly [name: string, value: string | undefined])[]): string {
  const rows = facts.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`| **${name}** | ${oneLine(value)} |`],
  );
  return rows.length === 0 ? '' : ['| | |', '| --- | --- |', ...rows].join('\n');
}

/** Text from outside as one line of a table or heading. */
export function oneLine(text: string): string {
  return escapeMarkdown(text.replace(/\s+/g, ' ').trim());
}

/** A link whose text is ours or escaped, to an address that we made. */
export function link(text: string, url: string): string {
  return `[${oneLine(text)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`;
}

/** The paragraph that says what went wrong and what to do. */
export function problemNote(failure: Failure): string {
  const { title, wayForward } = explain(failure);
  return `> **${oneLine(title)}.** ${oneLine(wayForward)}`;
}

/** Joins blocks of Markdown, leaving out the empty ones. */
export function blocks(...parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
