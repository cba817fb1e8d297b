import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromJson, objectFromJson } from '../../../../src/engine/disk/json.ts';

describe('a value from the disk', () => {
  const isNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

  it('is what its form makes of it', () => {
    assert.equal(fromJson('3', isNumber), 3);
    assert.deepEqual(
      objectFromJson('{"at":3}', ({ at }) => isNumber(at)),
      3,
    );
  });

  it('is none where there is no text, and nothing is reported', () => {
    assert.equal(
      fromJson(undefined, isNumber, () => assert.fail('reported')),
      undefined,
    );
  });

  it('is none where the text is damaged or has another form, and that is reported', () => {
    const reported: string[] = [];
    const report = (why: string): void => void reported.push(why);
    assert.equal(fromJson('{"at":', isNumber, report), undefined);
    assert.equal(fromJson('"3"', isNumber, report), undefined);
    for (const text of ['null', '[]', '3']) assert.equal(objectFromJson(text, Object, report), undefined, text);
    assert.deepEqual(reported, ['is not JSON', ...Array<string>(4).fill('does not have the expected form')]);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        fromJson(text, isNumber);
        objectFromJson(text, ({ at }) => isNumber(at));
      }),
    );
  });
});
