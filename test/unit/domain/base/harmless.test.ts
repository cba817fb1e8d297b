import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { harmless, ownDirection, visibleLine, visibleLines } from '../../../../src/domain/base/harmless.ts';
import { drawnFault, hostile, invisibleFault } from '../../../support/ui/oracle.ts';
import { runs } from '../../../support/base/runs.ts';
import { assertLinear } from '../../../support/base/processorTime.ts';

const pieces = fc.constantFrom(
  ...[
    '[',
    ']',
    '(',
    ')',
    '](',
    '$',
    '$(',
    'check)',
    'command:x',
    'https://a.b/c',
    'file:x',
    '"t"',
    ' ',
    '\n',
    '\r',
    '\\',
  ],
  ...[
    '\u200b',
    '\u200d',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\ud83d',
    '\ude00',
    '\ufe0f',
    'word',
    '&',
    '<b>',
    '*',
    '`',
    '@',
  ],
);
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

describe('text from outside, made harmless', () => {
  it('leaves no link, no icon and no invisible character, whatever the text is', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const shown = harmless(text);
        assert.equal(drawnFault(shown), undefined, JSON.stringify(shown));
        assert.ok(!shown.includes(']('));
        assert.equal(harmless(shown), shown);
      }),
      runs(2_000),
    );
  });

  it('knows the hostile text of the tests as one that does harm', () => {
    assert.equal(drawnFault(hostile), 'a link');
    assert.equal(drawnFault('$(sync~spin)'), 'an icon');
    assert.equal(invisibleFault('a\u202eb'), 'an invisible character');
  });

  it('keeps plain text, letters of every script and pictures', () => {
    for (const text of [
      'P1: subnet o3ow2 stalled (×3)',
      'Zürich, Łódź, 東京, नमस्ते',
      '👩‍🚒 ❤️ 🇨🇭 👍🏽',
      'costs $5 (net) [a] (b)',
    ]) {
      assert.equal(harmless(text), text);
    }
  });

  it('takes half characters, marks and controls out, and keeps lines where there may be several', () => {
    assert.equal(visibleLines('a\r\nb\u2028c\td\u0007e\ud83d'), 'a\nb\nc d e\ufffd');
    assert.equal(visibleLine('  a\n\n b\u200b '), 'a b');
  });

  it('holds text that is written from right to left together', () => {
    assert.equal(ownDirection('\u05e9\u05dc\u05d5\u05dd'), '\u2068\u05e9\u05dc\u05d5\u05dd\u2069');
    assert.equal(ownDirection('x \u202ereversed to the end'), 'x reversed to the end');
  });

  it('takes no longer for a long text than its length asks for', function () {
    this.timeout(40_000);
    for (const part of ['[', '](', '\u200d', '😀\u200d', ' ', '$(', '\ud83d']) assertLinear(harmless, part, 50_000);
  });
});
