import assert from 'node:assert/strict';
import { counted, grouped, nounFor } from '../../../../src/domain/base/counted.ts';

describe('counts in words', () => {
  it('separates thousands, and has one plural for what is not one', () => {
    assert.deepEqual([0, 999, 1_000, 12_345_678].map(grouped), ['0', '999', '1,000', '12,345,678']);
    assert.deepEqual(
      [0, 1, 20_000].map((count) => counted(count, 'alert')),
      ['0 alerts', '1 alert', '20,000 alerts'],
    );
    assert.deepEqual([nounFor(1, 'batch', 'batches'), nounFor(2, 'batch', 'batches')], ['batch', 'batches']);
  });
});
