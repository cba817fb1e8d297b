import assert from 'node:assert/strict';
import { attentionOf } from '../../../../src/feeds/kit/attention.ts';

const look = { focused: false, visible: false, onShift: false };
const inSight = { focused: true, visible: true };

describe('the attention that a feed gets', () => {
  it('depends on the shift and on what is visible', () => {
    assert.equal(attentionOf({ ...look, ...inSight, onShift: true }), 'active');
    assert.equal(attentionOf({ ...look, onShift: true }), 'idle');
    assert.equal(attentionOf({ ...look, ...inSight }), 'idle');
    assert.equal(attentionOf(look), 'quiet');
  });

  it('is never quiet while a person is to be notified off shift', () => {
    assert.equal(attentionOf({ ...look, awaited: true }), 'idle');
    assert.equal(attentionOf({ ...look, ...inSight, awaited: true }), 'idle');
    assert.equal(attentionOf({ ...look, ...inSight, onShift: true, awaited: true }), 'active');
  });
});
