import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { samePlainData } from '../../../../src/engine/base/samePlainData.ts';
import { runs } from '../../../support/runs.ts';

// Few names and few values, so that things are often equal or nearly so.
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(undefined, null, '', 'a', 'ä', 0, 1, 1n, true, false),
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '0', 'constructor'), tie('data'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

describe('comparing plain data', () => {
  it('finds a copy to be the same', () =>
    fc.assert(
      fc.property(data, (one) => {
        assert.equal(samePlainData(one, structuredClone(one)), true);
      }),
    ));

  it('finds what differs, in whichever order they are compared', () =>
    fc.assert(
      fc.property(data, data, (one, other) => {
        const known = isDeepStrictEqual(one, other);
        assert.equal(samePlainData(one, other), known);
        assert.equal(samePlainData(other, one), known);
      }),
      runs(2_000),
    ));
});
