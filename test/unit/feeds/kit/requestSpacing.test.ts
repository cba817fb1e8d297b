import assert from 'node:assert/strict';
import { hour, minute, second } from '../../../../src/domain/base/time.ts';
import { RequestSpacing } from '../../../../src/feeds/kit/requestSpacing.ts';

describe('the spacing of requests', () => {
  const begin = Date.UTC(2026, 7, 26);

  it('has room for so many in any minute and in any hour', () => {
    const spacing = new RequestSpacing({ perMinute: 2, perHour: 3 });
    spacing.note(begin);
    spacing.note(begin + second);
    assert.equal(spacing.waitMs(begin + 2 * second), minute - 2 * second);
    assert.equal(spacing.waitMs(begin + minute), 0);
    spacing.note(begin + minute);
    assert.equal(spacing.waitMs(begin + 2 * minute), hour - 2 * minute);
  });

  it('does not wait for a time that the clock was set back from', () => {
    const spacing = new RequestSpacing({ perMinute: 1, perHour: 3 });
    spacing.note(begin);
    assert.equal(spacing.waitMs(begin - 24 * hour), 0);
  });
});
