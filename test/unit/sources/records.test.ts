import assert from 'node:assert/strict';
import { mapInSlices } from '../../../src/sources/records.ts';

describe('mapping many rows', () => {
  it('lets everything else go on in between, and keeps their order', async () => {
    let turns = 0;
    let isOver = false;
    const turn = (): void => {
      turns++;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const rows = Array.from({ length: 2_000 }, (_, index) => index);
    const mapped = await mapInSlices(rows, (row) => {
      const until = performance.now() + 0.1;
      while (performance.now() < until);
      return row;
    });
    isOver = true;
    assert.deepEqual(mapped, rows);
    // 200 ms of work, in slices of some 8 ms and what is begun then.
    assert.ok(turns >= 8, `${turns} turns`);
  });
});
