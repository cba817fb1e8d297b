import assert from 'node:assert/strict';
import { endSentence } from '../../../../src/views/kit/pendingActions.ts';

describe('what is said of an action that was applied', () => {
  const told = { title: 'acknowledge', past: { before: 'Acknowledged', after: 'was acknowledged' } };
  const said = (by: string | undefined): string =>
    endSentence(told, '“Stalled”', { kind: 'applied', at: 0, by }, { now: 0, timeZone: 'UTC' });

  it('names who did it only where somebody else was quicker', () => {
    assert.equal(said(undefined), 'Acknowledged “Stalled”');
    assert.equal(said('Eli Second'), '“Stalled” was acknowledged by Eli Second');
  });
});
