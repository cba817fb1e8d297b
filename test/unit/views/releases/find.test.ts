import assert from 'node:assert/strict';
import { findable } from '../../../../src/views/releases/find.ts';
import { at, batch, finished, principal, rollout, target } from '../../../support/feeds/rolloutBuilder.ts';

describe('finding a subnet', () => {
  const older = rollout({
    name: 'rc--2026-08-13_03-55',
    state: 'complete',
    dispatchedAt: at(-8, 18),
    revision: 'a'.repeat(40),
    batches: [
      {
        ...finished(1, at(-7, 9), ['aaaaa', 'bbbbb', 'ddddd']),
        targets: ['aaaaa', 'bbbbb', 'ddddd'].map((each) =>
          target(each, { state: 'complete', revision: 'a'.repeat(40) }),
        ),
      },
    ],
  });
  const newer = rollout({
    batches: [
      finished(1, at(0, 9), ['aaaaa']),
      batch(2, at(2, 13), { state: 'error', targets: [target('bbbbb', { state: 'error' }), target('ccccc')] }),
    ],
  });

  it('says where it is in the rollout that goes on, and which version it runs', () => {
    assert.deepEqual(
      findable([older, newer]).map(({ label, description, detail, batch: row }) => [label, description, detail, row]),
      [
        ['aaaaa', 'GuestOS rc--2026-08-20_03-30, batch 1: complete', `Version 79c01052 · ${principal('aaaaa')}`, 'batch-1'],
        ['bbbbb', 'GuestOS rc--2026-08-20_03-30, batch 2: error', `Version aaaaaaaa · ${principal('bbbbb')}`, 'batch-2'],
        ['ccccc', 'GuestOS rc--2026-08-20_03-30, batch 2: planned', `Version not known · ${principal('ccccc')}`, 'batch-2'],
        ['ddddd', 'GuestOS rc--2026-08-13_03-55, batch 1: complete', `Version aaaaaaaa · ${principal('ddddd')}`, 'batch-1'],
      ],
    ); // prettier-ignore
  });
});
