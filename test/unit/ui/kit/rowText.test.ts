import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ViewModel } from '../../../../src/views/kit/row.ts';
import { text } from '../../../support/documents/trees.ts';
import { runs } from '../../../support/base/runs.ts';
import { invisibleFault } from '../../../support/ui/oracle.ts';
import { hovered, painted } from '../../../support/ui/painted.ts';
import { listedKinds } from '../../../support/views/everyView.ts';
import { spoiled } from '../../../support/views/spoiled.ts';

/** All views, in whose records each text is another one. */
function* viewsWith(words: string, kept?: ReadonlySet<string>): Generator<readonly [name: string, model: ViewModel]> {
  for (const { name, record, view } of listedKinds) {
    yield [name, view([spoiled(record(1), words, kept) as object, spoiled(record(2), words, kept) as object])];
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
      for (const [name, model] of viewsWith(words, identities)) {
        for (const { id, label, spoken } of painted(model)) {
          assert.match(label, /[\p{L}\p{N}]/u, `${name}: ${id}`);
          assert.notEqual(label, '(no name)', `${name}: ${id}`);
          assert.ok(spoken === '' || /[\p{L}\p{N}]/u.test(spoken), `${name}: ${id}`);
        }
      }
    });
  }

  it('is well formed, keeps its direction to itself and hides nothing, whatever the records say', async function () {
    this.timeout(600_000);
    await fc.assert(
      fc.asyncProperty(text, async (words) => {
        for (const [name, model] of viewsWith(words)) {
          for (const { id, label, description, spoken, hover } of await hovered(model)) {
            for (const shown of [label, description, spoken, hover]) {
              assert.doesNotMatch(shown, /\p{Surrogate}/u, `${name}: ${id}`);
              assert.equal(invisibleFault(shown.replace(isolated, '$1')), undefined, `${name}: ${id}: ${shown}`);
            }
          }
        }
      }),
      // The description of a pull request ends within this text, where there is no room for more.
      { ...runs(60), examples: [['#¸\u0590*é']] },
    );
  });
});
