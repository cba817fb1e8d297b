import assert from 'node:assert/strict';
import { Recent } from '../../../../src/engine/base/recent.ts';

describe('what was used last', () => {
  it('is kept, and the rest goes', () => {
    const dropped: string[] = [];
    const recent = new Recent<number>({ most: 2, dropped: (key) => dropped.push(key) });
    recent.set('a', 1);
    recent.set('b', 2);
    assert.equal(recent.get('a'), 1);
    recent.set('c', 3);
    assert.deepEqual(dropped, ['b']);
    assert.deepEqual([recent.get('a'), recent.get('b'), recent.get('c')], [1, undefined, 3]);
    assert.equal(recent.size, 2);
  });

  it('leaves what must stay, and what has just come, whatever the number', () => {
    const recent = new Recent<number>({ most: 1, stays: (key) => key === 'a' });
    recent.set('a', 1);
    recent.set('b', 2);
    recent.set('c', 3);
    assert.deepEqual([recent.has('a'), recent.has('b'), recent.has('c')], [true, false, true]);
    assert.deepEqual(recent.clear(), ['a', 'c']);
    assert.equal(recent.size, 0);
  });
});
