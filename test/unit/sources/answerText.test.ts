import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mostRows, parseAnswer, parseAtOnce, TooManyValues } from '../../../src/sources/answerText.ts';
import { maxBytes } from '../../../src/sources/http.ts';
import { processorTime } from '../../support/base/processorTime.ts';
import { runs } from '../../support/base/runs.ts';

const list = (count: number, item: string): string => `[${Array.from({ length: count }, () => item).join(',')}]`;
const rowsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : assert.fail('no list'));
const long = 'x'.repeat(200_000);

describe('the text of an answer', () => {
  it('means what it says, long or short', async () => {
    const wrap = fc.constantFrom(
      (text: string) => text,
      (text: string) => `[${text},"${long}",${text}]`,
      (text: string) =>
        `{"a":${text},"rows":[${text},"${long}",[${text}]],"10":[],"2":["${long}"],"__proto__":[${text}]}`,
    );
    await fc.assert(
      fc.asyncProperty(fc.json(), wrap, async (inner, into) => {
        const text = into(inner);
        assert.deepEqual(await parseAnswer(text), JSON.parse(text));
      }),
      runs(60),
    );
    for (const text of ['"\\\\"', '["\\"[[[,,,", "]"]', '{"a\\\\":"\\\\\\"","b":["}"]}', ' [ ] ', '[[1],[2]]']) {
      assert.deepEqual(await parseAnswer(text), JSON.parse(text));
    }
  });

  it('is refused where it is no JSON, long or short', async () => {
    for (const text of ['"', '[1,', '{"a":[1,2', '[1 2]', `["${long}",]`, `{"rows":["${long}",1 2]}`, `["${long}"]]`]) {
      await assert.rejects(parseAnswer(text), SyntaxError, text.slice(-20));
    }
  });

  it('is cut where it has more rows than any list, in the list alone', async () => {
    assert.equal(rowsOf(await parseAnswer(list(1_000_000, '7'))).length, mostRows + 1);
    assert.equal(rowsOf(await parseAnswer(list(mostRows, '"1234567"'))).length, mostRows);
    const row = '{"id":"x","tags":["a","b"]}';
    const text = `{"values":${list(60_000, row)},"count":60000,"links":{"next":"x"}}`;
    const { values, ...rest } = (await parseAnswer(text)) as Record<string, unknown>;
    assert.deepEqual(rowsOf(values), JSON.parse(list(mostRows + 1, row)));
    assert.deepEqual(rest, { count: 60_000, links: { next: 'x' } });
    const [record] = rowsOf(await parseAnswer(`[{"tags":${list(mostRows + 9, '"12345"')}}]`));
    const { tags } = record as { readonly tags: unknown };
    assert.equal(rowsOf(tags).length, mostRows + 9, 'a record is read whole or not at all');
  });

  it('is not read where one record of it holds more than is parsed at once', async () => {
    for (const text of [`[[${list(100_000, '[]')}]]`, `{"a":{"b":${list(100_000, '7')}}}`]) {
      await assert.rejects(parseAnswer(text), TooManyValues);
    }
    const fields = Array.from(
      { length: 390 },
      (_, index) => `"field_${index}":${index % 20 === 0 ? '{"a":1}' : '"x"'}`,
    );
    assert.equal(rowsOf(parseAtOnce(list(100, `{${fields.join(',')}}`))).length, 100, 'as many as GitHub sends');
  });

  it('holds nothing up for long, however long it is', async function () {
    this.timeout(60_000);
    const texts: Readonly<Record<string, string>> = {
      objects: `{"values":${list(maxBytes / 3 - 10, '{}')}}`,
      nested: list(Math.floor(maxBytes / 301), `${'['.repeat(150)}${']'.repeat(150)}`),
      keys: list(Math.floor(maxBytes / 40), '{"key":1,"another":2,"third":"three"}'),
      halves: list(Math.floor(maxBytes / 9), '"\\ud83d"'),
    };
    for (const [name, text] of Object.entries(texts)) {
      assert.ok(text.length <= maxBytes);
      let turns = 0;
      const timer = setInterval(() => turns++, 0);
      try {
        await parseAnswer(text);
      } finally {
        clearInterval(timer);
      }
      // A slice is some 8 ms of work; in one piece it would be 1 to 4 s.
      assert.ok(turns >= 5, `${name}: others had ${turns} turns`);
    }
    const escapes = `["${'\\"'.repeat(maxBytes / 2 - 8)}"]`;
    const times = Array.from({ length: 3 }, () => processorTime(() => parseAtOnce(escapes)));
    assert.ok(Math.min(...times) < 400, `one long text: ${times.map(Math.round).join()} ms`);
  });
});
