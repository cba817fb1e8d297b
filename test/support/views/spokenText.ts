import assert from 'node:assert/strict';

/** What belongs to the eye alone: icon codes, signs, lengths of time in one letter, ids of neurons, empty facts. */
const unspeakable = [/\$\([a-z-]+\)/, /[·×▁-█]/, /(?<![\w-])\d+[smhd](?![\w-])/, /\d{15,}/, /[,:] *(?:,|$)/];

/** Fails where a text has what only the eye reads. `row` names the row in the message. */
export function assertSpeakable(text: string, row: string): void {
  for (const each of unspeakable) assert.doesNotMatch(text, each, `${row}: “${text}”`);
}
