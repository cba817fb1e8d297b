import assert from 'node:assert/strict';
import { endSentence } from '../../../../src/views/kit/pendingActions.ts';

describe('what is said of an action that was applied', () => {
  const action = { title: 'acknowledge', past: { before: 'Acknowledged', after: 'was acknowledged' } };
  const said = (by: string | undefined): string =>
    endSentence(action, '“Stalled”', { kind: 'applied', at: 0, by }, { now: 0, timeZone: 'UTC' });

  it('names who did it only where somebody else was quicker', () => {
    assert.equal(said(undefined), 'Acknowledged “Stalled”');
    assert.equal(said('Eli Second'), '“Stalled” was acknowledged by Eli Second');
  });

  it('says of what goes to whoever is signed in that they took it', () => {
    const past = { before: 'Handed over', after: 'was handed over', mine: 'Took over' };
    const saidOf = (isMine: boolean): string =>
      endSentence(
        { title: 'create override', past, details: { to: 'Dana Oncall', isMine, until: 7_200_000 } },
        'DRE Alerts',
        { kind: 'applied', at: 0, by: undefined },
        { now: 0, timeZone: 'UTC' },
      );
    assert.equal(saidOf(false), 'Handed over DRE Alerts to Dana Oncall until 02:00');
    assert.equal(saidOf(true), 'Took over DRE Alerts until 02:00');
  });
});
