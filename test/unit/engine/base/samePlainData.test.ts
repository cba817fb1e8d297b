import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { samePlainData } from '../../../../src/engine/base/samePlainData.ts';
import { runs } from '../../../support/base/runs.ts';

// Few names and few values, so that things are often equal or nearly so.
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(undefined, null, '', 'a', 'ä', 0, 1, 1n, true, false),
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '0', 'constructor'), tie('data'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

/** The data without the fields that are undefined, which JSON does not hold. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutUndefined(field)]));
}

describe('comparing plain data', () => {
  it('finds a copy to be the same', () =>
    fc.assert(
      fc.property(data, (one) => {
        assert.equal(samePlainData(one, structuredClone(one)), true);
      }),
    ));

  it('finds what JSON on disk makes of a record to be the same', () => {
    assert.equal(samePlainData({ id: 'a', owner: undefined }, { id: 'a' }), true);
    assert.equal(samePlainData({ id: 'a' }, { id: 'a', owner: undefined }), true);
    assert.equal(samePlainData({ id: 'a', owner: undefined }, { id: 'a', owner: 'b' }), false);
    assert.equal(samePlainData({ id: 'a', owner: undefined }, { id: 'a', group: 'b' }), false);
  });

  it('finds what differs, in whichever order they are compared', () =>
    fc.assert(
      fc.property(data, data, (one, other) => {
        const known = isDeepStrictEqual(withoutUndefined(one), withoutUndefined(other));
        assert.equal(samePlainData(one, other), known);
        assert.equal(samePlainData(other, one), known);
      }),
      runs(2_000),
    ));
});
