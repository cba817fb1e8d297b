import assert from 'node:assert/strict';
import fc from 'fast-check';
import { text } from '../../../support/documents/trees.ts';
import { runs } from '../../../support/runs.ts';
import { invisibleFault } from '../../../support/ui/oracle.ts';
import { painted, type PaintedRow } from '../../../support/ui/painted.ts';
import { listedKinds } from '../../../support/views/everyView.ts';
import { spoiled } from '../../../support/views/spoiled.ts';

/** The rows of all views, in whose records each text is another one. */
function* rowsWith(words: string, kept?: ReadonlySet<string>): Generator<readonly [name: string, row: PaintedRow]> {
  for (const { name, record, view } of listedKinds) {
    const model = view([spoiled(record(1), words, kept) as object, spoiled(record(2), words, kept) as object]);
    for (const row of painted(model)) yield [name, row];
  }
}

/** People, schedules and heartbeats are known by their names: the clients take none in which nothing can be seen. */
const identities: ReadonlySet<string> = new Set(['name']);

/** A text that keeps its direction to itself stands between these two, and nowhere else. */
const isolated = /^\u2068([^\u2068\u2069]*)\u2069$/u;

describe('what is written in rows', () => {
  for (const [what, words] of [
    ['empty', ''],
    ['a space', ' '],
    ['a character that shows nothing', '\u200b'],
    ['blank Braille', '\u2800'],
  ] as const) {
    it(`has a word in each, where every text of the records is ${what}`, () => {
      for (const [name, { id, label, spoken }] of rowsWith(words, identities)) {
        assert.match(label, /[\p{L}\p{N}]/u, `${name}: ${id}`);
        assert.notEqual(label, '(no name)', `${name}: ${id}`);
        assert.ok(spoken === '' || /[\p{L}\p{N}]/u.test(spoken), `${name}: ${id}`);
      }
    });
  }

  it('is well formed, keeps its direction to itself and hides nothing, whatever the records say', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(text, (words) => {
        for (const [name, { id, label, description, spoken, hover }] of rowsWith(words)) {
          for (const shown of [label, description, spoken, hover]) {
            assert.doesNotMatch(shown, /\p{Surrogate}/u, `${name}: ${id}`);
            assert.equal(invisibleFault(shown.replace(isolated, '$1')), undefined, `${name}: ${id}: ${shown}`);
          }
        }
      }),
      // The description of a pull request ends within this text, where there is no room for more.
      { ...runs(60), examples: [['#¸\u0590*é']] },
    );
  });
});
