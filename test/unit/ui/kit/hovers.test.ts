import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { FeedState } from '../../../../src/engine/read/store.ts';
import { problemRow } from '../../../../src/views/kit/frame.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { rotationTooltip, tooltipCommands } from '../../../../src/views/rotation/tooltip.ts';
import { text } from '../../../support/documents/trees.ts';
import { runs } from '../../../support/runs.ts';
import { drawnHover } from '../../../support/ui/hoverOracle.ts';
import { hostile } from '../../../support/ui/oracle.ts';
import { painted } from '../../../support/ui/painted.ts';
import { listedKinds } from '../../../support/views/everyView.ts';
import { spoiled } from '../../../support/views/spoiled.ts';

const { plainHover } = await import('../../../../src/ui/kit/hovers.ts');

/** All that a hover of ours has: lines of text, the first one strong. */
const allowed = new Set(['paragraph', 'strong', 'text', 'escape', 'space', 'link']);
const from = { now: Date.UTC(2026, 7, 26, 13, 50), timeZone: 'UTC' };

/** What must not be there: an element that outside text made, or a link that is none of ours. */
function faultOf(markdown: string, ours: readonly string[]): string | undefined {
  const { links, elements } = drawnHover(markdown);
  const made = [...elements].find((element) => !allowed.has(element));
  return made ?? links.find((link) => !ours.includes(link));
}

function troubled(words: string): Row | undefined {
  const failure: Failure = { kind: 'rejected', service: 'jira', operation: words, status: 400, detail: words };
  const state: FeedState<unknown, Failure> = {
    ...{ status: 'failing', records: new Map(), asOf: 0, completeness: { kind: 'complete', remark: words } },
    ...{ skipped: 0, failure, failures: 1, loading: false },
  };
  return problemRow(state, from);
}

describe('hovers', () => {
  it('make nothing but letters of text from outside, in every row of every view', function () {
    this.timeout(60_000);
    let hovers = 0;
    const check = (words: string): void => {
      for (const { name, record, view } of listedKinds) {
        const model = view([spoiled(record(1), words) as object, spoiled(record(2), words) as object]);
        for (const { id, hover } of painted(model)) {
          if (hover === '') continue;
          hovers++;
          const [page] = /(?<=\[Open in Browser\]\(<)[^>]*/.exec(hover) ?? [];
          const ours = page !== undefined && /^https:\/\//.test(page) ? [page] : [];
          assert.equal(faultOf(hover, ours), undefined, `${name}, ${id}: ${hover}`);
        }
      }
      for (const lines of [[words], [words, words], troubled(words)?.hover ?? []]) {
        assert.equal(faultOf(plainHover(lines).value, []), undefined, words);
      }
      const commands = tooltipCommands.map(([id]) => `command:${id}`);
      assert.equal(faultOf(rotationTooltip([words, words], 'rotation'), commands), undefined, words);
    };
    check(hostile);
    fc.assert(fc.property(text, check), runs(60));
    assert.ok(hovers > 1_000);
  });

  it('lose none of the letters', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(text, (words) => {
        const plain = words.replaceAll(/[^\p{L}\p{N} ]/gu, '');
        assert.equal(drawnHover(plainHover(['x', plain]).value).letters, `x${plain.replaceAll(/\s/gu, '')}`);
      }),
      runs(500),
    );
  });

  it('ask for no HTML, no icons and no trust', () => {
    for (const { record, view } of listedKinds) assert.ok(painted(view([record(1)])).every(({ isPlain }) => isPlain));
  });

  it('are held against something that finds what does harm', () => {
    for (const words of [
      '[x](command:y)',
      '![x](https://evil.example/p.png)',
      '<img src=x>',
      'https://evil.example',
      'www.evil.example',
      'a@evil.example',
      '`x`',
      '# x',
      '- x',
      '| a |\n| - |',
      '[x]: https://evil.example\n[x]',
    ]) {
      assert.notEqual(faultOf(words, []), undefined, words);
    }
  });
});
