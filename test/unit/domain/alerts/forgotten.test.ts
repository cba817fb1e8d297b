import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import { forgottenReason, needsNotes, type Forgotten } from '../../../../src/domain/alerts/forgotten.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';

const now = Date.UTC(2026, 7, 26, 13, 50, 11);

function reason(more: Partial<Alert>, hasNote?: boolean): Forgotten | undefined {
  return forgottenReason(alert('1', more), { now, hasNote, openAgeMs: 4 * hour });
}

describe('a forgotten alert', () => {
  const taken = { status: 'acknowledged', acknowledgedAt: now - 30 * minute } as const;

  it('was acknowledged half an hour ago and has no note', () => {
    const said = { kind: 'acknowledgedWithoutNote', since: taken.acknowledgedAt } as const;
    assert.deepEqual(reason(taken, false), { ...said, certain: true });
    assert.deepEqual(reason(taken, undefined), { ...said, certain: false }, 'the notes were not read yet');
    assert.equal(reason(taken, true), undefined);
    assert.equal(reason({ ...taken, acknowledgedAt: now - 29 * minute }, false), undefined);
  });

  it('is not claimed before half an hour has surely passed', () => {
    const unsaid = { status: 'acknowledged', acknowledgedAt: undefined, createdAt: now - 10 * hour } as const;
    assert.equal(reason({ ...unsaid, updatedAt: now - 29 * minute }), undefined);
    assert.equal(reason({ ...unsaid, updatedAt: now - 31 * minute })?.since, now - 31 * minute);
  });

  it('was snoozed, and the snooze is over', () => {
    const over = { snoozedUntil: now - 2 * minute };
    const expected = { kind: 'snoozeExpired', since: over.snoozedUntil };
    assert.deepEqual(reason({ status: 'snoozed', ...over }), expected);
    assert.deepEqual(reason({ status: 'open', ...over }), expected, 'the service opens it again');
    assert.equal(reason({ status: 'snoozed', snoozedUntil: now - 30_000 }), undefined, 'the list may lag');
    assert.equal(reason({ status: 'snoozed', snoozedUntil: now + minute }), undefined);
    assert.equal(reason({ ...taken, ...over }, true), undefined, 'somebody has it');
  });

  it('is open for longer than the set age', () => {
    const createdAt = now - 4 * hour;
    assert.deepEqual(reason({ createdAt }), { kind: 'openTooLong', since: createdAt });
    assert.equal(reason({ createdAt: createdAt + 1 }), undefined);
    assert.equal(reason({ createdAt, status: 'snoozed', snoozedUntil: now + hour }), undefined);
  });

  it('is never a closed one', () => {
    assert.equal(reason({ status: 'closed', createdAt: 0, snoozedUntil: 0 }), undefined);
  });

  it('needs its notes read only once they can matter', () => {
    assert.equal(needsNotes(alert('1', taken), now), true);
    assert.equal(needsNotes(alert('1', taken), now - minute), false);
    assert.equal(needsNotes(alert('1', { createdAt: 0 }), now), false);
  });
});
