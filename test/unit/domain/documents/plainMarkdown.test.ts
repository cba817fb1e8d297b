import assert from 'node:assert/strict';
import { plainMarkdown } from '../../../../src/domain/documents/plainMarkdown.ts';

describe('Markdown as plain text', () => {
  const said: Readonly<Record<string, readonly [markdown: string, text: string]>> = {
    'words without signs': ['`yinp6` gets **the build**, _see_ ~~it~~.', 'yinp6 gets the build, see it.'],
    'of a link its words': ['See the [feature sheet](https://example.org/x).', 'See the feature sheet.'],
    'the address where a link may mislead': ['[x](javascript:alert(1))', 'x (javascript:alert(1))'],
    'a bare address': ['https://example.org/a_b', 'https://example.org/a_b'],
    lines: ['# Today\n\none\ntwo\n\nthree', 'Today\none\ntwo\nthree'],
    lists: ['- one\n- two\n  - inner\n\n1. first\n2. second', '• one\n• two\n  • inner\n1. first\n2. second'],
    tables: ['| a | b |\n|---|---|\n| 1 | 2 |', 'a | b\n1 | 2'],
    code: ['```\nx  y\n```', 'x  y'],
    'no HTML': ['<b>bold</b> <img src=x onerror="y()">', 'bold'],
    'what is no Markdown as it is': ['rc--2026 * 2 < 3 & more', 'rc--2026 * 2 < 3 & more'],
    nothing: ['', ''],
  };
  for (const [name, [markdown, text]] of Object.entries(said)) {
    it(`has ${name}`, () => assert.equal(plainMarkdown(markdown).trimEnd(), text));
  }
});
