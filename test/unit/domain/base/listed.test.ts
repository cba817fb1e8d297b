import assert from 'node:assert/strict';
import { complete, completenessOf, completenessOfAll, isWhole } from '../../../../src/domain/base/listed.ts';

describe('a list that may be partial', () => {
  it('is whole only when it was read to its end and no record was left out', () => {
    assert.equal(isWhole({ skipped: 0, completeness: completenessOf(undefined) }), true);
    assert.equal(isWhole({ skipped: 1, completeness: completenessOf(undefined) }), false);
    assert.equal(isWhole({ skipped: 0, completeness: completenessOf('only the first 100 were read') }), false);
  });

  it('is partial together with others where one of them is', () => {
    const [first, second] = [completenessOf('only the first 100 were read'), completenessOf('the pages do not end')];
    assert.deepEqual(completenessOfAll(complete, first, second), first);
    assert.deepEqual(completenessOfAll(complete, complete), complete);
  });
});
