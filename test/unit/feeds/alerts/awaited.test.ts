import assert from 'node:assert/strict';
import type { Audience } from '../../../../src/domain/alerts/paging.ts';
import { awaitsAlerts } from '../../../../src/feeds/alerts/awaited.ts';

describe('notifications of new alerts', () => {
  const waits: Record<Audience, boolean> = { everyone: true, onCall: false, onCallInHours: false };
  for (const [audience, expected] of Object.entries(waits) as [Audience, boolean][]) {
    it(`alerts are ${expected ? '' : 'not '}awaited off shift with notifications for ${audience}`, () => {
      assert.equal(awaitsAlerts({ enabled: true, audience }), expected);
      assert.equal(awaitsAlerts({ enabled: false, audience }), false);
    });
  }
});
